"""Where activities come from: one function each, which watches something outside and hands over what it saw."""

from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant

from ..gym.recordings.symptom import Symptom
from ..gym.runs.activity import Activity
from ..gym.speech.phrases import Phrases


class Deliver(Protocol):
    """Hands activities over; returns when they are safely on disk."""

    async def __call__(self, activities: Sequence[Activity], *, live: bool) -> None:
        """Hand over; `live` is False for history, which prompts nobody."""


class SymptomReporter(Protocol):
    """Hands pain over that a source was told of; returns when it is safely on disk."""

    async def __call__(self, symptoms: Sequence[Symptom]) -> None:
        """Hand over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceConfig:
    """What a source needs to know: whose it is, and what was chosen for it.

    `delivered` has the ids of all activities that are safe; where it is left out, a source trusts its own memory.
    `report` takes the pain that some are told of.
    """

    subentry_id: str
    runner: str
    data: Mapping[str, Any]
    phrases: Phrases
    delivered: Container[str] | None = None
    report: SymptomReporter | None = None


type Watcher = Callable[[HomeAssistant, SourceConfig, Deliver], Awaitable[CALLBACK_TYPE]]
