"""Servers of services, on loopback, with answers in the shapes of their documentation."""
