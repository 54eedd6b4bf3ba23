"""Writer of pairs: another integration's action gives each activity the pair that was worn in it here.

An activity gets each pair once, and another one after a correction. Nothing is learned back, since no activity shows
its gear.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ...const import CONF_GEAR, CONF_WRITES_GEAR, LOGGER
from ...deadline import Deadline
from ...gym.integrations.looks import pause_after
from ...gym.integrations.model import Preset
from ...gym.worn import gear_to_assign
from ...options.source import WRITES_GEAR
from .. import RunnerAccess, SourceConfig
from .downloads import PATIENCE
from .recording_ledger import RecordingLedger
from .snapshots import shown_by

SETTLED = timedelta(minutes=1)
"""After a change of the runner: a correction often follows another."""

PACE = timedelta(seconds=10)
"""Between two assignments."""

MAX_ATTEMPTS = 10
"""Failed assignments of one pair before the next start."""


async def async_write_gear(
    hass: HomeAssistant, config: SourceConfig, preset: Preset, ledger: RecordingLedger, is_shown: Callable[[str], bool]
) -> CALLBACK_TYPE:
    """Write the pairs of a source that wants it, from the day it does, and return the function to stop.

    `is_shown` returns whether the account shows an activity, by its id here.
    """
    is_wanted = config.data.get(CONF_WRITES_GEAR, WRITES_GEAR.default)
    if not is_wanted or preset.assign_gear is None or config.access is None:
        if ledger.gear_since is not None:
            ledger.gear_since = None
            await ledger.async_save()
        return _nothing
    if ledger.gear_since is None:
        ledger.gear_since = dt_util.utcnow()
        await ledger.async_save()
    writer = GearWriter(hass, config, config.access, ledger, action=(preset, preset.assign_gear), is_shown=is_shown)
    writer.async_start()
    return writer.async_end


class GearWriter:
    """Writes the pairs of one source, one at a time."""

    def __init__(
        self,
        hass: HomeAssistant,
        config: SourceConfig,
        access: RunnerAccess,
        ledger: RecordingLedger,
        *,
        action: tuple[Preset, str],
        is_shown: Callable[[str], bool],
    ) -> None:
        """Write for one subentry, by an action of its preset; see `async_write_gear`."""
        self._hass = hass
        self._config = config
        self._access = access
        self._ledger = ledger
        self._preset, self._action = action
        self._is_shown = is_shown
        self._deadline = Deadline(hass, self._async_begin)
        self._task: asyncio.Task[None] | None = None
        self._end_following: CALLBACK_TYPE = _nothing
        self._attempts: Counter[tuple[str, str]] = Counter()
        self._failures = 0

    @callback
    def async_start(self) -> None:
        """Follow the runner, and look at the pairs of the last runs."""
        self._end_following = self._access.follow(self._async_note_change)
        self._async_note_change()

    @callback
    def async_end(self) -> None:
        """Stop writing."""
        self._end_following()
        self._deadline.async_cancel()
        if self._task:
            self._task.cancel()

    @callback
    def _async_note_change(self) -> None:
        """Schedule a look, unless one is due."""
        if not self._deadline.is_set:
            self._deadline.async_set_in(SETTLED)

    @callback
    def _async_begin(self, _now: datetime) -> None:
        self._deadline.async_cancel()
        if self._task is None or self._task.done():
            self._task = self._hass.async_create_background_task(self._async_write(), f"{self._config.runner}: gear")

    async def _async_write(self) -> None:
        """Write the first missing pair, and set the time of the next."""
        missing = self._missing()
        entity_id = shown_by(self._hass, self._config.data)
        has_action = self._hass.services.has_service(self._preset.service, self._action)
        if missing is None or entity_id is None or not has_action:
            return
        own_id, gear = missing
        fields = {
            "activity_id": int(own_id),
            "gear_uuid": gear.removeprefix(f"{self._preset.service}:"),
            ATTR_ENTITY_ID: entity_id,
        }
        try:
            async with asyncio.timeout(PATIENCE):
                await self._hass.services.async_call(self._preset.service, self._action, fields, blocking=True)
        # Whatever the other integration raises, it is asked again later.
        except Exception as error:  # noqa: BLE001
            self._failures += 1
            self._attempts[missing] += 1
            if self._failures == 1:
                LOGGER.warning("A pair can't be written to %s for now: %s", self._preset.service, error)
            self._deadline.async_set_in(pause_after(self._failures))
            return
        self._failures = 0
        self._ledger.gear[own_id] = gear
        await self._ledger.async_save()
        self._deadline.async_set_in(PACE)

    def _missing(self) -> tuple[str, str] | None:
        """Return an activity by the service's own id, and the gear that it lacks; None if none does."""
        since = self._ledger.gear_since or dt_util.utcnow()
        missing = []
        for worn in self._access.worn(since):
            own_id = self._preset.own_id_of(worn.activity)
            if own_id is not None and self._is_shown(worn.activity.id):
                gear = gear_to_assign(worn, self._config.data[CONF_GEAR], self._ledger.gear.get(own_id))
                missing += [(own_id, gear)] if gear else []
        tried = self._attempts
        return min((each for each in missing if tried[each] < MAX_ATTEMPTS), key=lambda each: tried[each], default=None)


def _nothing() -> None:
    """End nothing."""
