"""The question about a run's pair on the runner's phone, if only habit suggests one; it waits for the outing's own."""

from datetime import datetime, timedelta

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..component import OnUnload
from ..const import DOMAIN, LOGGER
from ..coordinator import JournalNotWrittenError
from ..data import RunnerData
from ..deadline import Deadline
from ..gym import verbs
from ..gym.coaching.turns import OTHERS_AFTER_OUTING
from ..gym.events import Event, RunFinished
from ..gym.runs.run import Run
from ..gym.runs.run_history import UnknownRunError
from ..gym.settings import UnknownShoeError
from ..gym.speech.phrases import line
from ..speech.phones import MOST, async_ask, async_listen_for_answers, phones_of
from .phone_messages import FollowedMessage, PhoneMessages

# A run of the evening is asked about in the morning.
LATEST = timedelta(days=1)


class ShoeQuestion:
    """Asks once, some time after a fresh run, and accepts late answers."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData, messages: PhoneMessages) -> None:
        """Ask a runner."""
        self._hass = hass
        self._gym = gym
        self._messages = messages
        self._prefix = f"{DOMAIN}_shoe/{gym.entry.entry_id}/"
        self._deadline = Deadline(hass, self._async_handle_time)
        # Runs to ask about, with the instant of each question.
        self._waiting: dict[str, datetime] = {}

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_listen(self._async_handle_event))
        on_unload(self._deadline.async_cancel)
        on_unload(
            async_listen_for_answers(
                self._hass, self._prefix, self._async_handle_answer, runners=lambda: [self._gym.entry]
            )
        )
        # Questions that a restart interrupted.
        now, runner = dt_util.utcnow(), self._gym.runner
        for run in runner.runs.since(now - LATEST):
            if runner.journal.freshly_learned_at(run, runner.settings.prompts.fresh_for):
                self._async_wait(run, now)

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if isinstance(event, RunFinished):
            self._async_wait(event.run)

    @callback
    def _async_wait(self, run: Run, since: datetime | None = None) -> None:
        """Wait for the time of the question about a run, unless the pair is certain or it was asked before `since`."""
        runner = self._gym.runner
        due = runner.silence.may_speak_from(run.end + OTHERS_AFTER_OUTING)
        if runner.projections.possible_shoes(run) and (since is None or due > since):
            self._waiting[run.id] = due
            self._deadline.async_set(min(self._waiting.values()))

    async def _async_handle_time(self, now: datetime) -> None:
        """Ask about the runs that are due."""
        for run_id in [run_id for run_id, due in self._waiting.items() if due <= now]:
            del self._waiting[run_id]
            run = self._gym.runner.runs.of_activity(run_id)
            # The pair may be known by now.
            if run and self._gym.runner.projections.possible_shoes(run):
                await self._async_ask(run)
        self._deadline.async_set(min(self._waiting.values(), default=None))

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
        ends = dt_util.utcnow() + LATEST

        def is_open(now: datetime) -> bool:
            asked = runner.runs.of_activity(run.id)
            return now < ends and asked is not None and bool(runner.projections.possible_shoes(asked))

        self._messages.async_follow(tag, FollowedMessage(is_open=is_open, ends=ends))

    async def _async_handle_answer(self, answer: str) -> None:
        run, _, shoe = answer.partition("/")
        try:
            await self._gym.coordinator.async_apply(verbs.correct_run(run, shoe=shoe))
        except (UnknownRunError, UnknownShoeError) as error:
            LOGGER.warning("An answer on shoes came too late: %r", error)
        except JournalNotWrittenError:
            # The answer is in memory, and the failed write is logged already.
            return
