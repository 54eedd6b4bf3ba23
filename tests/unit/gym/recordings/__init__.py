"""What the readers of recordings promise."""
