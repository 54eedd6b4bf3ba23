"""The runner of a session on a shared treadmill: guessed, matched by a watch, or claimed."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym.runs.activity import Origin
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.util import dt as dt_util
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, entity_id_of, state_of
from tests.support.integration.treadmill_home import (
    AWAKE,
    BILLIE_ID,
    RUNS,
    TREADMILL_ID,
    Phones,
    Plug,
    events_of,
    go,
    press,
    shared,
    treadmill,
    watch,
)

pytestmark = pytest.mark.usefixtures("clock")

type Two = tuple[HomeGymCoordinator, HomeGymCoordinator]


@pytest.fixture
async def two(hass: HomeAssistant, set_up: SetUp, alex: MockConfigEntry, billie: MockConfigEntry, plug: Plug) -> Two:
    """Return two runners, both at home."""
    go(hass, "alex", "home")
    go(hass, "billie", "home")
    return await set_up(alex), await set_up(billie)


def counts(*runners: HomeGymCoordinator) -> list[int]:
    """Return each runner's number of runs."""
    return [len(runner.runner.runs) for runner in runners]


async def tell(hass: HomeAssistant, runner: HomeGymCoordinator, *activities: Any, live: bool = True) -> None:
    """Deliver runs of a watch."""
    await runner.async_deliver(activities, live=live)
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize(
    ("alex_is", "billie_is", "runs"),
    [
        ("home", "not_home", [1, 0]),
        ("not_home", "home", [0, 1]),
        ("home", "home", [0, 0]),
        ("not_home", "work", [0, 0]),
    ],
)
async def test_session_is_guessed_for_only_runner_at_home(
    hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug, alex_is: str, billie_is: str, runs: list[int]
) -> None:
    go(hass, "alex", alex_is)
    go(hass, "billie", billie_is)
    await set_up(shared("alone_at_home"))
    await plug.draw(RUNS, 30)
    running = [state_of(hass, "binary_sensor", "running", owner) for owner in (ENTRY_ID, BILLIE_ID)]
    assert running == ["on" if count else "off" for count in runs]
    # A runner who comes home later didn't start the session.
    go(hass, "alex", "home")
    go(hass, "billie", "home")
    await plug.run()
    assert counts(*two) == runs


async def test_runner_with_unknown_presence_counts_as_home(
    hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug
) -> None:
    await set_up(shared("alone_at_home"))
    await hass.config_entries.async_unload(BILLIE_ID)
    await plug.run()
    assert counts(two[0]) == [0]
    await hass.config_entries.async_setup(BILLIE_ID)
    await hass.config_entries.async_set_disabled_by(BILLIE_ID, ConfigEntryDisabler.USER)
    await plug.run()
    # The second session was Alex's, at home with a former runner only.
    assert counts(two[0]) == [1]


async def test_all_runners_are_asked_and_one_answers(
    hass: HomeAssistant, set_up: SetUp, phones: Phones, two: Two, plug: Plug
) -> None:
    await set_up(shared("ask"))
    await plug.run()

    assert sorted(phone for phone, _ in phones.asked) == ["mobile_app_alex_s_phone", "mobile_app_billie_s_phone"]
    # 18:00 UTC is 20:00 in Berlin.
    assert "Treadmill" in phones.asked[0][1]["message"]
    assert "8:00 PM" in phones.asked[0][1]["message"]
    assert "20" in phones.asked[0][1]["message"]
    buttons = phones.buttons()
    assert list(buttons)[:2] == ["Alex", "Billie"]
    assert len(buttons) == 3
    assert counts(*two) == [0, 0]

    await phones.touch(buttons["Billie"])
    assert counts(*two) == [0, 1]
    # A later answer replaces an earlier one.
    await phones.touch(buttons["Alex"])
    assert counts(*two) == [1, 0]
    await phones.touch([*buttons.values()][2])
    assert counts(*two) == [0, 0]
    assert len(phones.asked) == 2
    # The first answer clears the question on both phones.
    tag = phones.asked[0][1]["data"]["tag"]
    assert sorted(phones.cleared) == [("mobile_app_alex_s_phone", tag), ("mobile_app_billie_s_phone", tag)]


@pytest.mark.parametrize("answer", ["home_gym_belt/{id}/gone/{alex}", "home_gym_belt/{id}/x/somebody", "other", ""])
async def test_unknown_answers_change_nothing(
    hass: HomeAssistant, set_up: SetUp, phones: Phones, two: Two, plug: Plug, answer: str
) -> None:
    await set_up(shared("ask"))
    await plug.run()
    await phones.touch(answer.format(id=TREADMILL_ID, alex=ENTRY_ID))
    assert counts(*two) == [0, 0]


