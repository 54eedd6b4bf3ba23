"""The journal of a runner's facts, and its stored form."""
