"""Exercises: the catalogue, sequences, progress in each, and adaptation to the limits of a day."""
