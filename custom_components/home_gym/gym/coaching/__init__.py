"""The coach: what it may ask for and why, when it asks, and what becomes of each prompt."""
