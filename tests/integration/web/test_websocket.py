"""Websocket commands of the cards: permissions, pushed changes, pages of runs, and changes by the user."""

import asyncio
from dataclasses import asdict, replace
from datetime import timedelta
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket, WebSocketGenerator

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Lap, Origin, Sport
from custom_components.home_gym.gym.runs.curve import NO_CURVE, Curve
from custom_components.home_gym.gym.runs.exertion import Exertion
from custom_components.home_gym.web.documents import curve_view
from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from tests.support.integration.example_runs import RUN, START
from tests.support.integration.full_disk import full_disk
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, OLD_SHOE, SetUp, shoe_data, with_id
from tests.support.integration.stored import slow_disk
from tests.support.integration.websocket import join

pytestmark = pytest.mark.usefixtures("clock")

type Json = dict[str, Any]

TREADMILL = "01TREADMILL"


async def ask(client: MockHAClientWebSocket, kind: str, **fields: Any) -> Json:
    """Return the response to a command."""
    await client.send_json_auto_id({"type": f"home_gym/{kind}", **fields})
    answer: Json = await client.receive_json()
    return answer


async def subscribed(client: MockHAClientWebSocket, **fields: Any) -> Json:
    """Subscribe to the runner, and return the first document."""
    answer = await ask(client, "subscribe", config_entry_id=ENTRY_ID, **fields)
    assert answer["success"]
    event: Json = (await client.receive_json())["event"]
    whole: Json = event["whole"]
    return whole


async def told(client: MockHAClientWebSocket) -> Json:
    """Return the next patch."""
    changed: Json = (await client.receive_json())["event"]["patch"]
    return changed


async def test_whole_document_is_sent_first(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    whole = await subscribed(await hass_ws_client())
    assert whole["state"] == "ready"
    assert whole["name"] == "Alex"
    assert whole["today"]["day"] == "2026-05-04"
    assert whole["today"]["due"] == {"stretch": {"reason": "daily", "asked": False, "snoozed": False}}
    assert whole["shoes"].keys() == {OLD_SHOE, NEW_SHOE}
    assert whole["chosen_shoe"] == NEW_SHOE
    assert whole["routine"] == {"state": "idle"}
    assert "last_run" not in whole


async def test_run_is_sent_as_small_patch(
    hass: HomeAssistant, set_up: SetUp, hass_ws_client: WebSocketGenerator
) -> None:
    pairs = [with_id(shoe_data(f"Pair {number} " + 60 * "x"), f"01SHOE{number}") for number in range(40)]
    entry = MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}, subentries_data=pairs
    )
    coordinator = await set_up(entry)
    client = await hass_ws_client()
    await subscribed(client)

    await coordinator.async_deliver([RUN], live=True)

    changed = await told(client)
    assert changed["last_run"]["distance"] == 8012.34
    assert len(changed["shoes"]) == 1
    assert len(json.dumps(changed)) <= 4096


async def test_only_changes_are_sent(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    coordinator = await set_up(entry)
    client = await hass_ws_client()
    await subscribed(client)

    await coordinator.async_refresh()
    # The change is sent in a turn of the loop of its own, not together with the next.
    await hass.async_block_till_done()
    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))

    changed = await told(client)
    assert changed.keys() == {"today", "days", "stretch_streak"}
    assert changed["today"] == {"due": {"stretch": None}, "done": ["stretch"], "stretch_best": 1}
    assert changed["days"] == {"2026-05-04": {"habits": ["stretch"]}}


