"""Watchers of a runner's sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..component import OnUnload
from ..const import (
    CONF_ENTITY,
    CONF_FOLDER,
    CONF_ONLINE,
    CONF_SERVICE,
    CONF_SUBENTRY,
    CONF_WEBHOOK,
    SUBENTRY_SOURCE,
)
from ..coordinator import HomeGymCoordinator
from ..entry_changes import EntryChanges
from ..gym import verbs
from ..gym.integrations.looks import HABIT_OF
from ..gym.integrations.service_model import PlannedWorkout
from ..gym.journal.former_ids import DeliveredIds
from ..gym.recordings.symptom import Symptom
from ..gym.runs.run import Run
from ..gym.speech.phrases import Phrases
from ..gym.unseen_runs import unseen_runs
from ..gym.worn import Worn, pairs_worn
from ..issues.old_addresses import async_report_old_addresses
from . import RunnerAccess, SourceConfig, Watcher
from .entities import watcher as entities
from .folder import watcher as folder
from .services import watcher as services
from .webhook import endpoint as webhook

SOURCES: Mapping[str, Watcher] = {
    CONF_FOLDER: folder.watch,
    CONF_SERVICE: entities.watch,
    CONF_ENTITY: entities.watch,
    CONF_WEBHOOK: webhook.watch,
    CONF_ONLINE: services.watch,
}
"""The watchers, by the field that only subentries of their kind have."""


type TakePlans = Callable[[str, Sequence[PlannedWorkout]], None]
"""Takes the planned runs of a source, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source being watched: its data, and the function to stop."""

    data: Mapping[str, Any]
    stop: CALLBACK_TYPE


class SourceWatchers:
    """The sources of one runner."""

    def __init__(
        self,
        hass: HomeAssistant,
        coordinator: HomeGymCoordinator,
        phrases: Phrases,
        changes: EntryChanges,
        plan: TakePlans,
    ) -> None:
        """Watch the sources of a runner; `plan` takes the planned runs of a source."""
        self._hass = hass
        self._coordinator = coordinator
        self._phrases = phrases
        self._changes = changes
        self._plan = plan
        self._watched: dict[str, Watched] = {}
        self._is_over = False

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, once Home Assistant has started."""

        @callback
        def begin(hass: HomeAssistant) -> None:
            entry = self._coordinator.config_entry
            entry.async_create_background_task(hass, self._async_begin(on_unload), f"{entry.title}: sources")

        on_unload(async_at_started(self._hass, begin))
        on_unload(self._async_end)

    @callback
    def _async_end(self) -> None:
        """Stop watching."""
        self._is_over = True
        for source in list(self._watched):
            self._watched.pop(source).stop()

    async def _async_begin(self, on_unload: OnUnload) -> None:
        """Apply the changes due since the last stop, then watch the sources, new and changed ones included."""
        await self._coordinator.async_tick()
        await self._async_follow()
        on_unload(self._changes.async_listen(self._async_follow))

    async def _async_follow(self) -> None:
        """Watch the present sources; an unchanged one goes on."""
        entry = self._coordinator.config_entry
        async_report_old_addresses(self._hass, entry)
        present = {source.subentry_id: source for source in entry.get_subentries_of_type(SUBENTRY_SOURCE)}
        for source, watched in list(self._watched.items()):
            if source not in present or present[source].data != watched.data:
                self._watched.pop(source).stop()
        for source, subentry in present.items():
            if source not in self._watched:
                await self._async_watch(source, subentry.data)

    async def _async_watch(self, source: str, data: Mapping[str, Any]) -> None:
        config = SourceConfig(
            subentry_id=source,
            runner=self._coordinator.config_entry.title,
            data=data,
            phrases=self._phrases,
            delivered=DeliveredIds(self._coordinator.runner.journal.deliveries),
            report=self._async_report_symptoms,
            access=self._access_of(source),
        )
        watch = next(watch for field, watch in SOURCES.items() if field in data)
        stop = await watch(self._hass, config, partial(self._coordinator.async_deliver, source=source))
        if self._is_over:
            stop()
        else:
            self._watched[source] = Watched(data=data, stop=stop)

    async def _async_report_symptoms(self, symptoms: Sequence[Symptom]) -> None:
        await self._coordinator.async_apply(verbs.report_symptoms(symptoms))

    def _access_of(self, source: str) -> RunnerAccess:
        """Return the functions of the runner for a source."""
        entry = self._coordinator.config_entry

        @callback
        def ask_for_key() -> None:
            entry.async_start_reauth(self._hass, data={CONF_SUBENTRY: source})

        return RunnerAccess(
            withdraw=self._async_withdraw,
            recent_ends=self._recent_ends,
            plan=partial(self._plan, source),
            ask_for_key=ask_for_key,
            follow=self._coordinator.async_add_listener,
            worn=self._worn,
            unseen=self._unseen,
        )

    async def _async_withdraw(self, activities: Sequence[str]) -> None:
        await self._coordinator.async_apply(verbs.withdraw(activities))

    def _worn(self, since: datetime) -> list[Worn]:
        return pairs_worn(self._coordinator.runner, since, dt_util.utcnow())

    def _unseen(self, since: datetime) -> list[Run]:
        return unseen_runs(self._coordinator.runner, since, dt_util.utcnow())

    def _recent_ends(self) -> list[datetime]:
        now = dt_util.utcnow()
        return [run.end for run in self._coordinator.runner.runs.between(now - HABIT_OF, now)]
