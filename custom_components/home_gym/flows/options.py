"""Options flow of a runner: goals and prompts, training, routines and their room, and imports."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
)
from homeassistant.util import dt as dt_util

from ..const import SUBENTRY_SPEAKER
from ..data import HomeGymConfigEntry
from ..entity_references import entity_id_of, reference_to
from ..gym import verbs
from ..gym.prompts.topic import Topic
from ..options import options_of
from ..options.coach import CALENDAR, ROUTINES
from ..options.room import ROOM
from ..options.training import TRAINING
from . import prompts
from .room import RoomScreen
from .routines import RoutineScreens
from .subentry import async_is_loaded
from .training import TrainingScreen
from .upload import CONF_FILE, UPLOAD, UploadErrors

CONF_TOPICS = "topics"


class RunnerOptionsFlow(UploadErrors, RoutineScreens, TrainingScreen, RoomScreen):
    """Options flow with a menu of goals and prompts, training, routines, their room, and imports."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show the menu."""
        await async_is_loaded(self.hass, self.config_entry)
        of_routines = ["change_routine", "remove_routines"] if self.config_entry.options.get(ROUTINES.key) else []
        of_topics = ["restore"] if self._asked_less() else []
        return self.async_show_menu(
            step_id="init",
            menu_options=["settings", *of_topics, "training", "add_routine", *of_routines, "room", "import"],
        )

    async def async_step_restore(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show the topics that are asked about less, and ask which to ask about as before."""
        entry: HomeGymConfigEntry = self.config_entry
        if user_input is not None and entry.state is ConfigEntryState.LOADED:
            for topic in self._asked_less():
                if topic in user_input[CONF_TOPICS]:
                    await entry.runtime_data.coordinator.async_apply(verbs.restore_topic(topic))
            return self.async_create_entry(data=dict(entry.options))
        topics = [topic.value for topic in self._asked_less()]
        selector = SelectSelector(SelectSelectorConfig(options=topics, multiple=True, translation_key="topic"))
        fields = {vol.Required(CONF_TOPICS, default=topics): selector}
        return self.async_show_form(step_id="restore", data_schema=vol.Schema(fields))

    def _asked_less(self) -> list[Topic]:
        """Return the topics that went unanswered, none while the runner isn't loaded."""
        entry: HomeGymConfigEntry = self.config_entry
        if entry.state is not ConfigEntryState.LOADED:
            return []
        return list(entry.runtime_data.runner.explanations.asked_less(dt_util.utcnow()))

    async def async_step_settings(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for goals, prompts and quiet hours."""
        if user_input is not None:
            return self.async_create_entry(data=self._options_from(user_input))
        speakers = {
            speaker.subentry_id: speaker for speaker in self.config_entry.get_subentries_of_type(SUBENTRY_SPEAKER)
        }
        known = options_of(self.hass, self.config_entry.options)
        if CALENDAR.key in known:
            known[CALENDAR.key] = entity_id_of(self.hass, known[CALENDAR.key])
        shown = self.add_suggested_values_to_schema(
            prompts.schema(self.hass, speakers), prompts.filled_in(known, speakers)
        )
        return self.async_show_form(step_id="settings", data_schema=shown)

    def _options_from(self, filled_in: dict[str, Any]) -> dict[str, Any]:
        """Return the chosen options, with those of other screens unchanged."""
        chosen = prompts.options_from(filled_in)
        if CALENDAR.key in chosen:
            chosen[CALENDAR.key] = reference_to(self.hass, chosen[CALENDAR.key])
        elsewhere = {field.key for field in (ROUTINES, *TRAINING, *ROOM)}
        return chosen | {name: value for name, value in self.config_entry.options.items() if name in elsewhere}

    async def async_step_import(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a file, and import it in the background."""
        entry: HomeGymConfigEntry = self.config_entry
        if not await async_is_loaded(self.hass, entry):
            return self.async_abort(reason="not_loaded")
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await self._async_upload_errors_of(entry, user_input[CONF_FILE])
            if not errors:
                return self.async_abort(reason="import_begun")
        return self.async_show_form(step_id="import", data_schema=UPLOAD, errors=errors)
