"""Doubtful recordings in Home Assistant: repair, action, event, document of the cards, and the setting of a source."""

from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym.runs.activity import Activity, Doubt, Origin, Sport
from custom_components.home_gym.issues.doubtful_flow import Decision
from custom_components.home_gym.issues.repair_issue import DOUBTFUL_RUNS
from custom_components.home_gym.repairs import async_create_fix_flow
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, state_of
from tests.support.unit.make import activity

pytestmark = pytest.mark.usefixtures("clock")

A_DAY = timedelta(days=1)
ISSUE = f"doubtful_runs_{ENTRY_ID}"


def doubtful(days: int = 1, doubt: Doubt = Doubt.NO_SPORT, **rest: Any) -> Activity:
    """Return a doubtful recording of some days ago: 5 km in half an hour."""
    figures = {"origin": Origin.FILE, "device": "Tracker", "guess": Sport.RUN, **rest}
    return activity(NOW - days * A_DAY, sport=Sport.OTHER, doubt=doubt, **figures)


@pytest.fixture
async def coordinator(set_up: SetUp, entry: MockConfigEntry) -> HomeGymCoordinator:
    """Return a runner without facts."""
    return await set_up(entry)


def count(hass: HomeAssistant) -> str | None:
    """Return the number in the title of the repair, None without one."""
    issue = ir.async_get(hass).async_get_issue(DOMAIN, ISSUE)
    return (issue.translation_placeholders or {})["count"] if issue else None


