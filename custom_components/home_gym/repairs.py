"""Repair flows: unclaimed sessions, advice about the back, unreadable journals, and older addresses for posts.

Those of doubtful recordings and of questions asked twice are in `issues` and `coach`.
"""

from datetime import date
from typing import Any

import voluptuous as vol

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.selector import (
    BooleanSelector,
    DateSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
)
from homeassistant.util import dt as dt_util

from .coach.asking_automations import AskedTwiceFlow
from .const import CONF_SECRET, CONF_WEBHOOK, DOMAIN, LOGGER
from .coordinator import HomeGymCoordinator
from .gym import verbs
from .gym.back.advice import Advice
from .gym.back.pain import RedFlag
from .gym.back.state import BackState
from .gym.treadmill.log import GUEST
from .issues.doubtful_flow import DoubtfulRunsFlow
from .issues.repair_issue import ASKED_TWICE, DOUBTFUL_RUNS, JOURNAL_DAMAGED, OLD_ADDRESS, UNCLAIMED_SESSIONS
from .issues.rights import async_coordinator, async_may, async_may_act
from .languages import formats_at_home
from .permissions import Right
from .sources.webhook.address import new_secret, url_of
from .store import JournalStore
from .treadmill.coordinator import TreadmillCoordinator

CONF_DAY = "day"
CONF_MAY_RUN = "may_run"
CONF_RUNNER = "runner"
GUEST_OPTION = "guest"


