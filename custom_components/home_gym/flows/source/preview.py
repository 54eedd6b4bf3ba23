"""The screens that all sources of the kind "entities" share: what would be read, what is a run, and whose shoes."""

from datetime import timedelta
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import ATTR_FRIENDLY_NAME, UnitOfLength
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig, SelectSelectorMode
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from ...const import CONF_GEAR, CONF_RUNS, DOMAIN, SUBENTRY_SHOE, SUBENTRY_SOURCE
from ...gym.integrations.efforts import RUNS
from ...gym.runs.activity import Activity
from ...gym.runs.run import start_of
from ...languages import formats_at_home
from ...options.field import form
from ...options.source import WORDS
from ...sources.entities.snapshots import async_snapshots, preset_of, read

# More activities than this convince nobody any further.
MAX_PREVIEWED = 5


class PreviewSteps(ConfigSubentryFlow):
    """Shows what a draft of a source would read right now, completes it and keeps it."""

    _draft: dict[str, Any]
    _entity_id: str
    _unasked: dict[str, str]

    async def _async_preview(self, entity_id: str, draft: dict[str, Any]) -> SubentryFlowResult:
        """Go on with a draft; the entity gives the source its name."""
        self._entity_id = entity_id
        self._draft = {CONF_RUNS: list(self._known().get(CONF_RUNS, RUNS)), **draft}
        return await self.async_step_preview()

    async def async_step_preview(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show what would be read, until the list of words for runs is right."""
        snapshots = await async_snapshots(self.hass, self._draft)
        if user_input is not None and user_input[CONF_RUNS] == self._draft[CONF_RUNS]:
            preset = preset_of(self._draft)
            has_shoes = any(self._get_entry().get_subentries_of_type(SUBENTRY_SHOE))
            self._unasked = preset.gear(snapshots) if preset and has_shoes else {}
            return await self.async_step_gear()
        self._draft |= user_input or {}
        activities = read(self._draft, snapshots, dt_util.utcnow())
        newest = sorted(activities, key=start_of, reverse=True)
        schema = vol.Schema(form(self.hass, WORDS))
        return self.async_show_form(
            step_id="preview" if activities else "preview_empty",
            data_schema=self.add_suggested_values_to_schema(schema, self._draft),
            description_placeholders={"activities": "\n".join(map(self._line, newest[:MAX_PREVIEWED]))},
        )

    async def async_step_preview_empty(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Say that nothing would be read right now, which an unavailable service may be the cause of."""
        return await self.async_step_preview(user_input)

    async def async_step_gear(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask, for one pair after the other that the service names, which of ours it is."""
        if user_input is not None:
            gear = next(iter(self._unasked))
            del self._unasked[gear]
            linked = {**self._draft.get(CONF_GEAR, {}), gear: user_input.get(SUBENTRY_SHOE)}
            self._draft[CONF_GEAR] = {gear: shoe for gear, shoe in linked.items() if shoe}
        if not self._unasked:
            return self._finish()
        gear, name = next(iter(self._unasked.items()))
        shoes = [
            SelectOptionDict(value=shoe.subentry_id, label=shoe.title)
            for shoe in self._get_entry().get_subentries_of_type(SUBENTRY_SHOE)
        ]
        select = SelectSelector(SelectSelectorConfig(options=shoes, mode=SelectSelectorMode.DROPDOWN))
        known = self._draft.get(CONF_GEAR, {}).get(gear)
        return self.async_show_form(
            step_id="gear",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({vol.Optional(SUBENTRY_SHOE): select}), {SUBENTRY_SHOE: known} if known else {}
            ),
            description_placeholders={"gear": _plain(name)},
        )

    def _finish(self) -> SubentryFlowResult:
        state = self.hass.states.get(self._entity_id)
        title = state.attributes.get(ATTR_FRIENDLY_NAME, self._entity_id) if state else self._entity_id
        if self.source == "reconfigure":
            subentry = self._get_reconfigure_subentry()
            return self.async_update_and_abort(self._get_entry(), subentry, title=title, data=self._draft)
        return self.async_create_entry(title=title, data=self._draft)

    def _known(self) -> dict[str, Any]:
        """Return what is stored of the source that is changed, nothing for a new one."""
        return dict(self._get_reconfigure_subentry().data) if self.source == "reconfigure" else {}

    def _is_taken(self, **chosen: str) -> bool:
        """Tell whether another source of any runner reads the same: a run counts for one."""
        changed = self._reconfigure_subentry_id if self.source == "reconfigure" else None
        return any(
            subentry.subentry_id != changed and chosen.items() <= subentry.data.items()
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            for subentry in entry.get_subentries_of_type(SUBENTRY_SOURCE)
        )

    def _line(self, activity: Activity) -> str:
        """Return an activity as a line of a list, in figures and in the service's own words."""
        time = activity.moving_time or activity.elapsed_time
        parts = [
            formats_at_home(self.hass).moment(dt_util.as_local(start_of(activity))),
            f"`{activity.sport}`",
            f"`{_plain(activity.sub_sport)}`" if activity.sub_sport else "",
            self._distance(activity.distance) if activity.distance else "",
            str(timedelta(seconds=round(time))) if time else "",
            f"{activity.cadence:.0f}/min" if activity.cadence else "",
        ]
        return f"- {' · '.join(filter(None, parts))}"

    def _distance(self, metres: float) -> str:
        unit = self.hass.config.units.length_unit
        figure = DistanceConverter.convert(metres, UnitOfLength.METERS, unit)
        return f"{formats_at_home(self.hass).number(figure, 2)} {unit}"


def _plain(text: str) -> str:
    """Return a text that no mark-up can come out of."""
    return "".join(letter for letter in text if letter.isprintable() and letter not in "`*_[]<>\\")
