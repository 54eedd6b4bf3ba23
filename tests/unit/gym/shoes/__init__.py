"""Tests of gym/shoes."""
