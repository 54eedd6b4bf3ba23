"""Tests of gym/recordings."""
