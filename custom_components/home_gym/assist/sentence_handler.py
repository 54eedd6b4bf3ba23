"""Handler of a heard sentence: the gym's commands, each in its room, and everything else for Home Assistant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import chat_session, intent
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..data import RunnerData
from ..gym.back.words.rules import SpokenWord
from ..gym.voice_commands import ParsedCommand, SentenceContext, VoiceCommand, spoken
from ..ha.going_on import async_exposed_names, async_has_timer
from ..ha.media_player import MediaPlayerState
from ..languages import async_phrases, primary
from ..speech.rooms import area_of
from ..words import say
from .back_replies import async_reply_at
from .back_sentences import ReadSentence, async_read
from .guided_rooms import async_guided_at, is_in_guided_room
from .intents import ANSWERING, CONTROLLING, intent_type
from .open_questions import async_answerable, async_open_questions
from .runner_lookup import VoiceLocation, async_voice_location
from .sentence_reader import FoundCommand, SentenceReader
from .spoken_reply import slots_of

if TYPE_CHECKING:
    from homeassistant.components.conversation import ConversationInput

GUIDED, ASKED = SentenceContext.WHILE_GUIDED, SentenceContext.WHILE_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSentence:
    """A sentence with its place; `guided` are the runners with a routine there, `languages` the likeliest first."""

    user_input: ConversationInput
    place: VoiceLocation
    guided: list[RunnerData]
    is_asked: bool
    languages: tuple[str, ...]
    likely: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words."""
        return self.user_input.text


