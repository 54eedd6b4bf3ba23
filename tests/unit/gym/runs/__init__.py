"""Tests of gym/runs."""
