"""Diagnostics help to find a fault and tell nothing of anybody."""

from collections.abc import Iterator, Mapping, Sequence
import json
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.diagnostics import async_get_config_entry_diagnostics
from custom_components.home_gym.gym.habit import Habit
from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import ExtendedJSONEncoder

from .conftest import ENTRY_ID, NEW_SHOE, NOW, SetUp, shoe_data, with_id
from .test_platforms import RUN, STRENGTH

SOURCE = "01SOURCE"
SPEAKER, PHONE = "01SPEAKER", "01PHONE"


def subentry(kind: str, subentry_id: str, title: str, **data: Any) -> dict[str, Any]:
    """Return what is stored of a source or a speaker."""
    return {"subentry_type": kind, "subentry_id": subentry_id, "title": title, "unique_id": None, "data": data}


@pytest.fixture
def entry(folder: Path) -> MockConfigEntry:
    """Return the entry of a runner who left no screen empty."""
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alexandra",
        entry_id=ENTRY_ID,
        data={"name": "Alexandra", "person": "person.alexandra"},
        options={"core_goal": 3, "quiet_start": "22:15:00"},
        subentries_data=[
            with_id(shoe_data("Birthday trainers"), NEW_SHOE),
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
    """Give everything that can be read in a document, keys too."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield str(key)
            yield from texts(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from texts(part)
    else:
        yield str(value)


async def diagnostics(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    """Return the diagnostics as they are downloaded."""
    document = await async_get_config_entry_diagnostics(hass, entry)
    plain: dict[str, Any] = json.loads(json.dumps(document, cls=ExtendedJSONEncoder))
    return plain


@pytest.mark.usefixtures("clock")
async def test_counts_and_nothing_else(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path, hass_storage: dict[str, Any]
) -> None:
    known = {"secret run.fit": [1, 2, None, [RUN.id]], "private.csv": [1, 2, "unknown_format", []]}
    hass_storage[f"{DOMAIN}.folder.{SOURCE}"] = {
        "version": 1,
        "data": {"folder": str(folder), "is_history_read": True, "known": known},
    }
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN, STRENGTH], live=True)
    await coordinator.async_log_session(Habit.STRETCH)

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

    told = "\n".join(texts(document)).casefold()
    personal = [
        "alexandra",
        "birthday",
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
    personal += [RUN.start.isoformat()[:13], str(RUN.distance)]
    for word in personal:
        assert word.casefold() not in told, word


async def test_every_field_that_names_somebody_is_hidden(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    """Of what people chose, numbers and days may be read, and no word."""
    await set_up(entry)
    document = await diagnostics(hass, entry)

    for part in [document["entry"], *document["entry"]["subentries"]]:
        for field, value in part["data"].items():
            readable = isinstance(value, int | float) or field in {"app", "first_used", "retired"}
            assert readable or value == "**REDACTED**", field


async def test_integrations_that_runs_come_from(hass: HomeAssistant, set_up: SetUp) -> None:
    """The service helps to find a fault; account, entity, shoes and words are nobody's business."""
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


async def test_a_runner_who_could_not_be_set_up(
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
