"""An evening on the treadmill, in real time: the plug reports, the coach prompts, and every blueprint acts once."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sin
from pathlib import Path
from typing import Any

import pytest

from tests.builders import run_recording
from tests.rig import Athlete, Flow, Home, Plug, Speaker, Voice, add_switch, wait_for

type Json = dict[str, Any]

BLUEPRINTS = Path(__file__).parents[2] / "blueprints" / "automation" / "home_gym"
AWAKE, WALK, RUN = 8.0, 130.0, 420.0
WALKING, RUNNING = 80, 250
# Seconds of each part of the evening.
WALKED, RAN, COOLED_DOWN = 10, 180, 25
DISTANCE = 500.0


@dataclass(frozen=True)
class Evening:
    """A runner, a treadmill, and the instants of the evening's events."""

    alex: Athlete
    plug: Plug
    treadmill: str
    fan: str
    shopping_list: str
    acted: list[Json]
    started: datetime
    ran: datetime
    slowed: datetime
    stopped: datetime


def ripple(watts: float, seconds: int) -> list[float]:
    """Return watts that swing by a sixth with every step, once a second."""
    return [watts * (1 + sin(2.3 * second) / 6) for second in range(seconds)]


@pytest.fixture(scope="module")
async def alex(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Athlete:
    """Return a runner with daily core work due, and an old pair for the treadmill."""
    alex = await Athlete.move_in(home, voice, speaker, folder / "recordings")
    options = await Flow.options(home.api, alex.entry_id)
    await (await options.choose("settings")).finish(core_goal=7)
    shoe = await Flow.subentry(home.api, alex.entry_id, "shoe")
    used = (datetime.now(UTC) - timedelta(days=300)).date().isoformat()
    await shoe.finish(name="Old trainers", first_used=used, initial_distance=804.6, surfaces=["treadmill"])
    return alex


@pytest.fixture(scope="module")
async def plug(home: Home) -> Plug:
    """Return the treadmill's plug."""
    return await Plug.plug_in(home)


@pytest.fixture(scope="module")
async def treadmill(home: Home, alex: Athlete, plug: Plug) -> str:
    """Return the entry of a treadmill with hold times at the low end."""
    flow = await Flow.config(home.api, "home_gym")
    await flow.choose("treadmill")
    await flow.choose("treadmill_plug")
    await flow.send(name="Treadmill", power=plug.power)
    assert flow.step == "calibrate"
    await flow.choose("thresholds")
    made = await flow.finish(standby=1, stop=40, start=WALKING, run=RUNNING, start_hold=1, stop_hold=2, run_hold=1)
    return str(made["entry_id"])


@pytest.fixture(scope="module")
async def fan(home: Home) -> str:
    """Return a fan."""
    fan = await add_switch(home, "Fan")
    await home.act("switch.turn_off", {"entity_id": fan})
    return fan


async def device(home: Home, entry_id: str, name: str) -> str:
    """Return the id of a device of an entry."""
    devices = await home.api.command("config/device_registry/list")
    [found] = [one["id"] for one in devices if entry_id in one["config_entries"] and one["name"] == name]
    return str(found)


@pytest.fixture(scope="module")
async def evening(
    home: Home, voice: Voice, alex: Athlete, plug: Plug, treadmill: str, fan: str
) -> AsyncIterator[Evening]:
    """Run the evening with an automation of each blueprint, and return the instants of its events."""
    shopping = await home.add("shopping_list")
    [shopping_list] = await home.entity_ids(shopping["entry_id"], "todo.")
    runner = await device(home, alex.entry_id, "Alex")
    belt = await device(home, treadmill, "Treadmill")
    reminded = (datetime.now(UTC) + timedelta(seconds=90)).strftime("%H:%M:%S")
    inputs: dict[str, Json] = {
        "post_run_recovery": {"runner": runner},
        "warm_up_when_treadmill_wakes": {"treadmill": belt, "runner": runner},
        "treadmill_fan_and_light": {"treadmill": belt, "fans": [fan], "wait": {"seconds": 5}},
        "plug_off_after_standby": {
            "treadmill": belt,
            "plug": plug.switch,
            "power": plug.power,
            "wait": {"seconds": 15},
        },
        "weekly_core_reminder": {
            "runner": runner,
            "time": reminded,
            "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        },
        "shoe_to_shopping_list": {
            "shoes": [await device(home, alex.entry_id, "Old trainers")],
            "list": shopping_list,
        },
        "announce_run_to_family": {
            "runner": runner,
            "shortest": 0,
            "earliest": "00:00:00",
            "latest": "23:59:59",
        },
    }
    # Wall buttons, lights and screens of a routine have nothing to do with the belt.
    others = {"answer_with_a_button", "routine_light_countdown", "routine_on_a_screen"}
    assert {*inputs, *others} == {file.stem for file in BLUEPRINTS.glob("*.yaml")}
    for name, values in inputs.items():
        text = (BLUEPRINTS / f"{name}.yaml").read_text(encoding="utf-8")
        await home.api.command(
            "blueprint/save", domain="automation", path=f"home_gym/{name}", yaml=text, allow_override=True
        )
        automation = {"alias": name, "use_blueprint": {"path": f"home_gym/{name}.yaml", "input": values}}
        await home.api.post(f"/api/config/automation/config/{name}", automation)
    async with home.api.events("automation_triggered") as acted:
        async with home.api.events("state_changed") as changes:
            await plug.replay([AWAKE] * 5)
            await plug.replay(ripple(WALK, WALKED))
            await plug.replay(ripple(RUN, RAN))
            await plug.replay(ripple(WALK, COOLED_DOWN))
            await plug.draw(AWAKE)
        # In spite of a delayed delivery, the treadmill's events are dated by its plug's readings.
        shown = [change["data"]["new_state"] for change in changes if change["data"]["entity_id"] == plug.power]
        drawn = [(datetime.fromisoformat(state["last_changed"]), float(state["state"])) for state in shown]
        started = next(at for at, watts in drawn if watts > WALKING)
        running = [at for at, watts in drawn if watts > RUNNING]
        ran, slowed = running[0], next(at for at, _ in drawn if at > running[-1])
        stopped, _ = drawn[-1]
        await wait_for(lambda: is_known(home, alex), "the run of the evening")
        yield Evening(
            alex=alex,
            plug=plug,
            treadmill=treadmill,
            fan=fan,
            shopping_list=shopping_list,
            acted=acted,
            started=started,
            ran=ran,
            slowed=slowed,
            stopped=stopped,
        )


async def runs(home: Home, alex: Athlete) -> list[Json]:
    """Return the runner's runs."""
    found: list[Json] = (await home.ask("home_gym.get_runs", {"config_entry_id": alex.entry_id}))["runs"]
    return found


async def is_known(home: Home, alex: Athlete) -> bool:
    """Return whether the runner has a run."""
    return bool(await runs(home, alex))


async def test_belt_asks_for_the_warm_up_and_a_short_run_for_nothing(evening: Evening, voice: Voice) -> None:
    [warm_up] = voice.spoken
    assert "leg swings" in warm_up.text.lower()
    assert warm_up.at < evening.ran.timestamp()


async def test_the_line_was_heard(evening: Evening, voice: Voice, speaker: Speaker) -> None:
    rendered = voice.spoken[0].at
    sound = await speaker.wait_for_sound(after=rendered)
    assert sound.began - rendered <= 6


async def test_the_session_is_a_run(home: Home, evening: Evening) -> None:
    [run] = await runs(home, evening.alex)
    assert abs(datetime.fromisoformat(run["start"]) - evening.ran) < timedelta(seconds=3)
    assert run["duration"] == pytest.approx((evening.slowed - evening.ran).total_seconds(), abs=4)
    assert run["distance"] is None
    in_use = await home.entity_id("binary_sensor", f"{evening.treadmill}_in_use")
    assert (await home.state(in_use))["state"] == "off"
    duration = await home.entity_id("sensor", f"{evening.treadmill}_session_duration")
    moved = (evening.stopped - evening.started).total_seconds()
    assert float((await home.state(duration))["state"]) * 60 == pytest.approx(moved, abs=6)


async def test_watch_recording_joins_run_without_new_prompts(home: Home, voice: Voice, evening: Evening) -> None:
    start = evening.ran.replace(microsecond=0)
    (evening.alex.folder / "watch.fit").write_bytes(run_recording(start, DISTANCE, RAN, surface="treadmill"))
    await evening.alex.wait_for_run(DISTANCE)
    assert len(await runs(home, evening.alex)) == 1

    # The old pair wore out on this run, and the shopping list has an item for it.
    async def is_on_the_list() -> bool:
        items = await home.ask("todo.get_items", {"entity_id": evening.shopping_list})
        on_it = [item["summary"] for item in items[evening.shopping_list]["items"]]
        return on_it == ["New running shoes for Old trainers"]

    await wait_for(is_on_the_list, "new shoes to be on the list")
    assert len(voice.lines) == 1


async def test_every_automation_acted_once(home: Home, evening: Evening) -> None:
    """Fan and light are switched twice, on and off; a short run calls for no recovery."""
    expected = Counter(
        warm_up_when_treadmill_wakes=1,
        treadmill_fan_and_light=2,
        plug_off_after_standby=1,
        weekly_core_reminder=1,
        shoe_to_shopping_list=1,
        announce_run_to_family=1,
    )

    def acted() -> Counter[str]:
        return Counter(event["data"]["name"] for event in evening.acted)

    await wait_for(lambda: acted() >= expected, "every automation to have acted")
    assert acted() == expected
    assert (await home.state(evening.fan))["state"] == "off"
    assert (await home.state(evening.plug.switch))["state"] == "off"
    off = (await home.state(evening.plug.switch))["last_changed"]
    assert datetime.fromisoformat(off) > evening.stopped


async def test_nothing_failed(home: Home, evening: Evening) -> None:
    wrong = [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
