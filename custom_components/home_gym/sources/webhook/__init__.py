"""Source: webhooks for phones and services."""
