"""The clock of one runner's prompts; `gym.coaching` decides about topic, time and speaker."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from logging import DEBUG, WARNING

from homeassistant.core import Event as BusEvent, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..assist.spoken_reply import async_handle_reply
from ..component import OnUnload
from ..const import CONF_PERSON, CONF_SATELLITE, LOGGER
from ..coordinator import JournalNotWrittenError
from ..data import RunnerData
from ..deadline import Deadline
from ..entity_references import entity_id_of
from ..gym import verbs
from ..gym.events import Event, SpeakPrompt
from ..gym.habits.habit import Habit
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..gym.speech.phrases import line
from ..ha.person import is_at_home
from ..languages import formats_of
from ..speech import AnnouncementCancelledError, UtterancePriority, async_ask, async_perform, coach_line
from ..words import topic_name, wise_line
from .back_link import async_back_link
from .milestone_words import milestone_in_words
from .phone_messages import tag_of
from .phone_replies import form_of
from .weekly_review import review_in_words


class PromptClock:
    """Ticks the prompts by time and presence, and speaks them."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Prompt a runner."""
        self._hass = hass
        self._gym = gym
        self._deadline = Deadline(hass, self._async_handle_time)
        # Speakers that could listen but for a known hindrance, already logged.
        self._hindered: set[str] = set()
        # Channels that failed and have not worked since, and the latest prompt that failed, all logged.
        self._failed: set[str] = set()
        self._failing: tuple[str, Topic] | None = None

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        entry = self._gym.entry
        on_unload(self._gym.coordinator.async_listen(self._async_handle_event))
        on_unload(self._gym.coordinator.async_add_listener(self._async_set_timer))
        on_unload(self._deadline.async_cancel)
        person = entity_id_of(self._hass, entry.data[CONF_PERSON]) if CONF_PERSON in entry.data else None
        if person:
            on_unload(async_track_state_change_event(self._hass, person, self._async_handle_presence))
        self._async_set_timer()

    @callback
    def _async_set_timer(self) -> None:
        """Set the timer after a change, which may move the deadline."""
        self._deadline.async_set(self._gym.coordinator.deadline)

    async def _async_handle_time(self, _now: datetime) -> None:
        await self._gym.coordinator.async_tick()

    async def _async_handle_presence(self, event: BusEvent[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        # A moving person updates the state with each new position.
        if old is None or new is None or is_at_home(old) is not is_at_home(new):
            await self._gym.coordinator.async_tick()

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if isinstance(event, SpeakPrompt):
            entry = self._gym.entry
            entry.async_create_background_task(self._hass, self._async_speak(event), f"{entry.title}: prompt")

    async def _async_speak(self, event: SpeakPrompt) -> None:
        """Speak a prompt, and report the result."""
        try:
            heard = await self._async_ask(event)
        except AnnouncementCancelledError:
            with suppress(JournalNotWrittenError):
                await self._gym.coordinator.async_apply(verbs.note_not_asked(event.prompt))
        # Engines and players are third-party code; after any exception the next channel must be tried.
        except Exception as error:  # noqa: BLE001
            self._log_failure(event, error)
            with suppress(JournalNotWrittenError):
                await self._gym.coordinator.async_apply(verbs.note_not_spoken(event.prompt))
        else:
            if event.channel in self._failed:
                self._failed.discard(event.channel)
                LOGGER.info("%s can be asked on %s again", self._gym.entry.title, self._name_of(event.channel))
            with suppress(JournalNotWrittenError):
                await self._gym.coordinator.async_apply(verbs.note_spoken(event.prompt))
            if heard:
                await self._async_answer(event, heard)

    def _log_failure(self, event: SpeakPrompt, error: Exception) -> None:
        """Warn once of a prompt that fails, and of a channel until it works again; later attempts are details."""
        unexpected = None if isinstance(error, HomeAssistantError) else error
        asked = event.prompt.id, event.prompt.topic
        level = DEBUG if event.channel in self._failed or asked == self._failing else WARNING
        title, speaker = self._gym.entry.title, self._name_of(event.channel)
        text = "%s wasn't asked for %s on %s: %s"
        LOGGER.log(level, text, title, event.prompt.topic, speaker, error, exc_info=unexpected)
        self._failed.add(event.channel)
        self._failing = asked

    def _name_of(self, channel: str) -> str:
        subentry = self._gym.entry.subentries.get(channel)
        return subentry.title if subentry else channel

    async def _async_ask(self, event: SpeakPrompt) -> str | None:
        """Ask, and return the immediate reply, if any."""
        entry = self._gym.entry
        prompt = event.prompt
        form = form_of(entry.entry_id, prompt, self._gym.phrases)
        is_check_in = prompt.topic is NonHabitTopic.CHECK_IN
        prompt_line = replace(
            coach_line(self._gym.runner, self._gym.phrases, self._text_of(event)),
            tag=tag_of(entry.entry_id, prompt.topic),
            buttons=form.buttons,
            reply=form.reply,
            more_buttons=form.more_buttons,
            link=await async_back_link(self._hass, entry) if is_check_in else None,
            is_wanted=lambda: self._gym.runner.silence.may_ask,
        )
        speaker = entry.subentries[event.channel].data
        if prompt.topic is NonHabitTopic.REVIEW:
            # A line without a question expects no reply.
            await async_perform(self._hass, speaker, prompt_line)
            return None

        @callback
        def handle_hindrance(error: HomeAssistantError) -> None:
            if event.channel not in self._hindered:
                LOGGER.warning("%s can't answer a prompt right after it: %s", entry.title, error)
            self._hindered.add(event.channel)

        return await async_ask(self._hass, speaker, prompt_line, on_hindrance=handle_hindrance)

    def _text_of(self, event: SpeakPrompt) -> str:
        """Return the text of a prompt, with the form cue for the run."""
        entry, prompt = self._gym.entry, event.prompt
        if prompt.topic is NonHabitTopic.REVIEW:
            return " ".join([self._review(event), *self._milestone(event)])
        if prompt.topic is NonHabitTopic.CHECK_IN and prompt.run is None:
            return line(self._gym.phrases, "prompt.check_in_after_pain", turn=event.turn, runner=entry.title)
        shoe = entry.subentries[prompt.shoe].title if prompt.shoe else ""
        habit = topic_name(self._gym.phrases, prompt.about) if prompt.about else ""
        topic = f"{prompt.topic}_{event.wording}" if event.wording else prompt.topic
        text = line(self._gym.phrases, f"prompt.{topic}", turn=event.turn, runner=entry.title, shoe=shoe, habit=habit)
        cue = [line(self._gym.phrases, f"form.{event.cue}", turn=event.turn)] if event.cue else []
        wise = self._wise(event) if prompt.topic is Habit.WARM_UP else []
        return " ".join([text, *cue, *wise, *self._milestone(event)])

    def _milestone(self, event: SpeakPrompt) -> list[str]:
        """Return the line with a milestone beside a prompt."""
        if event.milestone is None:
            return []
        return [milestone_in_words(self._hass, self._gym, event.milestone, event.turn)]

    def _wise(self, event: SpeakPrompt) -> list[str]:
        """Return the line with the wise distance of the run ahead."""
        wise, phrases = self._gym.coordinator.data.wise, self._gym.phrases
        if wise is None:
            return []
        units = self._hass.config.units
        return [wise_line(phrases, formats_of(self._hass, phrases), wise, units, turn=event.turn)]

    async def _async_answer(self, event: SpeakPrompt, heard: str) -> None:
        """Perform a reply, and speak the answer if there is one."""
        self._hindered.discard(event.channel)
        speaker = self._gym.entry.subentries[event.channel].data
        satellite = entity_id_of(self._hass, speaker[CONF_SATELLITE])
        reply = await async_handle_reply(self._hass, self._gym, heard, satellite=satellite)
        if reply is None:
            return
        try:
            spoken = coach_line(self._gym.runner, self._gym.phrases, reply)
            await async_perform(self._hass, speaker, spoken, priority=UtterancePriority.ROUTINE)
        except HomeAssistantError as error:
            LOGGER.debug("%s didn't hear %r: %s", self._gym.entry.title, reply, error)

    def _review(self, event: SpeakPrompt) -> str:
        """Return the spoken review of a prompt's week."""
        review, word = self._gym.runner.review(event.prompt.since, dt_util.utcnow())
        name = self._gym.entry.title
        phrases, units = self._gym.phrases, self._hass.config.units
        formats = formats_of(self._hass, phrases)
        pair = self._gym.entry.subentries.get(review.pair) if review.pair else None
        shoe = pair.title if pair else ""
        return review_in_words(phrases, formats, review, word, runner=name, units=units, turn=event.turn, shoe=shoe)
