"""The runtime data of a runner's config entry."""

from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import service

from .const import DOMAIN
from .coordinator import HomeGymCoordinator
from .entry_changes import EntryChanges
from .gym.back.emergency import emergency_number
from .gym.runner import Runner
from .gym.speech.phrases import Phrases
from .importer import Importer
from .routines.routine_clock import RoutineClock
from .runner_states import RunnerStates

type HomeGymConfigEntry = ConfigEntry[RunnerData]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerData:
    """Runtime data of a runner's entry, alive while it is loaded; `phrases` are in the home's language."""

    coordinator: HomeGymCoordinator
    phrases: Phrases
    routines: RoutineClock
    importer: Importer
    changes: EntryChanges
    states: RunnerStates

    @property
    def runner(self) -> Runner:
        """The runner."""
        return self.coordinator.runner

    @property
    def entry(self) -> HomeGymConfigEntry:
        """The runner's config entry."""
        return self.coordinator.config_entry

    @property
    def emergency_number(self) -> str | None:
        """The medical emergency number of the home's country, None for an unknown one."""
        return emergency_number(self.coordinator.hass.config.country)


@callback
def async_runner_data(hass: HomeAssistant, entry_id: str) -> RunnerData:
    """Return the data of a runner's entry.

    Raises ServiceValidationError for an entry that is missing, not loaded, or a treadmill's.
    """
    entry: HomeGymConfigEntry = service.async_get_config_entry(hass, DOMAIN, entry_id)
    if not isinstance(entry.runtime_data, RunnerData):
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="no_runner", translation_placeholders={"entry": entry.title}
        )
    return entry.runtime_data


@callback
def async_loaded_runners(hass: HomeAssistant) -> list[RunnerData]:
    """Return the data of all loaded runners."""
    loaded = hass.config_entries.async_loaded_entries(DOMAIN)
    return [entry.runtime_data for entry in loaded if isinstance(entry.runtime_data, RunnerData)]
