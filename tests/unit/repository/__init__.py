"""Tests of locks, releases, addresses and imports."""
