"""Sentence triggers: the built-in conversation agent listens for the gym's sentences, each in its context.

The agent has no public way to add sentences. This module uses the internals of its sentence trigger, and works without
sentences if these have changed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED, ConfigEntry, ConfigEntryChange
from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import (
    TrackStates,
    async_track_state_change_filtered,
)
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, LOGGER
from ..data import RunnerData, async_loaded_runners
from ..deadline import Deadline
from ..gym.back.words import Vocabulary
from ..gym.prompts.prompt import ANSWERABLE_FOR, PromptState
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..gym.voice_commands import FreeSpeech, SentenceContext, Sentences
from ..ha.assist_satellite import AssistSatelliteState
from ..languages import async_sentences, async_vocabularies
from .back_dialogue import SIGNAL_BACK_DIALOGUE, async_open_dialogues
from .guided_rooms import async_guided_at
from .open_questions import async_open_questions
from .runner_lookup import VoiceLocation, async_voice_location
from .sentence_handler import SentenceHandler
from .sentence_reader import SentenceReader

if TYPE_CHECKING:
    from homeassistant.components.conversation import ConversationInput

    from ..ha.conversation import SentenceRegistrar

# Seconds without a change of the sentences, after which they are compiled.
CALM = 0.3
HEARING = {AssistSatelliteState.LISTENING, AssistSatelliteState.PROCESSING}


async def async_setup_sentence_triggers(hass: HomeAssistant, _component: str) -> None:
    """Start the sentence triggers with the first runner; `conversation` is loaded when this runs."""
    register = _register_of(hass)
    if register is None:
        _warn("it takes no sentences")
        return
    sentences, vocabularies = await async_sentences(hass), await async_vocabularies(hass)
    SentenceTriggers(hass, register, sentences, vocabularies).async_start()


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

    def __init__(
        self,
        hass: HomeAssistant,
        register: SentenceRegistrar,
        data: dict[str, Any],
        vocabularies: Mapping[str, Vocabulary],
    ) -> None:
        """Take the agent's registration function, and the sentences and vocabularies of every language."""
        self._hass = hass
        self._register = register
        self._data = data
        self._vocabularies = vocabularies
        self._registered: tuple[list[str], list[str], list[SentenceContext], bool] = [], [], [], False
        self._handler = SentenceHandler(hass)
        self._unregister: CALLBACK_TYPE | None = None
        self._runners: list[RunnerData] = []
        self._unfollow: list[CALLBACK_TYPE] = []
        self._deadline = Deadline(hass, self._async_handle_time)
        self._preparation = Deadline(hass, self._async_prepare)
        self._is_broken = False

    @callback
    def async_start(self) -> None:
        """Follow the runners for as long as Home Assistant runs."""
        async_dispatcher_connect(self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._async_handle_entry)
        async_dispatcher_connect(self._hass, SIGNAL_BACK_DIALOGUE, self._async_update)
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
            self._runners = self._handler.runners = runners
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
        is_in_dialogue = bool(async_open_dialogues(self._hass, self._runners, now))
        if (names, routines, contexts, is_in_dialogue) == self._registered:
            return
        if self._unregister:
            self._unregister()
            self._unregister = None
        if (names, routines) != self._registered[:2]:
            self._handler.reader = SentenceReader(
                sentences={language: Sentences(data, names, routines) for language, data in self._data.items()},
                free={language: FreeSpeech(data, names) for language, data in self._data.items()},
            )
        self._registered = names, routines, contexts, is_in_dialogue
        reader = self._handler.reader
        templates = [one for sentences in reader.sentences.values() for one in sentences.templates(*contexts)]
        templates += [one for free in reader.free.values() for one in free.templates(*contexts)]
        if names:
            templates += [one for words in self._vocabularies.values() for one in words.templates(names)]
        if is_in_dialogue:
            templates += [one for words in self._vocabularies.values() for one in words.answers()]
        if templates and not self._is_broken:
            self._async_register(templates)

    @callback
    def _async_register(self, templates: list[str]) -> None:
        try:
            self._unregister = self._register(templates, self._async_handle)
            self._preparation.async_set_in(CALM)
        except (AttributeError, TypeError) as error:
            self._is_broken = True
            _warn(repr(error))

    async def _async_prepare(self, _now: datetime) -> None:
        """Compile the sentences once they have settled, before one is spoken."""
        from ..ha.conversation import async_prepare_sentences  # noqa: PLC0415 `conversation` is loaded when this runs

        await async_prepare_sentences(self._hass)

    async def _async_handle(self, user_input: ConversationInput, _result: Any) -> str:
        return await self._handler.async_handle(user_input, self._registered[2])

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
        spoken += [
            asked.at
            for runner in self._asked_effort(now)
            for asked in runner.runner.journal.efforts_asked.values()
            if now - asked.at <= ANSWERABLE_FOR
        ]
        spoken += [dialogue.at for dialogue in async_open_dialogues(self._hass, self._runners, now)]
        spoken += [end for runner in self._runners if (end := _unrated_end(runner, now))]
        self._deadline.async_set(min(spoken) + ANSWERABLE_FOR + ANSWERABLE_FOR.resolution if spoken else None)

    @callback
    def _async_handle_time(self, _now: datetime) -> None:
        self._async_update()

    def _asked_effort(self, now: datetime) -> list[RunnerData]:
        """Return the runners with an open question about the effort of an outing."""
        return [runner for runner in self._runners if runner.runner.effort.is_open(now)]

    def _is_active(self, context: SentenceContext, now: datetime) -> bool:
        match context:
            case SentenceContext.ALWAYS:
                return bool(self._runners)
            case SentenceContext.WHILE_ASKED:
                return self._is_asked(now)
            case SentenceContext.WHILE_CHECKED_IN:
                return self._is_asked(now, NonHabitTopic.CHECK_IN) or bool(self._asked_effort(now))
            case SentenceContext.WHILE_GUIDED:
                return self._is_guided()
            case SentenceContext.WHILE_RATED:
                return any(_unrated_end(runner, now) for runner in self._runners)
            case SentenceContext.WHILE_RESTING:
                return any(runner.coordinator.data.resting for runner in self._runners)

    def _is_guided(self) -> bool:
        """Return whether a routine may be meant; not while only other rooms listen, as for answers."""
        places = self._listening_places()
        return any(runner.routines.player for runner in self._runners) and (
            not places or any(async_guided_at(self._hass, self._runners, place) for place in places)
        )

    def _listening_places(self) -> list[VoiceLocation]:
        return [
            async_voice_location(self._hass, device_id=None, satellite_id=state.entity_id)
            for state in self._hass.states.async_all(Platform.ASSIST_SATELLITE)
            if state.state in HEARING
        ]

    def _is_asked(self, now: datetime, topic: Topic | None = None) -> bool:
        """Return whether an answer to a topic, or to any, is possible; not while only other rooms listen.

        The agent matches its sentences only when a sentence is complete, and cannot return one. A sentence from another
        room therefore goes to its own agent, possibly a language model.
        """
        questions = [
            question for question in async_open_questions(self._runners, now) if topic in (None, question.topic)
        ]
        places = self._listening_places()
        is_elsewhere = all(
            place.hears(self._hass, question.speaker) is False for place in places for question in questions
        )
        return bool(questions) and not (places and is_elsewhere)


def _unrated_end(runner: RunnerData, now: datetime) -> datetime | None:
    """Return the end of a routine that was not rated yet, while a bare word can mean its effort."""
    session = runner.runner.manual_entries.rateable(now, ANSWERABLE_FOR)
    return session.end if session and session.practice and session.practice.effort is None else None
