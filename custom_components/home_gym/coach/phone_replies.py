"""What a runner answers to a prompt on the phone: done, later, not today, or how the back feels."""

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
# As many scores as there are buttons, each far enough from the next to mean something.
PAIN_BUTTON_SCORES = {"pain_none": 0.0, "pain_little": 3.0, "pain_much": 6.0}


BUTTONS: Mapping[NonHabitTopic, Collection[str]] = {
    # Shoes that are worn out today are so tomorrow.
    NonHabitTopic.SHOES: (DONE, LATER),
    NonHabitTopic.CHECK_IN: PAIN_BUTTON_SCORES,
    # There is nothing to do about a week that is over.
    NonHabitTopic.REVIEW: (),
}


def buttons_of(entry_id: str, prompt: Prompt, phrases: Phrases) -> dict[str, str]:
    """Return what is written on the buttons below a prompt, by what touching each answers."""
    answers = (DONE, LATER, NOT_TODAY) if prompt.habit else BUTTONS[NonHabitTopic(prompt.topic)]
    return {f"{tag_of(entry_id, prompt)}/{answer}": line(phrases, f"answer.{answer}") for answer in answers}


def tag_of(entry_id: str, prompt: Prompt) -> str:
    """Return what tells the notifications of different prompts apart."""
    return f"{_prefix_of(entry_id)}{prompt.topic}"


class PhoneReplies:
    """Takes the answers of one runner, however late they come."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Take the replies of a runner."""
        self._hass = hass
        self._gym = gym
        self._prefix = _prefix_of(gym.entry.entry_id)

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Begin to listen, and hand over what ends that."""
        on_unload(
            async_listen_for_answers(
                self._hass, self._prefix, self._async_handle_answer, runners=lambda: [self._gym.entry]
            )
        )

    async def _async_handle_answer(self, told: str) -> None:
        name, _, answer = told.partition("/")
        topic: Topic | None = next((topic for topic in (*Habit, *NonHabitTopic) if topic == name), None)
        if topic is None:
            return
        try:
            if verb := _verb_of(topic, answer):
                await self._gym.coordinator.async_apply(verb)
        except (NothingToAnswerError, RunnerClosedError) as error:
            LOGGER.warning("%s: an answer came too late: %r", self._gym.entry.title, error)
        except JournalNotWrittenError:
            # It is kept, and why it isn't written has been said.
            return


def _verb_of(topic: Topic, answer: str) -> Verb | None:
    """Return the change that a button asks for; None for an unknown one."""
    if topic is NonHabitTopic.CHECK_IN and answer in PAIN_BUTTON_SCORES:
        return verbs.check_in(PAIN_BUTTON_SCORES[answer])
    if answer == DONE:
        return verbs.log_session(topic) if isinstance(topic, Habit) else verbs.settle(topic)
    verb_of = {LATER: verbs.snooze, NOT_TODAY: verbs.decline}.get(answer)
    return verb_of(topic) if verb_of else None


def _prefix_of(entry_id: str) -> str:
    return f"{DOMAIN}_prompt/{entry_id}/"
