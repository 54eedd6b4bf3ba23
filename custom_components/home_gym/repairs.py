"""Repairs that a person can do here and now: saying whose the sessions on a treadmill were, heeding an advice."""

from typing import Any

import voluptuous as vol

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig
from homeassistant.util import dt as dt_util

from .coordinator import HomeGymCoordinator
from .gym import verbs
from .gym.back.advice import Advice
from .gym.back.pain import RedFlag
from .gym.treadmill.log import GUEST
from .languages import formats_at_home
from .treadmill.coordinator import TreadmillCoordinator

CONF_RUNNER = "runner"
GUEST_OPTION = "guest"


class WhoRanFlow(RepairsFlow):
    """Asks, for one unclaimed session after the other, who ran."""

    def __init__(self, entry_id: str) -> None:
        """Ask for the sessions of one treadmill."""
        self._entry_id = entry_id
        self._record: str | None = None

    async def async_step_init(self, _user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Begin with the latest."""
        return await self.async_step_who()

    async def async_step_who(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask who ran."""
        coordinator = self._coordinator()
        if coordinator is None:
            return self.async_abort(reason="not_loaded")
        # A session of long ago may be forgotten while the screen is open.
        if user_input is not None and self._record in coordinator.log.records:
            runner = user_input[CONF_RUNNER]
            await coordinator.async_claim(GUEST if runner == GUEST_OPTION else runner, self._record)
        unclaimed = coordinator.log.unclaimed()
        if not unclaimed:
            if self._record is None:
                return self.async_abort(reason="nothing_unclaimed")
            return self.async_create_entry(data={})
        record = unclaimed[0]
        self._record = record.id
        options = [SelectOptionDict(value=runner, label=name) for runner, name in coordinator.runners.items()]
        options.append(SelectOptionDict(value=GUEST_OPTION, label=GUEST_OPTION))
        select = SelectSelector(SelectSelectorConfig(options=options, translation_key=GUEST_OPTION))
        session = record.session
        return self.async_show_form(
            step_id="who",
            data_schema=vol.Schema({vol.Required(CONF_RUNNER): select}),
            description_placeholders={
                "treadmill": coordinator.config_entry.title,
                "minutes": str(round((session.end - session.start).total_seconds() / 60)),
                "time": formats_at_home(self.hass).moment(dt_util.as_local(session.start)),
            },
        )

    def _coordinator(self) -> TreadmillCoordinator | None:
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        coordinator: TreadmillCoordinator = entry.runtime_data
        return coordinator


class AdviceFlow(RepairsFlow):
    """Says what there is to do about the back, until the runner says that it is known."""

    def __init__(self, entry_id: str) -> None:
        """Take whom the advice is for."""
        self._entry_id = entry_id
        self._advice: Advice | None = None
        self._red_flags: tuple[RedFlag, ...] = ()

    async def async_step_init(self, _user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Begin with the advice."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Give the advice."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        coordinator: HomeGymCoordinator = entry.runtime_data.coordinator
        pain = coordinator.data.pain
        # What was reported while the screen was open is nothing that anybody has read.
        if user_input is not None and self._advice is not pain.advice:
            return self.async_create_entry(data={})
        if user_input is not None and self._red_flags == pain.red_flags:
            await coordinator.async_apply(verbs.acknowledge_advice())
            return self.async_create_entry(data={})
        self._advice, self._red_flags = pain.advice, pain.red_flags
        return self.async_show_form(
            step_id="confirm", data_schema=vol.Schema({}), description_placeholders={"runner": entry.title}
        )


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow that repairs an issue."""
    told = data or {}
    entry_id = str(told["entry_id"])
    return AdviceFlow(entry_id) if "advice" in told else WhoRanFlow(entry_id)
