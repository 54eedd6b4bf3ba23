"""Entities of other integrations that show activities."""
