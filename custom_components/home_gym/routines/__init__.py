"""Guided routines in real time: the clock, the voice, and the speakers."""
