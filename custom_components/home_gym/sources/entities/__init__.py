"""Source: other integrations' entities with activities."""
