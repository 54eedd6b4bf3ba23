"""Adding a treadmill, or changing it: its plug, who runs on it, and what the watts of its plug mean."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, override

import voluptuous as vol

from homeassistant.components.bluetooth import BluetoothServiceInfoBleak
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_NAME, UnitOfPower, UnitOfTime
from homeassistant.core import CALLBACK_TYPE
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
)
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_ADDRESS,
    CONF_CLAIM,
    CONF_LONGEST,
    CONF_PATIENCE,
    CONF_POWER,
    CONF_RUN,
    CONF_RUN_HOLD,
    CONF_RUNNERS,
    CONF_STANDBY,
    CONF_START,
    CONF_START_HOLD,
    CONF_STOP,
    CONF_STOP_HOLD,
)
from ..gym.belt_calibration import Watched, proposal
from ..gym.belt_log import ClaimMode
from ..references import entity_id_of, reference_to
from ..treadmill import is_treadmill
from ..treadmill.meter import Meter
from ..treadmill.settings import belt_settings

# So long each state of the belt is watched; the power on the screen is renewed every so many seconds.
WATCHED_FOR = timedelta(seconds=20)
LOOK_EVERY = 2
STILL, WALK, RUN = "still", "walk", "run"
# What a treadmill of which nothing is known may draw: little while it waits, hundreds of watts as soon as it moves.
GUESS: Mapping[str, float] = {
    CONF_STANDBY: 1,
    CONF_STOP: 40,
    CONF_START: 80,
    CONF_START_HOLD: 5,
    CONF_STOP_HOLD: 20,
    CONF_RUN_HOLD: 10,
    CONF_PATIENCE: 300,
    CONF_LONGEST: 240,
}


def _number(least: float, most: float, unit: str) -> NumberSelector:
    return NumberSelector(
        NumberSelectorConfig(min=least, max=most, step="any", mode=NumberSelectorMode.BOX, unit_of_measurement=unit)
    )


WATTS = _number(0, 5000, UnitOfPower.WATT)
THRESHOLDS = vol.Schema(
    {
        vol.Required(CONF_STANDBY): WATTS,
        vol.Required(CONF_STOP): WATTS,
        vol.Required(CONF_START): WATTS,
        vol.Optional(CONF_RUN): WATTS,
        vol.Required(CONF_START_HOLD): _number(1, 120, UnitOfTime.SECONDS),
        vol.Required(CONF_STOP_HOLD): _number(2, 600, UnitOfTime.SECONDS),
        vol.Required(CONF_RUN_HOLD): _number(1, 120, UnitOfTime.SECONDS),
        vol.Required(CONF_PATIENCE): _number(0, 3600, UnitOfTime.SECONDS),
        vol.Required(CONF_LONGEST): _number(10, 1440, UnitOfTime.MINUTES),
    }
)


class TreadmillSteps(ConfigFlow):
    """Describes a treadmill; the domain's flow offers it beside the runner."""

    _treadmill: dict[str, Any]
    _watched: dict[str, Watched]
    _watching: asyncio.Task[None] | None = None
    _watched_until: datetime | None = None
    _heard: list[tuple[datetime, float]]
    _stop_listening: CALLBACK_TYPE | None = None
    _discovered: BluetoothServiceInfoBleak | None = None

    # Which one it is

    async def async_step_treadmill(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the plug, and who runs on it."""
        return await self._async_who("treadmill", user_input)

    async def async_step_reconfigure_treadmill(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask anew for the plug, and who runs on it."""
        return await self._async_who("reconfigure_treadmill", user_input)

    @override
    async def async_step_bluetooth(self, discovery_info: BluetoothServiceInfoBleak) -> ConfigFlowResult:
        """Take note of a treadmill that Bluetooth found."""
        await self.async_set_unique_id(discovery_info.address)
        self._abort_if_unique_id_configured()
        if not self._runner_options():
            return self.async_abort(reason="no_runners")
        self._discovered = discovery_info
        self.context["title_placeholders"] = {"name": discovery_info.name}
        return await self.async_step_bluetooth_treadmill()

    async def async_step_bluetooth_treadmill(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask who runs on a treadmill that Bluetooth found."""
        return await self._async_who("bluetooth_treadmill", user_input)

    async def _async_who(self, step_id: str, user_input: dict[str, Any] | None) -> ConfigFlowResult:
        known = self._known_treadmill()
        by_bluetooth = self._discovered is not None or CONF_ADDRESS in known
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._who_errors(user_input)
            if not errors:
                self._treadmill = {**known, **user_input}
                if by_bluetooth:
                    return self._finish_treadmill()
                self._treadmill[CONF_POWER] = reference_to(self.hass, user_input[CONF_POWER])
                return await self.async_step_calibrate()
        options = self._runner_options()
        if not options:
            return self.async_abort(reason="no_runners")
        shown = user_input or {
            CONF_NAME: self._discovered.name if self._discovered else None,
            CONF_RUNNERS: [option["value"] for option in options],
            CONF_CLAIM: ClaimMode.ONLY if len(options) == 1 else ClaimMode.ALONE_AT_HOME,
            **known,
            **self._known_power(known),
        }
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(self._who_schema(options, by_bluetooth), shown),
            errors=errors,
        )

    def _who_schema(self, options: list[SelectOptionDict], by_bluetooth: bool) -> vol.Schema:
        sensor = EntitySelector(
            EntitySelectorConfig(
                filter=EntityWithDeviceFilterSelectorConfig(domain="sensor", device_class=SensorDeviceClass.POWER)
            )
        )
        return vol.Schema(
            {
                vol.Required(CONF_NAME): TextSelector(),
                **({} if by_bluetooth else {vol.Required(CONF_POWER): sensor}),
                vol.Required(CONF_RUNNERS): SelectSelector(SelectSelectorConfig(options=options, multiple=True)),
                vol.Required(CONF_CLAIM): SelectSelector(
                    SelectSelectorConfig(options=list(ClaimMode), translation_key=CONF_CLAIM)
                ),
            }
        )

    def _who_errors(self, user_input: dict[str, Any]) -> dict[str, str]:
        user_input[CONF_NAME] = user_input[CONF_NAME].strip()
        if not user_input[CONF_NAME]:
            return {CONF_NAME: "name_missing"}
        if not user_input[CONF_RUNNERS]:
            return {CONF_RUNNERS: "runners_missing"}
        if user_input[CONF_CLAIM] == ClaimMode.ONLY and len(user_input[CONF_RUNNERS]) > 1:
            return {CONF_CLAIM: "more_than_one"}
        if CONF_POWER not in user_input:
            return {}
        reference = reference_to(self.hass, user_input[CONF_POWER])
        mine = self._get_reconfigure_entry() if self.source == SOURCE_RECONFIGURE else None
        others = (entry for entry in self._async_current_entries() if entry is not mine)
        if any(entry.data.get(CONF_POWER) == reference for entry in others):
            return {CONF_POWER: "plug_taken"}
        return {}

    def _runner_options(self) -> list[SelectOptionDict]:
        runners = (entry for entry in self._async_current_entries() if not is_treadmill(entry))
        return [SelectOptionDict(value=entry.entry_id, label=entry.title) for entry in runners]

    def _known_treadmill(self) -> dict[str, Any]:
        if self.source != SOURCE_RECONFIGURE:
            return {CONF_ADDRESS: self._discovered.address} if self._discovered else {}
        return dict(self._get_reconfigure_entry().data)

    def _known_power(self, known: dict[str, Any]) -> dict[str, Any]:
        entity_id = entity_id_of(self.hass, known[CONF_POWER]) if CONF_POWER in known else None
        return {CONF_POWER: entity_id} if entity_id else {}

    # What its watts mean

    async def async_step_calibrate(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to watch the belt stand still, or to fill in what is known."""
        self._watched = {}
        return self._calibrate("calibrate", "watch_still", "thresholds")

    async def async_step_calibrate_walk(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to watch the belt at a walk."""
        return self._calibrate("calibrate_walk", "watch_walk", "calibrate_run")

    async def async_step_calibrate_run(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer to watch the belt at a run."""
        return self._calibrate("calibrate_run", "watch_run", "thresholds")

    async def async_step_calibrate_again(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Say that the moving belt drew no more than the one that stood still."""
        return self._calibrate("calibrate_again", "calibrate", "thresholds")

    async def async_step_watch_still(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Watch the belt stand still."""
        return await self._async_watch(STILL, "calibrate_walk")

    async def async_step_watch_walk(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Watch the belt at a walk."""
        return await self._async_watch(WALK, "calibrate_run")

    async def async_step_watch_run(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Watch the belt at a run."""
        return await self._async_watch(RUN, "thresholds")

    async def async_step_thresholds(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for what the watts mean, with what was found out as a proposal."""
        errors: dict[str, str] = {}
        shown: Mapping[str, Any] = {**GUESS, **self._treadmill}
        if user_input is not None:
            kept = {name: value for name, value in self._treadmill.items() if name != CONF_RUN}
            try:
                belt_settings(kept | user_input)
            except ValueError as error:
                errors = {str(error): f"{error}_misplaced"}
                shown = user_input
            else:
                self._treadmill = kept | user_input
                return self._finish_treadmill()
        elif STILL in self._watched:
            found = proposal(self._watched[STILL], self._watched.get(WALK), self._watched.get(RUN))
            if found is None and len(self._watched) > 1:
                return await self.async_step_calibrate_again()
            if found:
                figures = {name: getattr(found, name) for name in found.__slots__}
                shown = {**shown, **figures}
        return self.async_show_form(
            step_id="thresholds",
            data_schema=self.add_suggested_values_to_schema(THRESHOLDS, shown),
            errors=errors,
            description_placeholders=self._placeholders(),
        )

    def _calibrate(self, step_id: str, *menu: str) -> ConfigFlowResult:
        return self.async_show_menu(
            step_id=step_id, menu_options=list(menu), description_placeholders=self._placeholders()
        )

    def _placeholders(self) -> dict[str, str]:
        watts = Meter(self.hass, self._treadmill[CONF_POWER]).watts()
        return {"power": "-" if watts is None else f"{watts:.1f} W"}

    async def _async_watch(self, state: str, next_step: str) -> ConfigFlowResult:
        """Watch for a while, and show the power meanwhile."""
        now = dt_util.utcnow()
        if self._watched_until is None:
            self._begin_watching(now)
        if self._watching and not self._watching.done():
            return self._progress(state)
        if self._watched_until and now < self._watched_until:
            self._watching = self.hass.async_create_task(asyncio.sleep(LOOK_EVERY))
            return self._progress(state)
        self._end_watching()
        heard = sorted(self._heard)
        self._watched[state] = Watched(
            levels=tuple(level for _, level in heard), times=tuple(moment for moment, _ in heard)
        )
        return self.async_show_progress_done(next_step_id=next_step)

    def _begin_watching(self, now: datetime) -> None:
        meter = Meter(self.hass, self._treadmill[CONF_POWER])
        watts = meter.watts()
        self._heard = [] if watts is None else [(now, watts)]

        def hear(level: float | None, at: datetime) -> None:
            if level is not None:
                self._heard.append((at, level))

        self._stop_listening = meter.async_listen(hear)
        self._watched_until = now + WATCHED_FOR
        self._watching = self.hass.async_create_task(asyncio.sleep(LOOK_EVERY))

    def _end_watching(self) -> None:
        if self._stop_listening:
            self._stop_listening()
        self._stop_listening = self._watching = self._watched_until = None

    def _progress(self, state: str) -> ConfigFlowResult:
        return self.async_show_progress(
            step_id=f"watch_{state}",
            progress_action=f"watch_{state}",
            description_placeholders=self._placeholders(),
            progress_task=self._watching,
        )

    def _finish_treadmill(self) -> ConfigFlowResult:
        title = self._treadmill.pop(CONF_NAME)
        if self.source == SOURCE_RECONFIGURE:
            entry = self._get_reconfigure_entry()
            self.hass.config_entries.async_update_entry(entry, title=title, data=self._treadmill)
            return self.async_abort(reason="reconfigure_successful")
        return self.async_create_entry(title=title, data=self._treadmill)

    @override
    def async_remove(self) -> None:
        """Stop watching when the screen is closed."""
        if self._watching:
            self._watching.cancel()
        self._end_watching()
