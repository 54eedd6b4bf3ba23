"""Replies to prompts by phone: done, later, not today, or a pain score."""

from collections.abc import Collection, Mapping

from homeassistant.core import HomeAssistant, callback

from ..component import OnUnload
from ..const import DOMAIN, LOGGER
from ..coordinator import JournalNotWrittenError, RunnerClosedError
from ..data import RunnerData
from ..gym import verbs
from ..gym.coaching.replies import NothingToAnswerError
from ..gym.habits.habit import Habit
from ..gym.prompts.prompt import Prompt
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..gym.speech.phrases import Phrases, line
from ..gym.verbs import Verb
from ..speech.phones import async_listen_for_answers

DONE, LATER, NOT_TODAY = "done", "later", "not_today"
# As many scores as buttons, far enough apart to mean something.
PAIN_BUTTON_SCORES = {"pain_none": 0.0, "pain_little": 3.0, "pain_much": 6.0}


BUTTONS: Mapping[NonHabitTopic, Collection[str]] = {
    # Worn-out shoes stay worn out, so "not today" makes no sense.
    NonHabitTopic.SHOES: (DONE, LATER),
    NonHabitTopic.CHECK_IN: PAIN_BUTTON_SCORES,
    # A past week calls for no reply.
    NonHabitTopic.REVIEW: (),
}


def buttons_of(entry_id: str, prompt: Prompt, phrases: Phrases) -> dict[str, str]:
    """Return the labels of a prompt's buttons, by their actions."""
    answers = (DONE, LATER, NOT_TODAY) if prompt.habit else BUTTONS[NonHabitTopic(prompt.topic)]
    return {f"{tag_of(entry_id, prompt)}/{answer}": line(phrases, f"answer.{answer}") for answer in answers}


def tag_of(entry_id: str, prompt: Prompt) -> str:
    """Return the notification tag of a prompt."""
    return f"{_prefix_of(entry_id)}{prompt.topic}"


class PhoneReplies:
    """Handler of one runner's replies, late ones included."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Handle the replies of a runner."""
        self._hass = hass
        self._gym = gym
        self._prefix = _prefix_of(gym.entry.entry_id)

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Listen for replies, and register the end of that."""
        on_unload(
            async_listen_for_answers(
                self._hass, self._prefix, self._async_handle_answer, runners=lambda: [self._gym.entry]
            )
        )

    async def _async_handle_answer(self, reply: str) -> None:
        name, _, answer = reply.partition("/")
        topic: Topic | None = next((topic for topic in (*Habit, *NonHabitTopic) if topic == name), None)
        if topic is None:
            return
        try:
            if verb := _verb_of(topic, answer):
                await self._gym.coordinator.async_apply(verb)
        except (NothingToAnswerError, RunnerClosedError) as error:
            LOGGER.warning("%s: an answer came too late: %r", self._gym.entry.title, error)
        except JournalNotWrittenError:
            # The reply is in memory, and the failed write is logged already.
            return


def _verb_of(topic: Topic, answer: str) -> Verb | None:
    """Return the change for a button, None for an unknown one."""
    if topic is NonHabitTopic.CHECK_IN and answer in PAIN_BUTTON_SCORES:
        return verbs.check_in(PAIN_BUTTON_SCORES[answer])
    verb_of = {DONE: verbs.complete, LATER: verbs.snooze, NOT_TODAY: verbs.decline}.get(answer)
    return verb_of(topic) if verb_of else None


def _prefix_of(entry_id: str) -> str:
    return f"{DOMAIN}_prompt/{entry_id}/"
