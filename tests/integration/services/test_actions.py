"""Actions on a runner's journal, for people, automations and cards."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.runs.run_figures import RunFigures
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.support.integration.example_runs import RUN
from tests.support.integration.repairs import treadmill_entry
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, OLD_SHOE, SetUp, entity_id_of, state_of

pytestmark = pytest.mark.usefixtures("clock")

NO_FIGURES = asdict(RunFigures())
"""Figures of a run without a watch, as actions return them."""


async def act(hass: HomeAssistant, action: str, **data: Any) -> None:
    """Perform an action on the runner."""
    await hass.services.async_call(DOMAIN, action, {"config_entry_id": ENTRY_ID, **data}, blocking=True)
    await hass.async_block_till_done()


async def ask(hass: HomeAssistant, action: str, **data: Any) -> Any:
    """Perform an action with a response."""
    request = {"config_entry_id": ENTRY_ID, **data}
    return await hass.services.async_call(DOMAIN, action, request, blocking=True, return_response=True)


async def test_a_run_is_logged(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)

    # 17:00 on the wall in Berlin is 15:00 UTC.
    answer = await ask(
        hass,
        "log_run",
        start="2026-05-04 17:00:00",
        duration={"minutes": 30},
        distance=5,
        shoe="daily trainers",
    )

    [run] = (await ask(hass, "get_runs"))["runs"]
    assert run == {
        "run": answer["run"],
        "start": "2026-05-04T15:00:00+00:00",
        "end": "2026-05-04T15:30:00+00:00",
        "distance": 5000,
        "distance_error": None,
        "duration": 1800,
        "elapsed_time": 1800,
        "cadence": None,
        **NO_FIGURES,
        "indoor": None,
        "surface": None,
        "shoe": "Daily trainers",
        "sources": 1,
        "left_out": [],
    }
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{OLD_SHOE}") == "485.0"


@pytest.mark.parametrize(("unit", "metres"), [(None, 3 * 1609.344), ("mi", 3 * 1609.344), ("km", 3000), ("m", 3)])
async def test_distances_have_units(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, unit: str | None, metres: float
) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    await set_up(entry)

    said = {"unit_of_measurement": unit} if unit else {}
    await act(hass, "log_run", start=NOW - timedelta(hours=1), duration={"minutes": 30}, distance=3, **said)

    [run] = (await ask(hass, "get_runs"))["runs"]
    assert run["distance"] == pytest.approx(metres)
    assert run["shoe"] == "New trainers"


async def test_a_run_is_corrected_removed_and_brought_back(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)

    await act(
        hass,
        "edit_run",
        run=RUN.id,
        start=NOW - timedelta(days=1),
        duration={"minutes": 35},
        distance=7.5,
        cadence=176,
    )
    [run] = (await ask(hass, "get_runs"))["runs"]
    assert (run["start"], run["distance"], run["duration"], run["cadence"]) == (
        "2026-05-03T18:00:00+00:00",
        7500,
        2100,
        176,
    )
    assert coordinator.runner.runs.named(RUN.id).day.isoformat() == "2026-05-03"
    await act(hass, "remove_run", run=RUN.id)
    assert (await ask(hass, "get_runs"))["runs"] == []
    await coordinator.async_apply(verbs.undo_last())
    await coordinator.async_apply(verbs.undo_last())
    [run] = (await ask(hass, "get_runs"))["runs"]
    assert run["distance"] == 8012.34


async def test_a_run_is_assigned_to_another_pair_or_none(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)
    await hass.async_block_till_done()
    new, old = (f"{ENTRY_ID}_{shoe}" for shoe in (NEW_SHOE, OLD_SHOE))
    assert state_of(hass, "sensor", "distance", new) == "8.01234"

    await act(hass, "assign_shoe", run=RUN.id, shoe=OLD_SHOE)
    assert state_of(hass, "sensor", "distance", new) == "0.0"
    assert state_of(hass, "sensor", "distance", old) == "488.01234"
    await act(hass, "assign_shoe", run=RUN.id)
    assert state_of(hass, "sensor", "distance", old) == "480.0"


async def test_a_session_is_logged_late(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)

    await act(hass, "log_session", habit="stretch", end=NOW - timedelta(days=1), duration={"minutes": 10})
    await act(hass, "log_session", habit="stretch")

    assert state_of(hass, "sensor", "stretch_streak") == "2"
    journal = await ask(hass, "get_journal")
    assert journal["sessions"] == [
        {"habit": "stretch", "end": "2026-05-03T18:00:00+00:00", "duration": 600, "derived": False},
        {"habit": "stretch", "end": "2026-05-04T18:00:00+00:00", "duration": None, "derived": False},
    ]
    today = await ask(hass, "get_journal", start=NOW, end=NOW + timedelta(hours=1))
    assert len(today["sessions"]) == 1


async def test_runs_are_asked_for_by_period_and_number(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    for days in range(5):
        await act(hass, "log_run", start=NOW - timedelta(days=days, hours=1), duration={"minutes": 30})

    latest = (await ask(hass, "get_runs", limit=2))["runs"]
    assert [run["start"][:10] for run in latest] == ["2026-05-04", "2026-05-03"]
    earlier = (await ask(hass, "get_runs", end="2026-05-02 00:00:00"))["runs"]
    assert [run["start"][:10] for run in earlier] == ["2026-05-01", "2026-04-30"]


async def test_a_prompt_is_put_off_and_declined(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)

    await act(hass, "snooze_prompt", habit="foam_roll")
    [prompt] = (await ask(hass, "get_journal"))["prompts"]
    assert prompt["state"] == "snoozed"
    event = hass.states.get(entity_id_of(hass, "event", "prompt"))
    assert event is not None
    assert (event.attributes["event_type"], event.attributes["until"]) == (
        "snoozed",
        (NOW + timedelta(minutes=15)).isoformat(),
    )

    await act(hass, "dismiss_prompt")
    [prompt] = (await ask(hass, "get_journal"))["prompts"]
    assert prompt["state"] == "declined"
    event = hass.states.get(entity_id_of(hass, "event", "prompt"))
    assert event is not None
    assert (event.attributes["event_type"], event.attributes["reason"]) == ("expired", "declined")


@pytest.mark.parametrize(
    ("data", "state", "logged", "routine"),
    [
        ({"answer": "done"}, "done", True, "idle"),
        ({"answer": "done", "habit": "foam_roll"}, "done", True, "idle"),
        ({"answer": "later"}, "snoozed", False, "idle"),
        ({"answer": "not_today"}, "declined", False, "idle"),
        ({"answer": "start"}, "due", False, "running"),
    ],
)
async def test_a_prompt_is_answered(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    data: dict[str, str],
    state: str,
    logged: bool,
    routine: str,
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)

    await act(hass, "answer_prompt", **data)

    journal = await ask(hass, "get_journal")
    [prompt] = journal["prompts"]
    assert (prompt["habit"], prompt["state"]) == ("foam_roll", state)
    assert ("foam_roll" in [session["habit"] for session in journal["sessions"]]) is logged
    assert state_of(hass, "sensor", "routine") == routine


@pytest.mark.parametrize("answer", ["done", "start"])
async def test_done_and_start_settle_shoe_prompt(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory, answer: str
) -> None:
    """The pair begins with 480 of its 805 km; the prompt comes ten minutes after its last run."""
    coordinator = await set_up(entry)
    # At walking pace for two days.
    start, duration = NOW - timedelta(hours=52), {"hours": 48}
    await act(hass, "log_run", start=start, duration=duration, distance=330, shoe=OLD_SHOE)
    clock.tick(timedelta(minutes=11))
    await coordinator.async_tick()

    await act(hass, "answer_prompt", answer=answer)

    prompts = (await ask(hass, "get_journal"))["prompts"]
    # The run ended four hours before its delivery, so it was not fresh and had no prompt.
    assert {(prompt["habit"], prompt["state"], prompt["reason"]) for prompt in prompts} == {
        ("foam_roll", "expired", "not_fresh"),
        ("stretch", "expired", "not_fresh"),
        ("shoes", "done", "no_speaker"),
    }


async def test_a_prompt_is_asked_for(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    await act(hass, "prompt", habit="massage")
    [prompt] = (await ask(hass, "get_journal"))["prompts"]
    assert (prompt["habit"], prompt["state"]) == ("massage", "due")


async def test_rest_begins_and_ends(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    await act(hass, "rest")
    assert (await ask(hass, "get_summary"))["resting"] is True
    assert (await ask(hass, "get_journal"))["rests"] == [{"start": "2026-05-04", "end": None}]
    await act(hass, "rest", resting=False)
    assert (await ask(hass, "get_summary"))["resting"] is False
    await act(hass, "rest", start="2026-04-01", end="2026-04-07")
    assert (await ask(hass, "get_journal"))["rests"] == [{"start": "2026-04-01", "end": "2026-04-07"}]


async def test_summary_is_returned(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)

    summary = await ask(hass, "get_summary")

    assert summary["last_run"] == {
        "start": "2026-05-04T17:00:00+00:00",
        "distance": 8012.34,
        "duration": 2400,
        "cadence": 174,
        "figures": NO_FIGURES
        | {"zones": [], "zone_limits": [], "step_length": pytest.approx(8012.34 / (2400 / 60 * 174))},
    }
    assert summary["due"] == ["foam_roll", "stretch"]
    assert summary["chosen_shoe"] == "New trainers"
    assert summary["shoes"]["New trainers"]["distance"] == 8012.34
    assert summary["last_session"]["warm_up"] == "2026-05-04T17:05:00+00:00"
    assert (summary["core_streak"], summary["stretch_streak"]) == (0, 0)
    prompts = (await ask(hass, "get_journal"))["prompts"]
    [prompt] = prompts
    assert prompt == {
        "habit": "foam_roll",
        "run": RUN.id,
        "state": "due",
        "at": NOW.isoformat(),
        "attempts": 0,
        "reason": "no_speaker",
        "life": [
            {"state": "due", "at": NOW.isoformat(), "reason": "no_speaker", "speaker": None},
        ],
    }


async def test_no_streak_is_shown_beside_a_red_flag(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """Neither in the action nor in the sensors, until a professional cleared the back."""
    await set_up(entry)
    await act(hass, "log_session", habit="stretch")
    await act(hass, "log_pain", score=2, red_flags=["fever"])
    summary = await ask(hass, "get_summary")
    assert (summary["pain"]["advice"], summary["core_streak"], summary["stretch_streak"]) == ("red_flag", None, None)
    assert [state_of(hass, "sensor", f"{habit}_streak") for habit in ("core", "stretch")] == ["unknown", "unknown"]
    await act(hass, "acknowledge_advice")
    assert (await ask(hass, "get_summary"))["stretch_streak"] is None
    await act(hass, "clear_back")
    assert (await ask(hass, "get_summary"))["stretch_streak"] == 1
    assert [state_of(hass, "sensor", f"{habit}_streak") for habit in ("core", "stretch")] == ["0", "1"]


@pytest.mark.parametrize(
    ("action", "data", "message"),
    [
        ("remove_run", {"run": "none"}, "no run with the ID none"),
        ("snooze_prompt", {"habit": "core"}, "no prompt for Alex to answer"),
        ("dismiss_prompt", {"habit": "core"}, "no prompt for Alex to answer"),
        ("answer_prompt", {"answer": "done", "habit": "core"}, "no prompt for Alex to answer"),
        ("rest", {"start": "2026-05-04", "end": "2026-05-03"}, "end before it begins"),
        ("edit_run", {"run": "none", "distance": 5}, "no run with the ID none"),
        ("assign_shoe", {"run": RUN.id, "shoe": "Slippers"}, "no pair called Slippers"),
        (
            "log_run",
            {"start": "2026-05-04 12:00:00", "duration": {"minutes": 5}, "shoe": "Slippers"},
            "no pair called Slippers",
        ),
        ("log_run", {"start": "2026-05-05 12:00:00", "duration": {"minutes": 5}}, "is in the future"),
        ("log_session", {"habit": "core", "end": "2026-05-05 12:00:00"}, "is in the future"),
        ("log_run", {"start": "2026-05-04 12:00:00", "duration": {"minutes": 5}, "distance": 1e9}, "not possible"),
        ("log_run", {"start": "2026-05-04 12:00:00", "duration": {"minutes": 1}, "distance": 900_000}, "not possible"),
        ("log_run", {"start": "2026-05-04 12:00:00", "duration": {"minutes": 30}, "distance": 20}, "anyone runs"),
        ("edit_run", {"run": RUN.id, "distance": 90}, "not possible"),
        ("edit_run", {"run": RUN.id, "duration": {"minutes": 2}}, "not possible"),
        ("log_run", {"start": "1950-05-04 12:00:00", "duration": {"minutes": 5}}, "not possible"),
        ("edit_run", {"run": RUN.id, "distance": 1e9}, "not possible"),
        ("edit_run", {"run": RUN.id, "start": "0001-01-01 00:00:00"}, "not possible"),
        ("edit_run", {"run": RUN.id, "start": "0001-01-01T00:00:00+00:00"}, "not possible"),
        ("log_run", {"start": "0001-01-01 00:00:00", "duration": {"minutes": 5}}, "not possible"),
        ("log_run", {"start": "2026-05-04 12:00:00", "duration": {"days": 20_000}}, "not possible"),
        ("log_session", {"habit": "core", "end": "1926-05-04 08:00:00"}, "not possible"),
        ("log_session", {"habit": "core", "end": "0001-01-01 00:00:00"}, "not possible"),
        ("log_session", {"habit": "core", "duration": {"days": 20_000}}, "not possible"),
        ("log_pain", {"score": 3, "time": "1969-12-31 12:00:00"}, "not possible"),
        ("log_pain", {"score": 3, "time": "0001-01-01 00:00:00"}, "not possible"),
        ("log_pain", {"score": 3, "note": "half a letter: \ud83d"}, "not possible"),
        ("rest", {"start": "0001-01-01"}, "not possible"),
        ("rest", {"start": "9999-12-31"}, "not possible"),
    ],
)
async def test_invalid_data_is_explained(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, action: str, data: dict[str, Any], message: str
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)
    before = coordinator.runner.journal.copy()

    with pytest.raises(ServiceValidationError, match=message):
        await act(hass, action, **data)

    assert coordinator.runner.journal == before


async def test_actions_name_their_runner(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)

    with pytest.raises(ServiceValidationError, match="Choose a runner"):
        await hass.services.async_call(DOMAIN, "get_runs", {}, blocking=True, return_response=True)
    with pytest.raises(ServiceValidationError):
        await ask(hass, "get_runs", config_entry_id="unknown")
    await hass.config_entries.async_unload(ENTRY_ID)
    with pytest.raises(ServiceValidationError):
        await ask(hass, "get_runs")


@pytest.mark.parametrize(
    ("action", "data"),
    [("get_runs", {}), ("start_routine", {"habit": "core"}), ("import_files", {"path": "export.zip"})],
)
async def test_a_treadmill_is_no_runner(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, action: str, data: dict[str, Any]
) -> None:
    await set_up(entry)
    treadmill = treadmill_entry(ENTRY_ID)
    await set_up(treadmill)
    with pytest.raises(ServiceValidationError, match="Treadmill is not a runner"):
        await hass.services.async_call(
            DOMAIN,
            action,
            {"config_entry_id": treadmill.entry_id, **data},
            blocking=True,
            return_response=action == "get_runs",
        )
