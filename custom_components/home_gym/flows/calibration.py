"""What the watts of a treadmill's plug mean: found out by watching it stand still, walk and run, or filled in."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, override

import voluptuous as vol

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.const import UnitOfPower
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..const import CONF_POWER
from ..gym.treadmill.calibration import CalibrationSample, threshold_proposal
from ..languages import formats_at_home
from ..options.field import form
from ..options.treadmill import LONGEST, RUN as RUN_FIELD, START, STOP, THRESHOLDS
from ..treadmill.meter import Meter
from ..treadmill.settings import belt_settings

# So long each state of the belt is watched; the power on the screen is renewed every so many seconds.
WATCHED_FOR = timedelta(seconds=20)
REFRESH_INTERVAL = 2
STILL, WALK, RUN = "still", "walk", "run"


class PlugWatch:
    """Listens to a plug for a while, one short look after the other, so that the screen can be renewed in between."""

    def __init__(self, hass: HomeAssistant, meter: Meter, now: datetime) -> None:
        """Begin to listen."""
        self._hass = hass
        self._start = now
        self._before = meter.watts()
        self._heard: list[tuple[datetime, float]] = []
        self._stop_listening = meter.async_listen(self._hear)
        self.look = self._begin_look()

    def goes_on(self, now: datetime) -> bool:
        """Tell whether there is more to watch, in `look`."""
        if self.look.done() and now - self._start < WATCHED_FOR:
            self.look = self._begin_look()
        return not self.look.done()

    def end(self) -> None:
        """Stop listening."""
        self._stop_listening()
        self.look.cancel()

    def watched(self) -> CalibrationSample:
        """Return what was reported, or what still held of before where nothing was."""
        heard = sorted(self._heard)
        # A slow plug's last word before is of another state of the belt; one that speaks of changes only says no other.
        if not heard and self._before is not None:
            heard = [(self._start, self._before)]
        return CalibrationSample(levels=tuple(level for _, level in heard), times=tuple(moment for moment, _ in heard))

    @callback
    def _hear(self, level: float | None, at: datetime) -> None:
        if level is not None:
            self._heard.append((at, level))

    def _begin_look(self) -> asyncio.Task[None]:
        return self._hass.async_create_background_task(asyncio.sleep(REFRESH_INTERVAL), "watch the plug of a treadmill")


class CalibrationSteps(ConfigFlow):
    """Finds out what the watts of a treadmill's plug mean; `_treadmill` has the plug, and what was known before."""

    _treadmill: dict[str, Any]
    _watched: dict[str, CalibrationSample]
    _watch: PlugWatch | None = None

    def _finish_treadmill(self) -> ConfigFlowResult:
        """Keep the treadmill as it is described in `_treadmill`."""
        raise NotImplementedError

    async def async_step_calibrate(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to watch the belt stand still, or to fill in what is known."""
        self._watched = {}
        return self._choice("calibrate", "watch_still", "thresholds")

    async def async_step_calibrate_walk(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to watch the belt at a walk."""
        return self._choice("calibrate_walk", "watch_walk", "calibrate_run")

    async def async_step_calibrate_run(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to watch the belt at a run."""
        return self._choice("calibrate_run", "watch_run", "thresholds")

    async def async_step_calibrate_again(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Say that the moving belt drew no more than the one that stood still."""
        self._watched = {}
        return self._choice("calibrate_again", "calibrate", "thresholds")

    async def async_step_watch_still(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Watch the belt stand still."""
        return self._watch_belt(STILL, "calibrate_walk")

    async def async_step_watch_walk(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Watch the belt at a walk."""
        return self._watch_belt(WALK, "calibrate_run")

    async def async_step_watch_run(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Watch the belt at a run."""
        return self._watch_belt(RUN, "thresholds")

    async def async_step_thresholds(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for what the watts mean, with what was found out as a proposal."""
        errors: dict[str, str] = {}
        if user_input is not None:
            kept = {name: value for name, value in self._treadmill.items() if name != RUN_FIELD.key}
            errors = self.threshold_errors_of(kept | user_input)
            if not errors:
                self._treadmill = kept | user_input
                return self._finish_treadmill()
        proposed = self._proposed()
        if proposed is None and self._watched.keys() > {STILL}:
            return await self.async_step_calibrate_again()
        return self.async_show_form(
            step_id="thresholds",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(form(self.hass, THRESHOLDS)),
                user_input or {**self._defaults(), **self._treadmill, **(proposed or {})},
            ),
            errors=errors,
            description_placeholders=self._power_now(),
        )

    @override
    def async_remove(self) -> None:
        """Stop watching when the screen is closed."""
        self._end_watch()

    @staticmethod
    def threshold_errors_of(data: Mapping[str, Any]) -> dict[str, str]:
        """Return the first field whose value does not fit the others; the rest is refused by the fields themselves."""
        misplaced = {
            STOP.key: "stop_misplaced",
            START.key: "start_misplaced",
            RUN_FIELD.key: "run_misplaced",
            LONGEST.key: "longest_misplaced",
        }
        try:
            belt_settings(data)
        except ValueError as error:
            return {str(error): misplaced[str(error)]}
        return {}

    def _choice(self, step_id: str, *options: str) -> ConfigFlowResult:
        return self.async_show_menu(
            step_id=step_id, menu_options=list(options), description_placeholders=self._power_now()
        )

    def _watch_belt(self, state: str, next_step: str) -> ConfigFlowResult:
        """Watch for a while, and show the power meanwhile."""
        now = dt_util.utcnow()
        if self._watch is None:
            self._watch = PlugWatch(self.hass, self._meter(), now)
        if self._watch.goes_on(now):
            return self.async_show_progress(
                step_id=f"watch_{state}",
                progress_action=f"watch_{state}",
                description_placeholders=self._power_now(),
                progress_task=self._watch.look,
            )
        self._watched[state] = self._watch.watched()
        self._end_watch()
        return self.async_show_progress_done(next_step_id=next_step)

    def _end_watch(self) -> None:
        if self._watch:
            self._watch.end()
            self._watch = None

    def _defaults(self) -> dict[str, Any]:
        defaults = {field.key: field.default_in(self.hass) for field in THRESHOLDS}
        return {key: default for key, default in defaults.items() if default is not None}

    def _proposed(self) -> dict[str, Any] | None:
        """Return what was found out, None where that is nothing."""
        still = self._watched.get(STILL)
        found = threshold_proposal(still, self._watched.get(WALK), self._watched.get(RUN)) if still else None
        return asdict(found) if found else None

    def _meter(self) -> Meter:
        return Meter(self.hass, self._treadmill[CONF_POWER])

    def _power_now(self) -> dict[str, str]:
        watts = self._meter().watts()
        return {"power": "-" if watts is None else f"{formats_at_home(self.hass).number(watts, 1)} {UnitOfPower.WATT}"}
