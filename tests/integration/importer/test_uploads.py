"""Files of past runs that come in pieces."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket, WebSocketGenerator

from custom_components.home_gym.importer import uploads
from homeassistant.core import HomeAssistant
from tests.support.integration.recordings import recording
from tests.support.integration.runner_entry import ENTRY_ID, SetUp

pytestmark = pytest.mark.usefixtures("clock")

UPLOAD = "0123456789abcdef"


async def send(client: MockHAClientWebSocket, **fields: Any) -> dict[str, Any]:
    """Send a piece, and return the response."""
    data = b64encode(fields.pop("data", b"")).decode()
    await client.send_json_auto_id(
        {"type": "home_gym/upload", "config_entry_id": ENTRY_ID, "upload": UPLOAD, "data": data, **fields}
    )
    answer: dict[str, Any] = await client.receive_json()
    return answer


def kept(hass: HomeAssistant) -> list[str]:
    """Return the names of the files that wait."""
    folder = uploads.folder_of(hass, ENTRY_ID)
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def test_file_in_pieces_is_imported_and_removed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    coordinator = await set_up(entry)
    client, whole = await hass_ws_client(hass), recording()
    file = {"name": "run.fit", "size": len(whole)}
    half = len(whole) // 2
    # Asked at the start, and after an interruption.
    assert (await send(client, **file))["result"] == {"received": 0, "complete": False}
    assert (await send(client, **file, data=whole[:half]))["result"] == {"received": half, "complete": False}
    assert (await send(client, **file))["result"]["received"] == half
    # A piece again, and one too far on, change nothing.
    assert (await send(client, **file, data=whole[:half]))["result"]["received"] == half
    assert (await send(client, **file, offset=half + 1, data=b"x"))["result"]["received"] == half
    assert (await send(client, **file, offset=half, data=whole[half:] + b"x"))["result"]["received"] == half
    answer = await send(client, **file, offset=half, data=whole[half:])
    assert answer["result"] == {"received": len(whole), "complete": True}
    await hass.async_block_till_done(wait_background_tasks=True)
    assert [run.distance for run in coordinator.runner.runs.all()] == [8012.34]
    assert kept(hass) == []


async def test_unfinished_upload_survives_restart_and_expires(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await set_up(entry)
    client = await hass_ws_client(hass)
    await send(client, name="run.fit", size=10, data=b"12345")
    assert await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert (await send(client, name="run.fit", size=10))["result"]["received"] == 5
    monkeypatch.setattr(uploads, "RESUMABLE_FOR", -1e12)
    await hass.async_add_executor_job(uploads.drop_uploads, hass, ENTRY_ID, set())
    assert (await send(client, name="run.fit", size=10))["result"]["received"] == 0
    assert kept(hass) == []


async def test_uploads_of_a_removed_runner_are_removed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    await send(await hass_ws_client(hass), name="run.fit", size=10, data=b"12345")
    assert kept(hass) == [".part"]
    assert await hass.config_entries.async_remove(ENTRY_ID)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert kept(hass) == []


async def test_upload_without_room_is_refused(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    client = await hass_ws_client(hass)
    size = uploads.MAX_UPLOAD
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uploads, "SPARE", 1 << 60)
        answer = await send(client, name="export.zip", size=size, data=b"1")
    assert answer["error"]["code"] == "upload_no_room"
    assert kept(hass) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"upload": "../../etc"},
        {"name": "../run.fit"},
        {"name": ".part"},
        {"name": "a/b"},
        {"size": 0},
        {"size": uploads.MAX_UPLOAD + 1},
        {"offset": -1},
        {"data": bytes(uploads.MAX_PIECE + 1)},
    ],
)
async def test_invalid_piece_is_refused(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    tmp_path: Path,
    fields: dict[str, Any],
) -> None:
    await set_up(entry)
    answer = await send(await hass_ws_client(hass), **{"name": "run.fit", "size": 10, **fields})
    assert answer["error"]["code"] == "invalid_format"
    assert kept(hass) == []
