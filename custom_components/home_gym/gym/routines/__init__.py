"""Guided routines: exercises, timing, progression and the player."""
