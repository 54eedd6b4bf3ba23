"""Voice commands: sentences for the gym, one file a language; the files are read by the caller.

A sentence is written as for the built-in agent of Home Assistant: `[word]` may be left out, `(one|other)` is one of
them, `{habit}` stands for any name of a habit, `<rule>` for a piece shared by several sentences. Brackets hold whole
words, and a hyphen equals a space, as they sound the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import count
import re
from typing import Any

from ..habits.habit import Habit
from ..routines.routine import Length
from .template import Lists, Style, expanded, rendered

LENGTH, PERIOD, ROUTINE, RUNNER, WHOSE = "length", "period", "routine", "runner", "whose"
SCORE, PAINLESS, WELL = "score", "painless", "well"
NO_HABITS = {LENGTH, PERIOD, ROUTINE, RUNNER, WHOSE, SCORE, PAINLESS, WELL}

# Characters of a name that can be neither spoken nor written in a sentence.
UNSPOKEN = re.compile(r"[^\w\s']|_")
# A score may be written as "3/10".
PUNCTUATION = re.compile(r"[^\w\s'/]")
HYPHEN = "-"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
SPACE = re.compile(r"\s+")
GROUP = re.compile(r"\(\?P<(\w+)>")
NUMBER = re.compile(r"\d+$")


class VoiceCommand(StrEnum):
    """Commands that a sentence can give."""

    START_ROUTINE = "start_routine"
    PAUSE_ROUTINE = "pause_routine"
    RESUME_ROUTINE = "resume_routine"
    NEXT_STEP = "next_step"
    PREVIOUS_STEP = "previous_step"
    REPEAT_STEP = "repeat_step"
    STOP_ROUTINE = "stop_routine"
    LOG_SESSION = "log_session"
    SHOES = "shoes"
    LAST_SESSION = "last_session"
    PAIN = "pain"
    CHECK_IN = "check_in"
    TODAY = "today"
    REST = "rest"
    END_REST = "end_rest"
    AGREE = "agree"
    DONE = "done"
    LATER = "later"
    DECLINE = "decline"


class SentenceContext(StrEnum):
    """Contexts of sentences; outside of its context a sentence is not meant for the gym."""

    ALWAYS = "always"
    WHILE_ASKED = "while_asked"
    WHILE_CHECKED_IN = "while_checked_in"
    WHILE_GUIDED = "while_guided"
    WHILE_RESTING = "while_resting"


class RestPeriod(StrEnum):
    """Duration of a rest period."""

    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCommand:
    """Command of a sentence, with its parameters; None for those left open. Names are as given to `Sentences`.

    With a `routine`, the `habit` is the meaning of the same words for a runner without a routine of that name.
    """

    wish: VoiceCommand
    habit: Habit | None = None
    length: Length | None = None
    period: RestPeriod | None = None
    runner: str | None = None
    routine: str | None = None
    score: int | None = None


class Sentences:
    """Sentences of one language, for given names of runners and own routines."""

    def __init__(self, data: Mapping[str, Any], runners: Sequence[str], routines: Sequence[str] = ()) -> None:
        """Take the contents of a language's file; of names that sound alike the first counts."""
        self._names = {spoken(name): name for name in reversed(runners) if spoken(name)}
        self._routines = {spoken(name): name for name in reversed(routines) if spoken(name)}
        self._lists: Lists = {
            **{name: _forms(values) for name, values in data["lists"].items()},
            RUNNER: {name: name for name in self._names},
            ROUTINE: {name: name for name in self._routines},
            WHOSE: {form.format(runner=name): name for name in self._names for form in data[WHOSE]},
        }
        # A polite word is optional, before or after the sentence.
        polite = f"[{'|'.join(data['please'])}]"
        self._sentences = {
            SentenceContext(context): {
                VoiceCommand(wish): [
                    _unhyphenated(f"{polite} {expanded(sentence, data['rules'])} {polite}") for sentence in sentences
                ]
                for wish, sentences in wishes.items()
            }
            for context, wishes in data["sentences"].items()
        }

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], VoiceCommand]]:
        """Regular expression of each sentence, compiled on first use, as most languages are never used."""
        return [(_compiled(text), wish) for text, wish in self._rendered(PATTERN, *SentenceContext)]

    def templates(self, *contexts: SentenceContext) -> list[str]:
        """Return the sentences of certain contexts, with every name in its place, for a matcher to recognize."""
        return [text.strip() for text, _ in self._rendered(TEMPLATE_STYLE, *contexts)]

    def understood(self, text: str) -> ParsedCommand | None:
        """Return the command of a sentence in any context; None for a sentence that isn't the gym's."""
        readings = self._readings(text)
        first = next(readings, None)
        if first is None or first.routine is None:
            return first
        other = next(
            (one for one in readings if one.habit and (one.wish, one.runner) == (first.wish, first.runner)), None
        )
        return replace(first, habit=other.habit, length=other.length) if other else first

    def _readings(self, text: str) -> Iterator[ParsedCommand]:
        """Yield the possible commands of a sentence, the likeliest first."""
        words = f"{SPACE.sub(' ', PUNCTUATION.sub(' ', text.replace(APOSTROPHE, "'").lower())).strip()} "
        for pattern, wish in self._patterns:
            if match := pattern.fullmatch(words):
                forms = {NUMBER.sub("", name): form for name, form in match.groupdict().items() if form}
                yield self._command(wish, forms)

    def _command(self, wish: VoiceCommand, forms: Mapping[str, str]) -> ParsedCommand:
        values = {name: self._lists[name][form.strip()] for name, form in forms.items()}
        name = values.get(RUNNER) or values.get(WHOSE)
        # Grammar needs several lists of habits: as nouns, as verbs, and in the past tense.
        habit = next((values[name] for name in values if name not in NO_HABITS), None)
        score = values.get(SCORE) or values.get(PAINLESS) or values.get(WELL)
        return ParsedCommand(
            wish=wish,
            habit=Habit(habit) if habit else None,
            length=Length(values[LENGTH]) if LENGTH in values else None,
            period=RestPeriod(values[PERIOD]) if PERIOD in values else None,
            runner=self._names[name] if name else None,
            routine=self._routines[values[ROUTINE]] if ROUTINE in values else None,
            score=int(score) if score else None,
        )

    def _rendered(self, style: Style, *contexts: SentenceContext) -> Iterator[tuple[str, VoiceCommand]]:
        """Yield each sentence in a style, without those that lack words for a slot."""
        for context in contexts:
            for wish, sentences in self._sentences.get(context, {}).items():
                for sentence in sentences:
                    if (text := rendered(sentence, self._lists, style)) is not None:
                        yield text, wish


