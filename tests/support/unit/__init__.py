"""Shared by unit tests."""
