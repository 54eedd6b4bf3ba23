"""Diagnostics help to find faults without private data."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
import json
from math import sqrt
from pathlib import Path
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.diagnostics import async_get_config_entry_diagnostics
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.treadmill.log import GUEST, BeltRecord, Certainty
from custom_components.home_gym.gym.treadmill.speed_model import Sample
from homeassistant.core import HomeAssistant
from homeassistant.helpers.discovery_flow import DiscoveryKey
from homeassistant.helpers.json import ExtendedJSONEncoder
from tests.support.integration.example_runs import RUN, STRENGTH
from tests.support.integration.repairs import TREADMILL, keep, session, treadmill_entry
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, SetUp, shoe_data, with_id

SOURCE = "01SOURCE"
SPEAKER, PHONE = "01SPEAKER", "01PHONE"


def subentry(kind: str, subentry_id: str, title: str, **data: Any) -> dict[str, Any]:
    """Return the stored data of a source or a speaker."""
    return {"subentry_type": kind, "subentry_id": subentry_id, "title": title, "unique_id": None, "data": data}


@pytest.fixture
def entry(folder: Path) -> MockConfigEntry:
    """Return the entry of a runner with every field set."""
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alexandra",
        entry_id=ENTRY_ID,
        data={"name": "Alexandra", "person": "person.alexandra"},
        options={"core_goal": 3, "quiet_start": "22:15:00"},
        subentries_data=[
            with_id(
                shoe_data("Birthday trainers", fitted="2026-02-03", arch="flat", orthotics=True, notes="left heel"),
                NEW_SHOE,
            ),
            subentry("source", SOURCE, "private runs", folder=str(folder), since=NOW.isoformat()),
            subentry(
                "source",
                "01ADDRESS",
                "private phone",
                webhook="5ec7e7" * 10,
                app="other",
                runs=["My run"],
                local_only=True,
            ),
            subentry("speaker", SPEAKER, "Bedroom", media_player="media_player.bedroom", tts_engine="tts.my_voice"),
            subentry("speaker", PHONE, "Alexandra's phone", notify="notify.alexandras_phone"),
        ],
    )


def texts(value: Any) -> Iterator[str]:
    """Yield all texts of a document, keys included."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield str(key)
            yield from texts(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from texts(part)
    else:
        yield str(value)


def assert_says_nothing(document: Mapping[str, Any], *words: str) -> None:
    """Check that none of these words is in a document."""
    told = "\n".join(texts(document)).casefold()
    for word in words:
        assert word.casefold() not in told, word


async def diagnostics(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    """Return the diagnostics as downloaded."""
    document = await async_get_config_entry_diagnostics(hass, entry)
    plain: dict[str, Any] = json.loads(json.dumps(document, cls=ExtendedJSONEncoder))
    return plain


@pytest.mark.usefixtures("clock")
async def test_diagnostics_are_counts_only(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path, hass_storage: dict[str, Any]
) -> None:
    known = {"secret run.fit": [1, 2, None, [RUN.id]], "private.csv": [1, 2, "unknown_format", []]}
    hass_storage[f"{DOMAIN}.folder.{SOURCE}"] = {
        "version": 1,
        "data": {"folder": str(folder), "is_history_read": True, "known": known},
    }
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN, STRENGTH], live=True)
    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))

    document = await diagnostics(hass, entry)

    assert document["runs"] == 1
    assert document["journal"]["activities"] == {"file run": 1, "file strength": 1}
    assert document["journal"]["incomplete"] == 0
    assert document["journal"]["manufacturers"] == {"unknown": 2}
    assert document["journal"]["sessions"] == {"stretch": 1}
    assert sum(document["journal"]["prompts"].values()) == 2
    assert document["journal"]["may_speak"] is True
    assert document["entry"]["options"] == {"core_goal": 3, "quiet_start": "22:15:00"}
    assert [part["subentry_type"] for part in document["entry"]["subentries"]] == [
        "shoe",
        "source",
        "source",
        "speaker",
        "speaker",
    ]
    assert SOURCE in document["sources"]

    personal = [
        "alexandra",
        "birthday",
        "left heel",
        "flat",
        "2026-02-03",
        "private",
        "secret",
        "5ec7e7",
        "my run",
        "bedroom",
        "voice",
        str(folder),
        RUN.id,
    ]
    assert RUN.start is not None
    assert_says_nothing(document, *personal, RUN.start.isoformat()[:13], str(RUN.distance))


