"""Shared by integration tests."""
