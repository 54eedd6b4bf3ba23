"""The end of an experiment of one, on the runner's phones."""

from homeassistant.core import HomeAssistant, callback

from ..component import OnUnload
from ..const import DOMAIN
from ..data import RunnerData
from ..experiment_words import experiment_in_words
from ..gym.events import Event, ExperimentEnded
from ..gym.speech.phrases import line
from ..languages import formats_of
from ..speech.phones import Notification, async_notify_phones


class ExperimentPhoneResult:
    """Sends the end of an experiment to the runner's phones, unless the runner ended it."""

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
        if not isinstance(event, ExperimentEnded):
            return
        entry, phrases = self._gym.entry, self._gym.phrases
        message = experiment_in_words(phrases, formats_of(self._hass, phrases), event.status)
        title = line(phrases, "experiment.title", runner=entry.title)
        notification = Notification(title=title, message=message, tag=f"{DOMAIN}_experiment/{entry.entry_id}")
        entry.async_create_background_task(
            self._hass, async_notify_phones(self._hass, entry, notification), f"{entry.title}: experiment over"
        )
