"""What a runner answers to a prompt on the phone: done, later, not today, or how the back feels."""

from collections.abc import Callable, Collection, Mapping

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..const import DOMAIN, LOGGER
from ..coordinator import HomeGymCoordinator
from ..gym.coaching.replies import NothingToAnswerError
from ..gym.habits.habit import Habit
from ..gym.prompts.prompt import Prompt
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..gym.speech.phrases import Phrases, line
from ..keeper import JournalNotWrittenError, RunnerClosedError
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

    def __init__(self, hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
        """Take answers for the runner of a coordinator."""
        self._hass = hass
        self._coordinator = coordinator
        self._prefix = _prefix_of(coordinator.config_entry.entry_id)

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Begin to listen, and hand over what ends that."""
        on_unload(async_listen_for_answers(self._hass, self._prefix, self._async_handle_answer))

    async def _async_handle_answer(self, told: str) -> None:
        name, _, answer = told.partition("/")
        topic: Topic | None = next((topic for topic in (*Habit, *NonHabitTopic) if topic == name), None)
        if topic is None:
            return
        try:
            if topic is NonHabitTopic.CHECK_IN and answer in PAIN_BUTTON_SCORES:
                await self._coordinator.async_check_in(PAIN_BUTTON_SCORES[answer])
            elif answer == DONE and isinstance(topic, Habit):
                await self._coordinator.async_log_session(topic)
            elif answer == DONE:
                await self._coordinator.async_settle(topic)
            elif answer == LATER:
                await self._coordinator.async_snooze(topic)
            elif answer == NOT_TODAY:
                await self._coordinator.async_decline(topic)
        except (NothingToAnswerError, RunnerClosedError) as error:
            LOGGER.warning("%s: an answer came too late: %r", self._coordinator.config_entry.title, error)
        except JournalNotWrittenError:
            # It is kept, and why it isn't written has been said.
            return


def _prefix_of(entry_id: str) -> str:
    return f"{DOMAIN}_prompt/{entry_id}/"
