"""Repair issue for questions that an automation asks beside the coach, and its fix: the automation alone asks."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import voluptuous as vol

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.start import async_at_started

from ..component import OnUnload
from ..data import RunnerData
from ..gym.habits.habit import Habit
from ..gym.prompts.settings import BY_AUTOMATION
from ..gym.speech.phrases import line
from ..ha.automation import EVENT_AUTOMATION_RELOADED, BlueprintAutomation, async_blueprint_automations
from ..issues.repair_issue import ASKED_TWICE
from ..issues.rights import async_may
from ..options.coach import SPEAKERS
from ..permissions import Right
from ..targets import runner_device_id

AFTER_A_RUN = (Habit.COOL_DOWN, Habit.FOAM_ROLL, Habit.STRETCH)
BLUEPRINTS: dict[str, tuple[Habit, ...]] = {
    "post_run_recovery": AFTER_A_RUN,
    "warm_up_when_treadmill_wakes": (Habit.WARM_UP,),
    "weekly_core_reminder": (Habit.CORE,),
}
"""Habits that each of our blueprints asks for, unless its trigger names some of them."""


class AskingAutomations:
    """The automations of our blueprints that ask a runner for a habit that the coach asks for, too.

    They are looked for at the start and whenever automations or the runner's options change.
    """

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Watch the automations about a runner."""
        self._hass = hass
        self._gym = gym

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""

        async def check(_hass: HomeAssistant) -> None:
            self._async_report()

        async def follow() -> None:
            self._async_report()

        on_unload(self._gym.changes.async_listen(follow))
        on_unload(async_at_started(self._hass, check))
        on_unload(self._hass.bus.async_listen(EVENT_AUTOMATION_RELOADED, self._async_report))

    @callback
    def _async_report(self, _reloaded: Event | None = None) -> None:
        entry_id = self._gym.entry.entry_id
        if found := dict(_asked_twice(self._hass, self._gym)):
            placeholders = _placeholders(self._gym, found)
            ASKED_TWICE.async_raise(self._hass, entry_id, placeholders, data={"entry_id": entry_id})
        else:
            ASKED_TWICE.async_clear(self._hass, entry_id)


def _placeholders(gym: RunnerData, found: Mapping[str, Collection[Habit]]) -> dict[str, str]:
    """Return the figures of the issue's text: the runner, the automations and their habits."""
    return {
        "runner": gym.entry.title,
        "automations": ", ".join(found),
        "habits": ", ".join(line(gym.phrases, f"assist.habit.{habit}") for habit in _habits_in(found)),
    }


def _habits_in(found: Mapping[str, Collection[Habit]]) -> list[Habit]:
    return list(dict.fromkeys(habit for habits in found.values() for habit in habits))


def _asked_twice(hass: HomeAssistant, gym: RunnerData) -> Iterator[tuple[str, tuple[Habit, ...]]]:
    """Yield each automation's name and its habits that the coach asks for, too."""
    device_id = runner_device_id(hass, gym.entry.entry_id)
    settings = gym.runner.settings.prompts
    for automation in async_blueprint_automations(hass):
        if automation.blueprint not in BLUEPRINTS or device_id not in automation.devices:
            continue
        asked = tuple(
            habit
            for habit in _habits_of(automation)
            if habit in settings.topics and not settings.is_left_to_automation(habit)
        )
        if asked:
            yield automation.name, asked


def _habits_of(automation: BlueprintAutomation) -> Iterator[Habit]:
    """Yield the habits that an automation asks for."""
    chosen = {habit for trigger in automation.triggers for habit in trigger.get("habits", ())}
    for habit in BLUEPRINTS[automation.blueprint]:
        if not chosen or habit in chosen:
            yield habit


class AskedTwiceFlow(RepairsFlow):
    """Repair flow that leaves the questions of one runner to the automations that ask them."""

    def __init__(self, entry_id: str) -> None:
        """Offer it for one runner."""
        self._entry_id = entry_id

    async def async_step_init(self, _user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Start with the reason."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Name the automations and habits, and silence the coach about them on submit."""
        if not await async_may(self.hass, Right.ADMINISTER, self._entry_id):
            return self.async_abort(reason="not_allowed")
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        gym = getattr(entry, "runtime_data", None)
        if entry is None or not isinstance(gym, RunnerData):
            return self.async_abort(reason="not_loaded")
        found = dict(_asked_twice(self.hass, gym))
        if user_input is None:
            return self.async_show_form(
                step_id="confirm", data_schema=vol.Schema({}), description_placeholders=_placeholders(gym, found)
            )
        speakers = entry.options.get(SPEAKERS.key, {}) | dict.fromkeys(_habits_in(found), BY_AUTOMATION)
        self.hass.config_entries.async_update_entry(entry, options={**entry.options, SPEAKERS.key: speakers})
        return self.async_create_entry(data={})
