"""The contract of the parts that run while a runner's entry is loaded."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol


class OnUnload(Protocol):
    """Registration of callbacks for the unloading of an entry."""

    def __call__(self, func: Callable[[], Coroutine[Any, Any, None] | None], /) -> None:
        """Call a function, or await a coroutine function, on unload."""


class Component(Protocol):
    """A part of a runner's entry that runs while the entry is loaded."""

    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register everything that ends it."""
