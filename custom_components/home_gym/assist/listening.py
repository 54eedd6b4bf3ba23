"""Has the built-in conversation agent listen for the sentences of every language, each at its moment.

The agent has no public way to give it sentences, so this goes the way of its own sentence trigger, and does without
where that has changed.
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
from ..data import RunnerData
from ..deadline import Deadline
from ..gym.prompts.prompt import ANSWERABLE_FOR, PromptState
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..gym.voice_commands import ParsedCommand, SentenceContext, Sentences
from ..ha.assist_satellite import AssistSatelliteState
from ..languages import async_phrases, async_sentences, primary
from ..words import say
from .asked import async_answered, async_questions
from .hearing import slots_of, understood
from .intents import ANSWERING, intent_type
from .who import async_runners, async_voice_location

if TYPE_CHECKING:
    from homeassistant.components.conversation import ConversationInput

    from ..ha.conversation import SentenceRegistrar

HEARING = {AssistSatelliteState.LISTENING, AssistSatelliteState.PROCESSING}


async def async_listen(hass: HomeAssistant, _component: str) -> None:
    """Begin to listen as soon as a runner is there; the conversation component is."""
    register = _register_of(hass)
    if register is None:
        _warn("it takes no sentences")
        return
    Listening(hass, register, await async_sentences(hass)).async_start()


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


class Listening:
    """Keeps what the agent listens for in step with the runners: their names, prompts, routines and rests."""

    def __init__(self, hass: HomeAssistant, register: SentenceRegistrar, data: dict[str, Any]) -> None:
        """Take what registers sentences, and those of every language."""
        self._hass = hass
        self._register = register
        self._data = data
        self._heard: tuple[list[str], list[str], list[SentenceContext]] = [], [], []
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
        self._async_look()

    @callback
    def _async_follow(self) -> None:
        """Follow those who are set up now."""
        runners = async_runners(self._hass)
        if [*map(id, runners)] != [*map(id, self._runners)]:
            for unfollow in self._unfollow:
                unfollow()
            self._runners = runners
            self._unfollow = [runner.coordinator.async_add_listener(self._async_look) for runner in runners]
            self._unfollow += [runner.routines.async_listen(self._async_look) for runner in runners]
        self._async_look()

    @callback
    def _async_look(self) -> None:
        """Listen for what makes sense right now, and for nothing else."""
        now = dt_util.utcnow()
        moments = [moment for moment in SentenceContext if self._is_moment(moment, now)]
        names = [runner.entry.title for runner in self._runners]
        routines = [one.id for runner in self._runners for one in runner.runner.settings.routines]
        self._async_set_timer(now)
        if (names, routines, moments) == self._heard:
            return
        if self._unregister:
            self._unregister()
            self._unregister = None
        if (names, routines) != self._heard[:2]:
            self._sentences = {language: Sentences(data, names, routines) for language, data in self._data.items()}
        self._heard = names, routines, moments
        templates = [one for sentences in self._sentences.values() for one in sentences.templates(*moments)]
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
        """Look again when the last prompt is a while ago."""
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
        self._async_look()

    async def _async_handle(self, user_input: ConversationInput, _result: Any) -> str:
        """Have a sentence done, and return what to say to it."""
        home = primary(self._hass.config.language)
        spoken = primary(user_input.language or home)
        languages = (spoken, home, *self._sentences)
        # The first look at a language takes longer than the rest of Home Assistant wants to wait.
        found = await self._hass.async_add_executor_job(understood, user_input.text, languages, self._sentences.get)
        if found is None:
            return say(await async_phrases(self._hass, spoken), "misheard")
        said, language = found
        if said.wish in ANSWERING and not self._is_answer(said, user_input):
            return await self._async_leave(user_input) or say(await async_phrases(self._hass, spoken), "misheard")
        response = await intent.async_handle(
            self._hass,
            DOMAIN,
            intent_type(said.wish),
            {name: {"value": value} for name, value in slots_of(said).items()},
            user_input.text,
            user_input.context,
            language,
            device_id=user_input.device_id,
            satellite_id=user_input.satellite_id,
            conversation_agent_id=user_input.agent_id,
        )
        speech: str = response.speech["plain"]["speech"]
        return speech

    def _is_answer(self, said: ParsedCommand, user_input: ConversationInput) -> bool:
        """Tell whether what is said in one room was asked there."""
        place = async_voice_location(self._hass, device_id=user_input.device_id, satellite_id=user_input.satellite_id)
        questions = async_questions(self._runners, dt_util.utcnow())
        return bool(async_answered(self._hass, questions, place, name=said.runner))

    async def _async_leave(self, user_input: ConversationInput) -> str | None:
        """Have the agent do what isn't the gym's, and return what it says to that, if it knows anything."""
        # Loaded only here: whoever calls this is the conversation component.
        from homeassistant.components.conversation import async_get_chat_log  # noqa: PLC0415

        from ..ha.conversation import async_handle_intents  # noqa: PLC0415

        with (
            chat_session.async_get_chat_session(self._hass, user_input.conversation_id) as session,
            async_get_chat_log(self._hass, session) as chat_log,
        ):
            response = await async_handle_intents(self._hass, user_input, chat_log)
        speech: str | None = response.speech.get("plain", {}).get("speech", "") if response else None
        return speech

    def _is_moment(self, moment: SentenceContext, now: datetime) -> bool:
        match moment:
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
        """Tell whether a word may answer a topic, or any; none does while only satellites of other rooms hear somebody.

        The agent asks for what it listens for only when a sentence is complete, and takes no sentence back. So what a
        satellite elsewhere hears goes to whom it is meant for, also where that is a language model.
        """
        questions = [one for one in async_questions(self._runners, now) if topic in (None, one.topic)]
        states = self._hass.states.async_all(Platform.ASSIST_SATELLITE)
        places = [
            async_voice_location(self._hass, device_id=None, satellite_id=state.entity_id)
            for state in states
            if state.state in HEARING
        ]
        is_elsewhere = all(place.hears(self._hass, one.speaker) is False for place in places for one in questions)
        return bool(questions) and not (places and is_elsewhere)
