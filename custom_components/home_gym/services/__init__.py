"""Actions of Home Gym, by topic."""
