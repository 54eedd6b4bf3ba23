"""Garmin Connect's integration in a home without Garmin: its entities and actions, over an account in files.

The entities show `garmin.json` of the configuration folder; the recordings lie in `garmin_recordings`. Each call of an
action is a line in `garmin_calls.jsonl`. The actions have the integration's own schemas.
"""

import json
from pathlib import Path
from typing import Any

DOMAIN = "garmin_connect"
ACTIONS = Path(__file__).parents[1] / "support" / "integration" / "garmin.py"
"""The schemas of the actions, the same as in integration tests."""

ACCOUNT, CALLS, RECORDINGS = "garmin.json", "garmin_calls.jsonl", "garmin_recordings"

CODE = f'''\
"""Stand-in of Garmin Connect's integration."""

from importlib.util import module_from_spec, spec_from_file_location
import json
from pathlib import Path

from homeassistant.core import SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.discovery import async_load_platform

# Another package of this name may be installed beside Home Assistant.
SPEC = spec_from_file_location("garmin_actions", {str(ACTIONS)!r})
ACTIONS = module_from_spec(SPEC)
SPEC.loader.exec_module(ACTIONS)


async def async_setup(hass, config):
    """Register the actions, and show the account."""
    folder = Path(hass.config.config_dir)

    def note(call):
        with (folder / {CALLS!r}).open("a") as calls:
            calls.write(json.dumps({{"action": call.service, **call.data}}) + chr(10))

    def download(call):
        note(call)
        recording = folder / {RECORDINGS!r} / f"{{call.data['activity_id']}}.fit"
        if not recording.exists():
            raise HomeAssistantError("download_activity_failed")
        path = folder / "garmin_activities" / f"activity_{{call.data['activity_id']}}.fit"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(recording.read_bytes())
        return {{
            "file_path": str(path),
            "size_bytes": path.stat().st_size,
            "activity_id": call.data["activity_id"],
            "file_format": "fit",
        }}

    async def async_download(call):
        return await hass.async_add_executor_job(download, call)

    async def async_assign(call):
        await hass.async_add_executor_job(note, call)

    register = hass.services.async_register
    answers = SupportsResponse.OPTIONAL
    register({DOMAIN!r}, "download_activity", async_download, schema=ACTIONS.DOWNLOAD_SCHEMA, supports_response=answers)
    register({DOMAIN!r}, "add_gear_to_activity", async_assign, schema=ACTIONS.GEAR_SCHEMA)
    hass.async_create_task(async_load_platform(hass, "sensor", {DOMAIN!r}, {{}}, config))
    return True
'''

SENSOR = f'''\
"""Entities of the stand-in."""

from datetime import timedelta
import json
from pathlib import Path

from homeassistant.components.sensor import SensorEntity

SCAN_INTERVAL = timedelta(seconds=1)


async def async_setup_platform(hass, config, async_add_entities, discovery_info=None):
    """Add the last activity and a pair."""
    path = Path(hass.config.config_dir) / {ACCOUNT!r}
    async_add_entities([Shown(path, key) for key in ("lastActivity", "gear_pegasus")], True)


class Shown(SensorEntity):
    """One entity."""

    def __init__(self, path, key):
        """Show a part of the account."""
        self._path, self._key = path, key
        self._attr_unique_id = f"A_{{key}}"
        self._attr_name = f"Garmin {{key}}"

    def update(self):
        """Read the account."""
        shown = json.loads(self._path.read_text())[self._key]
        self._attr_native_value = shown["name"]
        self._attr_extra_state_attributes = shown
'''


class GarminAccount:
    """The account in a configuration folder."""

    def __init__(self, folder: Path) -> None:
        """Put the integration into the folder, and begin with a pair and an activity of long ago."""
        self._folder = folder
        own = folder / "custom_components" / DOMAIN
        own.mkdir(parents=True, exist_ok=True)
        (own / "__init__.py").write_text(CODE)
        (own / "sensor.py").write_text(SENSOR)
        manifest = {"domain": DOMAIN, "name": "Garmin Connect", "version": "3.0.16", "dependencies": []}
        (own / "manifest.json").write_text(json.dumps(manifest))
        (folder / RECORDINGS).mkdir()
        self.show(1, "2020-05-04T17:00:00+00:00", 1800, 5000)

    def show(self, number: int, start: str, seconds: float, metres: float, recording: bytes | None = None) -> None:
        """Show an activity as the last one."""
        if recording is not None:
            (self._folder / RECORDINGS / f"{number}.fit").write_bytes(recording)
        activity = {
            "activityId": number,
            "name": "Running",
            "activityType": "running",
            "startTime": start,
            "duration": seconds,
            "elapsedDuration": seconds,
            "movingDuration": seconds,
            "distance": metres,
        }
        pair = {"name": "Pegasus", "custom_make_model": "Pegasus", "gear_status_name": "active"}
        part = self._folder / f"{ACCOUNT}.part"
        part.write_text(json.dumps({"lastActivity": activity, "gear_pegasus": pair}))
        part.replace(self._folder / ACCOUNT)

    def calls(self, action: str) -> list[dict[str, Any]]:
        """Return the fields of the calls of an action."""
        path = self._folder / CALLS
        lines = path.read_text().splitlines() if path.exists() else []
        every = [json.loads(line) for line in lines]
        return [
            {key: value for key, value in call.items() if key != "action"} for call in every if call["action"] == action
        ]
