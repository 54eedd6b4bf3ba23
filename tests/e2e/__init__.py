"""End-to-end tests with a real Home Assistant, a real speaker and a real browser."""
