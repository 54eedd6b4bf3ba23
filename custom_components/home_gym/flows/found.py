"""Runs and pairs that the sources of a new runner know already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import CONF_ENTITY, CONF_GEAR, CONF_ONLINE, CONF_SERVICE
from ..gym.runs.activity import Activity, Sport
from ..gym.runs.run import start_of
from ..sources.entities.snapshots import async_snapshots, preset_of, read
from ..sources.services.errors import ServiceError
from ..sources.services.registry import SERVICES
from ..sources.services.watcher import WINDOW


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRun:
    """A run that a source shows; `gear` is the pair's id there."""

    start: datetime
    gear: str | None

    @property
    def day(self) -> date:
        """Return the run's day at home."""
        return dt_util.as_local(self.start).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPair:
    """A pair that a source knows, by the source's id."""

    name: str
    source: str


async def async_found_runs(hass: HomeAssistant, sources: Iterable[ConfigSubentry]) -> list[FoundRun]:
    """Return the runs that sources show now, the oldest first; one shown by several counts once."""
    found = [activity for source in sources for activity in await _async_activities(hass, source.data)]
    runs = {
        start_of(activity): FoundRun(start=start_of(activity), gear=activity.gear)
        for activity in found
        if activity.sport is Sport.RUN and not activity.doubt
    }
    return [runs[start] for start in sorted(runs)]


async def async_found_pairs(hass: HomeAssistant, sources: Iterable[ConfigSubentry]) -> dict[str, FoundPair]:
    """Return the pairs that sources know and no pair here is linked to, by their ids there."""
    return {
        gear: FoundPair(name=name.strip(), source=source.subentry_id)
        for source in sources
        for gear, name in (await _async_gear(hass, source.data)).items()
        if name.strip() and gear not in source.data.get(CONF_GEAR, {})
    }


async def _async_activities(hass: HomeAssistant, source: Mapping[str, Any]) -> list[Activity]:
    if CONF_SERVICE in source or CONF_ENTITY in source:
        return read(source, await async_snapshots(hass, source), dt_util.utcnow())
    if CONF_ONLINE not in source:
        return []
    today = dt_util.utcnow().date()
    try:
        listed = await SERVICES[source[CONF_ONLINE]].client(hass, source).async_listed(today - WINDOW, today)
    except ServiceError:
        return []
    return [each.activity for each in listed if each.activity]


async def _async_gear(hass: HomeAssistant, source: Mapping[str, Any]) -> dict[str, str]:
    if preset := preset_of(source):
        return preset.gear(await async_snapshots(hass, source))
    if CONF_ONLINE not in source:
        return {}
    today = dt_util.utcnow().date()
    try:
        return await SERVICES[source[CONF_ONLINE]].client(hass, source).async_gear(today - WINDOW, today)
    except ServiceError:
        return {}
