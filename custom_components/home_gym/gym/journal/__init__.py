"""One runner's facts, and how they are stored."""
