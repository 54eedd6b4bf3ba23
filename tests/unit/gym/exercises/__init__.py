"""Tests of gym/exercises."""
