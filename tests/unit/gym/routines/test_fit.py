"""Built-in routines in the runner's minutes: played by the clock, with the words that are spoken."""

from datetime import datetime, timedelta
from importlib.resources import files
from itertools import pairwise, product
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.home_gym.gym.back.limits import Limit, Limits
from custom_components.home_gym.gym.exercises import exercise_facts
from custom_components.home_gym.gym.exercises.exercise_facts import Kit
from custom_components.home_gym.gym.exercises.level import Length, Level, minutes_of
from custom_components.home_gym.gym.exercises.plans import SEQUENCES
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.choice import has_exercises, routine_for
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.routines.player_events import PhraseRef, RoutineFinished, Speak, StepStarted
from custom_components.home_gym.gym.routines.routine import NothingLeftError, Routine
from custom_components.home_gym.gym.routines.speech_lengths import SpeechLengths
from custom_components.home_gym.gym.speech import phrases as module

from ....support.unit.make import NOON

CATALOGUE: dict[str, dict[str, Any]] = json.loads(
    (Path(exercise_facts.__file__).parent / "catalogue.json").read_text(encoding="utf-8")
)
LANGUAGES = ("de", "en", "es", "fr", "nl")
PHRASES: dict[str, dict[str, list[str]]] = {
    language: json.loads((files(module) / f"{language}.json").read_text(encoding="utf-8")) for language in LANGUAGES
}
ALL_KIT = frozenset(Kit)
# The rotation before each.
BEFORE = {"A": None, "B": "A", "C": "B"}
FITTED = (Habit.WARM_UP, Habit.COOL_DOWN, Habit.CORE, Habit.STRETCH, Habit.FOAM_ROLL, Habit.MASSAGE)
MOST_OVER = 20
MOST_POSTURES = 4


def made(
    habit: Habit, rotation: str, minutes: float, *, level: Level = Level.BEGINNER, language: str = "en"
) -> Routine:
    """Return a rotation's routine for a runner with all kit."""
    progress = Progress(rotation=BEFORE[rotation], kit=ALL_KIT)
    speech = SpeechLengths(PHRASES[language])
    return routine_for(habit, minutes=minutes, level=level, progress=progress, speech=speech)


def longest_words(line: PhraseRef, language: str) -> int:
    """Return the most words that a line may have."""
    own = max(len(text.split()) for text in PHRASES[language][line.key])
    return own + sum(longest_words(value, language) for value in line.values.values() if isinstance(value, PhraseRef))


def begun(routine: Routine) -> tuple[datetime, list[tuple[datetime, StepStarted, list[PhraseRef]]]]:
    """Play a routine by its deadlines, and return its end, and the instant of each step with its lines."""
    player, now = Player(routine), NOON
    events = player.start(now)
    steps = []
    while True:
        for event in events:
            if isinstance(event, StepStarted):
                lines = [
                    each.line
                    for each in events
                    if isinstance(each, Speak) and not each.line.key.startswith(("player.begin", "player.rest"))
                ]
                steps.append((now, event, lines))
            if isinstance(event, RoutineFinished):
                return now, steps
        due = player.deadline()
        assert due is not None
        now = due
        events = player.tick(now)


@pytest.mark.parametrize(("habit", "rotation"), product(FITTED, BEFORE))
def test_routine_ends_in_time(habit: Habit, rotation: str) -> None:
    """At most 20 s over; more than two minutes are left only where every exercise was done as often as is of use."""
    for minutes, level in product((5, 10, 20, 30), Level):
        case = minutes, level
        routine = made(habit, rotation, minutes, level=level)
        assert routine.rotation == rotation
        # The greeting takes 5 s.
        total = 5 + sum(step.seconds + step.rest + (step.guide.lead_in if step.guide else 0) for step in routine.steps)
        if level is Level.BEGINNER:
            assert (begun(routine)[0] - NOON).total_seconds() == pytest.approx(total, abs=0.1), case
        over = total - 60 * minutes
        assert over <= MOST_OVER, case
        assert routine.is_enough or over > -150, case
        assert not routine.is_enough or over < -60, case


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("habit", FITTED)
def test_each_step_has_time_for_its_words_and_for_getting_into_place(habit: Habit, language: str) -> None:
    """The longer of 3 s and 2.3 words a second, and of the seconds of the catalogue."""
    for rotation in BEFORE:
        routine = made(habit, rotation, 20, language=language)
        before = None
        for now, started, lines in begun(routine)[1]:
            facts = CATALOGUE[started.step.exercise]
            is_same = before is not None and before.exercise == started.step.exercise and before.side != started.side
            into_place = facts.get("change", 0) if is_same else facts["setup"]
            spoken = 3 + sum(longest_words(line, language) for line in lines) / 2.3
            lead_in = (started.begins - now).total_seconds()
            opening = 5 if before is None else 0
            assert lead_in == pytest.approx(opening + max(into_place, spoken), abs=0.1), started.step.exercise
            before = started.step


