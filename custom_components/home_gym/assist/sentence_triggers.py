"""Sentence triggers: the built-in conversation agent listens for the gym's sentences, each in its context.

The agent has no public way to add sentences. This module uses the internals of its sentence trigger, and works without
sentences if these have changed.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED, ConfigEntry, ConfigEntryChange
from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import chat_session, intent
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import (
    TrackStates,
    async_track_state_change_filtered,
)
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, LOGGER
from ..data import RunnerData, async_loaded_runners
from ..deadline import Deadline
from ..gym.prompts.prompt import ANSWERABLE_FOR, PromptState
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..gym.voice_commands import ParsedCommand, SentenceContext, Sentences
from ..ha.assist_satellite import AssistSatelliteState
from ..languages import async_phrases, async_sentences, primary
from ..words import say
from .intents import ANSWERING, intent_type
from .open_questions import async_answerable, async_open_questions
from .runner_lookup import async_voice_location
from .spoken_reply import parse_sentence, slots_of

if TYPE_CHECKING:
    from homeassistant.components.conversation import ConversationInput

    from ..ha.conversation import SentenceRegistrar

HEARING = {AssistSatelliteState.LISTENING, AssistSatelliteState.PROCESSING}


async def async_setup_sentence_triggers(hass: HomeAssistant, _component: str) -> None:
    """Start the sentence triggers with the first runner; `conversation` is loaded when this runs."""
    register = _register_of(hass)
    if register is None:
        _warn("it takes no sentences")
        return
    SentenceTriggers(hass, register, await async_sentences(hass)).async_start()


def _register_of(hass: HomeAssistant) -> SentenceRegistrar | None:
    try:
        from ..ha.conversation import async_sentence_registrar  # noqa: PLC0415 its names may be gone in a later release
    except ImportError:
        return None
    return async_sentence_registrar(hass)


def _warn(reason: str) -> None:
    LOGGER.warning(
        "Home Assistant's conversation agent has changed, so it can't be spoken to about Home Gym by itself: %s. "
        "Sentences in custom_sentences still work",
        reason,
    )


class SentenceTriggers:
    """Keeps the agent's sentences in step with the runners: their names, prompts, routines and rests."""

    def __init__(self, hass: HomeAssistant, register: SentenceRegistrar, data: dict[str, Any]) -> None:
        """Take the agent's registration function, and the sentences of every language."""
        self._hass = hass
        self._register = register
        self._data = data
        self._registered: tuple[list[str], list[str], list[SentenceContext]] = [], [], []
        self._sentences: dict[str, Sentences] = {}
        self._unregister: CALLBACK_TYPE | None = None
        self._runners: list[RunnerData] = []
        self._unfollow: list[CALLBACK_TYPE] = []
        self._deadline = Deadline(hass, self._async_handle_time)
        self._is_broken = False

    @callback
    def async_start(self) -> None:
        """Follow the runners for as long as Home Assistant runs."""
        async_dispatcher_connect(self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._async_handle_entry)
        satellites = TrackStates(all_states=False, entities=set(), domains={Platform.ASSIST_SATELLITE})
        async_track_state_change_filtered(self._hass, satellites, self._async_handle_satellite)
        self._async_follow()

    @callback
    def _async_handle_entry(self, _change: ConfigEntryChange, entry: ConfigEntry[Any]) -> None:
        if entry.domain == DOMAIN:
            self._async_follow()

    @callback
    def _async_handle_satellite(self, _event: Event[EventStateChangedData]) -> None:
        self._async_update()

    @callback
    def _async_follow(self) -> None:
        """Follow the loaded runners."""
        runners = async_loaded_runners(self._hass)
        if [*map(id, runners)] != [*map(id, self._runners)]:
            for unfollow in self._unfollow:
                unfollow()
            self._runners = runners
            self._unfollow = [runner.coordinator.async_add_listener(self._async_update) for runner in runners]
            self._unfollow += [runner.routines.async_listen(self._async_update) for runner in runners]
        self._async_update()

    @callback
    def _async_update(self) -> None:
        """Register the sentences that make sense now, and no others."""
        now = dt_util.utcnow()
        contexts = [context for context in SentenceContext if self._is_active(context, now)]
        names = [runner.entry.title for runner in self._runners]
        routines = [routine.id for runner in self._runners for routine in runner.runner.settings.routines]
        self._async_set_timer(now)
        if (names, routines, contexts) == self._registered:
            return
        if self._unregister:
            self._unregister()
            self._unregister = None
        if (names, routines) != self._registered[:2]:
            self._sentences = {language: Sentences(data, names, routines) for language, data in self._data.items()}
        self._registered = names, routines, contexts
        templates = [template for sentences in self._sentences.values() for template in sentences.templates(*contexts)]
        if templates and not self._is_broken:
            self._async_register(templates)

    @callback
    def _async_register(self, templates: list[str]) -> None:
        try:
            self._unregister = self._register(templates, self._async_handle)
        except (AttributeError, TypeError) as error:
            self._is_broken = True
            _warn(repr(error))

    @callback
    def _async_set_timer(self, now: datetime) -> None:
        """Set the timer to the end of the latest prompt's answer window."""
        asked = [runner for runner in self._runners if runner.runner.replies.asked_lately(now)]
        spoken = [
            fact.at
            for runner in asked
            for fact in runner.runner.journal.prompts.values()
            if fact.state is PromptState.SPOKEN and now - fact.at <= ANSWERABLE_FOR
        ]
        self._deadline.async_set(min(spoken) + ANSWERABLE_FOR + ANSWERABLE_FOR.resolution if spoken else None)

    @callback
    def _async_handle_time(self, _now: datetime) -> None:
        self._async_update()

    async def _async_handle(self, user_input: ConversationInput, _result: Any) -> str:
        """Perform a sentence, and return the spoken answer."""
        home = primary(self._hass.config.language)
        spoken = primary(user_input.language or home)
        languages = (spoken, home, *self._sentences)
        # Compiling a language's sentences takes too long for the event loop.
        found = await self._hass.async_add_executor_job(parse_sentence, user_input.text, languages, self._sentences.get)
        if found is None:
            return say(await async_phrases(self._hass, spoken), "misheard")
        parsed, language = found
        if parsed.command in ANSWERING and not self._is_answer(parsed, user_input):
            return await self._async_forward(user_input) or say(await async_phrases(self._hass, spoken), "misheard")
        response = await intent.async_handle(
            self._hass,
            DOMAIN,
            intent_type(parsed.command),
            {name: {"value": value} for name, value in slots_of(parsed).items()},
            user_input.text,
            user_input.context,
            language,
            device_id=user_input.device_id,
            satellite_id=user_input.satellite_id,
            conversation_agent_id=user_input.agent_id,
        )
        speech: str = response.speech["plain"]["speech"]
        return speech

    def _is_answer(self, parsed: ParsedCommand, user_input: ConversationInput) -> bool:
        """Return whether a reply belongs to a question asked in its room."""
        place = async_voice_location(self._hass, device_id=user_input.device_id, satellite_id=user_input.satellite_id)
        questions = async_open_questions(self._runners, dt_util.utcnow())
        return bool(async_answerable(self._hass, questions, place, name=parsed.runner))

    async def _async_forward(self, user_input: ConversationInput) -> str | None:
        """Let the agent handle a sentence that is not the gym's, and return its answer, if any."""
        # Imported here, since `conversation` is loaded when this runs.
        from homeassistant.components.conversation import async_get_chat_log  # noqa: PLC0415

        from ..ha.conversation import async_handle_intents  # noqa: PLC0415

        with (
            chat_session.async_get_chat_session(self._hass, user_input.conversation_id) as session,
            async_get_chat_log(self._hass, session) as chat_log,
        ):
            response = await async_handle_intents(self._hass, user_input, chat_log)
        speech: str | None = response.speech.get("plain", {}).get("speech", "") if response else None
        return speech

    def _is_active(self, context: SentenceContext, now: datetime) -> bool:
        match context:
            case SentenceContext.ALWAYS:
                return bool(self._runners)
            case SentenceContext.WHILE_ASKED:
                return self._is_asked(now)
            case SentenceContext.WHILE_CHECKED_IN:
                return self._is_asked(now, NonHabitTopic.CHECK_IN)
            case SentenceContext.WHILE_GUIDED:
                return any(runner.routines.player is not None for runner in self._runners)
            case SentenceContext.WHILE_RESTING:
                return any(runner.coordinator.data.resting for runner in self._runners)

    def _is_asked(self, now: datetime, topic: Topic | None = None) -> bool:
        """Return whether an answer to a topic, or to any, is possible; not while only other rooms listen.

        The agent matches its sentences only when a sentence is complete, and cannot return one. A sentence from another
        room therefore goes to its own agent, possibly a language model.
        """
        questions = [
            question for question in async_open_questions(self._runners, now) if topic in (None, question.topic)
        ]
        states = self._hass.states.async_all(Platform.ASSIST_SATELLITE)
        places = [
            async_voice_location(self._hass, device_id=None, satellite_id=state.entity_id)
            for state in states
            if state.state in HEARING
        ]
        is_elsewhere = all(
            place.hears(self._hass, question.speaker) is False for place in places for question in questions
        )
        return bool(questions) and not (places and is_elsewhere)
