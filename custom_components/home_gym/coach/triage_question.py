"""The open question of the triage on the runner's phones."""

from datetime import datetime

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..component import OnUnload
from ..const import DOMAIN, LOGGER
from ..coordinator import JournalNotWrittenError, RunnerClosedError
from ..data import RunnerData
from ..deadline import Deadline
from ..gym import verbs
from ..gym.back.signs import THE_THREE, Answer, Question
from ..gym.back.triage import NoOpenQuestionError
from ..gym.coaching.triage_questions import ELSEWHERE_FIRST, OpenQuestion
from ..gym.speech.phrases import line
from ..speech.phones import Notification, async_clear, async_listen_for_answers, async_notify_phones
from .back_link import async_back_link

ANSWERS = (Answer.YES, Answer.NO, Answer.UNKNOWN)
# What "yes" to the third of the three questions means, where a phone shows more buttons.
SIGNS = (Answer.LEG_WEAKNESS, Answer.FEVER, Answer.RECENT_FALL, Answer.OLD_FALL, Answer.NO, Answer.UNKNOWN)
EMERGENCY = "emergency"


class TriagePhoneQuestion:
    """Asks the open question at its turns while the runner is at home, and accepts late answers."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Ask a runner."""
        self._hass = hass
        self._gym = gym
        self._prefix = f"{DOMAIN}_triage/{gym.entry.entry_id}/"
        self._deadline = Deadline(hass, self._async_handle_time)
        # The question on the phones, and its turn.
        self._asked: tuple[Question, datetime] | None = None

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_add_listener(self._async_update))
        on_unload(self._deadline.async_cancel)
        on_unload(
            async_listen_for_answers(
                self._hass, self._prefix, self._async_handle_answer, runners=lambda: [self._gym.entry]
            )
        )
        now = dt_util.utcnow()
        asked = self._gym.runner.questions.open(now)
        turn = self._gym.runner.questions.turn(asked, now) if asked else None
        # A turn before the start was taken then, unless the runner was away.
        if asked and turn and self._gym.coordinator.home:
            self._asked = asked.question, turn
        self._async_update()

    async def async_follow_up(self) -> None:
        """Ask a question that an answer on the phone opened, at once while no quiet hours keep it."""
        now = dt_util.utcnow()
        if self._gym.runner.silence.may_speak_from(now) <= now:
            await self._async_go_on(now)

    async def _async_handle_time(self, _now: datetime) -> None:
        self._async_update()

    @callback
    def _async_update(self) -> None:
        """Ask if a turn has come, clear a question that was answered, and set the timer for the next turn."""
        now, runner, entry = dt_util.utcnow(), self._gym.runner, self._gym.entry
        asked = runner.questions.open(now)
        if self._asked and (asked is None or asked.question is not self._asked[0]):
            tag = f"{self._prefix}{self._asked[0]}"
            self._asked = None
            entry.async_create_background_task(
                self._hass, async_clear(self._hass, entry, tag), f"{entry.title}: triage answered"
            )
        if asked is None:
            self._deadline.async_cancel()
            return
        awake = runner.silence.may_speak_from(now)
        self._deadline.async_set(runner.questions.next_turn(asked, now) if awake <= now else awake)
        turn = runner.questions.turn(asked, now)
        if turn is None or awake > now or not self._gym.coordinator.home:
            return
        if self._asked is None or turn > self._asked[1]:
            self._asked = asked.question, turn
            entry.async_create_background_task(self._hass, self._async_ask(asked), f"{entry.title}: triage")

    async def _async_go_on(self, now: datetime) -> None:
        """Ask the open question before its first turn, unless it is on the phones."""
        asked = self._gym.runner.questions.open(now)
        if asked is None or asked.is_unknown or (self._asked and self._asked[0] is asked.question):
            return
        self._asked = asked.question, asked.since + ELSEWHERE_FIRST
        await self._async_ask(asked)

    async def _async_ask(self, asked: OpenQuestion) -> None:
        tag = f"{self._prefix}{asked.question}"
        phrases = self._gym.phrases

        def labels(answers: tuple[Answer, ...]) -> dict[str, str]:
            return {f"{tag}/{answer}": line(phrases, f"answer.{answer}") for answer in answers}

        await async_notify_phones(
            self._hass,
            self._gym.entry,
            Notification(
                title=line(phrases, "triage.title", runner=self._gym.entry.title),
                message=line(phrases, f"triage.question.{asked.question}"),
                tag=tag,
                buttons=labels(ANSWERS),
                more_buttons=labels(SIGNS) if asked.question is THE_THREE[-1] else {},
                link=await async_back_link(self._hass, self._gym.entry),
            ),
        )

    async def _async_handle_answer(self, reply: str) -> None:
        name, _, said = reply.partition("/")
        question = next((question for question in Question if question == name), None)
        answer = next((answer for answer in Answer if answer == said), None)
        if question is None or answer is None:
            return
        try:
            await self._gym.coordinator.async_apply(verbs.answer_on_phone(question, answer))
        except (NoOpenQuestionError, RunnerClosedError) as error:
            LOGGER.warning("%s: an answer came too late: %r", self._gym.entry.title, error)
            return
        except JournalNotWrittenError:
            # The answer is in memory, and the failed write is logged already.
            pass
        if self._gym.runner.silence.has_red_flag:
            await self._async_call_for_help()
        else:
            # The runner has the phone in hand, whatever the hour.
            await self._async_go_on(dt_util.utcnow())

    async def _async_call_for_help(self) -> None:
        """Say on the phones that this is an emergency, with the number to call."""
        phrases, number = self._gym.phrases, self._gym.emergency_number
        if number:
            message = line(phrases, "triage.emergency", number=number)
        else:
            message = line(phrases, "triage.emergency_local")
        await async_notify_phones(
            self._hass,
            self._gym.entry,
            Notification(
                title=line(phrases, "triage.title", runner=self._gym.entry.title),
                message=message,
                tag=f"{self._prefix}{EMERGENCY}",
                calls={number: line(phrases, "triage.call", number=number)} if number else {},
                link=await async_back_link(self._hass, self._gym.entry),
            ),
        )