async def test_unsaved_change_is_not_sent(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    """A routine begins while a session is being saved: the day's dot appears after the save only."""
    coordinator = await set_up(entry)
    client = await hass_ws_client()
    await subscribed(client)
    with slow_disk() as disk:
        logging = hass.async_create_task(coordinator.async_apply(verbs.log_session(Habit.STRETCH)))
        beginning = hass.async_create_task(
            coordinator.config_entry.runtime_data.routines.async_begin(
                coordinator.config_entry.runtime_data.routines.guided(Habit.CORE)
            )
        )

        first = await told(client)
        disk.set()
        await asyncio.gather(logging, beginning)

    assert first.keys() == {"routine"}
    assert (await told(client))["days"] == {"2026-05-04": {"habits": ["stretch"]}}


async def test_a_routine_in_the_readers_language(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    client = await hass_ws_client()
    await subscribed(client, language="de")

    await hass.services.async_call(
        DOMAIN, "start_routine", {"config_entry_id": ENTRY_ID, "habit": "core"}, blocking=True
    )

    routine = (await told(client))["routine"]
    assert routine["state"] == "running"
    assert routine["title"] == "Rumpftraining"
    assert routine["place"]["began"] == NOW.isoformat()
    await hass.services.async_call(DOMAIN, "stop_routine", {"config_entry_id": ENTRY_ID}, blocking=True)
    assert (await told(client))["routine"]["state"] == "idle"


async def test_reloads_are_followed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    client = await hass_ws_client()
    await subscribed(client)

    await hass.config_entries.async_unload(ENTRY_ID)
    await hass.async_block_till_done()
    assert await told(client) == {"state": "not_loaded"}
    answer = await ask(client, "runs", config_entry_id=ENTRY_ID)
    assert answer["error"]["code"] == "not_loaded"

    assert await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done()
    assert await told(client) == {"state": "ready"}
    await entry.runtime_data.coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    assert (await told(client))["today"]["done"] == ["stretch"]

    await hass.config_entries.async_remove(ENTRY_ID)
    await hass.async_block_till_done()
    patches = [await told(client)]
    while "removed" not in patches[-1].values():
        patches.append(await told(client))
    assert patches[-1] == {"state": "removed"}
    assert (await ask(client, "subscribe", config_entry_id=ENTRY_ID))["error"]["code"] == "not_found"


async def test_other_integrations_entries_are_ignored(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    coordinator = await set_up(entry)
    client = await hass_ws_client()
    await subscribed(client)
    other = MockConfigEntry(domain="other")
    other.add_to_hass(hass)
    hass.config_entries.async_update_entry(other, title="Changed")
    await hass.async_block_till_done()

    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))

    # Nothing was sent in between.
    assert (await told(client))["today"]["done"] == ["stretch"]


async def test_unloaded_runner_is_reported(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert await subscribed(await hass_ws_client()) == {"name": "Alex", "state": "not_loaded"}


async def test_unsubscribing_ends_messages(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    coordinator = await set_up(entry)
    client = await hass_ws_client()
    await client.send_json_auto_id({"type": "home_gym/subscribe", "config_entry_id": ENTRY_ID})
    subscription = (await client.receive_json())["id"]
    await client.receive_json()
    await client.send_json_auto_id({"type": "unsubscribe_events", "subscription": subscription})
    assert (await client.receive_json())["success"]

    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))

    assert (await ask(client, "runners"))["type"] == "result"


# Permissions

READING: dict[str, Json] = {
    "subscribe": {},
    "runs": {},
    "run": {"run": "x"},
    "run_curve": {"run": "x"},
    "back": {},
    "trends": {},
}
CHANGING: dict[str, Json] = {
    "undo": {},
    "choose_shoe": {"shoe": NEW_SHOE},
    "retire_shoe": {"shoe": NEW_SHOE, "retired": True},
    "read_shoe_hint": {"shoe": NEW_SHOE, "hint": "arch_support"},
}


async def token_of(hass: HomeAssistant, group: str) -> str:
    """Return the token of a new user."""
    found = await hass.auth.async_get_group(group)
    assert found
    user = MockUser(groups=[found]).add_to_hass(hass)
    refresh = await hass.auth.async_create_refresh_token(user, "https://example.org/app")
    return hass.auth.async_create_access_token(refresh)


@pytest.mark.parametrize(("shared", "seen"), [(False, False), (True, True)])
async def test_other_users_see_shared_runners_only(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
    shared: bool,
    seen: bool,
) -> None:
    await set_up(entry)
    hass.config_entries.async_update_entry(entry, options={"shared": shared})
    await hass.async_block_till_done()
    client = await hass_ws_client(hass, hass_read_only_access_token)

    runners = (await ask(client, "runners"))["result"]["runners"]
    assert [runner["name"] for runner in runners] == (["Alex"] if seen else [])
    for kind, fields in {**READING, **CHANGING}.items():
        answer = await ask(client, kind, config_entry_id=ENTRY_ID, **fields)
        if not seen:
            assert answer["error"]["code"] == "unauthorized", kind
        elif kind in READING:
            # No run has that id, but the response says so.
            assert answer["success"] or answer["error"]["code"] == "unknown_run", kind
            if kind == "subscribe":
                assert (await client.receive_json())["event"]["whole"]["name"] == "Alex"
        else:
            # A read-only user changes nothing.
            assert answer["error"]["code"] == "unauthorized", kind


async def test_other_users_may_log_for_shared_runners(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    client = await hass_ws_client(hass, await token_of(hass, GROUP_ID_USER))
    request = {"config_entry_id": ENTRY_ID, "shoe": OLD_SHOE}
    assert (await ask(client, "choose_shoe", **request))["error"]["code"] == "unauthorized"
    hass.config_entries.async_update_entry(entry, options={"shared": True})
    await hass.async_block_till_done()
    assert (await ask(client, "choose_shoe", **request))["success"]


async def test_losing_permission_sends_unauthorized_state_only(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    await set_up(entry)
    hass.config_entries.async_update_entry(entry, options={"shared": True})
    await hass.async_block_till_done()
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await subscribed(client)

    hass.config_entries.async_update_entry(entry, options={"shared": False})
    await hass.async_block_till_done()
    assert (await client.receive_json())["event"]["whole"] == {"state": "unauthorized"}
    await entry.runtime_data.coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    assert (await ask(client, "runners"))["result"]["runners"] == []


async def test_user_sees_own_runner(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
    hass_read_only_user: MockUser,
) -> None:
    await set_up(entry)
    await join(hass, hass_read_only_user, entry)
    await hass.async_block_till_done()
    client = await hass_ws_client(hass, hass_read_only_access_token)

    [runner] = (await ask(client, "runners"))["result"]["runners"]
    assert runner["own"]
    assert (await subscribed(client))["name"] == "Alex"


async def test_runners_come_with_the_entities_in_use(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    registry = er.async_get(hass)
    entity = registry.async_get_entity_id("sensor", DOMAIN, f"{ENTRY_ID}_last_run")
    other = registry.async_get_entity_id("sensor", DOMAIN, f"{ENTRY_ID}_core_streak")
    assert entity
    assert other
    registry.async_update_entity(entity, new_entity_id="sensor.renamed")
    registry.async_update_entity(other, disabled_by=er.RegistryEntryDisabler.USER)
    hidden = MockConfigEntry(domain=DOMAIN, title="Gone", disabled_by=ConfigEntryDisabler.USER)
    hidden.add_to_hass(hass)
    await hass.async_block_till_done()

    answer = (await ask(await hass_ws_client(), "runners"))["result"]

    [runner] = answer["runners"]
    assert answer["treadmills"] == []
    assert runner["loaded"]
    assert not runner["own"]
    # Nothing is recorded here.
    assert runner["statistic"] is None
    assert runner["entities"]["sensor.last_run"] == "sensor.renamed"
    assert f"sensor.{NEW_SHOE}_distance" in runner["entities"]
    assert "sensor.core_streak" not in runner["entities"]


async def test_unknown_runner_is_not_found(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, set_up: SetUp
) -> None:
    await async_setup_component(hass, DOMAIN, {})
    other = MockConfigEntry(domain="other", entry_id="01OTHER")
    other.add_to_hass(hass)
    treadmill = MockConfigEntry(domain=DOMAIN, title="Belt", entry_id=TREADMILL, data={"runners": []})
    treadmill.add_to_hass(hass)
    client = await hass_ws_client()
    answers = {
        entry: (await ask(client, "subscribe", config_entry_id=entry))["error"]["code"]
        for entry in ("nobody", "01OTHER", TREADMILL)
    }
    assert answers == {"nobody": "not_found", "01OTHER": "not_found", TREADMILL: "no_runner"}


# Runs


def runs(count: int) -> list[Activity]:
    """Return as many runs, each a day before the last."""
    return [
        Activity(
            sport=Sport.RUN,
            start=NOW - timedelta(days=number, hours=2),
            elapsed_time=1800,
            distance=5000 + number,
            cadence=172,
            device="Watch <b>",
        )
        for number in range(count)
    ]


async def test_runs_come_in_pages(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver(runs(10), live=False)
    client = await hass_ws_client()

    first = (await ask(client, "runs", config_entry_id=ENTRY_ID, limit=3))["result"]
    assert [run["distance"] for run in first["runs"]] == [5000, 5001, 5002]
    assert first["total"] == 10
    # From 4 May back to 25 April.
    assert [(month["month"], month["runs"]) for month in first["months"]] == [("2026-05", 4), ("2026-04", 6)]
    last = (await ask(client, "runs", config_entry_id=ENTRY_ID, offset=9))["result"]
    assert [run["distance"] for run in last["runs"]] == [5009]
    assert "months" not in last
    assert (await ask(client, "runs", config_entry_id=ENTRY_ID, month="2026-04"))["result"]["total"] == 6
    assert (await ask(client, "runs", config_entry_id=ENTRY_ID, search="new TRAINERS"))["result"]["total"] == 4


@pytest.mark.parametrize(
    "fields", [{"limit": 0}, {"limit": 201}, {"offset": -1}, {"month": "May"}, {"search": 201 * "x"}]
)
async def test_invalid_page_is_rejected(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator, fields: Json
) -> None:
    await set_up(entry)
    answer = await ask(await hass_ws_client(), "runs", config_entry_id=ENTRY_ID, **fields)
    assert answer["error"]["code"] == "invalid_format"


async def test_run_with_reports_and_corrections(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver(runs(1), live=False)
    [run] = coordinator.runner.runs.all()
    await coordinator.async_apply(verbs.correct_run(run.id, distance=4900))
    client = await hass_ws_client()

    detail = (await ask(client, "run", config_entry_id=ENTRY_ID, run=run.id))["result"]
    assert detail["run"]["distance"] == 4900
    assert detail["run"]["corrected"]
    assert detail["told"] == [
        {
            "origin": "file",
            "device": "Watch <b>",
            "start": (NOW - timedelta(hours=2)).isoformat(),
            "learned": NOW.isoformat(),
            "distance": 5000,
            "duration": 1800,
            "cadence": 172,
        }
    ]
    assert [said["distance"] for said in detail["said"]] == [4900]

    assert (await ask(client, "undo", config_entry_id=ENTRY_ID))["success"]
    assert not (await ask(client, "run", config_entry_id=ENTRY_ID, run=run.id))["result"]["said"]


async def test_the_back_over_weeks(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver(runs(1), live=False)
    client = await hass_ws_client()
    back = (await ask(client, "back", config_entry_id=ENTRY_ID, weeks=26))["result"]
    # 26 weeks are 182 days.
    assert (back["first"], back["last"]) == ("2025-11-04", "2026-05-04")
    assert back["distances"] == {"2026-05-04": 5000}
    assert (await ask(client, "back", config_entry_id=ENTRY_ID, weeks=53))["error"]["code"] == "invalid_format"


# Changes


async def test_a_pair_is_chosen_and_retired(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    client = await hass_ws_client()
    assert (await ask(client, "choose_shoe", config_entry_id=ENTRY_ID, shoe=OLD_SHOE))["success"]
    assert entry.runtime_data.coordinator.data.chosen_shoe == OLD_SHOE

    assert (await ask(client, "retire_shoe", config_entry_id=ENTRY_ID, shoe=OLD_SHOE, retired=True))["success"]
    await hass.async_block_till_done()
    assert (await subscribed(client))["shoes"][OLD_SHOE]["retired"] == "2026-05-04"

    assert (await ask(client, "retire_shoe", config_entry_id=ENTRY_ID, shoe=OLD_SHOE, retired=False))["success"]
    await hass.async_block_till_done()
    assert "retired" not in entry.subentries[OLD_SHOE].data

    # Undoing restores the earlier retirement day.
    undo = {"shoe": OLD_SHOE, "retired": True, "on": "2026-02-01"}
    assert (await ask(await hass_ws_client(), "retire_shoe", config_entry_id=ENTRY_ID, **undo))["success"]
    await hass.async_block_till_done()
    assert entry.subentries[OLD_SHOE].data["retired"] == "2026-02-01"


@pytest.mark.parametrize("retired", [True, False])
@pytest.mark.parametrize("before", [None, "2026-02-01", "2026-12-31"])
async def test_a_pair_is_given_back_the_day_that_it_had(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    before: str | None,
    retired: bool,
) -> None:
    await set_up(entry)
    pair = entry.subentries[OLD_SHOE]
    data = dict(pair.data) | ({"retired": before} if before else {})
    hass.config_entries.async_update_subentry(entry, pair, data=data)
    await hass.async_block_till_done()

    request = {"config_entry_id": ENTRY_ID, "shoe": OLD_SHOE, "retired": retired}
    answer = await ask(await hass_ws_client(), "retire_shoe", **request)

    assert answer["result"] == ({"before": before} if before else {})
    await hass.async_block_till_done()
    # Today is another day than any of these.
    assert entry.subentries[OLD_SHOE].data.get("retired") == ("2026-05-04" if retired else None)


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("run", {"run": "none"}, "unknown_run"),
        ("run_curve", {"run": "none"}, "unknown_run"),
        ("choose_shoe", {"shoe": "none"}, "unknown_shoe"),
        ("retire_shoe", {"shoe": "none", "retired": True}, "unknown_shoe"),
        ("read_shoe_hint", {"shoe": "none", "hint": "arch_support"}, "unknown_shoe"),
        ("undo", {}, "nothing_to_undo"),
    ],
)
async def test_errors_are_sent_as_codes(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    kind: str,
    fields: Json,
    code: str,
) -> None:
    await set_up(entry)
    answer = await ask(await hass_ws_client(), kind, config_entry_id=ENTRY_ID, **fields)
    assert answer["error"]["code"] == code


async def test_full_disk_has_its_own_error_code(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    client = await hass_ws_client()
    with full_disk():
        answer = await ask(client, "choose_shoe", config_entry_id=ENTRY_ID, shoe=OLD_SHOE)
    assert answer["error"]["code"] == "journal_not_written"


async def test_curve_is_that_of_the_best_recording(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    """A watch without a curve, and two phones with one: the part of the second doesn't show the whole run."""
    coordinator = await set_up(entry)
    client = await hass_ws_client()
    await coordinator.async_deliver([RUN], live=True)
    answer = await ask(client, "run_curve", config_entry_id=ENTRY_ID, run=RUN.id)
    assert {key: tuple(values) for key, values in answer["result"].items()} == asdict(curve_view(NO_CURVE))
    unknown: list[float | None] = [None, None, None]
    curve = Curve(
        times=[0, 60, 120], metres=[0, 180, 180], heart_rates=[100, 120, None], cadences=unknown, heights=unknown
    )
    part = Curve(times=[0, 30], metres=[0, 90], heart_rates=unknown[:2], cadences=unknown[:2], heights=unknown[:2])
    phone = replace(RUN, origin=Origin.CLOUD, device="phone", curve=curve.packed())
    other = replace(
        RUN,
        origin=Origin.CLOUD,
        device="other",
        curve=part.packed(),
        laps=(),
        elapsed_time=1000,
        moving_time=1000,
        distance=3000,
    )
    rest = replace(other, start=START + timedelta(seconds=1200))
    await coordinator.async_deliver([other, rest, phone], live=True)
    assert len(coordinator.runner.runs) == 1
    shown = (await ask(client, "run_curve", config_entry_id=ENTRY_ID, run=RUN.id))["result"]
    assert shown["distances"] == [0, 180, 180]
    assert shown["paces"] == [None, pytest.approx(1 / 3, abs=1e-4), None]
    assert shown["heart_rates"] == [100, 120, None]


async def test_details_have_figures_and_parts(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    coordinator = await set_up(entry)
    easy = Lap(start=START, elapsed_time=600, intensity=Intensity.WARM_UP)
    laps = (Lap(start=START + timedelta(seconds=2160), elapsed_time=300, intensity=Intensity.COOL_DOWN),)
    exertion = Exertion(training_load=142.2, aerobic_effect=3.3)
    await coordinator.async_deliver(
        [replace(RUN, ascent=57, exertion=exertion, laps=laps, easy_parts=(easy,))], live=True
    )
    detail = (await ask(await hass_ws_client(), "run", config_entry_id=ENTRY_ID, run=RUN.id))["result"]
    assert detail["parts"] == [
        {"habit": "warm_up", "duration": 600, "derived": True},
        {"habit": "cool_down", "duration": 300, "derived": False},
    ]
    figures = detail["figures"]
    assert (figures["ascent"], figures["training_load"], figures["aerobic_effect"]) == (57, 142.2, 3.3)
    assert figures["step_length"] == pytest.approx(8012.34 / (2400 / 60 * 174), abs=1e-4)
    assert "power" not in figures
