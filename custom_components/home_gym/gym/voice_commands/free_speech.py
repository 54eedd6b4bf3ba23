"""Understanding of free sentences for the gym: classes of words in any sentence, and short words at their moment.

A form of a class is one or several words; `*` stands for the rest of a word, `~` for up to six words. A sentence of
the gym combines classes: `<why> ~ <silent>`. Short words count only if nothing else is said: every word of the sentence
is a form or a filler, so that "stop the music" is no "stop".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
import re
from typing import Any
import unicodedata

from ..exercises.level import Length
from ..habits.habit import Habit
from .commands import ParsedCommand, RestPeriod, SentenceContext, VoiceCommand

APOSTROPHES = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "`": "'"})
SIGNS = re.compile(r"[^\w\s']|_")
CLASS = re.compile(r"<(\w+)>")
HABIT, MINUTES = "habit", "minutes"
SAID_MINUTES = "<minutes>"
GAP = r"(?:\S+ ){0,6}"
WILDCARD = "[{gap}]"
# Longer sentences are no short words.
MOST_WORDS = 12
# Commands with a habit, without which they are none.
OF_A_HABIT = {VoiceCommand.START_ROUTINE, VoiceCommand.LOG_SESSION, VoiceCommand.LAST_SESSION}
SHORT_CONTEXTS = (SentenceContext.WHILE_GUIDED, SentenceContext.WHILE_ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShortWords:
    """Forms of each command in one context, as lists of words."""

    forms: Mapping[str, VoiceCommand]
    fillers: frozenset[str]
    longest: int

    def covered(self, words: Sequence[str]) -> VoiceCommand | None:
        """Return the command of the longest form, if forms and fillers are the whole sentence."""
        best: list[tuple[float, VoiceCommand | None] | None] = [(0, None), *([None] * len(words))]
        for start in range(len(words)):
            before = best[start]
            if before is None:
                continue
            found: tuple[float, VoiceCommand | None]
            for end in range(start + 1, min(start + self.longest, len(words)) + 1):
                said = " ".join(words[start:end])
                command = self.forms.get(said)
                reached = best[end]
                if command and _weight(said, command) > before[0]:
                    found = (_weight(said, command), command)
                elif command or said in self.fillers:
                    found = before
                else:
                    continue
                if reached is None or found[0] > reached[0]:
                    best[end] = found
        end_of_sentence = best[-1]
        return end_of_sentence[1] if end_of_sentence else None


class FreeSpeech:
    """Free sentences of one language, for runners of certain names."""

    def __init__(self, data: Mapping[str, Any], runners: Sequence[str]) -> None:
        """Take the contents of a language's file; they are compiled with the first sentence that is read."""
        self._data, self._free = data, data["free"]
        self._names = {_plain(name): name for name in reversed(runners) if _plain(name)}
        self._classes: dict[str, list[str]] = {name: list(forms) for name, forms in self._free["classes"].items()}
        self._classes[HABIT] = [form for forms in self._free["names"].values() for form in forms]

    @cached_property
    def _sentences(self) -> list[tuple[VoiceCommand, re.Pattern[str]]]:
        return [
            (VoiceCommand(command), re.compile(self._pattern(sentence)))
            for command, sentences in self._free["always"].items()
            for sentence in sentences
        ]

    @cached_property
    def _words(self) -> dict[str, re.Pattern[str]]:
        """Forms of the words that are looked for in any sentence."""
        names = [form for name in self._names for form in _forms_of(name, self._data["whose"])]
        return {"runner": _any_of(names), "tomorrow": _any_of(self._data["lists"]["tomorrow"]["true"])} | {
            name: _any_of(self._free[name]) for name in ("gym", "orders", "household", "stop", "polite")
        }

    @cached_property
    def _habits(self) -> list[tuple[Habit, re.Pattern[str]]]:
        return [(Habit(habit), _any_of(forms)) for habit, forms in self._free["names"].items()]

    @cached_property
    def _lengths(self) -> list[tuple[Length, re.Pattern[str]]]:
        return [(Length(length), _any_of(forms)) for length, forms in self._data["lists"]["length"].items()]

    @cached_property
    def _periods(self) -> list[tuple[RestPeriod, re.Pattern[str]]]:
        return [(RestPeriod(period), _any_of(forms)) for period, forms in self._free["periods"].items()]

    @cached_property
    def _delays(self) -> list[tuple[int, re.Pattern[str]]]:
        return [(int(minutes), _any_of(forms)) for minutes, forms in self._data["lists"]["delay"].items()]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {_plain(form): int(n) for n, forms in self._data["lists"]["minutes"].items() for form in forms}

    @cached_property
    def _minutes(self) -> re.Pattern[str]:
        number = "|".join(sorted(map(re.escape, self._numbers), key=len, reverse=True))
        unit = "|".join(sorted(map(re.escape, self._free["minute"]), key=len, reverse=True))
        return re.compile(rf"(?<!\S)({number}) (?:{unit})(?!\S)")

    @cached_property
    def _short(self) -> dict[SentenceContext, _ShortWords]:
        return {context: self._short_words(context) for context in SHORT_CONTEXTS}

    def understood(self, text: str) -> ParsedCommand | None:
        """Return the command of a sentence at any time; None for a sentence that isn't the gym's."""
        words = _plain(text)
        if self._is_for_home_assistant(words):
            return None
        for command, pattern in self._sentences:
            if pattern.search(words):
                habit = self._habit_in(words) if command in OF_A_HABIT else None
                if command not in OF_A_HABIT or habit:
                    return self._command(command, words, habit)
        return None

    def understood_short(self, text: str, context: SentenceContext) -> ParsedCommand | None:
        """Return the command of short words in a context; None for any sentence with other words."""
        words, minutes = " ".join(self._words["polite"].sub(" ", _plain(text)).split()), None
        if context is SentenceContext.WHILE_ASKED:
            minutes, words = self._without_minutes(words)
        split = words.split()
        command = self._short[context].covered(split) if len(split) <= MOST_WORDS else None
        if command is None:
            return None
        runner = self._runner_in(words)
        return ParsedCommand(command=command, runner=runner, minutes=minutes if command is VoiceCommand.LATER else None)

    def stops(self, text: str) -> bool:
        """Return whether a sentence begins or ends with a word that stops."""
        words = _plain(text)
        return any(hit.start() == 0 or hit.end() == len(words) for hit in self._words["stop"].finditer(words))

    def names_household(self, text: str) -> bool:
        """Return whether a sentence names a thing of the household, such as music or a vacuum cleaner."""
        return bool(self._words["household"].search(_plain(text)))

    def speaks_of_gym(self, text: str) -> bool:
        """Return whether a sentence speaks of the gym and is no order to Home Assistant."""
        words = _plain(text)
        return bool(self._words["gym"].search(words)) and not self._is_for_home_assistant(words)

    def mentions(self, text: str, context: SentenceContext) -> bool:
        """Return whether a sentence has a short word of a context among others and is no order to Home Assistant."""
        words, short = _plain(text), self._short[context]
        split = words.split()
        parts = (
            " ".join(split[start:end])
            for start in range(len(split))
            for end in range(start + 1, min(start + short.longest, len(split)) + 1)
        )
        return not self._is_for_home_assistant(words) and any(part in short.forms for part in parts)

    def templates(self, *contexts: SentenceContext) -> list[str]:
        """Return templates with wildcards of the sentences that may be the gym's, for a sentence trigger."""
        return list(dict.fromkeys(template for context in contexts for template in self._templates(context)))

    def _templates(self, context: SentenceContext) -> Iterator[str]:
        if context is SentenceContext.ALWAYS:
            for sentences in self._free["always"].values():
                yield from map(self._template, sentences)
            yield f"{WILDCARD} ({'|'.join(_shortest(self._free['gym']))}){WILDCARD}"
        elif context in SHORT_CONTEXTS:
            forms = [form for forms in self._free[context.value].values() for form in forms if SAID_MINUTES not in form]
            # "In ten minutes" is among the sentences of the context.
            yield f"{WILDCARD} ({'|'.join(_shortest(forms))}){WILDCARD}"

    def _template(self, sentence: str) -> str:
        # The end of a form may be the middle of a word, as for a form with an open end.
        inner = CLASS.sub(lambda name: f"({'|'.join(_shortest(self._classes[name[1]]))}){WILDCARD}", sentence)
        return f"{WILDCARD} {inner.replace('~', WILDCARD)} {WILDCARD}".replace(f"{WILDCARD} {WILDCARD}", WILDCARD)

    def _pattern(self, sentence: str) -> str:
        return _pattern(CLASS.sub(lambda name: f"({'|'.join(self._classes[name[1]])})", sentence))

    def _short_words(self, context: SentenceContext) -> _ShortWords:
        forms = {
            _plain_form(form): VoiceCommand(command)
            for command, forms in reversed(self._free[context.value].items())
            for form in forms
        }
        habits = [form for form in self._classes[HABIT] if not set(form) & set("*~")]
        names = [form for name in self._names for form in (name, *(f.format(runner=name) for f in self._free["for"]))]
        fillers = frozenset(map(_plain_form, [*self._free["fillers"], *habits, *names]))
        longest = max(len(form.split()) for form in (*forms, *fillers))
        return _ShortWords(forms=forms, fillers=fillers, longest=longest)

    def _is_for_home_assistant(self, words: str) -> bool:
        """Return whether a sentence begins like an order to Home Assistant or names a thing of the household."""
        return bool(self._words["orders"].match(words) or self._words["household"].search(words))

    def _command(self, command: VoiceCommand, words: str, habit: Habit | None) -> ParsedCommand:
        is_start = command is VoiceCommand.START_ROUTINE
        is_rest = command is VoiceCommand.REST
        return ParsedCommand(
            command=command,
            habit=habit,
            length=_first_of(self._lengths, words) if is_start else None,
            period=_first_of(self._periods, words) if is_rest else None,
            runner=self._runner_in(words),
            minutes=self._without_minutes(words)[0] if is_start else None,
            tomorrow=True if command is VoiceCommand.WISE_DISTANCE and self._words["tomorrow"].search(words) else None,
        )

    def _habit_in(self, words: str) -> Habit | None:
        hits = [(hit.start(), -len(hit[0]), habit) for habit, forms in self._habits if (hit := forms.search(words))]
        return min(hits)[2] if hits else None

    def _runner_in(self, words: str) -> str | None:
        hit = self._words["runner"].search(words)
        return next((name for plain, name in self._names.items() if hit and hit[0].startswith(plain)), None)

    def _without_minutes(self, words: str) -> tuple[int | None, str]:
        """Return the minutes in words, and the words with a sign in their place."""
        for minutes, forms in self._delays:
            if forms.search(words):
                return minutes, forms.sub(SAID_MINUTES, words)
        if hit := self._minutes.search(words):
            return self._numbers[hit[1]], self._minutes.sub(SAID_MINUTES, words)
        return None, words