async def test_no_question_about_matched_session(
    hass: HomeAssistant, set_up: SetUp, phones: Phones, two: Two, plug: Plug
) -> None:
    await set_up(shared("ask"))
    start = dt_util.utcnow()
    await plug.draw(RUNS, 600, every=10)
    # The watch delivered before the belt stopped.
    await tell(hass, two[1], watch(start, 10))
    await plug.draw(AWAKE, 15)
    assert counts(*two) == [0, 1]
    assert phones.asked == []


async def test_runner_claims_during_run(hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug) -> None:
    await set_up(shared("ask"))
    told = events_of(hass, "run", ENTRY_ID), events_of(hass, "run", BILLIE_ID)
    await plug.draw(RUNS, 60, every=10)
    await press(hass, f"claim_{ENTRY_ID}")
    assert state_of(hass, "binary_sensor", "running") == "on"
    await press(hass, f"claim_{ENTRY_ID}")
    assert told == (["started"], [])
    # The first touch was a mistake.
    await press(hass, f"claim_{BILLIE_ID}")
    assert state_of(hass, "binary_sensor", "running") == "off"
    assert state_of(hass, "binary_sensor", "running", BILLIE_ID) == "on"
    await plug.run()
    assert told == (["started"], ["started", "finished", "recorded"])
    assert counts(*two) == [0, 1]


async def test_a_guest_leaves_no_trace(
    hass: HomeAssistant, set_up: SetUp, phones: Phones, two: Two, plug: Plug
) -> None:
    await set_up(shared("ask"))
    await plug.draw(RUNS, 60, every=10)
    await press(hass, "claim_guest")
    await plug.run()
    await plug.wait(25 * 3600)
    assert counts(*two) == [0, 0]
    assert phones.asked == []
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"unclaimed_{TREADMILL_ID}") is None


async def test_buttons_after_a_session(hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug) -> None:
    await set_up(shared("ask"))
    with pytest.raises(HomeAssistantError, match="claim"):
        await press(hass, f"claim_{ENTRY_ID}")
    first = await plug.run()
    second = await plug.run()
    await press(hass, f"claim_{BILLIE_ID}")
    assert [run.start for run in two[1].runner.runs.all()] == [second]
    await press(hass, f"claim_{ENTRY_ID}")
    assert [run.start for run in two[0].runner.runs.all()] == [first]
    # Without an unclaimed session, the last one is meant.
    await press(hass, f"claim_{ENTRY_ID}")
    assert [run.start for run in two[0].runner.runs.all()] == [first, second]
    assert counts(*two) == [2, 0]


async def test_watch_claims_unclaimed_session(hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug) -> None:
    await set_up(shared("ask"))
    start = await plug.run()
    prompts, runs = events_of(hass, "prompt", BILLIE_ID), events_of(hass, "run", BILLIE_ID)
    await plug.wait(3600)
    await tell(hass, two[1], watch(start + timedelta(seconds=20), 19.5, km=4))
    assert counts(*two) == [0, 1]
    [run] = two[1].runner.runs.all()
    assert (run.distance, len(run.activities)) == (4000, 2)
    assert runs.count("finished") == 1
    assert prompts.count("due") == len(set(two[1].runner.settings.prompts.offsets)) - 1  # stretching comes later


async def test_a_watch_beats_a_guess(hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug) -> None:
    go(hass, "billie", "not_home")
    await set_up(shared("alone_at_home"))
    start = await plug.run()
    assert counts(*two) == [1, 0]
    await tell(hass, two[1], watch(start))
    assert counts(*two) == [0, 1]
    assert state_of(hass, "sensor", "last_run") == "unknown"


async def test_claim_beats_watch(hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug) -> None:
    await set_up(shared("ask"))
    start = await plug.run()
    await press(hass, f"claim_{ENTRY_ID}")
    await tell(hass, two[1], watch(start))
    assert counts(*two) == [1, 1]
    assert {len(run.activities) for runner in two for run in runner.runner.runs.all()} == {1}


@pytest.mark.parametrize("first", [0, 1])
async def test_two_watches_do_not_quarrel(hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug, first: int) -> None:
    """Billie ran around the park at the same time, with a watch that doesn't record it as outdoors."""
    await set_up(shared("ask"))
    start = await plug.run()
    told = [watch(start, indoor=True), watch(start)]
    await tell(hass, two[first], told[first])
    await tell(hass, two[1 - first], told[1 - first])
    await tell(hass, two[0])
    await tell(hass, two[1])
    assert counts(*two) == [1, 1]
    assert [len(runner.runner.runs.all()[0].activities) for runner in two] == [2, 1]


@pytest.mark.parametrize(
    "other",
    [
        {"indoor": False},
        {"start": timedelta(minutes=11)},
        {"start": timedelta(days=-1)},
        {"start": timedelta(minutes=-20)},
    ],
)
async def test_runs_that_were_elsewhere(
    hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug, other: dict[str, Any]
) -> None:
    await set_up(shared("ask"))
    start = await plug.run()
    await tell(hass, two[0], watch(start + other.pop("start", timedelta(0)), **other))
    assert [len(run.activities) for run in two[0].runner.runs.all()] == [1]


