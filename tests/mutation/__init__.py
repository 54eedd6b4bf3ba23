"""Mutation testing: deliberate faults in the domain, each detected by a test."""