async def test_newest_prompts_show_hold_reason(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory
) -> None:
    """Thirteen prompts with the voice off, a minute apart, and then quiet hours began: 22:15 in Berlin."""
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.allow_voice(False))
    for _ in range(13):
        await coordinator.async_apply(verbs.ask_for(Habit.MASSAGE))
        clock.tick(timedelta(minutes=1))
    clock.move_to(NOW.replace(hour=20, minute=15))
    await coordinator.async_tick()
    clock.tick(timedelta(minutes=1))
    await coordinator.async_apply(verbs.ask_for(Habit.CORE))
    clock.tick(timedelta(seconds=90))

    journal = (await diagnostics(hass, entry))["journal"]

    assert journal["prompts"] == {"massage expired voice_off": 13, "core held quiet_hours": 1}
    first, *others = journal["newest_prompts"]
    assert first == {
        "topic": "core",
        "state": "held",
        "reason": "quiet_hours",
        "attempts": 0,
        "minutes_ago": 2,
        "life": [["held", "quiet_hours", 2]],
    }
    assert len(others) == 9
    assert {(prompt["topic"], prompt["reason"]) for prompt in others} == {("massage", "voice_off")}


async def test_every_field_with_text_is_redacted(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """Of the options, numbers and dates may be read, and no text."""
    await set_up(entry)
    document = await diagnostics(hass, entry)

    for part in [document["entry"], *document["entry"]["subentries"]]:
        for field, value in part["data"].items():
            readable = isinstance(value, int | float) or field in {"app", "first_used", "retired"}
            assert readable or value == "**REDACTED**", field


async def test_settings_of_a_body_and_a_home_are_hidden(hass: HomeAssistant, set_up: SetUp) -> None:
    """So are unknown keys, which a newer version may store."""
    options = {
        "core_goal": 3,
        "ramp": 30,
        "resting_heart_rate": 47,
        "max_heart_rate": 187,
        "weighting": "women",
        "cadence_baseline": 163.5,
        "calendar": "calendar.secret",
        "routines": [{"name": "secret", "habit": "stretch", "steps": "secret, 30 s"}],
        "blood_group": "secret",
    }
    where = {"area": "secret", "presence": "binary_sensor.secret"}
    speaker = {"satellite": "assist_satellite.secret", "volume": 40, **where}
    insoles = {"insoles_since": "2026-02-03", "insoles_replace_at": 300_000}
    shoe = shoe_data("Secret", price=139.9, brand="secret", blister="secret", **insoles)
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Secret",
        entry_id=ENTRY_ID,
        data={"name": "Secret"},
        options=options,
        subentries_data=[with_id(shoe, NEW_SHOE), subentry("speaker", SPEAKER, "Secret", **speaker)],
    )
    await set_up(entry)

    stored = (await diagnostics(hass, entry))["entry"]

    assert stored["options"] == dict.fromkeys(options, "**REDACTED**") | {"core_goal": 3, "ramp": 30}
    shoe_told, speaker_told = (part["data"] for part in stored["subentries"])
    assert speaker_told == dict.fromkeys(speaker, "**REDACTED**") | {"volume": 40}
    assert {field for field, value in shoe_told.items() if value == "**REDACTED**"} == {
        *("price", "brand", "blister", "insoles_since", "insoles_replace_at")
    }
    assert_says_nothing(stored, "secret", "2026-02-03")


@pytest.mark.usefixtures("clock")
async def test_red_flag_is_hidden(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(6, red_flags=[RedFlag.NIGHT_PAIN], note="secret"))
    await coordinator.async_apply(verbs.ask_for(Habit.CORE))

    document = await diagnostics(hass, entry)

    [prompt] = document["journal"]["newest_prompts"]
    assert (prompt["topic"], prompt["state"], prompt["reason"]) == ("core", "held", "silenced")
    assert document["journal"]["prompts"] == {"core held silenced": 1}
    assert_says_nothing(document["journal"], "red_flag", "night", "secret")


async def test_integrations_that_runs_come_from(hass: HomeAssistant, set_up: SetUp) -> None:
    """The service helps to find a fault; account, entity, shoes and words are private."""
    account = {"service": "polar", "account": "secret", "runs": ["secret"], "gear": {"secret": NEW_SHOE}}
    entity = {"entity": "sensor.secret", "mapping": {"start": "secret", "one_foot": False}, "runs": ["secret"]}
    sources = [subentry("source", "01A", "Secret", **account), subentry("source", "01B", "Secret", **entity)]
    entry = MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}, subentries_data=sources
    )
    await set_up(entry)

    document = await diagnostics(hass, entry)

    told = "\n".join(texts(document)).casefold()
    assert "polar" in told
    assert "secret" not in told
    assert document["sources"] == {}


async def test_runner_with_failed_setup_has_diagnostics(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path, hass_storage: dict[str, Any]
) -> None:
    await set_up(entry)
    await hass.config_entries.async_unload(ENTRY_ID)
    known = {"run.fit": [1, 2, None, []], "notes.csv": [1, 2, "unknown_format", []]}
    hass_storage[f"{DOMAIN}.folder.{SOURCE}"] = {
        "version": 1,
        "data": {"folder": str(folder), "is_history_read": True, "known": known},
    }

    document = await diagnostics(hass, entry)

    assert document["sources"] == {SOURCE: {"read": 2, "unknown_format": 1}}
    assert set(document) == {"entry", "sources"}


# A treadmill

