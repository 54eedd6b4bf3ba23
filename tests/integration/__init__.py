"""Integration tests: Home Gym inside Home Assistant's test harness."""
