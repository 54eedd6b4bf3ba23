"""Tests of gym/coaching."""
