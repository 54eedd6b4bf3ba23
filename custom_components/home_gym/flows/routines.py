"""Screens to add, change and remove a runner's own routines."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
    TextSelectorConfig,
)

from ..const import CONF_ROUTINE_HABIT, CONF_ROUTINE_STEPS
from ..gym.habits.habit import Habit
from ..gym.routines.own_routine import RoutineTextError, RoutineTextFault, own_routine
from ..options.coach import ROUTINES

CONF_ROUTINE = "routine"
ROUTINE_SCHEMA = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Required(CONF_ROUTINE_HABIT): SelectSelector(
            SelectSelectorConfig(options=list(Habit), translation_key=CONF_ROUTINE_HABIT)
        ),
        vol.Required(CONF_ROUTINE_STEPS): TextSelector(TextSelectorConfig(multiline=True)),
    }
)
OF_THE_NAME = {RoutineTextFault.NAME_MISSING, RoutineTextFault.NAME_TOO_LONG}
# Placeholders for texts with a faulty line, when there is none.
NO_LINE = {"line": "", "text": ""}

type WrittenRoutine = dict[str, str]


class RoutineScreens(OptionsFlow):
    """The screens for a runner's own routines."""

    # The index of the routine being changed; None for a new one.
    _changed: int | None = None

    async def async_step_add_routine(self, user_input: WrittenRoutine | None = None) -> ConfigFlowResult:
        """Ask for a new routine."""
        return self._step("add_routine", user_input, {CONF_ROUTINE_HABIT: Habit.STRETCH.value})

    async def async_step_change_routine(self, user_input: WrittenRoutine | None = None) -> ConfigFlowResult:
        """Ask for the routine to change."""
        if user_input is None:
            fields = {vol.Required(CONF_ROUTINE): self._choice(multiple=False)}
            return self.async_show_form(step_id="change_routine", data_schema=vol.Schema(fields))
        names = [routine[CONF_NAME] for routine in self._routines]
        self._changed = names.index(user_input[CONF_ROUTINE])
        return self._step("edit_routine", None, self._routines[self._changed])

    async def async_step_edit_routine(self, user_input: WrittenRoutine | None = None) -> ConfigFlowResult:
        """Save the changed routine."""
        return self._step("edit_routine", user_input, {})

    async def async_step_remove_routines(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the routines to remove."""
        if user_input is None:
            fields = {vol.Required(CONF_ROUTINE): self._choice(multiple=True)}
            return self.async_show_form(step_id="remove_routines", data_schema=vol.Schema(fields))
        gone = user_input[CONF_ROUTINE]
        return self._save([routine for routine in self._routines if routine[CONF_NAME] not in gone])

    @property
    def _routines(self) -> list[WrittenRoutine]:
        return list(self.config_entry.options.get(ROUTINES.key, []))

    def _choice(self, *, multiple: bool) -> SelectSelector:
        names = [routine[CONF_NAME] for routine in self._routines]
        return SelectSelector(SelectSelectorConfig(options=names, multiple=multiple))

    def _step(self, step: str, written: WrittenRoutine | None, known: Mapping[str, str]) -> ConfigFlowResult:
        """Show a routine's form, or save its input."""
        errors, where = self._routine_errors_of(written) if written else ({}, NO_LINE)
        if written is None or errors:
            return self.async_show_form(
                step_id=step,
                data_schema=self.add_suggested_values_to_schema(ROUTINE_SCHEMA, written or known),
                errors=errors,
                description_placeholders=where,
            )
        routines = self._routines
        routine = written | {CONF_NAME: " ".join(written[CONF_NAME].split())}
        if self._changed is None:
            return self._save([*routines, routine])
        routines[self._changed] = routine
        return self._save(routines)

    def _routine_errors_of(self, written: WrittenRoutine) -> tuple[dict[str, str], dict[str, str]]:
        """Return the errors of a routine, and the placeholders of the faulty line."""
        try:
            routine = own_routine(written[CONF_NAME], Habit(written[CONF_ROUTINE_HABIT]), written[CONF_ROUTINE_STEPS])
        except RoutineTextError as error:
            field = CONF_NAME if error.flaw in OF_THE_NAME else CONF_ROUTINE_STEPS
            return {field: error.flaw.value}, {"line": str(error.line), "text": error.text}
        others = (known for number, known in enumerate(self._routines) if number != self._changed)
        if routine.id.casefold() in {known[CONF_NAME].casefold() for known in others}:
            return {CONF_NAME: "name_taken"}, NO_LINE
        return {}, NO_LINE

    def _save(self, routines: list[WrittenRoutine]) -> ConfigFlowResult:
        return self.async_create_entry(data={**self.config_entry.options, ROUTINES.key: routines})
