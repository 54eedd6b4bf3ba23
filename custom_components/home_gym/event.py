"""Event entities of runs, prompts, routines, weekly reviews and milestones, for automations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import HomeGymConfigEntry
from .entity import RunnerEntity
from .gym.events import Event
from .gym.summary import Summary
from .runner_news import MILESTONE, PROMPT, ROUTINE, RUN, WEEK, NewsKind

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class HomeGymEventDescription(EventEntityDescription):
    """Description of an event entity for one kind of news.

    `present_fn` returns attributes of the present instant, whatever the latest event was.
    """

    news: NewsKind[Any]
    present_fn: Callable[[Summary], dict[str, Any]] | None = None


def _silence_attributes(summary: Summary) -> dict[str, Any]:
    """Return the reason for which the coach doesn't speak now, and its end."""
    waits = summary.waits
    return {
        "silence": waits.reason.value if waits else None,
        "silent_until": waits.until.isoformat() if waits and waits.until else None,
    }


def _described(
    news: NewsKind[Any], present_fn: Callable[[Summary], dict[str, Any]] | None = None
) -> HomeGymEventDescription:
    return HomeGymEventDescription(
        key=news.kind, event_types=list(news.types.values()), news=news, present_fn=present_fn
    )


EVENTS = (
    _described(RUN),
    _described(PROMPT, _silence_attributes),
    _described(ROUTINE),
    _described(WEEK),
    _described(MILESTONE),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: HomeGymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the event entities."""
    async_add_entities(HomeGymEvent(entry.runtime_data.coordinator, description) for description in EVENTS)


class HomeGymEvent(RunnerEntity, EventEntity):
    """Event entity for the runner's events of one kind."""

    entity_description: HomeGymEventDescription
    _present: dict[str, Any] | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the runner's events."""
        await super().async_added_to_hass()
        self._present = self.extra_state_attributes
        self.async_on_remove(self.coordinator.async_listen(self._handle_event))

    @callback
    def _handle_event(self, event: Event) -> None:
        """Record an event of this entity's kind."""
        news = self.entity_description.news
        if event_type := news.types.get(type(event)):
            self._trigger_event(event_type, news.facts_of(self.coordinator, event))
            self.async_write_ha_state()

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Attributes of the present instant."""
        present = self.entity_description.present_fn
        return present(self.coordinator.data) if present else None

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the attributes of the present instant; a new summary is no event."""
        if (present := self.extra_state_attributes) != self._present:
            self._present = present
            self.async_write_ha_state()