def rounds(routine: Routine) -> list[list[str]]:
    """Return the exercises of each round: a new one begins with the first exercise that the round had."""
    found: list[list[str]] = [[]]
    for step in routine.steps:
        if found[-1] and step.exercise == found[-1][-1]:
            continue
        if step.exercise in found[-1]:
            found.append([])
        found[-1].append(step.exercise)
    return found


@pytest.mark.parametrize("habit", FITTED)
def test_round_changes_posture_at_most_four_times(habit: Habit) -> None:
    for each in (
        each for rotation in BEFORE for minutes in (5, 10, 20) for each in rounds(made(habit, rotation, minutes))
    ):
        postures = [CATALOGUE[exercise]["position"] for exercise in each]
        assert sum(one != other for one, other in pairwise(postures)) <= MOST_POSTURES, each


@pytest.mark.parametrize(
    ("habit", "minutes", "expected"),
    [
        (Habit.CORE, 5, ["bird_dog", "front_plank", "dead_bug", "glute_bridge"]),
        (Habit.STRETCH, 5, ["hamstring_stretch", "hip_flexor_stretch", "figure_four", "knees_to_chest"]),
        # Five minutes of cool-down are the walk alone.
        (Habit.COOL_DOWN, 5, ["easy_walk"]),
        (Habit.MASSAGE, 5, ["massage_glutes", "massage_hamstrings", "massage_calves"]),
    ],
)
def test_short_time_has_exercises_of_highest_priority(habit: Habit, minutes: int, expected: list[str]) -> None:
    done = [step.exercise for step in made(habit, "A", minutes).steps]
    assert list(dict.fromkeys(done)) == expected[: len(set(done))]
    assert len(set(done)) >= len(expected) - 1


def test_time_left_repeats_by_priority_in_listed_order() -> None:
    """Ten minutes of trunk work: one round of 6, and a second one of the first of the 5-minute exercises."""
    first, second = rounds(made(Habit.CORE, "A", 10))
    assert first == ["squat", "bird_dog", "front_plank", "side_plank", "dead_bug", "glute_bridge"]
    assert second[:2] == ["bird_dog", "front_plank"]
    assert second == [each for each in first if each in second]


def test_core_rests_between_rounds_and_by_level() -> None:
    for level, rest in {Level.BEGINNER: 15, Level.INTERMEDIATE: 12, Level.ADVANCED: 10}.items():
        routine = made(Habit.CORE, "A", 20, level=level)
        first = len([step for step in routine.steps if step.exercise == "glute_bridge"])
        assert first >= 1
        assert {step.rest for step in routine.steps[:-1]} == {rest, 30}
        assert routine.steps[-1].rest == 0


def test_more_time_than_of_use_is_said() -> None:
    routine = made(Habit.FOAM_ROLL, "A", 30)
    assert routine.is_enough
    assert len(rounds(routine)) == 2
    player = Player(routine)
    player.start(NOON)
    events = [event for _ in routine.steps for event in player.next(NOON)]
    spoken = [event.line.key for event in events if isinstance(event, Speak)]
    assert spoken[-1] == "player.enough"


def test_long_warm_up_has_core_work_before_the_run() -> None:
    """Five minutes of walking, ten of core, and the warm-up; no calf raises before a run."""
    for rotation in BEFORE:
        done = [step.exercise for step in made(Habit.WARM_UP, rotation, 30).steps]
        assert done[0] == "brisk_walk"
        assert "glute_bridge" in done or "single_leg_bridge" in done
        assert not {"calf_raise", "single_leg_calf_raise"} & set(done)


@pytest.mark.parametrize(
    ("kit", "habit", "rotation", "missing", "instead"),
    [
        (Kit.BAND, Habit.CORE, "B", "monster_walk", "side_lying_leg_raise"),
        (Kit.STEP, Habit.CORE, "B", "step_down", "split_squat"),
        (Kit.CUSHION, Habit.STRETCH, "A", "supported_pigeon", "seated_figure_four"),
        (Kit.BALL, Habit.FOAM_ROLL, "C", "ball_glutes", "roll_calves"),
    ],
)
def test_lacking_kit_is_stepped_over(kit: Kit, habit: Habit, rotation: str, missing: str, instead: str) -> None:
    progress = Progress(rotation=BEFORE[rotation], kit=ALL_KIT - {kit})
    done = {step.exercise for step in routine_for(habit, minutes=30, progress=progress).steps}
    assert missing in {step.exercise for step in made(habit, rotation, 30).steps}
    assert missing not in done
    assert instead in done