def spoken(name: str) -> str:
    """Return a name as it sounds: in lower case, without signs."""
    return SPACE.sub(" ", UNSPOKEN.sub(" ", name.replace(APOSTROPHE, "'"))).strip().lower()


def _forms(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {_unhyphenated(form): value for value, forms in values.items() for form in forms}


def _unhyphenated(text: str) -> str:
    return text.replace(HYPHEN, " ")


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that may repeat a slot."""
    numbers = count()
    return re.compile(GROUP.sub(lambda match: f"(?P<{match[1]}{next(numbers)}>", pattern))


def _pattern_of_slot(name: str, forms: Sequence[str]) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return f"(?P<{name}>{'|'.join(re.escape(f'{form} ') for form in longest_first)})"


PATTERN = Style(
    word=lambda word: re.escape(f"{word} "),
    slot=_pattern_of_slot,
    choice=lambda options: f"(?:{'|'.join(options)})",
    optional=lambda options: f"(?:{'|'.join(options)})?",
)
TEMPLATE_STYLE = Style(
    word=lambda word: f"{word} ",
    slot=lambda _name, forms: f"({'|'.join(forms)}) ",
    choice=lambda options: f"({'|'.join(option.strip() for option in options)}) ",
    optional=lambda options: f"[{'|'.join(option.strip() for option in options)}] ",
)
