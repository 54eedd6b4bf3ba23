"""Screens of a folder of recordings."""

from collections.abc import Iterator
import os
from pathlib import Path
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentry, SubentryFlowResult
from homeassistant.util import dt as dt_util, slugify

from ...const import CONF_FOLDER, CONF_SINCE, CONF_UNNAMED_RUNS, DOMAIN, SUBENTRY_SOURCE
from ...options.field import form_in_sections, in_sections, out_of_sections
from ...options.source import FOLDER, with_unnamed_runs
from ..subentry import RunnerSubentryFlow


class FolderSteps(RunnerSubentryFlow):
    """Flow steps for a folder with dropped or synced recordings."""

    async def async_step_folder(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a new folder."""
        errors: dict[str, str] = {}
        if user_input is not None:
            user_input = out_of_sections(FOLDER, user_input)
            folder = Path(user_input[CONF_FOLDER].strip())
            errors = await self._async_errors_of(folder)
            if not errors:
                return self.async_create_entry(title=folder.name, data=with_unnamed_runs(_new(folder), user_input))
        suggested = self.hass.config.path(DOMAIN, slugify(self._get_entry().title))
        return self._form("folder", user_input or {CONF_FOLDER: suggested}, errors)

    async def async_step_reconfigure_folder(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for another folder; the recordings of the old one stay in the journal."""
        subentry = self._get_reconfigure_subentry()
        errors: dict[str, str] = {}
        if user_input is not None:
            user_input = out_of_sections(FOLDER, user_input)
            folder = Path(user_input[CONF_FOLDER].strip())
            errors = await self._async_errors_of(folder, subentry)
            if not errors:
                unchanged = str(folder) == subentry.data[CONF_FOLDER]
                data = with_unnamed_runs(subentry.data if unchanged else _new(folder), user_input)
                return self.async_update_and_abort(self._get_entry(), subentry, title=folder.name, data=data)
        return self._form("reconfigure_folder", user_input or dict(subentry.data), errors)

    def _form(self, step: str, values: dict[str, Any], errors: dict[str, str]) -> SubentryFlowResult:
        used = {CONF_UNNAMED_RUNS} & values.keys()
        fields = vol.Schema(form_in_sections(self.hass, FOLDER, used))
        schema = self.add_suggested_values_to_schema(fields, in_sections(FOLDER, values))
        return self.async_show_form(step_id=step, data_schema=schema, errors=errors)

    async def _async_errors_of(self, folder: Path, changed: ConfigSubentry | None = None) -> dict[str, str]:
        if not folder.is_absolute():
            return {CONF_FOLDER: "folder_not_absolute"}
        if Path(self.hass.config.config_dir).is_relative_to(folder):
            return {CONF_FOLDER: "folder_too_wide"}
        taken = {subentry.data.get(CONF_FOLDER) for subentry in self._sources() if subentry is not changed}
        if str(folder) in taken:
            return {CONF_FOLDER: "folder_taken"}
        usable = await self.hass.async_add_executor_job(_is_usable, folder)
        return {} if usable else {CONF_FOLDER: "folder_unusable"}

    def _sources(self) -> Iterator[ConfigSubentry]:
        """Yield the sources of all runners: a recording counts for one."""
        drafts = [self.draft] if self.draft else []
        for entry in (*self.hass.config_entries.async_entries(DOMAIN), *drafts):
            yield from entry.get_subentries_of_type(SUBENTRY_SOURCE)


def _new(folder: Path) -> dict[str, Any]:
    """Return the data of a new folder; files from before this moment are history."""
    return {CONF_FOLDER: str(folder), CONF_SINCE: dt_util.utcnow().isoformat()}


def _is_usable(folder: Path) -> bool:
    """Return whether a folder can be read, after creating a missing one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.scandir(folder).close()
    except OSError, ValueError:
        return False
    return True
