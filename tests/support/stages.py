"""Stages for cards, in several windows at once."""

from collections.abc import Awaitable, Callable
from typing import Literal

from tests.visual.showcase import Stage

type Scheme = Literal["light", "dark"]
# Opens a stage of a scheme and for a purpose, or returns the open one.
type Stages = Callable[[Scheme, str], Awaitable[Stage]]
