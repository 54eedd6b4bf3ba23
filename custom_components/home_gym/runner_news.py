"""News of a runner: its events by kind and type, with plain facts, for event entities and triggers.

A trigger hears the news of a runner by a signal, whether or not the runner's event entities are enabled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util import dt as dt_util

from .component import OnUnload
from .const import SIGNAL_RUNNER_NEWS
from .coordinator import HomeGymCoordinator
from .gym.events import (
    BackStateChanged,
    Event,
    MilestoneReached,
    PainReported,
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
    WiseDistancePassed,
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
from .gym.views.doubtful import doubtful_view


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerNews:
    """One event of a runner: its kind, its type and its facts; metres, seconds, ISO times."""

    config_entry_id: str
    kind: str
    event_type: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsKind[T]:
    """A kind of news: the types of its events, and the function that returns their facts."""

    kind: str
    types: Mapping[type[Event], str]
    facts_of: Callable[[HomeGymCoordinator, T], dict[str, Any]]


def shoe_title(coordinator: HomeGymCoordinator, shoe: str | None) -> str | None:
    """Return the name of a pair, None without one and for a removed one."""
    subentry = coordinator.config_entry.subentries.get(shoe) if shoe else None
    return subentry.title if subentry else None


def run_facts(coordinator: HomeGymCoordinator, event: RunEvent) -> dict[str, Any]:
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
        "shoe": shoe_title(coordinator, shoe),
    }


def prompt_facts(coordinator: HomeGymCoordinator, event: PromptEvent) -> dict[str, Any]:
    """Return a prompt's topic, its run or pair, and its channel."""
    shoe = event.prompt.shoe
    attributes: dict[str, Any] = {
        "habit": event.prompt.topic.value,
        "run": event.prompt.run,
        "shoe": shoe_title(coordinator, shoe),
    }
    if isinstance(event, PromptSnoozed):
        attributes["until"] = event.until.isoformat()
    if isinstance(event, PromptExpired):
        attributes["reason"] = "declined" if event.declined else event.reason
    if isinstance(event, PromptSpoken):
        attributes["channel"] = coordinator.config_entry.subentries[event.channel].title
        attributes["attempts"] = event.attempts
    return attributes


def routine_facts(_coordinator: HomeGymCoordinator, event: RoutineEvent) -> dict[str, Any]:
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


def week_facts(_coordinator: HomeGymCoordinator, event: WeekReviewed) -> dict[str, Any]:
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


def milestone_facts(coordinator: HomeGymCoordinator, event: MilestoneReached) -> dict[str, Any]:
    """Return a milestone's kind and day, and its habit or the name of its pair."""
    milestone = event.milestone
    pair = coordinator.config_entry.subentries.get(milestone.subject)
    return {
        "milestone": milestone.kind,
        "day": milestone.day.isoformat(),
        "habit": None if pair else milestone.subject,
        "shoe": pair.title if pair else None,
    }


def back_facts(_coordinator: HomeGymCoordinator, event: PainReported | BackStateChanged) -> dict[str, Any]:
    """Return the score, area and side of a report, or the state of the back and the one before."""
    if isinstance(event, BackStateChanged):
        return {"state": event.status.state.value, "before": event.before.value}
    report = event.report
    return {
        "score": report.score,
        "area": report.area and report.area.value,
        "side": report.side and report.side.value,
        "at": report.at.isoformat(),
    }


def wise_facts(_coordinator: HomeGymCoordinator, event: WiseDistancePassed) -> dict[str, Any]:
    """Return the distance of the run so far, the wise distance, and the rule that limits it."""
    return {"distance": event.distance, "wise_distance": event.wise.distance, "rule": event.wise.rule.value}


RUN = NewsKind[RunEvent](
    kind="run",
    types={
        RunStarted: "started",
        RunFinished: "finished",
        RunRecorded: "recorded",
        RunChanged: "changed",
        RunDoubted: "doubtful",
    },
    facts_of=run_facts,
)
PROMPT = NewsKind[PromptEvent](
    kind="prompt",
    types={
        PromptDue: "due",
        PromptSpoken: "spoken",
        PromptSnoozed: "snoozed",
        PromptDone: "done",
        PromptExpired: "expired",
    },
    facts_of=prompt_facts,
)
ROUTINE = NewsKind[RoutineEvent](
    kind="routine",
    types={
        RoutineStarted: "started",
        StepStarted: "step",
        RoutinePaused: "paused",
        RoutineResumed: "resumed",
        RoutineFinished: "finished",
        RoutineStopped: "stopped",
    },
    facts_of=routine_facts,
)
WEEK = NewsKind[WeekReviewed](kind="week", types={WeekReviewed: "reviewed"}, facts_of=week_facts)
MILESTONE = NewsKind[MilestoneReached](
    kind="milestone", types={MilestoneReached: "streak_milestone"}, facts_of=milestone_facts
)
BACK = NewsKind[PainReported | BackStateChanged](
    kind="back", types={PainReported: "pain_reported", BackStateChanged: "state_changed"}, facts_of=back_facts
)
WISE_DISTANCE = NewsKind[WiseDistancePassed](
    kind="wise_distance", types={WiseDistancePassed: "passed"}, facts_of=wise_facts
)
KINDS: tuple[NewsKind[Any], ...] = (RUN, PROMPT, ROUTINE, WEEK, MILESTONE, BACK, WISE_DISTANCE)


class NewsSender:
    """Sends the news of a runner; a run beyond the wise distance is news once, on the treadmill or as it arrives."""

    def __init__(self, hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
        """Send the news of a runner."""
        self._hass = hass
        self._coordinator = coordinator
        # The instant at which a treadmill noticed the wise distance last.
        self._passed: datetime | None = None

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._coordinator.async_listen(self._async_handle_event))

    @callback
    def _async_handle_event(self, event: Event) -> None:
        for kind in KINDS:
            if event_type := kind.types.get(type(event)):
                news = RunnerNews(
                    config_entry_id=self._coordinator.config_entry.entry_id,
                    kind=kind.kind,
                    event_type=event_type,
                    facts=kind.facts_of(self._coordinator, event),
                )
                async_dispatcher_send(self._hass, SIGNAL_RUNNER_NEWS, news)
        if isinstance(event, WiseDistancePassed):
            self._passed = dt_util.utcnow()
        if isinstance(event, RunFinished) and (passed := self._wise_distance_passed(event)):
            self._async_handle_event(passed)

    def _wise_distance_passed(self, event: RunFinished) -> WiseDistancePassed | None:
        """Return the event of a run that arrived and went beyond the wise distance of its day."""
        run, wise = event.run, self._coordinator.data.wise
        calendar = self._coordinator.runner.settings.calendar
        is_of_today = calendar.day_of(run.start) == calendar.day_of(dt_util.utcnow())
        is_known = self._passed is not None and run.start <= self._passed <= run.end + timedelta(minutes=1)
        if wise is None or not run.distance or not is_of_today or is_known or run.distance <= wise.distance:
            return None
        return WiseDistancePassed(distance=run.distance, wise=wise)