PLUG = "sensor.basement_plug_power"
ADDRESS = "AA:BB:CC:DD:EE:FF"
ROBIN = "01ROBIN"
LONG_AGO = NOW - timedelta(days=10, hours=5, minutes=7)


def runner(name: str, entry_id: str) -> MockConfigEntry:
    """Return the entry of a runner."""
    return MockConfigEntry(domain=DOMAIN, title=name, entry_id=entry_id, data={"name": name})


def learned() -> tuple[Sample, ...]:
    """Return six runs at 400 to 650 watts, with 0.006 metres a second for each watt."""
    levels = [400 + 50 * number for number in range(6)]
    return tuple(
        Sample(run=f"file:secret{level}", at=LONG_AGO, level=level, speed=0.006 * level, duration=1800)
        for level in levels
    )


async def test_treadmill_shows_counts_and_learned_speed(
    hass: HomeAssistant, set_up: SetUp, clock: FrozenDateTimeFactory
) -> None:
    hass.states.async_set(PLUG, "6", {"unit_of_measurement": "W"})
    said, guessed = Certainty.SAID, Certainty.GUESSED
    starts = [LONG_AGO + timedelta(days=day) for day in range(5)]
    await keep(
        hass,
        TREADMILL,
        BeltRecord(session=session(starts[0]), runner=ENTRY_ID, certainty=said, delivered=True),
        BeltRecord(session=session(starts[1]), runner=ENTRY_ID, certainty=guessed, delivered=True, distance=5000),
        # A runner that is not loaded has no learned speed.
        BeltRecord(session=session(starts[2]), runner=ROBIN, certainty=said),
        BeltRecord(session=session(starts[3]), runner=GUEST, certainty=said),
        BeltRecord(session=session(starts[4]), asked=True),
        **{ENTRY_ID: learned()},
    )
    await set_up(runner("Alexandra", ENTRY_ID))
    runner("Robin", ROBIN).add_to_hass(hass)
    treadmill = treadmill_entry(ENTRY_ID, ROBIN, power=PLUG)
    await set_up(treadmill)
    await hass.async_block_till_done(wait_background_tasks=True)
    clock.tick(timedelta(seconds=30))
    hass.states.async_set(PLUG, "6.5", {"unit_of_measurement": "W"})

    document = await diagnostics(hass, treadmill)

    # Each run is predicted from the others: those in between exactly, the extremes at their neighbours' speed.
    error = sqrt(((450 / 400 - 1) ** 2 + (600 / 650 - 1) ** 2) / 6)
    assert {key: value for key, value in document.items() if key != "entry"} == {
        "belt": {"state": "standby", "in_session": False, "available": True},
        "sessions": {
            "certainty": {"said": 3, "guessed": 1, "unclaimed": 1},
            "guests": 1,
            "undelivered": 1,
            "with_distance": 1,
        },
        "withdrawals": 0,
        "runners": {
            "1": {"sessions": 2, "samples": 6, "learned_runs": 6, "error": pytest.approx(error, abs=0.0005)},
            "2": {"sessions": 1, "samples": 0, "learned_runs": 0, "error": None},
        },
    }
    assert document["entry"]["title"] == "**REDACTED**"
    readable = {field: value for field, value in document["entry"]["data"].items() if value != "**REDACTED**"}
    assert set(treadmill.data) - set(readable) == {"power", "runners"}
    assert (readable["claim"], readable["start"], readable["stop"]) == ("ask", 80, 40)
    assert_says_nothing(document, PLUG, "basement", "alexandra", "robin", "secret", ENTRY_ID, ROBIN)
    assert_says_nothing(document, *(start.isoformat()[:10] for start in [NOW, *starts]))


async def test_a_treadmill_on_bluetooth_keeps_its_address_to_itself(hass: HomeAssistant, set_up: SetUp) -> None:
    key = DiscoveryKey(domain="bluetooth", key=ADDRESS, version=1)
    treadmill = MockConfigEntry(
        domain=DOMAIN,
        title="Horizon",
        entry_id=TREADMILL,
        unique_id=ADDRESS,
        data={"address": ADDRESS, "runners": [ENTRY_ID], "claim": "only"},
        discovery_keys=MappingProxyType({"bluetooth": (key,)}),
    )
    await set_up(runner("Alexandra", ENTRY_ID))
    await set_up(treadmill)

    document = await diagnostics(hass, treadmill)

    assert document["belt"]["state"] == "off"
    assert document["runners"] == {"1": {"sessions": 0, "samples": 0, "learned_runs": 0, "error": None}}
    assert_says_nothing(document, ADDRESS, "horizon", ENTRY_ID)


async def test_treadmill_with_failed_setup_has_diagnostics(hass: HomeAssistant, set_up: SetUp) -> None:
    treadmill = treadmill_entry(ENTRY_ID, power=PLUG)
    await set_up(treadmill)
    await hass.config_entries.async_unload(TREADMILL)

    document = await diagnostics(hass, treadmill)

    assert set(document) == {"entry"}
