"""Screens shared by several kinds of sources: a preview, the words for runs, and the links between pairs."""

from datetime import timedelta
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.const import ATTR_FRIENDLY_NAME, UnitOfLength
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig, SelectSelectorMode
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from ...const import (
    CONF_CREATES_RUNS,
    CONF_GEAR,
    CONF_RECORDINGS,
    CONF_RUNS,
    CONF_UNNAMED_RUNS,
    CONF_UPLOADS_RUNS,
    CONF_WRITES_GEAR,
    DOMAIN,
    SUBENTRY_SHOE,
    SUBENTRY_SOURCE,
)
from ...gym.integrations.efforts import RUNS
from ...gym.runs.activity import Activity
from ...gym.runs.run import start_of
from ...languages import formats_at_home
from ...options.field import OptionField, form_in_sections, in_sections, out_of_sections
from ...options.source import CREATES_RUNS, RECORDINGS, UPLOADS_RUNS, WORDS, WRITES_GEAR, with_unnamed_runs
from ...sources.entities.snapshots import async_snapshots, preset_of, read
from ..subentry import RunnerSubentryFlow

# A preview needs no more activities than this.
MAX_PREVIEWED = 5


class PreviewSteps(RunnerSubentryFlow):
    """Flow steps to preview a draft of a source, complete it and save it."""

    _draft: dict[str, Any]
    _entity_id: str
    _title: str | None = None
    _unasked: dict[str, str]

    async def _async_preview(self, entity_id: str, draft: dict[str, Any]) -> SubentryFlowResult:
        """Continue with a draft; the entity gives the source its name."""
        self._entity_id = entity_id
        known = self._known()
        of_actions = (CONF_RECORDINGS, CONF_WRITES_GEAR, CONF_CREATES_RUNS, CONF_UPLOADS_RUNS)
        kept = {key: known[key] for key in of_actions if key in known}
        self._draft = with_unnamed_runs({CONF_RUNS: list(known.get(CONF_RUNS, RUNS)), **kept, **draft}, known)
        return await self.async_step_preview()

    async def async_step_preview(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the activities in the draft, until the list of words for runs is right."""
        snapshots = await async_snapshots(self.hass, self._draft)
        table = (*self._asked_of_actions(), *WORDS)
        if user_input is not None:
            user_input = out_of_sections(table, user_input)
            asked = {each.key: user_input[each.key] for each in self._asked_of_actions()}
            self._draft = with_unnamed_runs(self._draft | asked, user_input)
        if user_input is not None and user_input[CONF_RUNS] == self._draft[CONF_RUNS]:
            preset = preset_of(self._draft)
            has_shoes = any(self._get_entry().get_subentries_of_type(SUBENTRY_SHOE))
            self._unasked = preset.gear(snapshots) if preset and has_shoes else {}
            return await self.async_step_gear()
        if user_input is not None:
            self._draft[CONF_RUNS] = user_input[CONF_RUNS]
        activities = read(self._draft, snapshots, dt_util.utcnow())
        newest = sorted(activities, key=start_of, reverse=True)
        used = {CONF_UNNAMED_RUNS} & self._draft.keys()
        schema = vol.Schema(form_in_sections(self.hass, table, used))
        return self.async_show_form(
            step_id="preview" if activities else "preview_empty",
            data_schema=self.add_suggested_values_to_schema(schema, in_sections(table, self._draft)),
            description_placeholders={"activities": "\n".join(map(self._line, newest[:MAX_PREVIEWED]))},
        )

    async def async_step_preview_empty(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show that there are no activities now, perhaps because the service is unavailable."""
        return await self.async_step_preview(user_input)

    async def async_step_gear(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the pair of each of the service's, one after the other."""
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

    def _asked_of_actions(self) -> tuple[OptionField, ...]:
        """Return the fields that need an action of the source's integration."""
        preset = preset_of(self._draft)
        if preset is None:
            return ()
        reading, writing = preset.recordings, preset.writing
        actions = (
            *([(RECORDINGS, reading.download)] if reading else []),
            *(
                [
                    (WRITES_GEAR, writing.assign_gear),
                    (CREATES_RUNS, writing.create_run),
                    (UPLOADS_RUNS, writing.upload_run),
                ]
                if writing
                else []
            ),
        )
        has_service = self.hass.services.has_service
        return tuple(asked for asked, action in actions if has_service(preset.service, action))

    def _finish(self) -> SubentryFlowResult:
        title = self._title or self._name_of(self._entity_id)
        if self.source == "reconfigure":
            subentry = self._get_reconfigure_subentry()
            return self.async_update_and_abort(self._get_entry(), subentry, title=title, data=self._draft)
        return self.async_create_entry(title=title, data=self._draft)

    def _name_of(self, entity_id: str) -> str:
        state = self.hass.states.get(entity_id)
        name: str = state.attributes.get(ATTR_FRIENDLY_NAME, entity_id) if state else entity_id
        return name

    def _known(self) -> dict[str, Any]:
        """Return the stored data of a source being changed, empty for a new one."""
        return dict(self._get_reconfigure_subentry().data) if self.source == "reconfigure" else {}

    def _is_taken(self, **chosen: str) -> bool:
        """Return whether another source of any runner has the same data, since a run counts for one runner."""
        changed = self._reconfigure_subentry_id if self.source == "reconfigure" else None
        drafts = [self.draft] if self.draft else []
        return any(
            subentry.subentry_id != changed and chosen.items() <= subentry.data.items()
            for entry in (*self.hass.config_entries.async_entries(DOMAIN), *drafts)
            for subentry in entry.get_subentries_of_type(SUBENTRY_SOURCE)
        )

    def _line(self, activity: Activity) -> str:
        """Return an activity as a line of a list, with figures and the service's own words."""
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
    """Return a text without any Markdown or HTML."""
    return "".join(letter for letter in text if letter.isprintable() and letter not in "`*_[]<>\\")
