"""What the gym promises, tried without Home Assistant."""
