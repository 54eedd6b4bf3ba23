"""Tests of the domain, without Home Assistant."""
