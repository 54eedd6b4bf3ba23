"""Upload of an export: its field, and the import that follows."""

import voluptuous as vol

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import FileSelector, FileSelectorConfig

from ..data import HomeGymConfigEntry
from ..importer import keep_upload

CONF_FILE = "file"
UPLOAD = vol.Schema(
    {vol.Required(CONF_FILE): FileSelector(FileSelectorConfig(accept=".zip,.fit,.tcx,.gpx,.gz"))},
)


class UploadErrors:
    """Part of a flow that imports an upload."""

    hass: HomeAssistant

    async def _async_upload_errors_of(self, entry: HomeGymConfigEntry, upload: str) -> dict[str, str]:
        """Import an upload for a loaded runner in the background, and return its errors."""
        try:
            path = await self.hass.async_add_executor_job(keep_upload, self.hass, entry.entry_id, upload)
        except ValueError:
            return {CONF_FILE: "upload_lost"}
        await entry.runtime_data.importer.async_add(path, uploaded=True)
        return {}
