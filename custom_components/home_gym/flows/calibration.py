"""Calibration of a treadmill's plug: its watts asleep, at rest, at a walk and at a run, measured or entered."""

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

# Time to observe each state of the belt, with the power on screen refreshed every so many seconds.
OBSERVATION_TIME = timedelta(seconds=20)
REFRESH_INTERVAL = 2
ASLEEP, STILL, WALK, RUN = "asleep", "still", "walk", "run"


class PlugObservation:
    """Observation of a plug in short parts, so that the screen can be refreshed in between."""

    def __init__(self, hass: HomeAssistant, meter: Meter, now: datetime) -> None:
        """Start listening to the plug."""
        self._hass = hass
        self._start = now
        self._before = meter.level()
        self._readings: list[tuple[datetime, float]] = []
        self._stop_listening = meter.async_listen(self._handle_reading)
        self.part = self._start_part()

    def continues(self, now: datetime) -> bool:
        """Return whether the observation continues, in the task `part`."""
        if self.part.done() and now - self._start < OBSERVATION_TIME:
            self.part = self._start_part()
        return not self.part.done()

    def end(self) -> None:
        """Stop listening."""
        self._stop_listening()
        self.part.cancel()

    def sample(self) -> CalibrationSample:
        """Return the reported watts, or the last earlier reading without any."""
        readings = sorted(self._readings)
        # A slow plug's earlier reading belongs to another state; a plug that reports changes only has no other.
        if not readings and self._before is not None:
            readings = [(self._start, self._before)]
        return CalibrationSample(levels=tuple(level for _, level in readings), times=tuple(at for at, _ in readings))

    @callback
    def _handle_reading(self, level: float | None, at: datetime) -> None:
        if level is not None:
            self._readings.append((at, level))

    def _start_part(self) -> asyncio.Task[None]:
        return self._hass.async_create_background_task(asyncio.sleep(REFRESH_INTERVAL), "watch the plug of a treadmill")


class CalibrationSteps(ConfigFlow):
    """Flow steps for the watts of a treadmill's plug; `_treadmill` holds the plug and the earlier values."""

    _treadmill: dict[str, Any]
    _samples: dict[str, CalibrationSample]
    _observation: PlugObservation | None = None

    def _finish_treadmill(self) -> ConfigFlowResult:
        """Save the treadmill in `_treadmill`."""
        raise NotImplementedError

    async def async_step_calibrate(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to measure the sleeping treadmill, to skip that, or to enter the watts."""
        self._samples = {}
        return self._choice("calibrate", "watch_asleep", "calibrate_still", "thresholds")

    async def async_step_calibrate_still(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to measure the belt at rest, or to enter the watts."""
        return self._choice("calibrate_still", "watch_still", "thresholds")

    async def async_step_calibrate_walk(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to measure the belt at a walk."""
        return self._choice("calibrate_walk", "watch_walk", "calibrate_run")

    async def async_step_calibrate_run(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to measure the belt at a run."""
        return self._choice("calibrate_run", "watch_run", "thresholds")

    async def async_step_calibrate_again(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show that the moving belt drew no more power than at rest."""
        self._samples = {}
        return self._choice("calibrate_again", "calibrate", "thresholds")

    async def async_step_watch_asleep(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Measure the sleeping treadmill."""
        return self._watch_belt(ASLEEP, "calibrate_still")

    async def async_step_watch_still(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Measure the belt at rest."""
        return self._watch_belt(STILL, "calibrate_walk")

    async def async_step_watch_walk(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Measure the belt at a walk."""
        return self._watch_belt(WALK, "calibrate_run")

    async def async_step_watch_run(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Measure the belt at a run."""
        return self._watch_belt(RUN, "thresholds")

    async def async_step_thresholds(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the thresholds, with the measured ones as a proposal."""
        errors: dict[str, str] = {}
        if user_input is not None:
            stored = {name: value for name, value in self._treadmill.items() if name != RUN_FIELD.key}
            errors = self.threshold_errors_of(stored | user_input)
            if not errors:
                self._treadmill = stored | user_input
                return self._finish_treadmill()
        proposed = self._proposed()
        if proposed is None and self._samples.keys() & {WALK, RUN}:
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
        """End the observation with a closed screen."""
        self._end_watch()

    @staticmethod
    def threshold_errors_of(data: Mapping[str, Any]) -> dict[str, str]:
        """Return the first field that contradicts another; the selectors reject everything else."""
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
        """Show the power while the belt is observed."""
        now = dt_util.utcnow()
        if self._observation is None:
            self._observation = PlugObservation(self.hass, self._meter(), now)
        if self._observation.continues(now):
            return self.async_show_progress(
                step_id=f"watch_{state}",
                progress_action=f"watch_{state}",
                description_placeholders=self._power_now(),
                progress_task=self._observation.part,
            )
        self._samples[state] = self._observation.sample()
        self._end_watch()
        return self.async_show_progress_done(next_step_id=next_step)

    def _end_watch(self) -> None:
        if self._observation:
            self._observation.end()
            self._observation = None

    def _defaults(self) -> dict[str, Any]:
        defaults = {field.key: field.default_in(self.hass) for field in THRESHOLDS}
        return {key: default for key, default in defaults.items() if default is not None}

    def _proposed(self) -> dict[str, Any] | None:
        """Return the proposed thresholds, None without any."""
        still = self._samples.get(STILL)
        if still is None:
            return None
        found = threshold_proposal(still, *(self._samples.get(state) for state in (WALK, RUN, ASLEEP)))
        return asdict(found) if found else None

    def _meter(self) -> Meter:
        return Meter(self.hass, self._treadmill[CONF_POWER])

    def _power_now(self) -> dict[str, str]:
        watts = self._meter().level()
        return {"power": "-" if watts is None else f"{formats_at_home(self.hass).number(watts, 1)} {UnitOfPower.WATT}"}
