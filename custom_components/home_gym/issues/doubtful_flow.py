"""Repair flow for doubtful recordings: a person decides which of them are runs, one after the other or all at once."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import voluptuous as vol

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
)
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from ..coordinator import HomeGymCoordinator
from ..gym import verbs
from ..gym.runs.activity import Activity, Sport
from ..gym.runs.run import start_of
from ..gym.speech.phrases import Phrases, line
from ..gym.verbs import Verb
from ..languages import async_phrases, formats_at_home
from ..markdown import escaped
from ..words import in_unit
from .rights import async_coordinator, async_may_act

CONF_DECISION = "decision"
CONF_DISTANCE = "distance"
CONF_MINUTES = "minutes"


class Decision(StrEnum):
    """Answers about a doubtful recording, and about all of them."""

    RUN = "run"
    NO_RUN = "no_run"
    LIKELY_RUNS = "likely_runs"
    NO_RUNS = "no_runs"


OF_ONE = (Decision.RUN, Decision.NO_RUN)


class DoubtfulRunsFlow(RepairsFlow):
    """Repair flow for the doubtful recordings of one runner, the latest first."""

    def __init__(self, entry_id: str) -> None:
        """Ask about the recordings of one runner."""
        self._entry_id = entry_id
        self._shown: str | None = None

    async def async_step_init(self, _user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Start with the latest recording."""
        return await self._async_decide()

    async def _async_decide(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Take the decision about the shown recording, and ask about the next one."""
        coordinator = async_coordinator(self.hass, self._entry_id)
        if coordinator is None:
            return self.async_abort(reason="not_loaded")
        if not await async_may_act(self.hass, self._entry_id):
            return self.async_abort(reason="not_allowed")
        found = coordinator.runner.projections.doubts.open()
        shown = next((activity for activity in found if activity.id == self._shown), None)
        # A recording may be decided on elsewhere while the screen is open.
        if user_input is not None and shown is not None:
            if errors := await self._async_errors_of(coordinator, _verb(self.hass, shown, found, user_input)):
                return await self._async_form(shown, len(found), errors)
            found = coordinator.runner.projections.doubts.open()
        if not found:
            return self.async_create_entry(data={}) if self._shown else self.async_abort(reason="nothing_doubtful")
        self._shown = found[0].id
        return await self._async_form(found[0], len(found))

    # The texts of a step say why the recording is doubtful.
    async_step_no_sport = _async_decide
    async_step_broken_off = _async_decide
    async_step_no_figures = _async_decide

    @staticmethod
    async def _async_errors_of(coordinator: HomeGymCoordinator, verb: Verb) -> dict[str, str]:
        """Apply a decision, and return the error of one that can't be."""
        try:
            await coordinator.async_apply(verb)
        except ValueError:
            return {CONF_DISTANCE: "impossible"}
        return {}

    async def _async_form(
        self, activity: Activity, number: int, errors: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        phrases = await async_phrases(self.hass, self.hass.config.language)
        options = [decision.value for decision in (Decision if number > 1 else OF_ONE)]
        figure = NumberSelector(NumberSelectorConfig(min=0, max=1000, step="any", mode=NumberSelectorMode.BOX))
        fields = {
            vol.Required(CONF_DECISION): SelectSelector(
                SelectSelectorConfig(options=options, translation_key="doubt_decision")
            ),
            vol.Optional(CONF_DISTANCE): figure,
            vol.Optional(CONF_MINUTES): figure,
        }
        return self.async_show_form(
            step_id=str(activity.doubt),
            data_schema=vol.Schema(fields),
            errors=errors,
            description_placeholders=_placeholders(self.hass, activity, phrases),
        )


def _verb(hass: HomeAssistant, shown: Activity, found: list[Activity], user_input: Mapping[str, Any]) -> Verb:
    """Return the change of a decision."""
    match Decision(user_input[CONF_DECISION]):
        case Decision.LIKELY_RUNS:
            likely = [activity.id for activity in found if activity.guess is Sport.RUN]
            return verbs.decide_runs(likely, taken=True)
        case Decision.NO_RUNS:
            return verbs.decide_runs([activity.id for activity in found], taken=False)
        case Decision.NO_RUN:
            return verbs.decide_run(shown.id, taken=False)
        case _:
            distance, minutes = user_input.get(CONF_DISTANCE), user_input.get(CONF_MINUTES)
            _, unit = in_unit(0, hass.config.units)
            metres = DistanceConverter.convert(distance, unit, "m") if distance else None
            return verbs.decide_run(
                shown.id, taken=True, distance=metres, moving_time=minutes * 60 if minutes else None
            )


def _placeholders(hass: HomeAssistant, activity: Activity, phrases: Phrases) -> dict[str, str]:
    """Return the known figures of a recording, in words."""
    formats = formats_at_home(hass)
    unknown = line(phrases, "doubt.no_figure")
    figure, unit = in_unit(activity.distance or 0, hass.config.units)
    minutes, seconds = divmod(round(activity.duration or 0), 60)
    return {
        "start": formats.moment(dt_util.as_local(start_of(activity))),
        "title": f", {escaped(activity.title)}" if activity.title else "",
        "distance": f"{formats.number(figure, 2)} {unit}" if activity.distance else unknown,
        "duration": f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if activity.duration else unknown,
        "guess": line(phrases, f"doubt.{activity.guess or 'unknown'}"),
        "unit": str(unit),
    }
