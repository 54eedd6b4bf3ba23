"""Activity of a runner and the coach, as events of Home Assistant's bus; `logbook.py` puts them into words.

They name neither pain nor the state of the back: everyone in the home can read the activity.
"""

from typing import Any

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, callback

from ..component import OnUnload
from ..const import EVENT_ACTIVITY
from ..data import RunnerData
from ..gym.events import Event, MilestoneReached, PromptSpoken, RunRecorded
from ..gym.habits.habit import Habit
from ..gym.prompts.topic import NonHabitTopic
from ..gym.routines.player_events import RoutineFinished
from ..runner_news import shoe_title
from ..targets import runner_device_id

# A question about the back is nobody else's business.
PRIVATE = {NonHabitTopic.CHECK_IN}


class ActivityLog:
    """Fires an event for each prompt, finished routine, counted run and milestone of a runner."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Follow a runner."""
        self._hass = hass
        self._gym = gym

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_listen(self._async_handle_event))

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if data := self._data_of(event):
            entry = self._gym.entry
            device = runner_device_id(self._hass, entry.entry_id)
            who = {"config_entry_id": entry.entry_id, "runner": entry.title, ATTR_DEVICE_ID: device}
            self._hass.bus.async_fire(EVENT_ACTIVITY, who | data)

    def _data_of(self, event: Event) -> dict[str, Any] | None:
        subentries = self._gym.entry.subentries
        match event:
            case PromptSpoken(prompt=prompt, channel=channel) if prompt.topic not in PRIVATE:
                return {"activity": "asked", "topic": prompt.topic.value, "speaker": subentries[channel].title}
            case RoutineFinished(routine=routine) if routine.name or routine.habit:
                return {"activity": "finished", "routine": routine.name, "habit": routine.habit and routine.habit.value}
            case RunRecorded(run=run):
                shoe = shoe_title(self._gym.coordinator, self._gym.runner.rack.shoe_of(run))
                return {"activity": "run", "distance": run.distance, "shoe": shoe}
            case MilestoneReached(milestone=milestone) if milestone.subject in set(Habit):
                return {"activity": "milestone", "milestone": milestone.kind, "habit": milestone.subject}
        return None
