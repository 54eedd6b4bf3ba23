"""Tests of gym/views."""
