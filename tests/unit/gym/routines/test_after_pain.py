"""Routines after pain paused them: the choice, the easier rest, and the session that counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from custom_components.home_gym.gym.back.limits import Limit, Limits
from custom_components.home_gym.gym.exercises.exercise import Side
from custom_components.home_gym.gym.exercises.plans import GentleReason
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.after_pain import eased
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.own_routine import own_routine
from custom_components.home_gym.gym.routines.player import Player, PlayerState
from custom_components.home_gym.gym.routines.player_events import (
    PlayerEvent,
    RoutineFinished,
    RoutinePaused,
    RoutineResumed,
    RoutineStopped,
    Speak,
)
from custom_components.home_gym.gym.routines.routine import Routine, Step

from ....support.unit.make import NOON
from ....support.unit.routines import five_of_core, four_stretches

USUAL = Progress()


def at(seconds: float) -> datetime:
    """Return the instant these seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def begun(routine: Routine, *, skipped: int = 0) -> Player:
    """Return a player of a routine, in one of its steps."""
    player = Player(routine)
    player.start(NOON)
    for _ in range(skipped):
        player.next(NOON)
    return player


def steps(player: Player) -> list[tuple[str, Side | None, float]]:
    """Return exercise or name, side and seconds of each step ahead."""
    return [(step.exercise or step.name or "", step.side, step.seconds) for step in player.ahead]


def resume(player: Player, seconds: float = 60, progress: Progress = USUAL) -> list[PlayerEvent]:
    """Resume, with the easier steps ahead."""
    easier: Sequence[Step] = eased(player.ahead, player.hurt or "", progress)
    return player.resume_eased(at(seconds), easier)


def lines(events: Sequence[PlayerEvent]) -> list[str]:
    """Return the keys of the spoken lines."""
    return [event.line.key for event in events if isinstance(event, Speak)]


def test_pain_pauses_until_the_runner_resumes() -> None:
    player = begun(five_of_core())
    events = player.hold_for_pain(at(20))
    assert [type(event) for event in events] == [RoutinePaused]
    assert (player.state, player.hurt) == (PlayerState.PAUSED, "front_plank")
    assert player.tick(at(2000)) == []
    assert player.state is PlayerState.PAUSED


def test_rest_is_easier_and_without_painful_exercise() -> None:
    """The plank hurt after 5 of its 20 s, behind a lead-in of 15 s."""
    player = begun(five_of_core())
    player.hold_for_pain(at(20))
    events = resume(player)
    assert isinstance(events[0], RoutineResumed)
    assert lines(events)[0] == "player.resumed_eased"
    assert steps(player) == [
        *[("knee_side_plank", Side.LEFT, 10)] * 3,
        *[("knee_side_plank", Side.RIGHT, 10)] * 3,
        *(("leg_reach", Side.LEFT, 24), ("leg_reach", Side.RIGHT, 24)),
        *(("heel_tap", None, 32), ("glute_bridge", None, 30)),
    ]
    assert player.routine.because is GentleReason.SORE
    assert player.routine.steps[0].seconds == 5
    assert player.hurt is None


def test_painful_exercise_of_second_round_is_left_out() -> None:
    routine = Routine(id="core", habit=Habit.CORE, steps=(*five_of_core().steps,) * 2)
    player = begun(routine, skipped=3)
    player.hold_for_pain(at(1))
    assert player.hurt == "bird_dog"
    resume(player)
    # Its easier form loads the same.
    assert {"bird_dog"}.isdisjoint(name for name, _, _ in steps(player))


def test_limits_of_the_report_hold_for_the_rest() -> None:
    player = begun(four_stretches())
    player.hold_for_pain(at(1))
    resume(player, progress=Progress(limits=Limits(present=frozenset({Limit.LEG_PAIN}))))
    assert player.state is PlayerState.IDLE, "hamstrings, figure four and pigeon all pull on the nerve"