@pytest.mark.parametrize("length", Length)
@pytest.mark.parametrize("habit", Habit)
def test_length_has_its_minutes(habit: Habit, length: Length) -> None:
    routine = routine_for(habit, length=length)
    over = (begun(routine)[0] - NOON).total_seconds() - 60 * minutes_of(habit, length)
    assert -150 < over <= MOST_OVER


@pytest.mark.parametrize(
    ("rotation", "minutes", "expected"),
    [
        ("A", 20, ["easy_walk"]),
        ("B", 10, ["easy_walk", "brisk_walk", "easy_walk", "brisk_walk", "easy_walk"]),
        ("C", 10, ["easy_walk", "brisk_walk", "easy_walk"]),
    ],
)
def test_walks_by_rotation(rotation: str, minutes: int, expected: list[str]) -> None:
    routine = made(Habit.WALK, rotation, minutes)
    assert [step.exercise for step in routine.steps][:3] == expected[:3]
    assert (begun(routine)[0] - NOON) <= timedelta(minutes=minutes, seconds=MOST_OVER)


def test_heat_takes_ten_to_twenty_minutes() -> None:
    with pytest.raises(ValueError, match=r"^too_little_time$"):
        made(Habit.HEAT_OR_ICE, "A", 9)
    (longest,) = made(Habit.HEAT_OR_ICE, "A", 30).steps
    assert longest.seconds == 20 * 60
    (step,) = made(Habit.HEAT_OR_ICE, "A", 15).steps
    assert 13 * 60 < step.seconds < 15 * 60


def test_sequences_alternate() -> None:
    assert [made(Habit.CORE, rotation, 10).rotation for rotation in BEFORE] == ["A", "B", "C"]
    assert routine_for(Habit.CORE, minutes=10, progress=Progress(rotation="C")).rotation == "A"


def test_walk_without_brisk_parts_is_one() -> None:
    """Bone stress: no brisk walking, so that the parts become one."""
    limits = Limits(present=frozenset({Limit.BONE_STRESS}))
    for rotation in ("A", "B", "C"):
        progress = Progress(rotation=BEFORE[rotation], limits=limits)
        (step,) = routine_for(Habit.WALK, minutes=11, progress=progress).steps
        assert step.exercise == "easy_walk"
        assert step.seconds == 11 * 60 - 5 - 5


def test_short_rest_of_a_walk_belongs_to_the_part_before() -> None:
    """Easy for 3 min, brisk for 2 min, and half a minute that is no part of its own."""
    easy, brisk = made(Habit.WALK, "B", 5.5).steps
    assert (easy.exercise, brisk.exercise) == ("easy_walk", "brisk_walk")
    assert brisk.seconds > 120


@pytest.mark.parametrize("limit", [Limit.VESSELS, Limit.NUMB_SKIN])
def test_compression_is_one_step_but_beside_clots_and_numb_skin(limit: Limit) -> None:
    (step,) = made(Habit.COMPRESSION, "A", 2).steps
    assert (step.exercise, step.seconds) == ("compression", 60)
    assert not has_exercises(Habit.COMPRESSION, Limits(present=frozenset({limit})))


# Habits that a limit takes away, besides those of the gentle plans.
OFF = {
    Limit.DOCTOR: {Habit.CORE, Habit.FOAM_ROLL, Habit.MASSAGE},
    Limit.LEG_PAIN: {Habit.FOAM_ROLL, Habit.MASSAGE},
    Limit.BONE_STRESS: {Habit.FOAM_ROLL, Habit.MASSAGE},
    Limit.VESSELS: {Habit.FOAM_ROLL, Habit.MASSAGE},
    Limit.NUMB_SKIN: {Habit.FOAM_ROLL, Habit.MASSAGE},
}


@pytest.mark.parametrize("limit", Limit)
def test_every_limit_leaves_a_rotation_two_thirds_whole(limit: Limit) -> None:
    """Of the exercises of its 20 minutes at most a third is gone, in its own or an easier form."""
    for habit in FITTED:
        check_rotation(limit, habit)


def check_rotation(limit: Limit, habit: Habit) -> None:
    """Check the rotation of a habit beside a limit."""
    progress = Progress(limits=Limits(present=frozenset({limit})), kit=ALL_KIT)
    if habit in OFF.get(limit, ()):
        with pytest.raises(NothingLeftError):
            routine_for(habit, progress=progress)
        return
    routine = routine_for(habit, minutes=20, progress=progress)
    if routine.rotation is None:
        return
    entries = SEQUENCES[habit][routine.rotation]
    asked = [entry.exercise for entry in entries if entry.minutes <= 20 and not CATALOGUE[entry.exercise].get("opt_in")]
    asked = [exercise for exercise in asked if CATALOGUE[exercise].get("repetitions") != [0, 2, 4]]
    assert len({step.exercise for step in routine.steps}) >= 2 / 3 * len(set(asked))
