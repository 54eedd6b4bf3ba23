"""Outings: the runs and pauses of one going-out, which the coach asks about."""
