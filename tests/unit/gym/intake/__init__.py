"""Tests of gym/intake."""
