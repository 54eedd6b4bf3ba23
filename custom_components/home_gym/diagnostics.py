"""Diagnostics: counts of everything, and nothing about a person's health, home or whereabouts."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .const import CONF_ACCOUNT, CONF_FOLDER, CONF_ONLINE, CONF_RUNNERS, SUBENTRY_SOURCE
from .data import HomeGymConfigEntry
from .gym.prompts.prompt import HoldReason, PromptFact, PromptStep
from .gym.runner import Runner
from .gym.treadmill.log import GUEST, BeltLog
from .options import READABLE
from .sources.folder.ledger import Ledger
from .sources.services.ledger import ServiceLedger
from .treadmill import TreadmillConfigEntry, TreadmillCoordinator, is_treadmill

# This many prompts, none of them old, show why the coach was silent.
NEWEST = 10
RECENT_PERIOD = timedelta(days=30)
# Diagnostics' word for a state of the back, which stays private.
SILENCED = "silenced"
BACK_REASONS = {HoldReason.RED_FLAG, HoldReason.BACK_STATE}

# Redacted from an entry and its subentries.
TO_REDACT = {"created_at", "discovery_keys", "modified_at", "title", "unique_id"}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: HomeGymConfigEntry | TreadmillConfigEntry
) -> dict[str, Any]:
    """Return an entry's diagnostics; without counts if its setup failed."""
    loaded = entry.state is ConfigEntryState.LOADED
    document: dict[str, Any] = {"entry": _entry(entry.as_dict())}
    if is_treadmill(entry):
        return document | (await _treadmill(hass, entry.runtime_data) if loaded else {})
    document["sources"] = await _sources(hass, entry)
    return document | (_counts(entry.runtime_data.runner) if loaded else {})


def _entry(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the stored data of an entry or subentry, with private values redacted."""
    hidden: dict[str, Any] = async_redact_data(dict(stored), TO_REDACT)
    for part in ("data", "options"):
        if part in hidden:
            hidden[part] = {key: value if key in READABLE else REDACTED for key, value in hidden[part].items()}
    if "subentries" in hidden:
        hidden["subentries"] = [_entry(subentry) for subentry in hidden["subentries"]]
    return hidden


def _counts(runner: Runner) -> dict[str, Any]:
    """Return the counts of a runner's journal."""
    journal = runner.journal
    activities = [delivery.activity for delivery in journal.deliveries.values()]
    return {
        "journal": {
            "activities": Counter(f"{activity.origin} {activity.sport}" for activity in activities),
            "incomplete": sum(activity.incomplete for activity in activities),
            "doubtful": Counter(activity.doubt for activity in activities if activity.doubt),
            "open_doubts": len(runner.projections.doubts.open()),
            "manufacturers": Counter(activity.manufacturer or "unknown" for activity in activities),
            "sessions": Counter(session.habit for session in journal.sessions.values()),
            "prompts": Counter(_fate(fact) for fact in journal.prompts.values()),
            "newest_prompts": _newest(runner, dt_util.utcnow()),
            "may_speak": journal.may_speak,
            "waits": _waits(runner, dt_util.utcnow()),
            "asked_less": sorted(runner.explanations.asked_less(dt_util.utcnow())),
            "week_told": journal.reported_week,
        },
        "runs": len(runner.runs),
    }


def _fate(fact: PromptFact) -> str:
    """Return the final state of a prompt, with its hold reason, if any."""
    return " ".join(filter(None, (fact.topic, fact.state, _reason(fact))))


def _reason(fact: PromptFact | PromptStep) -> str | None:
    return SILENCED if fact.reason in BACK_REASONS else fact.reason


def _waits(runner: Runner, now: datetime) -> str | None:
    """Return the reason for which the coach doesn't speak now; whether the runner is at home stays private."""
    status = runner.explanations.waits(now)
    if status is None or status.reason is HoldReason.AWAY:
        return None
    return SILENCED if status.reason in BACK_REASONS else status.reason


def _newest(runner: Runner, now: datetime) -> list[dict[str, Any]]:
    """Return the newest prompts, latest first: their steps, each with its age in minutes."""
    facts = runner.prompts_between(now - RECENT_PERIOD, now + RECENT_PERIOD.resolution)
    return [
        {
            "topic": fact.topic,
            "state": fact.state,
            "reason": _reason(fact),
            "attempts": fact.attempts,
            "minutes_ago": _minutes(now, fact.at),
            "life": [(step.state, _reason(step), _minutes(now, step.at)) for step in fact.life],
        }
        for fact in reversed(facts[-NEWEST:])
    ]


def _minutes(now: datetime, then: datetime) -> int:
    return round((now - then).total_seconds() / 60)


async def _treadmill(hass: HomeAssistant, coordinator: TreadmillCoordinator) -> dict[str, Any]:
    """Return a treadmill's state and the counts of its log; its runners are numbered in the order of the entry."""
    log = coordinator.log
    records = log.records.values()
    runners = enumerate(coordinator.config_entry.data[CONF_RUNNERS], start=1)
    return {
        "belt": {
            "state": coordinator.belt.state,
            "in_session": coordinator.belt.session is not None,
            "available": coordinator.data.available,
        },
        "sessions": {
            "certainty": Counter(record.certainty or "unclaimed" for record in records),
            "guests": sum(record.runner == GUEST for record in records),
            "undelivered": sum(bool(record.runner) and not record.delivered for record in records),
            "with_distance": sum(record.distance is not None for record in records),
        },
        "withdrawals": sum(len(activities) for activities in log.withdrawals.values()),
        "runners": {number: await _learned(hass, log, runner) for number, runner in runners},
    }


async def _learned(hass: HomeAssistant, log: BeltLog, runner: str) -> dict[str, Any]:
    """Return the learned speed of a runner on a treadmill; `error` is the possible error of a distance as a share."""
    speed = await hass.async_add_executor_job(log.speed_of, runner, dt_util.utcnow())
    return {
        "sessions": sum(record.runner == runner for record in log.records.values()),
        "samples": len(log.samples.get(runner, ())),
        "learned_runs": speed.runs if speed else 0,
        "error": round(speed.error, 3) if speed else None,
    }


async def _sources(hass: HomeAssistant, entry: HomeGymConfigEntry) -> dict[str, dict[str, int]]:
    """Return the counts of each folder and online service."""
    counts = {}
    for source in entry.get_subentries_of_type(SUBENTRY_SOURCE):
        if CONF_FOLDER in source.data:
            ledger = Ledger(hass, source.subentry_id)
            await ledger.async_load(source.data[CONF_FOLDER])
            counts[source.subentry_id] = ledger.counts()
        elif CONF_ONLINE in source.data:
            service = ServiceLedger(hass, source.subentry_id)
            await service.async_load(source.data[CONF_ACCOUNT])
            counts[source.subentry_id] = service.counts()
    return counts
