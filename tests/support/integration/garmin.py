"""Stand-in of Garmin Connect's integration (cyberjunky, 3.0.16): its actions, with its own schemas and answers."""

from pathlib import Path
from typing import Any

import voluptuous as vol

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv

DOMAIN = "garmin_connect"
DOWNLOAD_SCHEMA = vol.Schema(
    {
        vol.Optional("entity_id"): cv.entity_id,
        vol.Required("activity_id"): vol.Coerce(int),
        vol.Optional("file_format", default="fit"): vol.In(["fit", "original", "tcx", "gpx", "kml", "csv"]),
        vol.Optional("file_path"): cv.string,
    }
)
GEAR_SCHEMA = vol.Schema(
    {
        vol.Required("activity_id"): vol.Coerce(int),
        vol.Optional("gear_uuid"): cv.string,
        vol.Optional("entity_id"): cv.entity_id,
    }
)
CREATE_SCHEMA = vol.Schema(
    {
        vol.Optional("entity_id"): cv.entity_id,
        vol.Required("activity_name"): cv.string,
        vol.Required("activity_type"): vol.In(
            ["running", "cycling", "walking", "hiking", "swimming", "fitness_equipment", "other"]
        ),
        vol.Optional("start_datetime"): cv.string,
        vol.Required("duration_min"): vol.All(vol.Coerce(int), vol.Range(min=1, max=1440)),
        vol.Optional("distance_km", default=0.0): vol.Coerce(float),
        vol.Optional("time_zone"): cv.string,
    }
)
UPLOAD_SCHEMA = vol.Schema({vol.Optional("entity_id"): cv.entity_id, vol.Required("file_path"): cv.string})


class GarminActions:
    """The actions of Garmin's integration, and the recordings at Garmin by activity.

    `is_away` fails all actions, as an activity without a recording fails its download. `answers` are answers in place
    of the integration's own, `assigned` are the pairs given to activities, `created` the new activities,
    `uploaded` the contents of files.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Register the actions."""
        self.hass = hass
        self.folder = Path(hass.config.path("garmin_activities"))
        self.recordings: dict[int, bytes] = {}
        self.asked: list[int] = []
        self.entities: set[str] = set()
        self.answers: dict[int, Any] = {}
        self.is_away = False
        self.assigned: list[tuple[int, str]] = []
        self.created: list[dict[str, Any]] = []
        self.uploaded: list[bytes] = []
        self.attempts = 0
        hass.services.async_register(
            DOMAIN,
            "download_activity",
            self._async_download,
            schema=DOWNLOAD_SCHEMA,
            supports_response=SupportsResponse.OPTIONAL,
        )
        hass.services.async_register(DOMAIN, "add_gear_to_activity", self._async_assign, schema=GEAR_SCHEMA)

        hass.services.async_register(DOMAIN, "create_activity", self._async_create, schema=CREATE_SCHEMA)

        hass.services.async_register(DOMAIN, "upload_activity", self._async_upload, schema=UPLOAD_SCHEMA)

    async def _async_upload(self, call: ServiceCall) -> None:
        self.attempts += 1
        path = Path(call.data["file_path"])
        content = await self.hass.async_add_executor_job(path.read_bytes)
        # Its own rules: a FIT, GPX or TCX file in the configuration folder.
        is_allowed = path.resolve().is_relative_to(Path(self.hass.config.config_dir).resolve())
        if self.is_away or not is_allowed or path.suffix != ".fit":
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="upload_activity_failed")
        self.uploaded.append(content)

    async def _async_create(self, call: ServiceCall) -> None:
        self.attempts += 1
        if self.is_away:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="create_activity_failed")
        self.created.append(dict(call.data))

    async def _async_assign(self, call: ServiceCall) -> None:
        self.attempts += 1
        self.entities.add(call.data["entity_id"])
        if self.is_away:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="add_gear_to_activity_failed")
        self.assigned.append((call.data["activity_id"], call.data["gear_uuid"]))

    async def _async_download(self, call: ServiceCall) -> ServiceResponse:
        number, kind = call.data["activity_id"], call.data["file_format"]
        self.asked.append(number)
        self.entities.add(call.data["entity_id"])
        if number in self.answers:
            answer: ServiceResponse = self.answers[number]
            return answer
        if self.is_away or number not in self.recordings:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="download_activity_failed")
        path = self.folder / f"activity_{number}.{kind}"

        def write() -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.recordings[number])

        await self.hass.async_add_executor_job(write)
        size = len(self.recordings[number])
        return {"file_path": str(path), "size_bytes": size, "activity_id": number, "file_format": kind}
