"""Everything that can be said to Home Gym, and what it says back."""
