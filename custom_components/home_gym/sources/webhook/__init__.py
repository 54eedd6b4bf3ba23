"""Webhooks that phones and services post to."""
