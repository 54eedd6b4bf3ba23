"""What the readers of other integrations' entities promise."""
