"""Fitness levels, and lengths of routines."""

from enum import StrEnum


class Level(StrEnum):
    """Fitness level of a runner."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Length(StrEnum):
    """Length of a routine."""

    SHORT = "short"
    FULL = "full"