class SentenceHandler:
    """Handles the sentences that the agent's triggers caught."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Handle nothing until there are runners."""
        self._hass = hass
        self.runners: list[RunnerData] = []
        self.reader = SentenceReader(sentences={}, free={})

    async def async_handle(self, user_input: ConversationInput, contexts: Collection[SentenceContext]) -> str:
        """Perform a sentence that may be the gym's in certain contexts, and return the spoken answer."""
        heard = self._heard(user_input)
        answer = await async_reply_at(
            self._hass, heard.text, heard.languages, place=heard.place, context=user_input.context
        )
        if answer is not None:
            return answer
        if (answer := await self._async_handle_pain(heard)) is not None:
            return answer
        found = await self._hass.async_add_executor_job(self._read, heard, contexts)
        if found is None:
            return await self._async_handle_freely(heard)
        if found.parsed.command in ANSWERING and not self._is_answer(found.parsed, heard):
            return await self._async_hand_on(heard)
        if self._may_be_home_assistants(found.parsed, heard):
            answer = await self._async_forward(user_input)
            if answer is not None:
                return answer
        return await self._async_perform(heard, found)

    def _read(self, heard: HeardSentence, contexts: Collection[SentenceContext]) -> FoundCommand | None:
        """Read a sentence; short words of a routine count where it is guided, and answers where they were asked."""
        short = {context for context, is_here in ((GUIDED, heard.guided), (ASKED, heard.is_asked)) if is_here}
        elsewhere = set() if heard.guided else {GUIDED}
        return self.reader.read(
            heard.text, heard.languages, set(contexts) - elsewhere, spoken=heard.likely, short=short
        )

    def _heard(self, user_input: ConversationInput) -> HeardSentence:
        home = primary(self._hass.config.language)
        said = primary(user_input.language or home)
        place = async_voice_location(self._hass, device_id=user_input.device_id, satellite_id=user_input.satellite_id)
        questions = async_open_questions(self.runners, dt_util.utcnow())
        return HeardSentence(
            user_input=user_input,
            place=place,
            guided=async_guided_at(self._hass, self.runners, place),
            is_asked=bool(async_answerable(self._hass, questions, place)),
            languages=tuple(dict.fromkeys((said, home, *self.reader.sentences))),
            likely=tuple(dict.fromkeys((said, home))),
        )

    async def _async_handle_pain(self, heard: HeardSentence) -> str | None:
        """Report pain during a routine before anything else is tried; in its room, stop the routine if asked to."""
        if not any(runner.routines.player for runner in self.runners):
            return None
        read = await async_read(self._hass, heard.text, heard.languages)
        is_exclamation = read is not None and SpokenWord.EXCLAMATION in read.sentence.words
        if read is None or not (read.sentence.hurts or read.sentence.flags or (is_exclamation and heard.guided)):
            return None
        is_in_room = any(is_in_guided_room(self._hass, runner, heard.place) for runner in heard.guided)
        # Elsewhere it is paused, which is easier to take back.
        if is_in_room and await self._async_is_stop(heard):
            stop = FoundCommand(parsed=ParsedCommand(command=VoiceCommand.STOP_ROUTINE), language=read.language)
            await self._async_perform(heard, stop)
        return await self._async_report(heard, read)

    async def _async_handle_freely(self, heard: HeardSentence) -> str:
        """Perform a free sentence, unless the agent knows it as one of its own."""
        answer = await self._async_forward(heard.user_input)
        if answer is not None:
            return answer
        if read := await async_read(self._hass, heard.text, heard.languages):
            return await self._async_report(heard, read)
        found = await self._hass.async_add_executor_job(self.reader.read_freely, heard.text, heard.likely)
        if found is None and await self._async_is_stop(heard):
            stop = ParsedCommand(command=VoiceCommand.STOP_ROUTINE)
            found = FoundCommand(parsed=stop, language=heard.likely[0])
        if found is not None:
            return await self._async_perform(heard, found)
        return await self._async_leave(heard)

    async def _async_is_stop(self, heard: HeardSentence) -> bool:
        """Return whether a sentence of other words stops the routine of its room."""
        return bool(heard.guided) and await self._hass.async_add_executor_job(
            self.reader.stops, heard.text, heard.likely
        )

    async def _async_report(self, heard: HeardSentence, read: ReadSentence) -> str:
        slots = {"text": heard.text}
        if read.sentence.runner:
            slots["runner"] = read.sentence.runner
        return await self._async_handle_intent(heard.user_input, VoiceCommand.PAIN, slots, read.language)

    async def _async_perform(self, heard: HeardSentence, found: FoundCommand) -> str:
        parsed = found.parsed
        if parsed.runner is None and len(heard.guided) == 1 and parsed.command in CONTROLLING:
            parsed = replace(parsed, runner=heard.guided[0].entry.title)
        return await self._async_handle_intent(
            heard.user_input, parsed.command, slots_of(parsed, heard.text), found.language
        )

    async def _async_handle_intent(
        self, user_input: ConversationInput, command: VoiceCommand, slots: Mapping[str, str], language: str
    ) -> str:
        response = await intent.async_handle(
            self._hass,
            DOMAIN,
            intent_type(command),
            {name: {"value": value} for name, value in slots.items()},
            user_input.text,
            user_input.context,
            language,
            device_id=user_input.device_id,
            satellite_id=user_input.satellite_id,
            conversation_agent_id=user_input.agent_id,
        )
        speech: str = response.speech["plain"]["speech"]
        return speech

    def _is_answer(self, parsed: ParsedCommand, heard: HeardSentence) -> bool:
        """Return whether a reply belongs to a question asked in its room, or is the number that one runner owes."""
        now = dt_util.utcnow()
        owing = [runner for runner in self.runners if runner.runner.effort.is_open(now)]
        if parsed.command is VoiceCommand.CHECK_IN and len(owing) == 1:
            return True
        questions = async_open_questions(self.runners, now)
        return bool(async_answerable(self._hass, questions, heard.place, name=parsed.runner))

    def _may_be_home_assistants(self, parsed: ParsedCommand, heard: HeardSentence) -> bool:
        """Return whether Home Assistant may mean a sentence: its names, and its music and timers in the room."""
        if heard.guided:
            return False
        if parsed.command in ANSWERING:
            return self._is_busy(heard)
        if heard.is_asked:
            return False
        words = f" {spoken(heard.text)} "
        names = (spoken(name) for name in async_exposed_names(self._hass))
        return any(name and f" {name} " in words for name in names)

    def _is_busy(self, heard: HeardSentence) -> bool:
        """Return whether a player plays in the room of a sentence, or a timer runs there."""
        area = heard.place.area
        players = self._hass.states.async_all(Platform.MEDIA_PLAYER)
        return async_has_timer(self._hass, device_id=heard.user_input.device_id, area_id=area) or any(
            player.state == MediaPlayerState.PLAYING and area_of(self._hass, player.entity_id) == area
            for player in players
            if area
        )

    async def _async_hand_on(self, heard: HeardSentence) -> str:
        """Hand on a sentence that is not the gym's, and return the answer of the agent or of the model."""
        answer = await self._async_forward(heard.user_input)
        return await self._async_leave(heard) if answer is None else answer

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

    async def _async_leave(self, heard: HeardSentence) -> str:
        """Return the answer of the model or of the agent to an unknown sentence, or examples of known ones."""
        if answer := await self._async_ask_model(heard.user_input):
            return answer
        is_of_gym = await self._hass.async_add_executor_job(self.reader.speaks_of_gym, heard.text, heard.likely)
        response = await self._async_answer_by_agent(heard.user_input, guesses=not is_of_gym)
        phrases = await async_phrases(self._hass, heard.likely[0])
        is_unknown = response is None or response.error_code is intent.IntentResponseErrorCode.NO_INTENT_MATCH
        if is_unknown and (is_of_gym or await self._async_mentions_routine(heard)):
            return say(phrases, f"help.{'guided' if heard.guided else 'asked' if heard.is_asked else 'always'}")
        speech: str = response.speech.get("plain", {}).get("speech", "") if response else say(phrases, "misheard")
        return speech

    async def _async_mentions_routine(self, heard: HeardSentence) -> bool:
        """Return whether a sentence in the room of a routine has one of its words."""
        if not any(is_in_guided_room(self._hass, runner, heard.place) for runner in heard.guided):
            return False
        return await self._hass.async_add_executor_job(self.reader.mentions, heard.text, heard.likely, GUIDED)

    async def _async_answer_by_agent(
        self, user_input: ConversationInput, *, guesses: bool
    ) -> intent.IntentResponse | None:
        from homeassistant.components.conversation import async_get_chat_log  # noqa: PLC0415

        from ..ha.conversation import async_answer_by_agent  # noqa: PLC0415

        with (
            chat_session.async_get_chat_session(self._hass, user_input.conversation_id) as session,
            async_get_chat_log(self._hass, session) as chat_log,
        ):
            return await async_answer_by_agent(self._hass, user_input, chat_log, guesses=guesses)

    async def _async_ask_model(self, user_input: ConversationInput) -> str | None:
        """Hand on a sentence to the pipeline's own agent, and return its answer; None if that is the built-in one."""
        from ..ha.conversation import HOME_ASSISTANT_AGENT, async_converse  # noqa: PLC0415

        if user_input.agent_id in {None, HOME_ASSISTANT_AGENT}:
            return None
        result = await async_converse(
            self._hass,
            user_input.text,
            user_input.conversation_id,
            user_input.context,
            user_input.language,
            user_input.agent_id,
            user_input.device_id,
            user_input.satellite_id,
        )
        speech: str = result.response.speech.get("plain", {}).get("speech", "")
        return speech
