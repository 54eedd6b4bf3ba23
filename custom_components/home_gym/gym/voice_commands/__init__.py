"""What people can say to the gym, one file a language; reading the files is left to those who may.

A sentence is written as the built-in agent of Home Assistant writes its own: `[word]` may be left out, `(one|other)` is
one of them, `{habit}` stands for any name of a habit, `<rule>` for a piece that several sentences share. Brackets hold
whole words, and a hyphen is as good as a space, for nobody hears it.
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

# What of a name neither voice nor grammar knows.
UNSPOKEN = re.compile(r"[^\w\s']|_")
# A score may be written as "3/10".
PUNCTUATION = re.compile(r"[^\w\s'/]")
HYPHEN = "-"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
SPACE = re.compile(r"\s+")
GROUP = re.compile(r"\(\?P<(\w+)>")
NUMBER = re.compile(r"\d+$")


class VoiceCommand(StrEnum):
    """What somebody may want who speaks to the gym."""

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
    """When a sentence is meant for the gym; at any other time it is somebody else's."""

    ALWAYS = "always"
    WHILE_ASKED = "while_asked"
    WHILE_CHECKED_IN = "while_checked_in"
    WHILE_GUIDED = "while_guided"
    WHILE_RESTING = "while_resting"


class RestPeriod(StrEnum):
    """How long somebody rests."""

    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCommand:
    """What a sentence wants; None for what it leaves open. Names are as they were handed over.

    With a `routine`, the `habit` is what the same words mean to somebody who has no routine of that name.
    """

    wish: VoiceCommand
    habit: Habit | None = None
    length: Length | None = None
    period: RestPeriod | None = None
    runner: str | None = None
    routine: str | None = None
    score: int | None = None


class Sentences:
    """The sentences of one language, for runners and own routines of certain names."""

    def __init__(self, data: Mapping[str, Any], runners: Sequence[str], routines: Sequence[str] = ()) -> None:
        """Take the contents of a language's file; of names that sound alike the first is meant."""
        self._names = {spoken(name): name for name in reversed(runners) if spoken(name)}
        self._routines = {spoken(name): name for name in reversed(routines) if spoken(name)}
        self._lists: Lists = {
            **{name: _forms(values) for name, values in data["lists"].items()},
            RUNNER: {name: name for name in self._names},
            ROUTINE: {name: name for name in self._routines},
            WHOSE: {form.format(runner=name): name for name in self._names for form in data[WHOSE]},
        }
        # Nobody has to be polite, and whoever is may be so before or after.
        polite = f"[{'|'.join(data['please'])}]"
        self._sentences = {
            SentenceContext(moment): {
                VoiceCommand(wish): [
                    _unhyphenated(f"{polite} {expanded(sentence, data['rules'])} {polite}") for sentence in sentences
                ]
                for wish, sentences in wishes.items()
            }
            for moment, wishes in data["sentences"].items()
        }

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], VoiceCommand]]:
        """What each sentence sounds like; a language that nobody speaks never needs it."""
        return [(_compiled(text), wish) for text, wish in self._rendered(PATTERN, *SentenceContext)]

    def templates(self, *moments: SentenceContext) -> list[str]:
        """Return what can be said at certain moments, with every name in its place, for a matcher to recognize."""
        return [text.strip() for text, _ in self._rendered(TEMPLATE_STYLE, *moments)]

    def understood(self, text: str) -> ParsedCommand | None:
        """Return what a sentence wants, whatever the moment; None for one that isn't the gym's."""
        readings = self._readings(text)
        said = next(readings, None)
        if said is None or said.routine is None:
            return said
        other = next(
            (one for one in readings if one.habit and (one.wish, one.runner) == (said.wish, said.runner)), None
        )
        return replace(said, habit=other.habit, length=other.length) if other else said

    def _readings(self, text: str) -> Iterator[ParsedCommand]:
        """Give what a sentence may want, the likeliest first."""
        words = f"{SPACE.sub(' ', PUNCTUATION.sub(' ', text.replace(APOSTROPHE, "'").lower())).strip()} "
        for pattern, wish in self._patterns:
            if match := pattern.fullmatch(words):
                forms = {NUMBER.sub("", name): form for name, form in match.groupdict().items() if form}
                yield self._said(wish, forms)

    def _said(self, wish: VoiceCommand, forms: Mapping[str, str]) -> ParsedCommand:
        meant = {name: self._lists[name][form.strip()] for name, form in forms.items()}
        name = meant.get(RUNNER) or meant.get(WHOSE)
        # Grammar needs several lists of habits: what they are called, how they are done, how they were.
        habit = next((meant[name] for name in meant if name not in NO_HABITS), None)
        score = meant.get(SCORE) or meant.get(PAINLESS) or meant.get(WELL)
        return ParsedCommand(
            wish=wish,
            habit=Habit(habit) if habit else None,
            length=Length(meant[LENGTH]) if LENGTH in meant else None,
            period=RestPeriod(meant[PERIOD]) if PERIOD in meant else None,
            runner=self._names[name] if name else None,
            routine=self._routines[meant[ROUTINE]] if ROUTINE in meant else None,
            score=int(score) if score else None,
        )

    def _rendered(self, style: Style, *moments: SentenceContext) -> Iterator[tuple[str, VoiceCommand]]:
        """Give each sentence in a style; one that nobody can say is left out."""
        for moment in moments:
            for wish, sentences in self._sentences.get(moment, {}).items():
                for sentence in sentences:
                    if (text := rendered(sentence, self._lists, style)) is not None:
                        yield text, wish


def spoken(name: str) -> str:
    """Return a name as it can be heard: in small letters, without signs."""
    return SPACE.sub(" ", UNSPOKEN.sub(" ", name.replace(APOSTROPHE, "'"))).strip().lower()


def _forms(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {_unhyphenated(form): value for value, forms in values.items() for form in forms}


def _unhyphenated(text: str) -> str:
    return text.replace(HYPHEN, " ")


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a slot may stand more than once."""
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
