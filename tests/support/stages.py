"""Stages on which cards are shown, in several windows at once."""

from collections.abc import Awaitable, Callable
from typing import Literal

from tests.visual.showcase import Stage

type Scheme = Literal["light", "dark"]
# Opens a stage of a scheme and for a purpose, or returns the one that is open.
type Stages = Callable[[Scheme, str], Awaitable[Stage]]
