"""How each kind of fact in a journal is read from an object that JSON knows: by its parts, each by a reader.

What is not as it should be raises TypeError, ValueError or KeyError.
"""

from collections.abc import Mapping

from ..back.advice import Advice
from ..back.pain import WORST, Area, PainSide, PainTiming, RedFlag
from ..bounds import LARGEST_FIGURE
from ..habits.habit import Habit
from ..json_values import (
    Plain,
    Reader,
    count,
    day,
    expect,
    figure,
    flag,
    instant,
    one_of,
    optional,
    read,
    text,
    tuple_of,
)
from ..prompts.prompt import HoldReason, PromptState, PromptStep
from ..prompts.topic import NonHabitTopic, Topic
from ..routines.exercise import Side, Variant
from ..routines.routine import Routine, Step
from ..runs.activity import Activity, CadenceProfile, Intensity, Lap, Origin, RunningDynamics, Sport, Surface


def _thirds(plain: object) -> tuple[float | None, ...]:
    first, second, third = expect(list, plain)
    return tuple(FIGURE_OR_NONE(part) for part in (first, second, third))


def _profile(plain: object) -> CadenceProfile:
    told = expect(dict, plain)
    seconds = expect(list, told["seconds"])
    # Sixty of them for each run of a life are not asked one by one.
    if set(map(type, seconds)) != {int} or min(seconds) < 0 or max(seconds) >= LARGEST_FIGURE:
        raise TypeError("seconds of a cadence were expected")
    return CadenceProfile(lowest=count(told["lowest"]), seconds=tuple(seconds))


def _score(plain: object) -> float:
    score = figure(plain)
    if score > WORST:
        raise ValueError(f"a score from 0 to 10 was expected, not {score}")
    return score


def _lap(plain: object) -> Lap:
    """Read a lap, of which a journal has more than of all else together."""
    told = expect(dict, plain).get
    intensity = told("intensity")
    return Lap(
        start=instant(told("start")),
        elapsed_time=FIGURE_OR_NONE(told("elapsed_time")),
        moving_time=FIGURE_OR_NONE(told("moving_time")),
        distance=FIGURE_OR_NONE(told("distance")),
        cadence=FIGURE_OR_NONE(told("cadence")),
        intensity=None if intensity is None else INTENSITY(intensity),
    )


TOPICS: Mapping[str, Topic] = {topic.value: topic for kind in (Habit, NonHabitTopic) for topic in kind}
INTENSITY = one_of(Intensity)
ADVICE = one_of(Advice)
FIGURE_OR_NONE = optional(figure)
ACTIVITY: Mapping[str, Reader] = {
    "sport": one_of(Sport),
    "start": instant,
    "sub_sport": text,
    "elapsed_time": figure,
    "moving_time": figure,
    "distance": figure,
    "distance_error": figure,
    "cadence": figure,
    "cadence_thirds": _thirds,
    "cadence_profile": _profile,
    "dynamics": lambda plain: read(RunningDynamics, DYNAMICS, plain),
    "heart_rate": figure,
    "max_heart_rate": figure,
    "power": figure,
    "indoor": flag,
    "surface": one_of(Surface),
    "laps": tuple_of(_lap),
    "device": text,
    "manufacturer": text,
    "serial_number": text,
    "incomplete": flag,
    "origin": one_of(Origin),
    "origin_id": text,
    "gear": text,
}
DYNAMICS: Mapping[str, Reader] = {
    "vertical_oscillation": figure,
    "ground_contact_time": figure,
    "ground_contact_balance": figure,
}
DELIVERY: Mapping[str, Reader] = {
    "activity": lambda plain: read(Activity, ACTIVITY, plain),
    "learned": instant,
    "day": day,
    "live": flag,
    "chosen_shoe": text,
    "chosen_firmly": flag,
}
SESSION: Mapping[str, Reader] = {
    "habit": one_of(Habit),
    "end": instant,
    "day": day,
    "duration": figure,
    "logged": instant,
}
PROMPT_STEP: Mapping[str, Reader] = {
    "state": one_of(PromptState),
    "at": instant,
    "reason": one_of(HoldReason),
    "channel": text,
}
PROMPT_FACT: Mapping[str, Reader] = {
    "activity": text,
    "topic": TOPICS.__getitem__,
    "state": one_of(PromptState),
    "at": instant,
    "attempts": count,
    "channel": text,
    "snoozes": count,
    "until": instant,
    "reason": one_of(HoldReason),
    "life": tuple_of(lambda plain: read(PromptStep, PROMPT_STEP, plain)),
}
STEP: Mapping[str, Reader] = {
    "exercise": text,
    "side": optional(one_of(Side)),
    "seconds": figure,
    "rest": figure,
    "repetitions": optional(count),
    "name": optional(text),
    "way": optional(one_of(Variant)),
}
# What is None is not written, and a step has hardly any defaults.
NOTHING: Plain = dict.fromkeys(STEP)
ROUTINE: Mapping[str, Reader] = {
    "id": text,
    "habit": optional(one_of(Habit)),
    "steps": tuple_of(lambda step: read(Step, STEP, {**NOTHING, **expect(dict, step)})),
    "name": text,
}
PLAYER_MEMORY: Mapping[str, Reader] = {
    "routine": lambda plain: read(Routine, ROUTINE, {"habit": None, **expect(dict, plain)}),
    "step": count,
    "passed": count,
    "elapsed": figure,
    "done": tuple_of(figure),
    "active": figure,
    "running": flag,
    "speaker": text,
}
OCCASION: Mapping[str, Reader] = {
    "id": text,
    "habit": one_of(Habit),
    "at": instant,
    "asked": flag,
}
REST: Mapping[str, Reader] = {
    "start": day,
    "end": day,
    "said": instant,
    "ended": instant,
    "planned": day,
}
PAIN_REPORT: Mapping[str, Reader] = {
    "score": _score,
    "at": instant,
    "day": day,
    "said": instant,
    "area": one_of(Area),
    "side": one_of(PainSide),
    "moment": one_of(PainTiming),
    "red_flags": tuple_of(one_of(RedFlag)),
    "note": text,
    "source": text,
}
CORRECTION: Mapping[str, Reader] = {
    "activity": text,
    "at": instant,
    "start": instant,
    "day": day,
    "distance": figure,
    "moving_time": figure,
    "cadence": figure,
    "shoe": text,
    "removed": flag,
}