def _weight(said: str, command: VoiceCommand) -> float:
    """Return the weight of a form: its length, and of equally long ones the one that stops."""
    return len(said) + (0.5 if command is VoiceCommand.STOP_ROUTINE else 0)


def _plain(text: str) -> str:
    """Return a text in lower case, without accents and signs."""
    letters = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    # "D'étirements" is two words.
    return " ".join(SIGNS.sub(" ", plain).replace("'", "' ").split())


def _plain_form(form: str) -> str:
    return form if form == SAID_MINUTES else SAID_MINUTES.join(map(_spaced, form.split(SAID_MINUTES))).strip()


def _spaced(part: str) -> str:
    """Return a part of a form in plain letters, with its outer spaces."""
    return f"{' ' if part.startswith(' ') else ''}{_plain(part)}{' ' if part.endswith(' ') else ''}"


def _pattern(forms: str) -> str:
    """Return the regular expression of forms between brackets, with gaps and open ends."""
    letters = unicodedata.normalize("NFKD", forms.lower().replace("-", " ").replace("'", "' "))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    grouped = re.sub(r" (?=[|) ])", "", plain).replace("(", "(?:").replace("*", r"\S*").replace("~ ", GAP)
    return rf"(?<!\S){grouped}(?!\S)"


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    # Without any form nothing matches.
    return re.compile(_pattern(f"({'|'.join(longest_first)})") if longest_first else r"(?!)")


def _forms_of(name: str, whose: Iterable[str]) -> Iterator[str]:
    yield name
    yield from (_plain(form.format(runner=name)) for form in whose)


def _shortest(forms: Iterable[str]) -> list[str]:
    """Return forms without those that contain another one, for a template with wildcards around it."""
    plain = sorted({form.replace("*", "").replace("~", WILDCARD).replace("-", " ") for form in forms}, key=len)
    kept: list[str] = []
    for form in plain:
        if not any(form.startswith(short) or f" {short}" in form for short in kept):
            kept.append(form)
    return kept


def _first_of[T](meanings: Iterable[tuple[T, re.Pattern[str]]], words: str) -> T | None:
    return next((meaning for meaning, forms in meanings if forms.search(words)), None)
