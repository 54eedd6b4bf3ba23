"""Replies to prompts by phone: done, later, not today, or a pain score."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.dt import utcnow

from ..assist.spoken_reply import async_handle_reply
from ..component import OnUnload
from ..const import LOGGER
from ..coordinator import JournalNotWrittenError, RunnerClosedError
from ..data import RunnerData
from ..gym import button_verbs, verbs
from ..gym.back.pain import WORST
from ..gym.back.typed_score import typed_score
from ..gym.coaching.replies import NothingToAnswerError
from ..gym.habits.habit import Habit
from ..gym.prompts.prompt import Prompt
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..gym.speech.phrases import Phrases, line
from ..gym.verbs import Verb
from ..speech.phones import Notification, async_listen_for_answers, async_notify_phones
from .back_link import async_back_link
from .effort_question import EFFORT, async_ask_effort, score_of
from .phone_messages import PhoneMessages, prefix_of, tag_of
from .triage_question import TriagePhoneQuestion

DONE, LATER, NOT_TODAY = "done", "later", "not_today"
TRAIN_AGAIN, STILL_RESTING = "train_again", "still_resting"
STOP_ASKING, ANOTHER_TIME, AS_BEFORE = "stop_asking", "another_time", "as_before"
SHOW_HOW = "show_how"
# Six scores where a phone shows six buttons, else the commonest, and a reply in words.
PAIN_BUTTON_SCORES = {
    "pain_none": 0.0,
    "pain_2": 2.0,
    "pain_4": 4.0,
    "pain_6": 6.0,
    "pain_8": 8.0,
    "pain_worse": WORST,
}
COMMONEST = ("pain_none", "pain_2")
TYPED = "pain_typed"
# Notifications of earlier versions stay on phones.
FORMER_SCORES = {"pain_little": 3.0, "pain_much": 6.0}
SCORES = PAIN_BUTTON_SCORES | FORMER_SCORES

BUTTONS: Mapping[NonHabitTopic, Collection[str]] = {
    # Worn-out shoes stay worn out, so "not today" makes no sense.
    NonHabitTopic.SHOES: (DONE, LATER),
    NonHabitTopic.CHECK_IN: COMMONEST,
    # A past week calls for no reply.
    NonHabitTopic.REVIEW: (),
    NonHabitTopic.REST: (TRAIN_AGAIN, STILL_RESTING),
    NonHabitTopic.OFFER: (STOP_ASKING, ANOTHER_TIME, AS_BEFORE),
    NonHabitTopic.FORM_CHECK: (SHOW_HOW, LATER, NOT_TODAY),
}


VERBS: Mapping[str, Callable[[Topic, str], Verb]] = {
    DONE: button_verbs.complete_prompt,
    LATER: button_verbs.snooze_prompt,
    NOT_TODAY: button_verbs.decline_prompt,
    TRAIN_AGAIN: button_verbs.complete_prompt,
    STILL_RESTING: button_verbs.decline_prompt,
    STOP_ASKING: button_verbs.complete_prompt,
    ANOTHER_TIME: button_verbs.move_offered,
    AS_BEFORE: button_verbs.decline_prompt,
    SHOW_HOW: button_verbs.complete_prompt,
}
# Buttons of earlier versions don't name their prompt, and stay on phones.
FORMER_VERBS: Mapping[str, Callable[[Topic], Verb]] = {
    DONE: verbs.complete,
    LATER: verbs.snooze,
    NOT_TODAY: verbs.decline,
    TRAIN_AGAIN: verbs.complete,
    STILL_RESTING: verbs.decline,
    STOP_ASKING: verbs.complete,
    AS_BEFORE: verbs.decline_offer,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """The ways to reply to a prompt by phone, as those of a `Notification`."""

    buttons: Mapping[str, str]
    reply: Mapping[str, str] = field(default_factory=dict)
    more_buttons: Mapping[str, str] = field(default_factory=dict)


def form_of(entry_id: str, prompt: Prompt, phrases: Phrases) -> ReplyForm:
    """Return the ways to reply to a prompt, each with its id: a late reply counts for this prompt alone."""
    topic = prompt.topic
    answers = (DONE, LATER, NOT_TODAY) if isinstance(topic, Habit) else BUTTONS[topic]
    tag = tag_of(entry_id, topic)

    def labels(names: Collection[str]) -> dict[str, str]:
        return {f"{tag}/{name}/{prompt.id}": line(phrases, f"answer.{name}") for name in names}

    if topic is not NonHabitTopic.CHECK_IN:
        return ReplyForm(buttons=labels(answers))
    return ReplyForm(buttons=labels(answers), reply=labels([TYPED]), more_buttons=labels(PAIN_BUTTON_SCORES))


class PhoneReplies:
    """Handler of one runner's replies, late ones included."""

    def __init__(
        self, hass: HomeAssistant, gym: RunnerData, question: TriagePhoneQuestion, messages: PhoneMessages
    ) -> None:
        """Handle the replies of a runner; a question that a reply opens follows on the phone."""
        self._hass = hass
        self._gym = gym
        self._messages = messages
        self._question = question
        self._prefix = prefix_of(gym.entry.entry_id)

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Listen for replies, and register the end of that."""
        on_unload(
            async_listen_for_answers(
                self._hass,
                self._prefix,
                self._async_handle_answer,
                runners=lambda: [self._gym.entry],
                handle_reply=self._async_handle_text,
            )
        )

    async def _async_handle_answer(self, reply: str) -> None:
        name, _, rest = reply.partition("/")
        answer, _, prompt = rest.partition("/")
        if name == EFFORT:
            await self._async_rate(answer, prompt)
            return
        topic: Topic | None = next((topic for topic in (*Habit, *NonHabitTopic) if topic == name), None)
        if topic is None:
            return
        if topic is NonHabitTopic.CHECK_IN and answer == TYPED:
            # An old app shows no field for the text.
            await self._async_ask_again(line(self._gym.phrases, "answer.pain_unclear"))
        elif verb := _verb_of(topic, answer, prompt):
            is_known = await self._async_apply(verb)
            if is_known and answer == DONE:
                await async_ask_effort(self._hass, self._gym, self._messages)
            if is_known and answer == SHOW_HOW:
                await self._async_show_how()

    async def _async_show_how(self) -> None:
        """Send the instructions for the film of a form check."""
        phrases, entry = self._gym.phrases, self._gym.entry
        await async_notify_phones(
            self._hass,
            entry,
            Notification(
                title=line(phrases, "prompt.title"),
                message=line(phrases, "form_check.how"),
                tag=tag_of(entry.entry_id, NonHabitTopic.FORM_CHECK),
            ),
        )

    async def _async_rate(self, text: str, run: str) -> None:
        """Take a score for the outing of a run, the latest one unless named; any other text changes nothing."""
        if (score := score_of(text)) is not None:
            await self._async_apply(button_verbs.rate_outing_of(run, score) if run else verbs.rate_effort(score))

    async def _async_handle_text(self, reply: str, text: str) -> None:
        """Handle a reply in words: a score, or else any sentence for the voice; every other text is answered."""
        name, _, rest = reply.partition("/")
        answer, _, prompt = rest.partition("/")
        if name == EFFORT:
            await self._async_rate(text, prompt)
            return
        if (name, answer) != (NonHabitTopic.CHECK_IN, TYPED):
            await self._async_handle_answer(reply)
            return
        phrases = self._gym.phrases
        score = typed_score(text, worst=phrases["answer.pain_worst_words"])
        if score is not None:
            if not await self._async_apply(_check_in(score, prompt)):
                await self._async_answer(line(phrases, "answer.too_late"))
            return
        # The sentences ignore signs: "-2" would be a 2.
        is_sentence = any(character.isalpha() for character in text)
        said = await async_handle_reply(self._hass, self._gym, text, satellite=None) if is_sentence else None
        await self._async_ask_again(said or line(phrases, "answer.pain_unclear"))
        await self._question.async_follow_up()

    async def _async_apply(self, verb: Verb) -> bool:
        """Apply the change of a reply, and return whether there was a prompt for it."""
        try:
            await self._gym.coordinator.async_apply(verb)
        except (NothingToAnswerError, RunnerClosedError) as error:
            LOGGER.warning("%s: an answer came too late: %r", self._gym.entry.title, error)
            return False
        except JournalNotWrittenError:
            # The reply is in memory, and the failed write is logged already.
            return True
        await self._question.async_follow_up()
        return True

    async def _async_ask_again(self, text: str) -> None:
        """Answer a reply, with the check-in's buttons while it is open."""
        try:
            prompt = self._gym.runner.replies.prompt_for(utcnow(), NonHabitTopic.CHECK_IN)
        except NothingToAnswerError:
            await self._async_answer(text)
        else:
            await self._async_answer(text, form_of(self._gym.entry.entry_id, prompt, self._gym.phrases))

    async def _async_answer(self, text: str, form: ReplyForm | None = None) -> None:
        entry = self._gym.entry
        link = await async_back_link(self._hass, entry)
        await async_notify_phones(
            self._hass,
            entry,
            Notification(
                title=line(self._gym.phrases, "prompt.title"),
                message=text,
                tag=tag_of(entry.entry_id, NonHabitTopic.CHECK_IN),
                buttons=form.buttons if form else {},
                reply=form.reply if form else {},
                more_buttons=form.more_buttons if form else {},
                link=link,
            ),
        )


def _verb_of(topic: Topic, answer: str, prompt: str) -> Verb | None:
    """Return the change for a button of a prompt, None for an unknown one."""
    if topic is NonHabitTopic.CHECK_IN and answer in SCORES:
        return _check_in(SCORES[answer], prompt)
    if prompt:
        verb_of = VERBS.get(answer)
        return verb_of(topic, prompt) if verb_of else None
    former_verb_of = FORMER_VERBS.get(answer)
    return former_verb_of(topic) if former_verb_of else None


def _check_in(score: float, prompt: str) -> Verb:
    return button_verbs.check_in_for(score, prompt) if prompt else verbs.check_in(score)
