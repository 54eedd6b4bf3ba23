"""Fit of a sequence into a number of minutes: exercises by priority, further rounds, and walks for the rest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from ..exercises.adaptation import adapted
from ..exercises.exercise import catalogue
from ..exercises.exercise_facts import ALL_EXERCISES, ExerciseFacts
from ..exercises.level import Level
from ..exercises.plans import Entry
from ..exercises.progression import Progress
from ..habits.habit import Habit
from .guide import guided_steps
from .routine import Step
from .speech_lengths import SpeechLengths

FILLING: Mapping[str, tuple[float, float]] = {
    "brisk_walk": (60, 300),
    "marching": (30, 180),
    "light_jog": (60, 600),
    "easy_walk": (300, 600),
}
"""Shortest and longest seconds of the exercises that fill the rest of the time."""
CORE_RESTS: Mapping[Level, float] = {Level.BEGINNER: 15, Level.INTERMEDIATE: 12, Level.ADVANCED: 10}
OTHER_REST = 3.0
BETWEEN_CORE_ROUNDS = 30.0
CORE_ROUNDS, OTHER_ROUNDS = 3, 2
# Shorter times have the exercises of this one.
SHORTEST_MINUTES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Steps of one exercise: in the first round, and in a later one."""

    entry: Entry
    steps: tuple[Step, ...]
    again: tuple[Step, ...]

    @property
    def fills(self) -> bool:
        """Whether the exercise may be as long as the time allows."""
        return self.entry.exercise in FILLING and self.steps[0].exercise in FILLING


def _is_asked(facts: ExerciseFacts, level: Level, progress: Progress) -> bool:
    """Return whether an exercise has a dose at a level, and is chosen if it is by choice only."""
    return facts.doses[level].seconds > 0 and (progress.with_opt_in or not facts.is_opt_in)


def _is_double(one: Part, other: Part) -> bool:
    """Return whether two exercises of a sequence became the same."""
    return one.steps[0].exercise == other.steps[0].exercise and one.entry.exercise != other.entry.exercise


def time_of(steps: Iterable[Step]) -> float:
    """Return the seconds of guided steps with their lead-ins and rests."""
    return sum(step.seconds + step.rest + (step.guide.lead_in if step.guide else 0) for step in steps)


class Fit:
    """Parts of a sequence, and the rounds that fit.

    `is_used_up` means that the steps have each exercise as often as is of use.
    """

    def __init__(
        self,
        habit: Habit,
        sequence: Sequence[Entry],
        *,
        seconds: float,
        level: Level,
        progress: Progress,
        speech: SpeechLengths,
    ) -> None:
        """Take the entries of a sequence for this time that the runner can do."""
        self._seconds = seconds
        self._is_core = habit is Habit.CORE
        self._rest = CORE_RESTS[level] if self._is_core else OTHER_REST
        minutes = max(SHORTEST_MINUTES, ceil(seconds / 60))
        wanted = [entry for entry in sequence if entry.minutes <= minutes]
        asked = [each for each in wanted if _is_asked(ALL_EXERCISES[each.exercise], level, progress)]
        self.asked = len(asked)
        self._parts: list[Part] = []
        for entry in asked:
            part = self._part(entry, level=level, progress=progress, speech=speech)
            if part and not any(_is_double(each, part) for each in self._parts):
                self._parts.append(part)
        self.is_used_up = False
        self._most_rounds = (CORE_ROUNDS if self._is_core else OTHER_ROUNDS) - progress.is_deload

    @property
    def kept(self) -> int:
        """The number of exercises that the runner can do."""
        return len(self._parts)

    @property
    def exercises(self) -> list[str]:
        """The exercises that the runner can do, in the order of a round."""
        return [part.steps[0].exercise for part in self._parts]

    def steps(self) -> tuple[Step, ...]:
        """Return the steps that fit, none if not even one exercise does."""
        rounds = [self._first_round()]
        if not rounds[0]:
            return ()
        for number in range(1, self._most_rounds):
            rounds.append([])
            for part in sorted(self._parts, key=lambda each: each.entry.minutes):
                if part.fills or part not in rounds[number - 1]:
                    continue
                more = [part for part in self._parts if part in rounds[number]] + [part]
                if self._time([*rounds[:number], more]) <= self._seconds:
                    rounds[number] = more
        repeated = [part for part in self._parts if not part.fills]
        self.is_used_up = len(rounds[0]) == self.kept and all(len(each) == len(repeated) for each in rounds[1:])
        return self._filled(self._in_order([each for each in rounds if each]))

    def _part(self, entry: Entry, *, level: Level, progress: Progress, speech: SpeechLengths) -> Part | None:
        shortest = FILLING[entry.exercise][0] if entry.exercise in FILLING else None
        done = adapted(catalogue()[entry.exercise], level=level, progress=progress, seconds=shortest)
        if done is None:
            return None
        first, again = (
            guided_steps(done, entry.exercise, rest=self._rest, progress=progress, speech=speech, is_again=is_again)
            for is_again in (False, True)
        )
        return Part(entry=entry, steps=first, again=again)

    def _first_round(self) -> list[Part]:
        """Return the parts that fit once: without the last ones of the least priority."""
        chosen = list(self._parts)
        while chosen and self._time([chosen]) > self._seconds:
            if len(chosen) == 1 and chosen[0].fills:
                break
            least = max(part.entry.minutes for part in chosen)
            chosen.remove([part for part in chosen if part.entry.minutes == least][-1])
        return chosen

    def _time(self, rounds: Sequence[Sequence[Part]]) -> float:
        return time_of(self._in_order(rounds))

    def _in_order(self, rounds: Sequence[Sequence[Part]]) -> list[Step]:
        steps: list[Step] = []
        for parts in rounds:
            if steps and self._is_core:
                steps[-1] = replace(steps[-1], rest=BETWEEN_CORE_ROUNDS)
            for part in self._parts:
                if part in parts:
                    is_again = any(step.exercise == part.steps[0].exercise for step in steps)
                    steps += part.again if is_again else part.steps
        steps[-1] = replace(steps[-1], rest=0)
        return steps

    def _filled(self, steps: list[Step]) -> tuple[Step, ...]:
        """Return the steps with longer walks and jogs for the rest of the time, in the order of `FILLING`."""
        for exercise, (_, longest) in FILLING.items():
            for number, step in enumerate(steps):
                if step.exercise in FILLING and step.guide and step.guide.planned == exercise:
                    more = min(self._seconds - time_of(steps), longest - step.seconds)
                    steps[number] = replace(step, seconds=step.seconds + max(0.0, float(round(more))))
        return tuple(steps)
