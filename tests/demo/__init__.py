"""A home to try Home Gym: a runner with a past, a speaker with sound and text, and a dashboard."""
