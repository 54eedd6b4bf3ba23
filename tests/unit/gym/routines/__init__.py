"""Tests of gym/routines."""
