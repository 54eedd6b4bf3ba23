"""Asks on the runner's phone which pair a run counts for, where nothing but habit says so."""

from collections.abc import Callable

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..const import DOMAIN, LOGGER
from ..coordinator import HomeGymCoordinator
from ..gym.events import Event, RunFinished
from ..gym.runs.run import Run
from ..gym.runs.run_history import UnknownRunError
from ..gym.settings import UnknownShoeError
from ..gym.speech.phrases import Phrases, line
from ..keeper import JournalNotWrittenError
from ..speech.phones import MOST, async_ask, async_listen_for_answers, phones_of


class ShoeQuestion:
    """Asks once after a fresh run, and takes the answer however late it comes."""

    def __init__(self, hass: HomeAssistant, coordinator: HomeGymCoordinator, phrases: Phrases) -> None:
        """Ask the runner of a coordinator."""
        self._hass = hass
        self._coordinator = coordinator
        self._phrases = phrases
        self._prefix = f"{DOMAIN}_shoe/{coordinator.config_entry.entry_id}/"

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Begin, and hand over all that ends it."""
        on_unload(self._coordinator.async_listen(self._async_handle_event))
        on_unload(async_listen_for_answers(self._hass, self._prefix, self._async_handle_answer))

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if isinstance(event, RunFinished) and self._coordinator.runner.possible_shoes(event.run):
            entry = self._coordinator.config_entry
            entry.async_create_background_task(self._hass, self._async_ask(event.run), f"{entry.title}: shoes")

    async def _async_ask(self, run: Run) -> None:
        runner = self._coordinator.runner
        counts_for = runner.shoe_of(run)
        # The pair that it counts for needs no button.
        others = [shoe for shoe in runner.possible_shoes(run) if shoe.id != counts_for][:MOST]
        names = {shoe.id: shoe.name for shoe in runner.settings.shoes}
        tag = f"{self._prefix}{run.id}"
        await async_ask(
            self._hass,
            phones_of(self._hass, self._coordinator.config_entry),
            title=line(self._phrases, "shoes.title"),
            message=line(
                self._phrases,
                "shoes.message",
                runner=self._coordinator.config_entry.title,
                shoe=names[counts_for or others[0].id],
            ),
            tag=tag,
            buttons={f"{tag}/{shoe.id}": shoe.name for shoe in others},
        )

    async def _async_handle_answer(self, answer: str) -> None:
        run, _, shoe = answer.partition("/")
        try:
            await self._coordinator.async_correct(run, shoe=shoe)
        except (UnknownRunError, UnknownShoeError) as error:
            LOGGER.warning("An answer on shoes came too late: %r", error)
        except JournalNotWrittenError:
            # It is kept, and why it isn't written has been said.
            return
