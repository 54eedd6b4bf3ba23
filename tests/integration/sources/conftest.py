"""Fixtures with recordings for folders."""
