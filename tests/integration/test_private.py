"""Private facts about the back: in no table of a real recorder, but in the report."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from sqlalchemy import MetaData, select
import voluptuous as vol

from custom_components.home_gym.const import DOMAIN
from homeassistant.components.recorder.core import Recorder
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.recorder import get_instance, session_scope
from homeassistant.setup import async_setup_component
from homeassistant.util.read_only_dict import ReadOnlyDict
from tests.support.integration.runner_entry import ENTRY_ID, SetUp

pytestmark = pytest.mark.usefixtures("clock")

SECRET = {"area": "buttock", "side": "left", "when": "at_rest", "red_flags": ["fever"], "note": "since the hill"}
WORDS = ("buttock", "left", "at_rest", "fever", "since the hill")


async def all_that_is_recorded(hass: HomeAssistant) -> str:
    """Return every row of every table."""
    await async_wait_recording_done(hass)

    def read() -> str:
        with session_scope(hass=hass, read_only=True) as session:
            tables = MetaData()
            tables.reflect(session.connection())
            rows = [tuple(row) for table in tables.sorted_tables for row in session.execute(select(table))]
            return str(rows)

    return await get_instance(hass).async_add_executor_job(read)


async def test_place_of_pain_is_not_recorded(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """By a script, by a card, and by another integration; the recorder keeps each action, and none of those facts."""
    coordinator = await set_up(entry)
    data = {"config_entry_id": ENTRY_ID, "score": 3.5, **SECRET}
    script = {"ache": {"sequence": [{"action": f"{DOMAIN}.log_pain", "data": data}]}}
    assert await async_setup_component(hass, "script", {"script": script})
    await hass.services.async_call("script", "ache", blocking=True)
    await hass.services.async_call("script", "ache", blocking=True)
    client = await hass_ws_client()
    await client.send_json_auto_id(
        {"type": "call_service", "domain": DOMAIN, "service": "log_pain", "service_data": {**data, "score": 4.5}}
    )
    assert (await client.receive_json())["success"]
    await hass.services.async_call(DOMAIN, "log_pain", {**data, "score": 5.5}, blocking=True)

    recorded = await all_that_is_recorded(hass)
    for score in ("3.5", "4.5", "5.5"):
        assert f'"score":{score}' in recorded
    assert [word for word in WORDS if word in recorded] == []
    reports = list(coordinator.runner.journal.pains.values())
    assert [report.score for report in reports] == [3.5, 3.5, 4.5, 5.5]
    for report in reports:
        assert (report.area, report.side, report.moment) == ("buttock", "left", "at_rest")
        assert (report.red_flags, report.note) == (("fever",), "since the hill")


async def test_private_data_of_rejected_action_is_not_recorded(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    told: list[Event] = []

    @callback
    def keep(event: Event) -> None:
        told.append(event)

    hass.bus.async_listen(EVENT_CALL_SERVICE, keep)
    await set_up(entry)
    data: dict[str, Any] = {"config_entry_id": ENTRY_ID, "score": 11, **SECRET}
    with pytest.raises(vol.Invalid):
        await hass.services.async_call(DOMAIN, "log_pain", data, blocking=True)
    assert told == []
    assert data == {"config_entry_id": ENTRY_ID, "score": 11}


async def test_report_with_read_only_data_is_accepted(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    """Read-only data is accepted with its private fields."""
    coordinator = await set_up(entry)
    data = ReadOnlyDict({"config_entry_id": ENTRY_ID, "score": 3, **SECRET})
    await hass.services.async_call(DOMAIN, "log_pain", data, blocking=True)
    [report] = coordinator.runner.journal.pains.values()
    assert report.note == "since the hill"
