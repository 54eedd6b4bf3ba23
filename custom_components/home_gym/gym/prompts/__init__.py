"""Prompts: the topics, the settings and the life of a single one."""