class WhoRanFlow(RepairsFlow):
    """Repair flow for the runners of unclaimed sessions, one after the other."""

    def __init__(self, entry_id: str) -> None:
        """Ask about the sessions of one treadmill."""
        self._entry_id = entry_id
        self._record: str | None = None

    async def async_step_init(self, _user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Start with the latest session."""
        return await self.async_step_who()

    async def async_step_who(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask for the runner of a session."""
        coordinator = self._coordinator()
        if coordinator is None:
            return self.async_abort(reason="not_loaded")
        chosen = user_input[CONF_RUNNER] if user_input else GUEST_OPTION
        if not await async_may_act(self.hass, *(coordinator.runners if chosen == GUEST_OPTION else [chosen])):
            return self.async_abort(reason="not_allowed")
        # An old session may be forgotten while the screen is open.
        if user_input is not None and self._record in coordinator.log.records:
            await coordinator.async_claim(GUEST if chosen == GUEST_OPTION else chosen, self._record)
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
    """Repair flow for advice about the back: the notice is read, or a professional cleared the back."""

    def __init__(self, entry_id: str) -> None:
        """Show the advice for one runner."""
        self._entry_id = entry_id
        self._shown: tuple[Advice | None, tuple[RedFlag, ...]] = None, ()

    async def async_step_init(self, _user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Show the advice, with the clearance beside the confirmation where one is possible."""
        coordinator = async_coordinator(self.hass, self._entry_id)
        if coordinator is None:
            return self.async_abort(reason="not_loaded")
        if not await async_may_act(self.hass, self._entry_id):
            return self.async_abort(reason="not_allowed")
        if coordinator.data.back.state not in {BackState.EMERGENCY, BackState.DOCTOR}:
            return await self.async_step_confirm()
        self._shown = self._advice_of(coordinator)
        return self.async_show_menu(
            step_id="init",
            menu_options=["confirm", "cleared"],
            description_placeholders={"runner": coordinator.config_entry.title},
        )

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Show the advice, and note on submit that it was read."""
        coordinator = async_coordinator(self.hass, self._entry_id)
        if coordinator is None:
            return self.async_abort(reason="not_loaded")
        if not await async_may_act(self.hass, self._entry_id):
            return self.async_abort(reason="not_allowed")
        current = self._advice_of(coordinator)
        # Advice that changed while the screen was open is shown before it can be read.
        if user_input is not None and self._shown[0] is not current[0]:
            return self.async_create_entry(data={})
        if user_input is not None and self._shown == current:
            await coordinator.async_apply(verbs.acknowledge_advice())
            return self.async_create_entry(data={})
        self._shown = current
        return self.async_show_form(
            step_id="confirm",
            data_schema=vol.Schema({}),
            description_placeholders={"runner": coordinator.config_entry.title},
        )

    async def async_step_cleared(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask for the day of the clearance, and record it."""
        coordinator = async_coordinator(self.hass, self._entry_id)
        if coordinator is None:
            return self.async_abort(reason="not_loaded")
        if not await async_may_act(self.hass, self._entry_id):
            return self.async_abort(reason="not_allowed")
        errors: dict[str, str] = {}
        today = dt_util.now().date()
        if user_input is not None:
            day = date.fromisoformat(user_input[CONF_DAY])
            errors = self._clearance_errors_of(day, today)
            if not errors:
                await coordinator.async_apply(verbs.clear_back(day, may_run=user_input[CONF_MAY_RUN]))
                return self.async_create_entry(data={})
        fields = vol.Schema(
            {
                vol.Required(CONF_DAY, default=today.isoformat()): DateSelector(),
                vol.Required(CONF_MAY_RUN, default=False): BooleanSelector(),
            }
        )
        return self.async_show_form(
            step_id="cleared",
            data_schema=fields,
            errors=errors,
            description_placeholders={"runner": coordinator.config_entry.title},
        )

    @staticmethod
    def _clearance_errors_of(day: date, today: date) -> dict[str, str]:
        return {CONF_DAY: "in_the_future"} if day > today else {}

    @staticmethod
    def _advice_of(coordinator: HomeGymCoordinator) -> tuple[Advice | None, tuple[RedFlag, ...]]:
        pain = coordinator.data.pain
        return pain.advice, pain.red_flags


class GenerationFlow(RepairsFlow):
    """Repair flow for a journal that can't be read: going back to the copy of a day."""

    def __init__(self, entry_id: str) -> None:
        """Offer the copies of one runner's journal."""
        self._entry_id = entry_id

    async def async_step_init(self, _user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Start with the days."""
        return await self.async_step_generation()

    async def async_step_generation(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask for the day, and go back to its copy."""
        if not await async_may(self.hass, Right.ADMINISTER, self._entry_id):
            return self.async_abort(reason="not_allowed")
        store = JournalStore(self.hass, self._entry_id)
        if user_input is not None:
            try:
                await store.async_go_back(date.fromisoformat(user_input[CONF_DAY]))
            except HomeAssistantError as error:
                LOGGER.warning("The copy of %s can't be read: %s", user_input[CONF_DAY], error)
                return self.async_abort(reason="generation_unreadable")
            self.hass.config_entries.async_schedule_reload(self._entry_id)
            return self.async_create_entry(data={})
        formats = formats_at_home(self.hass)
        days = await store.async_generations()
        options = [SelectOptionDict(value=day.isoformat(), label=formats.written_date(day)) for day in days]
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, JOURNAL_DAMAGED.id_of(self._entry_id))
        return self.async_show_form(
            step_id="generation",
            data_schema=vol.Schema({vol.Required(CONF_DAY): SelectSelector(SelectSelectorConfig(options=options))}),
            description_placeholders={**((issue and issue.translation_placeholders) or {}), "path": str(store.path)},
        )


class AddressFlow(RepairsFlow):
    """Repair flow that gives a source an address of its own; the older one keeps working."""

    def __init__(self, entry_id: str, subentry_id: str) -> None:
        """Move one source of a runner."""
        self._entry_id = entry_id
        self._subentry_id = subentry_id

    async def async_step_init(self, _user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Start with the reason."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Say why, and create the address on submit."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        source = entry.subentries.get(self._subentry_id) if entry else None
        if entry is None or source is None or CONF_WEBHOOK not in source.data:
            return self.async_abort(reason="source_gone")
        if not await async_may(self.hass, Right.ADMINISTER, self._entry_id):
            return self.async_abort(reason="not_allowed")
        if user_input is None:
            placeholders = {"source": source.title, "runner": entry.title}
            return self._form("confirm", placeholders)
        # An address that another open screen created stays.
        data = {CONF_SECRET: new_secret(), **source.data}
        self.hass.config_entries.async_update_subentry(entry, source, data=data)
        return self._form("new_address", {"source": source.title, "url": url_of(self.hass, data)})

    async def async_step_new_address(self, _user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """End after the address was shown."""
        return self.async_create_entry(data={})

    def _form(self, step: str, placeholders: dict[str, str]) -> RepairsFlowResult:
        return self.async_show_form(step_id=step, data_schema=vol.Schema({}), description_placeholders=placeholders)


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow that repairs an issue."""
    owner = data or {}
    entry_id = str(owner["entry_id"])
    if issue_id.startswith(OLD_ADDRESS.prefix):
        return AddressFlow(entry_id, str(owner["subentry_id"]))
    if issue_id == DOUBTFUL_RUNS.id_of(entry_id):
        return DoubtfulRunsFlow(entry_id)
    if issue_id == ASKED_TWICE.id_of(entry_id):
        return AskedTwiceFlow(entry_id)
    if issue_id == JOURNAL_DAMAGED.id_of(entry_id):
        return GenerationFlow(entry_id)
    return WhoRanFlow(entry_id) if issue_id.startswith(UNCLAIMED_SESSIONS.prefix) else AdviceFlow(entry_id)
