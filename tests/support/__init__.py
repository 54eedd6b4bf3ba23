"""Shared by tests of all layers."""
