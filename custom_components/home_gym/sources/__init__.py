"""Where activities come from: one function each, which watches something outside and hands over what it saw."""

from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant

from ..gym.activity import Activity
from ..gym.phrases import Phrases


class Deliver(Protocol):
    """Hands activities over; returns when they are safely on disk."""

    async def __call__(self, activities: Sequence[Activity], *, live: bool) -> None:
        """Hand over; `live` is False for history, which prompts nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceConfig:
    """What a source needs to know: whose it is, and what was chosen for it.

    `delivered` has the ids of all activities that are safe; where it is left out, a source trusts its own memory.
    """

    subentry_id: str
    runner: str
    data: Mapping[str, Any]
    phrases: Phrases
    delivered: Container[str] | None = None


type Watch = Callable[[HomeAssistant, SourceConfig, Deliver], Awaitable[CALLBACK_TYPE]]
