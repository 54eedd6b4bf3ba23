"""Tests of gym/habits."""
