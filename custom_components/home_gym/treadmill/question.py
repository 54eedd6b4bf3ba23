"""The question about an unclaimed session's runner, on the phones of all runners of the treadmill."""

from collections.abc import Callable

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, LOGGER
from ..gym.speech.phrases import Phrases, line
from ..gym.treadmill.log import GUEST, BeltRecord
from ..languages import formats_of
from ..speech.phones import MOST, async_ask, async_clear, async_listen_for_answers, phones_of
from .coordinator import TreadmillCoordinator

GUEST_ANSWER = "guest"


class RunnerQuestion:
    """Asks once about each session, and accepts late answers."""

    def __init__(self, hass: HomeAssistant, coordinator: TreadmillCoordinator, phrases: Phrases) -> None:
        """Ask about the sessions of a treadmill."""
        self._hass = hass
        self._coordinator = coordinator
        self._phrases = phrases
        self._on_phones: set[str] = set()
        self._prefix = f"{DOMAIN}_belt/{coordinator.config_entry.entry_id}/"

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> Callable[[BeltRecord], None]:
        """Listen for answers, register the end of that, and return the function that asks."""
        on_unload(async_listen_for_answers(self._hass, self._prefix, self._async_handle_answer, runners=self._entries))
        on_unload(self._coordinator.async_add_listener(self._async_clear_claimed))
        # Questions from before a restart.
        self._on_phones = {record.id for record in self._coordinator.log.unclaimed() if record.asked}
        return self._ask

    @callback
    def _async_clear_claimed(self) -> None:
        """Clear the questions about sessions that have a runner by now."""
        entry, unclaimed = self._coordinator.config_entry, {record.id for record in self._coordinator.log.unclaimed()}
        for record in self._on_phones - unclaimed:
            self._on_phones.discard(record)
            for runner in self._entries():
                entry.async_create_background_task(
                    self._hass, async_clear(self._hass, runner, f"{self._prefix}{record}"), f"{entry.title}: claimed"
                )

    @callback
    def _ask(self, record: BeltRecord) -> None:
        entry = self._coordinator.config_entry
        self._on_phones.add(record.id)
        entry.async_create_background_task(self._hass, self._async_ask(record), f"{entry.title}: who")

    async def _async_ask(self, record: BeltRecord) -> None:
        runners = self._coordinator.runners
        tag = f"{self._prefix}{record.id}"
        # The guest's button must fit, however many runners there are; the others have buttons on the dashboard.
        buttons = {f"{tag}/{runner}": name for runner, name in list(runners.items())[: MOST - 1]}
        buttons[f"{tag}/{GUEST_ANSWER}"] = line(self._phrases, "treadmill.guest")
        minutes = round((record.session.end - record.session.start).total_seconds() / 60)
        await async_ask(
            self._hass,
            dict.fromkeys(phone for entry in self._entries() for phone in phones_of(self._hass, entry)),
            title=line(self._phrases, "treadmill.title"),
            message=line(
                self._phrases,
                "treadmill.who",
                treadmill=self._coordinator.config_entry.title,
                time=formats_of(self._hass, self._phrases).written_time(dt_util.as_local(record.session.start).time()),
                minutes=minutes,
            ),
            tag=tag,
            buttons=buttons,
        )

    def _entries(self) -> list[ConfigEntry]:
        """Return the entries of the treadmill's runners."""
        entries = self._hass.config_entries
        return [entry for runner in self._coordinator.runners if (entry := entries.async_get_entry(runner))]

    async def _async_handle_answer(self, answer: str) -> None:
        record, _, runner = answer.rpartition("/")
        if runner != GUEST_ANSWER and runner not in self._coordinator.runners:
            return
        try:
            await self._coordinator.async_claim(GUEST if runner == GUEST_ANSWER else runner, record)
        except HomeAssistantError as error:
            LOGGER.warning("An answer on who ran came too late: %s", error)