class Repair:
    """The open repair."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._flow: Any = None
        self.screen: Any = None

    async def open(self) -> Any:
        """Open the first screen."""
        self._flow = await async_create_fix_flow(self._hass, ISSUE, {"entry_id": ENTRY_ID})
        self._flow.hass, self._flow.handler, self._flow.flow_id = self._hass, DOMAIN, "repair"
        self.screen = await self._flow.async_step_init()
        return self.screen

    async def decide(self, decision: Decision, **figures: float) -> Any:
        """Submit a decision on the open screen."""
        step = getattr(self._flow, f"async_step_{self.screen['step_id']}")
        self.screen = await step({"decision": decision.value, **figures})
        return self.screen


async def test_repair_asks_about_one_recording_after_the_other(
    hass: HomeAssistant, coordinator: HomeGymCoordinator
) -> None:
    several = [
        doubtful(1, title="Along the *river*"),
        doubtful(2, Doubt.BROKEN_OFF, guess=Sport.WALK),
        doubtful(3, Doubt.NO_FIGURES, km=None, minutes=None),
    ]
    await coordinator.async_deliver(several, live=False)
    assert count(hass) == "3"
    repair = Repair(hass)

    screen = await repair.open()
    assert screen["step_id"] == "no_sport"
    shown = screen["description_placeholders"]
    assert (shown["distance"], shown["duration"], shown["unit"]) == ("5.00 km", "0:30:00", "km")
    assert shown["title"] == r", Along the \*river\*"
    assert shown["guess"] == "It looks like a run."

    screen = await repair.decide(Decision.RUN)
    assert (screen["step_id"], count(hass)) == ("broken_off", "2")
    assert screen["description_placeholders"]["guess"] == "It looks like a walk."
    screen = await repair.decide(Decision.NO_RUN)
    assert (screen["step_id"], count(hass)) == ("no_figures", "1")
    assert screen["description_placeholders"]["distance"] == "unknown"
    screen = await repair.decide(Decision.RUN, distance=4, minutes=24)
    assert (screen["type"], count(hass)) == ("create_entry", None)

    runs = coordinator.runner.runs.all()
    assert [(run.distance, run.duration) for run in runs] == [(4000, 1440), (5000, 1800)]
    assert DOUBTFUL_RUNS.is_fixable


@pytest.mark.parametrize(("decision", "runs"), [(Decision.LIKELY_RUNS, 2), (Decision.NO_RUNS, 0)])
async def test_all_are_decided_at_once(
    hass: HomeAssistant, coordinator: HomeGymCoordinator, decision: Decision, runs: int
) -> None:
    await coordinator.async_deliver([doubtful(1), doubtful(2), doubtful(3, guess=Sport.WALK)], live=False)
    repair = Repair(hass)
    await repair.open()
    screen = await repair.decide(decision)
    assert (len(coordinator.runner.runs), count(hass)) == (runs, "1" if runs else None)
    assert screen["type"] == ("form" if runs else "create_entry")
    # The last one is asked about alone.
    options = screen["data_schema"].schema["decision"].config["options"] if runs else []
    assert options == (["run", "no_run"] if runs else [])


async def test_impossible_correction_is_asked_again(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    await coordinator.async_deliver([doubtful()], live=False)
    repair = Repair(hass)
    await repair.open()
    screen = await repair.decide(Decision.RUN, distance=40)
    assert (screen["errors"], count(hass)) == ({"distance": "impossible"}, "1")
    assert (await repair.decide(Decision.RUN, distance=5.5))["type"] == "create_entry"
    assert [run.distance for run in coordinator.runner.runs.all()] == [5500]


async def test_correction_is_in_the_unit_of_the_home(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    await coordinator.async_deliver([doubtful()], live=False)
    repair = Repair(hass)
    shown = (await repair.open())["description_placeholders"]
    assert (shown["distance"], shown["unit"]) == ("3.11 mi", "mi")
    await repair.decide(Decision.RUN, distance=3)
    [run] = coordinator.runner.runs.all()
    assert run.distance == pytest.approx(4828.032)


async def test_recording_that_was_decided_elsewhere_is_left(
    hass: HomeAssistant, coordinator: HomeGymCoordinator
) -> None:
    one = doubtful()
    await coordinator.async_deliver([one], live=False)
    repair = Repair(hass)
    await repair.open()
    await decide(hass, one.id, is_run=True)
    assert (await repair.decide(Decision.NO_RUN))["type"] == "create_entry"
    assert len(coordinator.runner.runs) == 1
    assert (await Repair(hass).open())["reason"] == "nothing_doubtful"


async def test_repair_of_a_runner_that_is_not_loaded_ends(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    await hass.config_entries.async_unload(ENTRY_ID)
    assert (await Repair(hass).open())["reason"] == "not_loaded"


async def decide(hass: HomeAssistant, run: Any, **data: Any) -> None:
    """Call the action."""
    await hass.services.async_call(
        DOMAIN, "decide_run", {"config_entry_id": ENTRY_ID, "run": run, **data}, blocking=True
    )


async def waiting(hass: HomeAssistant) -> list[dict[str, Any]]:
    """Return the answer of the action that lists doubtful recordings."""
    answer = await hass.services.async_call(
        DOMAIN, "get_doubtful_runs", {"config_entry_id": ENTRY_ID}, blocking=True, return_response=True
    )
    runs: list[dict[str, Any]] = answer["runs"]  # type: ignore[index,assignment]  # of our own action
    return runs


async def test_actions_list_and_decide(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    one, other, third = doubtful(1, title="Evening"), doubtful(2), doubtful(3)
    await coordinator.async_deliver([one, other, third], live=False)
    first, *others = await waiting(hass)
    assert first == {
        "run": one.id,
        "start": "2026-05-03T18:00:00+00:00",
        "end": "2026-05-03T18:30:00+00:00",
        "distance": 5000,
        "duration": 1800,
        "doubt": "no_sport",
        "guess": "run",
        "title": "Evening",
        "device": "Tracker",
    }
    assert [each["run"] for each in others] == [other.id, third.id]

    await decide(hass, one.id, is_run=True, distance=6, unit_of_measurement="km", duration={"minutes": 33})
    await decide(hass, [other.id, third.id], is_run=False)
    assert await waiting(hass) == []
    assert [(run.distance, run.duration) for run in coordinator.runner.runs.all()] == [(6000, 1980)]
    with pytest.raises(ServiceValidationError):
        await decide(hass, "missing", is_run=True)
    with pytest.raises(ServiceValidationError):
        await decide(hass, other.id, is_run=True, distance=60, unit_of_measurement="km")


async def test_event_of_a_live_recording(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    one = activity(NOW - timedelta(minutes=40), sport=Sport.OTHER, doubt=Doubt.BROKEN_OFF, guess=Sport.RUN)
    await coordinator.async_deliver([one], live=True)
    event = hass.states.get("event.alex_run")
    assert event is not None
    shown = {name: event.attributes.get(name) for name in ("event_type", "run", "distance", "doubt", "guess")}
    expected = {"event_type": "doubtful", "run": one.id, "distance": 5000, "doubt": "broken_off", "guess": "run"}
    assert shown == expected
    assert state_of(hass, "sensor", "weekly_distance") in {"0", "0.0"}


@pytest.mark.parametrize("switched_on", ["before", "after"])
async def test_setting_of_a_source_counts_recordings_without_a_sport(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, switched_on: str
) -> None:
    """Earlier recordings of the source count, too."""
    coordinator = await set_up(entry)
    source = ConfigSubentry(
        data=MappingProxyType(
            {"folder": "/media/runs", "since": NOW.isoformat(), "unnamed_runs": switched_on == "before"}
        ),
        subentry_type="source",
        title="Folder",
        unique_id=None,
        subentry_id="01FOLDER",
    )
    hass.config_entries.async_add_subentry(entry, source)
    await hass.async_block_till_done()
    coordinator = entry.runtime_data.coordinator
    await coordinator.async_deliver([doubtful(), doubtful(2, Doubt.BROKEN_OFF)], live=False, source="01FOLDER")
    if switched_on == "after":
        assert (len(coordinator.runner.runs), count(hass)) == (0, "2")
        hass.config_entries.async_update_subentry(entry, source, data={**source.data, "unnamed_runs": True})
        await hass.async_block_till_done()
        coordinator = entry.runtime_data.coordinator
    assert (len(coordinator.runner.runs), count(hass)) == (1, "1")


async def test_runs_of_a_removed_source_stay(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    source = ConfigSubentry(
        data=MappingProxyType({"folder": "/media/runs", "since": NOW.isoformat(), "unnamed_runs": True}),
        subentry_type="source",
        title="Folder",
        unique_id=None,
        subentry_id="01FOLDER",
    )
    hass.config_entries.async_add_subentry(entry, source)
    await hass.async_block_till_done()
    await entry.runtime_data.coordinator.async_deliver([doubtful(), doubtful(2)], live=False, source="01FOLDER")
    hass.config_entries.async_remove_subentry(entry, "01FOLDER")
    await hass.async_block_till_done()
    runner = entry.runtime_data.coordinator.runner
    assert (len(runner.runs), runner.projections.doubts.open(), count(hass)) == (2, [], None)