def test_short_holds_do_not_multiply() -> None:
    sore = routine_for(Habit.CORE, minutes=10, progress=Progress(pain=4))
    planned = [step.exercise for step in sore.steps]
    player = begun(sore, skipped=planned.index("knee_plank"))
    player.hold_for_pain(at(1))
    assert player.hurt == "knee_plank"
    resume(player)
    names = [name for name, _, _ in steps(player)]
    assert "knee_plank" not in names
    assert names.count("knee_side_plank") == planned.count("knee_side_plank") == 3 * 2


def test_short_hold_that_a_limit_excludes_is_left_out() -> None:
    player = begun(routine_for(Habit.CORE, progress=Progress(pain=4)))
    assert "knee_plank" in {name for name, _, _ in steps(player)}
    player.hold_for_pain(at(1))
    resume(player, progress=Progress(limits=Limits(present=frozenset({Limit.UPPER_BODY}))))
    names = {name for name, _, _ in steps(player)}
    assert "leg_reach" in names
    assert {"knee_plank", "knee_side_plank"}.isdisjoint(names)


def test_nothing_left_finishes() -> None:
    """Of the only step 10 of 15 minutes were held."""
    player = begun(routine_for(Habit.HEAT_OR_ICE))
    for second in range(15, 616, 15):
        player.tick(at(second))
    player.hold_for_pain(at(616))
    events = resume(player, 700)
    assert isinstance(events[0], RoutineFinished)
    assert events[0].counts
    assert player.state is PlayerState.IDLE


def test_pain_in_another_pause_counts_too() -> None:
    player = begun(five_of_core())
    player.pause(at(20))
    assert player.hold_for_pain(at(30)) == []
    assert player.hurt == "front_plank"


def test_pain_without_a_routine_changes_nothing() -> None:
    player = Player(five_of_core())
    assert player.hold_for_pain(NOON) == []
    assert (player.hurt, player.ahead) == (None, [])


def test_resume_without_pain_is_as_usual() -> None:
    player = begun(five_of_core())
    player.pause(at(20))
    assert lines(player.resume_eased(at(30), ()))[0] == "player.resumed"
    assert player.resume_eased(at(40), ()) == []


def test_choice_outlives_a_restart() -> None:
    player = begun(five_of_core())
    player.hold_for_pain(at(20))
    memory = player.memory()
    assert memory
    after = Player(memory.routine, memory)
    assert after.hurt == "front_plank"
    resume(after)
    assert steps(after)[0] == ("knee_side_plank", Side.LEFT, 10)
    later = after.memory()
    assert later
    assert Player(later.routine, later).step == after.step


@pytest.mark.parametrize(("seconds", "counts"), [(119, False), (120, True)])
def test_routine_that_pain_ends_counts_from_two_minutes(seconds: float, counts: bool) -> None:
    """Two of ten minutes are less than half."""
    player = begun(own_routine("Mine", Habit.STRETCH, "Breathe, 10 min"))
    for second in range(15, int(seconds), 15):
        player.tick(at(second))
    player.hold_for_pain(at(seconds))
    stopped = next(event for event in player.stop(at(seconds)) if isinstance(event, RoutineStopped))
    assert stopped.done_share < 0.5
    assert stopped.counts is counts


def test_own_steps_become_easier() -> None:
    player = begun(own_routine("Mine", Habit.CORE, "Squats, 40 s\nPlank, 40 s\nPigeon, 40 s, each side\nBreathe, 20 s"))
    player.hold_for_pain(at(20))
    assert player.hurt == "squat"
    resume(player)
    assert steps(player) == [
        *[("knee_plank", None, 10)] * 3,
        ("supported_pigeon", Side.LEFT, 30),
        ("supported_pigeon", Side.RIGHT, 30),
        ("Breathe", None, 20),
    ]


def test_skipped_step_after_pain_is_done() -> None:
    """The runner goes past the painful step while the routine is paused."""
    player = begun(five_of_core())
    player.hold_for_pain(at(20))
    player.next(at(21))
    resume(player)
    assert steps(player)[0] == ("knee_side_plank", Side.LEFT, 10)
