"""The question about a run's pair on the runner's phone, if only habit suggests one."""

from homeassistant.core import HomeAssistant, callback

from ..component import OnUnload
from ..const import DOMAIN, LOGGER
from ..coordinator import JournalNotWrittenError
from ..data import RunnerData
from ..gym import verbs
from ..gym.events import Event, RunFinished
from ..gym.runs.run import Run
from ..gym.runs.run_history import UnknownRunError
from ..gym.settings import UnknownShoeError
from ..gym.speech.phrases import line
from ..speech.phones import MOST, async_ask, async_listen_for_answers, phones_of


class ShoeQuestion:
    """Asks once after a fresh run, and accepts late answers."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Ask a runner."""
        self._hass = hass
        self._gym = gym
        self._prefix = f"{DOMAIN}_shoe/{gym.entry.entry_id}/"

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_listen(self._async_handle_event))
        on_unload(
            async_listen_for_answers(
                self._hass, self._prefix, self._async_handle_answer, runners=lambda: [self._gym.entry]
            )
        )

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if isinstance(event, RunFinished) and self._gym.runner.projections.possible_shoes(event.run):
            entry = self._gym.entry
            entry.async_create_background_task(self._hass, self._async_ask(event.run), f"{entry.title}: shoes")

    async def _async_ask(self, run: Run) -> None:
        runner = self._gym.runner
        counts_for = runner.rack.shoe_of(run)
        # The presumed pair needs no button.
        others = [shoe for shoe in runner.projections.possible_shoes(run) if shoe.id != counts_for][:MOST]
        names = {shoe.id: shoe.name for shoe in runner.settings.shoes}
        tag = f"{self._prefix}{run.id}"
        await async_ask(
            self._hass,
            phones_of(self._hass, self._gym.entry),
            title=line(self._gym.phrases, "shoes.title"),
            message=line(
                self._gym.phrases,
                "shoes.message",
                runner=self._gym.entry.title,
                shoe=names[counts_for or others[0].id],
            ),
            tag=tag,
            buttons={f"{tag}/{shoe.id}": shoe.name for shoe in others},
        )

    async def _async_handle_answer(self, answer: str) -> None:
        run, _, shoe = answer.partition("/")
        try:
            await self._gym.coordinator.async_apply(verbs.correct_run(run, shoe=shoe))
        except (UnknownRunError, UnknownShoeError) as error:
            LOGGER.warning("An answer on shoes came too late: %r", error)
        except JournalNotWrittenError:
            # The answer is in memory, and the failed write is logged already.
            return
