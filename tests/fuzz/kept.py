"""Seeds whose inputs failed once, each with what it was: they are tried in every run."""

from .inputs import BUILT

KEPT: tuple[tuple[str, int, str], ...] = ((BUILT, 0, "the first of all"),)
