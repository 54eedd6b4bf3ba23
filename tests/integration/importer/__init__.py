"""Imports of what was before."""
