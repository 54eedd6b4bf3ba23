"""Prompts: their topics, settings, states and times."""
