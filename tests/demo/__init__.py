"""A home to try Home Gym in: a runner with a past, a speaker that can be heard or read, and a dashboard."""
