"""Mutation testing: faults made in the domain on purpose, each of which a test has to notice."""
