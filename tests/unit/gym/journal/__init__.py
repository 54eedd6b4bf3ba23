"""Tests of gym/journal."""