async def test_a_repair_asks_after_a_day(hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug) -> None:
    await set_up(shared("ask"))
    await plug.run()
    issues = ir.async_get(hass)
    issue_id = f"unclaimed_{TREADMILL_ID}"
    # The belt stood still for 15 seconds of that.
    await plug.wait(24 * 3600 - 16)
    assert issues.async_get_issue(DOMAIN, issue_id) is None
    await plug.wait(2)
    issue = issues.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {"treadmill": "Treadmill", "count": "1"}
    await press(hass, f"claim_{ENTRY_ID}")
    assert issues.async_get_issue(DOMAIN, issue_id) is None
    assert counts(*two) == [1, 0]


async def test_distance_is_learnt_from_five_runs_with_a_watch(
    hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug
) -> None:
    await set_up(shared("ask"))
    for number in range(5):
        start = await plug.run(10)
        await tell(hass, two[0], watch(start, 10, km=2))
        assert counts(*two) == [number + 1, 0]
        await plug.wait(12 * 3600)
    alone = await plug.run(10)
    await press(hass, f"claim_{ENTRY_ID}")

    event = hass.states.get(entity_id_of(hass, "event", "run"))
    assert event is not None
    # Five runs at the same power, each of two kilometres in ten minutes.
    assert event.attributes["distance"] == pytest.approx(2000, rel=0.02)
    error = event.attributes["distance_error"]
    assert 0 <= error < 100
    answer = await hass.services.async_call(
        DOMAIN, "get_runs", {"config_entry_id": ENTRY_ID, "start": alone}, blocking=True, return_response=True
    )
    assert answer is not None
    runs: Any = answer["runs"]
    assert [(run["distance"], run["distance_error"]) for run in runs] == [(event.attributes["distance"], error)]
    # Alex's samples don't apply to Billie.
    await plug.run(10)
    await press(hass, f"claim_{BILLIE_ID}")
    [run] = two[1].runner.runs.all()
    assert run.distance is None
    # A watch is more accurate.
    await tell(hass, two[0], watch(alone, 10, km=2.5))
    assert (two[0].runner.runs.all()[-1].distance, two[0].runner.runs.all()[-1].distance_error) == (2500, None)


async def test_manual_entry_claims_without_teaching_speed(
    hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug
) -> None:
    await set_up(belt := shared("ask"))
    start = await plug.run()
    await tell(hass, two[0], watch(start, origin=Origin.PERSON, origin_id="by hand", manufacturer=None))
    assert counts(*two) == [1, 0]
    assert len(two[0].runner.runs.all()[0].activities) == 2
    assert belt.runtime_data.log.samples == {}


async def test_sessions_of_removed_runner_stay_unclaimed(
    hass: HomeAssistant, set_up: SetUp, phones: Phones, two: Two, plug: Plug
) -> None:
    """The treadmill's entry still lists a runner removed during a run."""
    await set_up(shared("ask"))
    await plug.draw(RUNS, 60, every=10)
    await press(hass, f"claim_{BILLIE_ID}")
    await hass.config_entries.async_remove(BILLIE_ID)
    await plug.run()
    # The session is unclaimed now, so Alex is asked.
    assert "Billie" not in phones.buttons()
    await press(hass, f"claim_{BILLIE_ID}")
    assert counts(two[0]) == [0]
    await press(hass, f"claim_{ENTRY_ID}")
    assert counts(two[0]) == [1]

    await hass.config_entries.async_reload(TREADMILL_ID)
    unique_id = f"{TREADMILL_ID}_claim_{BILLIE_ID}"
    assert er.async_get(hass).async_get_entity_id("button", DOMAIN, unique_id) is None
    assert er.async_get(hass).async_get_entity_id("button", DOMAIN, f"{TREADMILL_ID}_claim_guest")


async def test_treadmill_works_after_last_runner_is_removed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    await set_up(belt := treadmill())
    await hass.config_entries.async_remove(ENTRY_ID)
    await plug.run()
    assert len(belt.runtime_data.log.unclaimed()) == 1


async def test_former_user_no_longer_runs_there(hass: HomeAssistant, set_up: SetUp, two: Two, plug: Plug) -> None:
    await set_up(belt := shared("ask"))
    await plug.draw(RUNS, 60, every=10)
    await press(hass, f"claim_{BILLIE_ID}")
    hass.config_entries.async_update_entry(belt, data={**belt.data, "runners": [ENTRY_ID]})
    await hass.async_block_till_done(wait_background_tasks=True)
    await plug.run()
    assert state_of(hass, "binary_sensor", "running", BILLIE_ID) == "off"
    assert len(belt.runtime_data.log.unclaimed()) == 1
