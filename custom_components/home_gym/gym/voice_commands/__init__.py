"""Voice commands: sentences for the gym, one file a language; the files are read by the caller.

A sentence is written as for the built-in agent of Home Assistant: `[word]` may be left out, `(one|other)` is one of
them, `{habit}` stands for any name of a habit, `<rule>` for a piece shared by several sentences. Brackets hold whole
words, and a hyphen equals a space, as they sound the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
import re
from typing import Any

from hassil.intents import Intents
from hassil.recognize import recognize_all

from ..exercises.level import Length
from ..habits.habit import Habit
from ..habits.practice import Effort

LENGTH, PERIOD, ROUTINE, RUNNER, WHOSE = "length", "period", "routine", "runner", "whose"
EFFORT, MINUTES = "effort", "minutes"
SCORE, PAINLESS, WELL = "score", "painless", "well"
SPAN, DELAY = "span", "delay"
NO_HABITS = {LENGTH, PERIOD, ROUTINE, RUNNER, WHOSE, EFFORT, MINUTES, SCORE, PAINLESS, WELL, SPAN, DELAY}

# Characters of a name that can be neither spoken nor written in a sentence.
UNSPOKEN = re.compile(r"[^\w\s']|_")
# A score may be written as "3/10".
PUNCTUATION = re.compile(r"[^\w\s'/]")
HYPHEN = "-"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
SPACE = re.compile(r"\s+")
RULE = re.compile(r"<(\w+)>")
SLOT = re.compile(r"\{(\w+)\}")
# A word for a slot without any: nothing that is heard sounds like it.
UNSAID = "\N{REPLACEMENT CHARACTER}"


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
    WHY_SILENT = "why_silent"
    REST = "rest"
    END_REST = "end_rest"
    AGREE = "agree"
    DONE = "done"
    LATER = "later"
    DECLINE = "decline"
    ANSWER_TRIAGE = "answer_triage"
    CLEAR_BACK = "clear_back"
    WITHDRAW_REPORT = "withdraw_report"
    RATE_ROUTINE = "rate_routine"
    EXPLAIN_STEP = "explain_step"
    START_FORM_CHECK = "start_form_check"
    FILM_FORM = "film_form"


FREELY_SPOKEN = frozenset({VoiceCommand.ANSWER_TRIAGE, VoiceCommand.CLEAR_BACK, VoiceCommand.WITHDRAW_REPORT})
"""Commands without sentences here: free sentences of `gym.back.words` give them."""


class SentenceContext(StrEnum):
    """Contexts of sentences; outside of its context a sentence is not meant for the gym."""

    ALWAYS = "always"
    WHILE_ASKED = "while_asked"
    WHILE_CHECKED_IN = "while_checked_in"
    WHILE_GUIDED = "while_guided"
    WHILE_RESTING = "while_resting"
    WHILE_RATED = "while_rated"


class RestPeriod(StrEnum):
    """Duration of a rest period."""

    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCommand:
    """Command of a sentence, with its parameters; None for those left open. Names are as given to `Sentences`.

    With a `routine`, the `habit` is the meaning of the same words for a runner without a routine of that name.
    """

    command: VoiceCommand
    habit: Habit | None = None
    length: Length | None = None
    period: RestPeriod | None = None
    runner: str | None = None
    routine: str | None = None
    score: int | None = None
    effort: Effort | None = None
    minutes: int | None = None


class Sentences:
    """The sentences of one language, for runners and own routines of certain names.

    Hassil, the matcher of Home Assistant's built-in agent, matches them.
    """

    def __init__(self, data: Mapping[str, Any], runners: Sequence[str], routines: Sequence[str] = ()) -> None:
        """Take the contents of a language's file; of names that sound alike the first one counts."""
        self._names = {spoken(name): name for name in reversed(runners) if spoken(name)}
        self._routines = {spoken(name): name for name in reversed(routines) if spoken(name)}
        self._lists: Mapping[str, Mapping[str, str]] = {
            **{name: _forms(values) for name, values in data["lists"].items()},
            RUNNER: {name: name for name in self._names},
            ROUTINE: {name: name for name in self._routines},
            WHOSE: {form.format(runner=name): name for name in self._names for form in data[WHOSE]},
        }
        self._rules = {name: _unhyphenated(rule) for name, rule in data["rules"].items()}
        # Politeness is optional, before or after.
        polite = f"[({'|'.join(data['please'])})]"
        self._sentences = {
            (SentenceContext(moment), VoiceCommand(command)): [
                _unhyphenated(f"{polite} {sentence} {polite}") for sentence in sentences
            ]
            for moment, commands in data["sentences"].items()
            for command, sentences in commands.items()
        }

    @cached_property
    def _intents(self) -> Intents:
        """The sentences as hassil reads them; a language without a speaker never needs them."""
        intents = {
            f"{moment}/{command}": {"data": [{"sentences": sentences}]}
            for (moment, command), sentences in sorted(
                self._sentences.items(), key=lambda item: list(SentenceContext).index(item[0][0])
            )
        }
        lists = {
            name: {"values": [{"in": form, "out": value} for form, value in forms.items()]}
            for name, forms in self._lists.items()
        }
        rules = {name: f"({rule})" for name, rule in self._rules.items()}
        return Intents.from_dict({"language": "", "intents": intents, "lists": lists, "expansion_rules": rules})

    def templates(self, *contexts: SentenceContext) -> list[str]:
        """Return the sentences of certain contexts, with every rule and name in its place, for a sentence trigger."""
        return [
            SLOT.sub(self._inlined, self._expanded(sentence))
            for wanted in contexts
            for (context, _), sentences in self._sentences.items()
            if context is wanted
            for sentence in sentences
        ]

    def understood(self, text: str) -> ParsedCommand | None:
        """Return the command of a sentence in any context; None for a sentence that isn't the gym's."""
        readings = list(self._readings(text))
        first = next(iter(readings), None)
        if first is None or first.routine is None:
            return first
        same = [one for one in readings if (one.command, one.runner) == (first.command, first.runner)]
        # "Core workout" is the routine of that name, not "Core" followed by a word.
        longest = max((one for one in same if one.routine), key=lambda one: len(one.routine or ""))
        other = next((one for one in same if one.habit and not one.routine), None)
        return replace(longest, habit=other.habit, length=other.length) if other else longest

    def _readings(self, text: str) -> Iterator[ParsedCommand]:
        """Yield the commands that a sentence may mean, the likeliest first."""
        words = SPACE.sub(" ", PUNCTUATION.sub(" ", text.replace(APOSTROPHE, "'").lower())).strip()
        for result in recognize_all(words, self._intents):
            command = VoiceCommand(result.intent.name.partition("/")[2])
            yield self._command(command, {name: entity.value for name, entity in result.entities.items()})

    def _command(self, command: VoiceCommand, values: Mapping[str, Any]) -> ParsedCommand:
        name = values.get(RUNNER) or values.get(WHOSE)
        # Grammar needs several lists of habits: as nouns, as verbs, and in the past tense.
        habit = next((values[name] for name in values if name not in NO_HABITS), None)
        score = values.get(SCORE) or values.get(PAINLESS) or values.get(WELL)
        minutes = values.get(SPAN) or values.get(MINUTES) or values.get(DELAY)
        return ParsedCommand(
            command=command,
            habit=Habit(habit) if habit else None,
            length=Length(values[LENGTH]) if LENGTH in values else None,
            period=RestPeriod(values[PERIOD]) if PERIOD in values else None,
            runner=self._names[name] if name else None,
            routine=self._routines[values[ROUTINE]] if ROUTINE in values else None,
            score=int(score) if score else None,
            effort=Effort(values[EFFORT]) if EFFORT in values else None,
            minutes=int(minutes) if minutes else None,
        )

    def _expanded(self, sentence: str) -> str:
        return RULE.sub(lambda rule: f"({self._expanded(self._rules[rule[1]])})", sentence)

    def _inlined(self, slot: re.Match[str]) -> str:
        return f"({'|'.join(self._lists[slot[1]]) or UNSAID})"


def spoken(name: str) -> str:
    """Return a name as it sounds: in lower case, without signs."""
    return SPACE.sub(" ", UNSPOKEN.sub(" ", name.replace(APOSTROPHE, "'"))).strip().lower()


def _forms(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {_unhyphenated(form): value for value, forms in values.items() for form in forms}


def _unhyphenated(text: str) -> str:
    return text.replace(HYPHEN, " ")
