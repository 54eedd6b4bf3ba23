"""Sources of activities: one function each, which watches something outside and delivers its activities."""

from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant

from ..gym.integrations.service_model import PlannedWorkout
from ..gym.recordings.symptom import Symptom
from ..gym.runs.activity import Activity
from ..gym.speech.phrases import Phrases


class Deliver(Protocol):
    """Delivers activities; returns after they are on disk."""

    async def __call__(self, activities: Sequence[Activity], *, live: bool) -> None:
        """Deliver; `live` is False for history, without prompts."""


class SymptomReporter(Protocol):
    """Reports pain from a source; returns after it is on disk."""

    async def __call__(self, symptoms: Sequence[Symptom]) -> None:
        """Report symptoms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerAccess:
    """A runner's functions for a service.

    `withdraw` removes activities by id; it returns after they are removed on disk. `recent_ends` returns the ends of
    the runs of the last weeks, `plan` takes the planned runs, and `ask_for_key` asks the user for another key.
    """

    withdraw: Callable[[Sequence[str]], Awaitable[None]]
    recent_ends: Callable[[], Sequence[datetime]]
    plan: Callable[[Sequence[PlannedWorkout]], None]
    ask_for_key: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceConfig:
    """Configuration of a source: its entry and subentry, and the runner's functions for it.

    `delivered` has the ids of all activities on disk; without it, a source relies on its own memory. `report` takes
    pain from the sources that carry it. `access` is for services, which withdraw and plan runs.
    """

    subentry_id: str
    runner: str
    data: Mapping[str, Any]
    phrases: Phrases
    delivered: Container[str] | None = None
    report: SymptomReporter | None = None
    access: RunnerAccess | None = None


type Watcher = Callable[[HomeAssistant, SourceConfig, Deliver], Awaitable[CALLBACK_TYPE]]
