"""Event entities of runs, prompts, routines, weekly reviews and milestones, for automations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HomeGymCoordinator
from .data import HomeGymConfigEntry
from .entity import RunnerEntity
from .gym.events import (
    Event,
    MilestoneReached,
    PromptDone,
    PromptDue,
    PromptEvent,
    PromptExpired,
    PromptSnoozed,
    PromptSpoken,
    RunChanged,
    RunDoubted,
    RunEvent,
    RunFinished,
    RunRecorded,
    RunStarted,
    WeekReviewed,
)
from .gym.routines.player_events import (
    RoutineEvent,
    RoutineFinished,
    RoutinePaused,
    RoutineResumed,
    RoutineStarted,
    RoutineStopped,
    StepStarted,
)
from .gym.summary import Summary
from .gym.views.doubtful import doubtful_view

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class HomeGymEventDescription[T](EventEntityDescription):
    """Description of an event entity: the runner's events, their types, and their attributes.

    `present_fn` returns attributes of the present instant, whatever the latest event was.
    """

    names: Mapping[type[Event], str]
    attributes_fn: Callable[[HomeGymCoordinator, T], dict[str, Any]]
    present_fn: Callable[[Summary], dict[str, Any]] | None = None


def _run_attributes(coordinator: HomeGymCoordinator, event: RunEvent) -> dict[str, Any]:
    """Return a run's figures: metres, seconds, steps a minute."""
    if isinstance(event, RunStarted):
        return {"start": event.start.isoformat()}
    if isinstance(event, RunDoubted):
        view = doubtful_view(event.activity)
        return {
            "run": view.id,
            "start": view.start.isoformat(),
            "end": view.end.isoformat(),
            "distance": view.distance,
            "duration": view.duration,
            "doubt": view.doubt,
            "guess": view.guess,
        }
    run = event.run
    shoe = coordinator.runner.rack.shoe_of(run)
    return {
        "run": run.id,
        "start": run.start.isoformat(),
        "end": run.end.isoformat(),
        "distance": run.distance,
        "distance_error": run.distance_error,
        "duration": run.duration,
        "cadence": run.cadence,
        "shoe": coordinator.config_entry.subentries[shoe].title if shoe else None,
    }


def _prompt_attributes(coordinator: HomeGymCoordinator, event: PromptEvent) -> dict[str, Any]:
    """Return a prompt's topic, its run or pair, and its channel."""
    shoe = event.prompt.shoe
    attributes: dict[str, Any] = {
        "habit": event.prompt.topic.value,
        "run": event.prompt.run,
        "shoe": coordinator.config_entry.subentries[shoe].title if shoe else None,
    }
    if isinstance(event, PromptSnoozed):
        attributes["until"] = event.until.isoformat()
    if isinstance(event, PromptExpired):
        attributes["reason"] = "declined" if event.declined else event.reason
    if isinstance(event, PromptSpoken):
        attributes["channel"] = coordinator.config_entry.subentries[event.channel].title
        attributes["attempts"] = event.attempts
    return attributes


def _silence_attributes(summary: Summary) -> dict[str, Any]:
    """Return the reason for which the coach doesn't speak now, and its end."""
    waits = summary.waits
    return {
        "silence": waits.reason.value if waits else None,
        "silent_until": waits.until.isoformat() if waits and waits.until else None,
    }


def _routine_attributes(_coordinator: HomeGymCoordinator, event: RoutineEvent) -> dict[str, Any]:
    """Return a routine with its step, pause reason, or result: seconds, and the share done from 0 to 1."""
    attributes: dict[str, Any] = {"routine": event.routine.name or event.routine.id, "habit": event.routine.habit}
    match event:
        case StepStarted(step=step):
            attributes |= {
                "exercise": step.exercise or step.name,
                "side": step.side,
                "step": event.number,
                "steps": event.steps,
                "begins": event.begins.isoformat(),
                "ends": event.ends.isoformat(),
            }
        case RoutinePaused():
            attributes["reason"] = event.reason
        case RoutineFinished() | RoutineStopped():
            attributes |= {"done_share": round(event.done_share, 3), "duration": event.seconds_done}
    return attributes


def _week_attributes(_coordinator: HomeGymCoordinator, event: WeekReviewed) -> dict[str, Any]:
    """Return the figures of a week: metres, per cent, and days with pain."""
    review = event.review
    return {
        "week": review.week.isoformat(),
        "runs": review.runs,
        "distance": review.distance,
        "change": review.change,
        "core_sessions": review.core_sessions,
        "stretch_days": review.stretch_days,
        "pain_days": review.pain_days,
    }


def _milestone_attributes(coordinator: HomeGymCoordinator, event: MilestoneReached) -> dict[str, Any]:
    """Return a milestone's kind and day, and its habit or the name of its pair."""
    milestone = event.milestone
    pair = coordinator.config_entry.subentries.get(milestone.subject)
    return {
        "milestone": milestone.kind,
        "day": milestone.day.isoformat(),
        "habit": None if pair else milestone.subject,
        "shoe": pair.title if pair else None,
    }


EVENTS: tuple[HomeGymEventDescription[Any], ...] = (
    HomeGymEventDescription[RunEvent](
        key="run",
        event_types=["started", "finished", "recorded", "changed", "doubtful"],
        names={
            RunStarted: "started",
            RunFinished: "finished",
            RunRecorded: "recorded",
            RunChanged: "changed",
            RunDoubted: "doubtful",
        },
        attributes_fn=_run_attributes,
    ),
    HomeGymEventDescription[PromptEvent](
        key="prompt",
        event_types=["due", "spoken", "snoozed", "done", "expired"],
        names={
            PromptDue: "due",
            PromptSpoken: "spoken",
            PromptSnoozed: "snoozed",
            PromptDone: "done",
            PromptExpired: "expired",
        },
        attributes_fn=_prompt_attributes,
        present_fn=_silence_attributes,
    ),
    HomeGymEventDescription[RoutineEvent](
        key="routine",
        event_types=["started", "step", "paused", "resumed", "finished", "stopped"],
        names={
            RoutineStarted: "started",
            StepStarted: "step",
            RoutinePaused: "paused",
            RoutineResumed: "resumed",
            RoutineFinished: "finished",
            RoutineStopped: "stopped",
        },
        attributes_fn=_routine_attributes,
    ),
    HomeGymEventDescription[WeekReviewed](
        key="week",
        event_types=["reviewed"],
        names={WeekReviewed: "reviewed"},
        attributes_fn=_week_attributes,
    ),
    HomeGymEventDescription[MilestoneReached](
        key="milestone",
        event_types=["streak_milestone"],
        names={MilestoneReached: "streak_milestone"},
        attributes_fn=_milestone_attributes,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant, entry: HomeGymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the event entities."""
    async_add_entities(HomeGymEvent(entry.runtime_data.coordinator, description) for description in EVENTS)


class HomeGymEvent(RunnerEntity, EventEntity):
    """Event entity for the runner's events of one kind."""

    entity_description: HomeGymEventDescription[Any]
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
        if name := self.entity_description.names.get(type(event)):
            self._trigger_event(name, self.entity_description.attributes_fn(self.coordinator, event))
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
