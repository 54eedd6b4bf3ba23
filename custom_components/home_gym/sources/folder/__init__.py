"""Watched folders with recordings."""
