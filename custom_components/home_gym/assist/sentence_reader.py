"""Reader of sentences: the command of a sentence, by the sentences of a language and by its free speech."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ..gym.voice_commands import FreeSpeech, ParsedCommand, SentenceContext, Sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCommand:
    """A command and the language of its sentence."""

    parsed: ParsedCommand
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceReader:
    """Sentences and free speech of every language; reading takes too long for the event loop."""

    sentences: Mapping[str, Sentences]
    free: Mapping[str, FreeSpeech]

    def read(
        self,
        text: str,
        languages: Iterable[str],
        contexts: Collection[SentenceContext],
        *,
        spoken: Collection[str],
        short: Collection[SentenceContext],
    ) -> FoundCommand | None:
        """Return the command of a sentence in certain contexts, trying the likeliest language first.

        Short words count in the contexts `short` alone, and in the `spoken` languages, as many are other words in
        another language. Those of a routine come before everything else.
        """
        return (
            self._short(text, spoken, SentenceContext.WHILE_GUIDED, short)
            or self._exact(text, languages, contexts)
            or self._short(text, spoken, SentenceContext.WHILE_ASKED, short)
        )

    def read_freely(self, text: str, spoken: Iterable[str]) -> FoundCommand | None:
        """Return the command of a free sentence."""
        for language in spoken:
            if language in self.free and (parsed := self.free[language].understood(text)):
                return FoundCommand(parsed=parsed, language=language)
        return None

    def stops(self, text: str, spoken: Iterable[str]) -> bool:
        """Return whether a sentence begins or ends with a word that stops, and means no thing of the household."""
        known = [self.free[language] for language in spoken if language in self.free]
        return any(free.stops(text) for free in known) and not any(free.names_household(text) for free in known)

    def speaks_of_gym(self, text: str, spoken: Iterable[str]) -> bool:
        """Return whether a sentence speaks of the gym."""
        return any(self.free[language].speaks_of_gym(text) for language in spoken if language in self.free)

    def mentions(self, text: str, spoken: Iterable[str], context: SentenceContext) -> bool:
        """Return whether a sentence has a short word of a context among others."""
        return any(self.free[language].mentions(text, context) for language in spoken if language in self.free)

    def _exact(self, text: str, languages: Iterable[str], contexts: Collection[SentenceContext]) -> FoundCommand | None:
        for language in dict.fromkeys(languages):
            known = self.sentences.get(language)
            if known and (parsed := known.understood(text, contexts)):
                return FoundCommand(parsed=parsed, language=language)
        return None

    def _short(
        self, text: str, spoken: Iterable[str], context: SentenceContext, contexts: Collection[SentenceContext]
    ) -> FoundCommand | None:
        if context not in contexts:
            return None
        for language in spoken:
            if language in self.free and (parsed := self.free[language].understood_short(text, context)):
                return FoundCommand(parsed=parsed, language=language)
        return None
