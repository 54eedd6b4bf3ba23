"""Tests of Home Gym."""
