"""What Home Gym promises, tried."""
