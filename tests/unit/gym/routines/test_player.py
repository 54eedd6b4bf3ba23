"""Player of guided routines, against a simulation by seconds, restarts and clock changes."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
import json
from pathlib import Path
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.exercises.exercise import Side, Variant
from custom_components.home_gym.gym.exercises.exercise_facts import Kit
from custom_components.home_gym.gym.exercises.level import Length, Level
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.exercises.standing import Standing
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.own_routine import own_routine
from custom_components.home_gym.gym.routines.player import Player, PlayerState
from custom_components.home_gym.gym.routines.player_events import (
    Countdown,
    HalfWay,
    PauseReason,
    PhraseRef,
    PlayerEvent,
    RestStarted,
    RoutineFinished,
    RoutinePaused,
    RoutineResumed,
    RoutineStarted,
    RoutineStopped,
    SideSwitched,
    Speak,
    StepStarted,
)
from custom_components.home_gym.gym.routines.player_lines import explanation_lines, words
from custom_components.home_gym.gym.routines.position import PlayerMemory
from custom_components.home_gym.gym.routines.routine import Routine, Step
from custom_components.home_gym.gym.routines.timing import duration, shortened
from custom_components.home_gym.gym.speech import phrases as phrases_package
from tests.support.profiles import examples
from tests.support.unit.make import NOON
from tests.support.unit.routines import five_of_core, four_stretches

PHRASES = json.loads((Path(phrases_package.__file__).parent / "en.json").read_text(encoding="utf-8"))
HOUR = timedelta(hours=1)


def step(seconds: float = 40, rest: float = 0, side: Side | None = None, exercise: str = "front_plank") -> Step:
    """Return a step of an exercise."""
    return Step(exercise=exercise, side=side, seconds=seconds, rest=rest, repetitions=None, name=None)


def routine(*steps: Step) -> Routine:
    """Return a routine of these steps."""
    return Routine(id="core", habit=Habit.CORE, steps=steps)


def at(seconds: float) -> datetime:
    """Return the instant these seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def seconds_of(instant: datetime | None) -> float | None:
    """Return the seconds from noon to an instant."""
    return None if instant is None else (instant - NOON).total_seconds()


def play(player: Player, until: float) -> list[tuple[float, PlayerEvent]]:
    """Tick at each deadline up to an instant, and return the events with their seconds."""
    events: list[tuple[float, PlayerEvent]] = []
    while (due := player.deadline()) is not None and due <= at(until):
        events += [((due - NOON).total_seconds(), event) for event in player.tick(due)]
    return events + [(until, event) for event in player.tick(at(until))]


def begun(steps: Iterable[Step] | None = None) -> Player:
    """Return a player started at noon."""
    player = Player(routine(*(steps or [step(40, rest=25), step(20)])))
    player.start(NOON)
    return player


def keys(events: Iterable[PlayerEvent]) -> list[str]:
    """Return the keys of the spoken lines."""
    return [event.line.key for event in events if isinstance(event, Speak)]


def kinds(events: Iterable[PlayerEvent]) -> list[type[PlayerEvent]]:
    """Return the types of the events without spoken lines."""
    return [type(event) for event in events if not isinstance(event, Speak)]


def only[T](kind: type[T], events: Iterable[object]) -> list[T]:
    """Return the events of a type."""
    return [event for event in events if isinstance(event, kind)]


def test_events_of_whole_routine() -> None:
    """Two steps: 40 s on each side, with 25 s of rest between them and another exercise after them.

    The first has a lead-in of 15 s (10 and the greeting's 5), the other side of 5, the next exercise of 10, which are
    the last ones of the rest if there is one.
    """
    told_of = routine(step(40, 6, Side.LEFT), step(40, 25, Side.RIGHT), step(20, 30, exercise="dead_bug"))
    player = Player(told_of)
    assert (player.state, player.step, player.ends, player.deadline(), player.memory()) == (
        PlayerState.IDLE,
        None,
        None,
        None,
        None,
    )

    events = [(0.0, event) for event in player.start(NOON)] + play(player, 1000)

    spoken = [(when, event.line.key.removeprefix("player.")) for when, event in events if isinstance(event, Speak)]
    rest = [(when, event) for when, event in events if not isinstance(event, Speak | Countdown)]
    # 15 + 40 = 55; 1 s of 6 s of rest, then 5 to switch: 61 + 40 = 101; 15 s of 25, then 10: 126 + 20 = 146
    first, second, third = told_of.steps
    assert [event.side for _, event in events if isinstance(event, StepStarted)] == [Side.LEFT, Side.RIGHT, None]
    common: dict[str, Any] = {"routine": told_of, "steps": 3}
    assert rest == [
        (0, RoutineStarted(routine=told_of, seconds=146)),
        (0, StepStarted(step=first, number=1, begins=at(15), ends=at(55), **common)),
        (35, HalfWay()),
        (55, RestStarted(ends=at(56))),
        (56, SideSwitched(side=Side.RIGHT)),
        (56, StepStarted(step=second, number=2, begins=at(61), ends=at(101), **common)),
        (81, HalfWay()),
        (101, RestStarted(ends=at(116))),
        (116, StepStarted(step=third, number=3, begins=at(126), ends=at(146), **common)),
        (146, RoutineFinished(routine=told_of, done_share=1, seconds_done=146)),
    ]
    assert [(when, event.seconds) for when, event in events if isinstance(event, Countdown)] == [
        (end - left, left) for end in (55, 101, 146) for left in (5, 4, 3, 2, 1)
    ]
    plank, bug = "exercise.front_plank", "exercise.dead_bug"
    counted = ("five", "four", "three", "two", "one")
    assert spoken == [
        *[(0, key) for key in ("begin", "next", "side_left", f"{plank}.cue")],
        *[(35, "half"), (35, f"{plank}.tip")],
        *[(50, key) for key in counted],
        *[(55, "rest"), (56, "side_right")],
        *[(81, "half"), (81, f"{plank}.stop")],
        *[(96, key) for key in counted],
        (101, "rest"),
        *[(116, key) for key in ("next", f"{bug}.cue", f"{bug}.stop")],
        *[(141, key) for key in counted],
        (146, "finished"),
    ]
    assert (player.state, player.deadline(), player.memory(), player.step) == (PlayerState.IDLE, None, None, None)


@pytest.mark.parametrize(
    ("seconds", "half", "counts"),
    [(14.9, 0, 0), (15, 0, 5), (29.9, 0, 5), (30, 1, 5), (600, 1, 5)],
)
def test_short_hold_has_no_half_and_countdown(seconds: float, half: int, counts: int) -> None:
    events = [event for _, event in play(begun([step(seconds)]), 700)]
    assert (len(only(HalfWay, events)), len(only(Countdown, events))) == (half, counts)


@pytest.mark.parametrize("late", [0, 0.4, 3, 7.5, 29.9])
def test_late_ticks_move_no_hold(late: float) -> None:
    player = begun([step(40, rest=25), step(20, exercise="dead_bug"), step(16, exercise="bird_dog")])
    events: list[PlayerEvent] = []
    now = NOON
    while (due := player.deadline()) is not None:
        now = max(now, due) + timedelta(seconds=late)
        news = player.tick(now)
        events += news
        assert all(line.until > now for line in only(Speak, news) if line.line.key != "player.finished")

    # 15 + 40 + 25 = 80 + 20 + 10 = 110 + 16
    assert [(seconds_of(one.begins), seconds_of(one.ends)) for one in only(StepStarted, events)] == [
        (80, 100),
        (110, 126),
    ]
    assert only(RoutineFinished, events)[0].done_share == 1
    assert only(RoutineFinished, events)[0].seconds_done == 126


def test_lines_that_are_too_late_are_not_spoken() -> None:
    player = begun([step(40), step(40, exercise="dead_bug")])
    # The second step is announced at 55, its hold begins at 65, half is at 85, and 20 s after that it ends.
    play(player, 84)
    half = ["player.half", "exercise.dead_bug.tip"]
    counted = ["player.five", "player.four", "player.three", "player.two", "player.one"]
    assert keys(player.tick(at(85 + 15.5))) == half + counted
    assert keys(player.tick(at(104.2))) == []
    assert kinds(player.tick(at(105))) == [RoutineFinished]


def test_long_gap_between_ticks_pauses() -> None:
    player = begun()
    play(player, 20)
    events = player.tick(at(20) + 3 * HOUR)

    assert events == [RoutinePaused(routine=player.routine, reason=PauseReason.CLOCK)]
    memory = player.memory()
    assert memory is not None
    # 15 s of lead-in, then 5 s were held.
    assert (memory.step, memory.elapsed, memory.done[0], memory.active) == (0, 20, 5, 20)
    assert player.tick(at(30) + 3 * HOUR) == []


@pytest.mark.parametrize("command", [Player.next, Player.previous, Player.repeat, Player.pause, Player.stop])
def test_command_after_long_gap_finds_paused_routine(command: Callable[[Player, datetime], list[PlayerEvent]]) -> None:
    player = begun()
    events = command(player, NOON + HOUR)
    assert isinstance(events[0], RoutinePaused)
    assert len(only(RoutinePaused, events)) == 1
    assert player.state is (PlayerState.IDLE if command is Player.stop else PlayerState.PAUSED)


def test_late_countdown_is_skipped() -> None:
    player = begun([step(20)])
    assert player.tick(at(29)) == []
    # It counts from 30 to 35.
    assert player.tick(at(31)) == [Countdown(seconds=4)]
    assert player.tick(at(34.9)) == [Countdown(seconds=1)]


def test_clock_change_shifts_plan() -> None:
    player = begun()
    play(player, 20)
    for seconds in (-3600, 30, 0.7):
        ends = player.ends
        assert ends is not None
        assert player.shift(timedelta(seconds=seconds)) == []
        assert player.ends == ends + timedelta(seconds=seconds)
    assert seconds_of(player.ends) == 55 - 3600 + 30 + 0.7
    # Without a call of `shift`: the time that was left of the hold at 20 s is left one hour earlier.
    player = begun()
    play(player, 20)
    assert player.tick(at(20) - HOUR) == []
    assert player.ends == at(55) - HOUR
    paused = begun()
    paused.pause(at(5))
    before = paused.memory()
    assert paused.shift(HOUR) == []
    assert paused.memory() == before


def test_clock_set_far_forward_pauses() -> None:
    player = begun([step(1800)])
    play(player, 20)
    # The next deadline, half of the hold, is minutes away, so that the time alone says nothing.
    assert player.shift(timedelta(seconds=31)) == [RoutinePaused(routine=player.routine, reason=PauseReason.CLOCK)]
    memory = player.memory()
    assert memory is not None
    assert memory.elapsed == 20


@pytest.mark.parametrize(
    ("paused", "resumed", "ends"),
    [
        (5, 100, 100 + 10 + 40),  # 10 s of the lead-in are left, more than it takes to get ready
        (13, 100, 100 + 5 + 40),  # 2 s are left, and 3 more are given
        (25, 100, 100 + 5 + 30),  # 30 s of the hold are left
        (54.5, 100, 100 + 5 + 0.5),
        (60, 100, 100 + 10),  # 15 s of rest before the next lead-in, of which 5 passed
    ],
)
def test_pause_and_resume(paused: float, resumed: float, ends: float) -> None:
    player = begun([step(40, rest=25), step(20)])
    play(player, paused)
    assert kinds(player.pause(at(paused))) == [RoutinePaused]
    # The pause may last two hours.
    assert (player.state, player.ends, player.deadline()) == (PlayerState.PAUSED, None, at(paused + 7200))
    assert player.tick(at(resumed - 1)) == []
    number = player.number

    events = player.resume(at(resumed))

    assert events[0] == RoutineResumed(routine=player.routine, ends=at(ends))
    assert keys(events) == ["player.resumed", *(["player.next"] if paused < 55 else [])]
    assert (player.state, player.number, player.ends) == (PlayerState.RUNNING, number, at(ends))
    finished = only(RoutineFinished, [event for _, event in play(player, 1000)])
    assert [one.done_share for one in finished] == [1]
    # 15 + 40 + 25 + 20 without a pause, and the time to get ready.
    extra = {13: 3, 25: 5, 54.5: 5}.get(paused, 0)
    assert finished[0].seconds_done == 100 + extra


@pytest.mark.parametrize(("held", "counts"), [(29, False), (45, True)])
def test_routine_paused_for_two_hours_is_stopped_silently(held: float, counts: bool) -> None:
    """Half of 60 s must be held to count; the lead-in takes 15."""
    player = begun([step(60)])
    play(player, 15 + held)
    player.pause(at(15 + held))
    assert player.tick(at(15 + held + 7199)) == []
    [stopped] = player.tick(at(15 + held + 7200))
    assert isinstance(stopped, RoutineStopped)
    assert stopped.counts is counts
    assert (player.state, player.deadline()) == (PlayerState.IDLE, None)


def test_two_hours_of_pause_follow_restart_and_clock_change() -> None:
    player = begun([step(60)])
    play(player, 20)
    memory = player.memory()
    assert memory is not None
    again = Player(player.routine, memory)
    assert again.deadline() is None
    assert again.tick(at(100_000)) == []
    again.restored(at(100_000))
    assert again.deadline() == at(107_200)
    again.shift(timedelta(hours=1))
    assert again.deadline() == at(110_800)
    [stopped] = [event for event in again.next(at(110_800)) if isinstance(event, RoutineStopped)]
    assert not stopped.counts


def test_repeated_pauses_lose_no_held_time() -> None:
    player = begun()
    play(player, 30)
    for second in range(31, 40, 2):
        player.pause(at(second))
        player.resume(at(second + 1))
    player.pause(at(41))
    memory = player.memory()
    assert memory is not None
    # 16 s were held up to 31; every time after that ended while getting ready.
    assert (memory.elapsed, memory.done[0]) == (31, 16)


def test_inapplicable_commands_change_nothing() -> None:
    fresh = Player(routine(step()))
    for command in (Player.tick, Player.pause, Player.resume, Player.next, Player.previous, Player.repeat, Player.stop):
        assert command(fresh, NOON) == []
        assert fresh.state is PlayerState.IDLE
    assert fresh.restored(NOON) == []
    assert fresh.start(NOON)
    assert fresh.start(at(1)) == fresh.resume(at(1)) == []
    fresh.pause(at(2))
    memory = fresh.memory()
    assert fresh.pause(at(3)) == fresh.start(at(3)) == []
    assert fresh.memory() == memory
    assert fresh.stop(at(4))
    for command in (
        Player.start,
        Player.pause,
        Player.resume,
        Player.next,
        Player.previous,
        Player.repeat,
        Player.stop,
    ):
        assert command(fresh, at(5)) == []
    assert (fresh.state, fresh.memory()) == (PlayerState.IDLE, None)


def test_previous_at_first_step_starts_it_again() -> None:
    player = begun()
    play(player, 30)
    (started,) = only(StepStarted, player.previous(at(30)))
    assert (started.number, started.begins, started.ends) == (1, at(45), at(85))


def test_next_at_last_step_finishes() -> None:
    player = begun()
    (second,) = only(StepStarted, player.next(at(20)))
    assert (second.number, second.begins, second.ends) == (2, at(30), at(50))
    events = player.next(at(40))

    # 5 of 40 and 10 of 20 seconds: a quarter of all is not enough to count.
    assert only(RoutineFinished, events) == [
        RoutineFinished(routine=player.routine, done_share=15 / 60, seconds_done=40)
    ]
    assert not only(RoutineFinished, events)[0].counts
    assert keys(events) == ["player.finished"]
    assert player.state is PlayerState.IDLE


@pytest.mark.parametrize("restarted", [False, True])
def test_next_after_long_pause_at_last_step_reports_finish(restarted: bool) -> None:
    player = begun([step(40)])
    player.pause(at(20))
    if restarted:
        player = Player(player.routine, player.memory())
        player.restored(at(600))
    [line] = only(Speak, player.next(at(620)))
    assert (line.line.key, seconds_of(line.until)) == ("player.finished", 640)


def test_previous_and_repeat() -> None:
    player = begun()
    play(player, 90)
    assert player.number == 2
    assert [one.number for one in only(StepStarted, player.previous(at(90)))] == [1]
    (again,) = only(StepStarted, player.repeat(at(100)))
    assert (again.number, again.begins) == (1, at(115))
    events = only(RoutineFinished, [event for _, event in play(player, 1000)])
    # Each step counts once however often it is held; all took 100 s and 100 s more for going back.
    assert [(one.done_share, one.seconds_done) for one in events] == [(1, 200)]


def test_moving_between_steps_keeps_pause() -> None:
    player = begun()
    player.pause(at(20))
    assert player.next(at(21)) == []
    assert (player.state, player.number) == (PlayerState.PAUSED, 2)
    assert player.previous(at(22)) == []
    assert player.next(at(23)) == []

    events = player.resume(at(30))
    assert kinds(events) == [RoutineResumed, StepStarted]
    assert keys(events) == ["player.resumed", "player.next", "exercise.front_plank.cue"]
    (started,) = only(StepStarted, events)
    assert (started.number, started.begins, started.ends) == (2, at(40), at(60))
    player.pause(at(41))
    assert kinds(player.next(at(50))) == [RoutineFinished]


@pytest.mark.parametrize(("stopped", "share", "counts"), [(15, 0, False), (34.9, 19.9 / 40, False), (35, 0.5, True)])
def test_stop(stopped: float, share: float, counts: bool) -> None:
    player = begun([step(40)])
    play(player, stopped)
    events = player.stop(at(stopped))
    (over,) = only(RoutineStopped, events)
    assert over.done_share == pytest.approx(share)
    assert (over.seconds_done, over.counts) == (stopped, counts)
    assert keys(events) == ["player.stopped"]


def test_command_after_end_finds_finished_routine() -> None:
    for command in (Player.stop, Player.next, Player.pause, Player.previous, Player.repeat):
        player = begun([step(20)])
        play(player, 30)
        events = command(player, at(35.5))
        assert kinds(events)[-1] is RoutineFinished
        assert RoutineStopped not in kinds(events)
        assert player.state is PlayerState.IDLE


@pytest.mark.parametrize("seconds", [0, -5, 1e-9])
def test_steps_without_time_are_left_out(seconds: float) -> None:
    player = begun([step(seconds), step(20), step(seconds), step(30, rest=-3)])
    assert player.steps == 2
    assert player.ends == at(35)
    with pytest.raises(ValueError, match="empty"):
        Player(routine(step(seconds)))
    with pytest.raises(ValueError, match="empty"):
        Player(routine())


def test_routine_of_five_hundred_steps() -> None:
    player = begun([step(20, exercise=f"number {number}") for number in range(500)])
    events = [event for _, event in play(player, 100_000)]
    # The first 35 s and each other one 30.
    assert only(RoutineFinished, events)[0].seconds_done == 35 + 499 * 30
    assert len(only(StepStarted, events)) == 499


def test_own_routine_is_played() -> None:
    own = own_routine("Sun salutation", Habit.STRETCH, "Cat and cow, 60 s\nDog, 60 s")
    texts = [words(PHRASES, event.line) for event in only(Speak, Player(own).start(NOON))]
    # 2 minutes of holds and 25 s of lead-ins
    assert texts == ["Sun salutation: about 2 minutes. Let's begin.", "Next: Cat and cow."]


def test_greeting_of_short_routine_has_no_minutes() -> None:
    assert keys(Player(routine(step(45))).start(NOON))[0] == "player.begin_short"


def at_half(*steps: Step) -> list[list[str]]:
    """Return the lines in the middle of each step that has one, after the half-way mark."""
    events = play(begun(steps), 10_000)
    moments = sorted({when for when, event in events if isinstance(event, HalfWay)})
    lines = [keys(event for when, event in events if when == moment) for moment in moments]
    assert all(first == "player.half" for first, *_ in lines)
    return [[key.rpartition(".")[2] for key in rest] for _, *rest in lines]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # On the other side, or in the next round, in place of the tip that was heard already; then no more.
        ([step(40, 0, Side.LEFT), step(40, 0, Side.RIGHT)], [["tip"], ["stop"]]),
        ([step(40), step(40, exercise="dead_bug"), step(40), step(40)], [["tip"], ["tip"], ["stop"], ["tip"]]),
        # Where there is a minute, behind the tip at once.
        ([step(59), step(60, exercise="dead_bug")], [["tip"], ["tip", "stop"]]),
        ([step(90, 0, Side.LEFT), step(90, 0, Side.RIGHT)], [["tip", "stop"], ["tip"]]),
        # A hold without a middle has no room for either.
        ([step(20), step(40)], [["stop"]]),
    ],
)
def test_warning_is_spoken_once(steps: list[Step], expected: list[list[str]]) -> None:
    assert at_half(*steps) == expected


def test_own_step_has_no_warning() -> None:
    assert at_half(*own_routine("Mine", Habit.STRETCH, "Dog, 40 s, each side\nCat, 90 s").steps) == [[], [], []]


@pytest.mark.parametrize("length", Length)
@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("habit", Habit)
def test_built_in_routines_speak_each_warning_once(habit: Habit, level: Level, length: Length) -> None:
    player = Player(routine_for(habit, level=level, length=length))
    events = [*player.start(NOON), *(event for _, event in play(player, 10_000))]
    stops = [key for key in keys(events) if key.startswith("exercise.") and key.endswith(".stop")]
    assert sorted(stops) == sorted({f"exercise.{step.exercise}.stop" for step in player.routine.steps})


@pytest.mark.parametrize("length", Length)
@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("habit", Habit)
def test_every_spoken_line_has_phrase(habit: Habit, level: Level, length: Length) -> None:
    player = Player(routine_for(habit, level=level, length=length))
    events = [*player.start(NOON), *player.pause(at(5)), *player.resume(at(6))]
    events += [event for _, event in play(player, 10_000)]
    assert isinstance(events[-2], RoutineFinished)
    for event in only(Speak, events):
        for turn in range(3):
            text = words(PHRASES, event.line, turn=turn)
            assert text
            assert "{" not in text


def variant_lines(told_of: Routine) -> list[list[str]]:
    """Return the spoken variants of a routine, by their points."""
    player = Player(told_of)
    events = [(0.0, event) for event in player.start(NOON)] + play(player, 10_000)
    moments: dict[float, list[str]] = {}
    for when, event in events:
        if isinstance(event, Speak) and event.line.key.endswith((".easier", ".harder")):
            moments.setdefault(when, []).append(event.line.key)
    return list(moments.values())


REACHED = {name: Standing(form=name, way=Variant.HARDER) for name in ("bird_dog", "dead_bug")}


@pytest.mark.parametrize(
    ("habit", "progress", "way", "exercises"),
    [
        (Habit.CORE, Progress(standings=REACHED), "harder", ["bird_dog", "dead_bug"]),
        (Habit.CORE, Progress(), "harder", []),
        (Habit.FOAM_ROLL, Progress(pain=3, kit=frozenset({Kit.ROLLER})), "easier", ["roll_calves", "roll_hamstrings"]),
    ],
)
def test_variant_is_announced_once(habit: Habit, progress: Progress, way: str, exercises: list[str]) -> None:
    """With its first cue, and not again on the other side or in the next round."""
    told_of = routine_for(habit, minutes=20 if habit is Habit.CORE else 5, progress=progress)
    assert all([step.exercise for step in told_of.steps].count(exercise) > 1 for exercise in exercises)
    spoken = [line for lines in variant_lines(told_of) for line in lines]
    assert [line for line in spoken if line.split(".")[1] in exercises] == [
        f"exercise.{exercise}.{way}" for exercise in exercises
    ]
    assert exercises or not spoken


def test_variant_follows_its_cue() -> None:
    swings = Step(
        exercise="leg_swing_front", side=None, seconds=20, rest=0, repetitions=10, name=None, way=Variant.EASIER
    )
    assert keys(Player(routine(swings)).start(NOON))[1:] == [
        *("player.next", "exercise.leg_swing_front.cue", "player.easier", "exercise.leg_swing_front.easier"),
        *("player.repetitions", "exercise.leg_swing_front.stop"),
    ]


def test_whole_text_of_step() -> None:
    swings = Step(
        exercise="leg_swing_front", side=Side.LEFT, seconds=20, rest=0, repetitions=10, name=None, way=Variant.HARDER
    )
    assert [line.key for line in explanation_lines(swings)] == [
        *("player.next", "player.side_left", "exercise.leg_swing_front.cue", "exercise.leg_swing_front.harder"),
        *("exercise.leg_swing_front.tip", "exercise.leg_swing_front.stop"),
    ]
    (own,) = own_routine("Mine", Habit.STRETCH, "Dog, 40 s").steps
    assert [(line.key, dict(line.values)) for line in explanation_lines(own)] == [("player.next", {"exercise": "Dog"})]


def test_line_within_line() -> None:
    phrases = {"a": ["{b} and {c}", "{c}, then {b}"], "b": ["one", "two"]}
    phrase = PhraseRef(key="a", values={"b": PhraseRef(key="b"), "c": 3})
    assert [words(phrases, phrase, turn=turn) for turn in range(2)] == ["one and 3", "3, then two"]


@pytest.mark.parametrize("whole", [five_of_core(), four_stretches()], ids=["core", "stretch"])
@pytest.mark.parametrize("minutes", [2, 3, 5, 8, 12, 20, 60])
def test_shortened_routine_fits_into_time_of_runner(whole: Routine, minutes: int) -> None:
    time = timedelta(minutes=minutes)
    chosen = shortened(whole, time)
    assert duration(chosen) <= time
    if chosen != whole:
        # One exercise more, on both sides where it has two, would not fit.
        more = whole.steps[len(chosen.steps)]
        count = len(chosen.steps) + (2 if more.side else 1)
        longer = Routine(id="longer", habit=whole.habit, steps=whole.steps[:count])
        assert duration(longer) > time


def test_too_little_time() -> None:
    with pytest.raises(ValueError, match="too_little_time"):
        shortened(five_of_core(), timedelta(seconds=20))


# Memory


def restored(player: Player) -> Player:
    """Return the player restored from its memory."""
    memory = player.memory()
    assert memory is not None
    return Player(memory.routine, memory)


def test_restart_pauses_and_is_announced_once() -> None:
    player = Player(routine(step(40), step(20)), speaker="01KITCHEN")
    player.start(NOON)
    play(player, 20)
    after = restored(player)
    assert (after.state, after.speaker, after.number) == (PlayerState.PAUSED, "01KITCHEN", 1)
    # A second restart before the announcement still has to be announced.
    again = restored(after)
    events = again.restored(NOON + HOUR)
    assert kinds(events) == [RoutinePaused]
    assert only(RoutinePaused, events)[0].reason is PauseReason.RESTART
    assert keys(events) == ["player.restored_paused"]
    assert keys(restored(after).restored(NOON + HOUR, is_restart=False)) == ["player.paused"]
    assert again.restored(NOON + HOUR) == []
    assert restored(again).restored(NOON + HOUR) == []


def test_restart_of_paused_routine_is_not_announced() -> None:
    player = begun()
    player.pause(at(20))
    assert restored(player).restored(NOON + HOUR) == []


def test_restart_is_not_announced_after_resume() -> None:
    after = restored(begun())
    after.resume(NOON + HOUR)
    assert after.restored(NOON + HOUR) == []


def test_pause_by_failed_speaker_is_not_announced() -> None:
    events = begun().pause(at(5), PauseReason.SPEAKER)
    assert len(events) == 1
    assert only(RoutinePaused, events)[0].reason is PauseReason.SPEAKER


def test_memory_of_other_routine_is_refused() -> None:
    with pytest.raises(ValueError, match="of this routine"):
        Player(routine(step(50)), begun().memory())


@pytest.mark.parametrize(
    "changes",
    [
        {"step": 2},
        {"step": -1},
        {"done": (5.0,)},
        {"done": (41.0, 0.0)},
        {"passed": -1},
        {"passed": 9},
        {"passed": 0},  # 20 s are behind the beginning
        {"passed": 2},  # half comes at 35 s
        {"elapsed": 36.0},
        {"elapsed": -1.0},
        {"step": 1},  # which would be over after 35 s
    ],
)
def test_impossible_position_is_refused(changes: dict[str, Any]) -> None:
    right: dict[str, Any] = {
        "routine": routine(step(40), step(2)),
        "step": 0,
        "passed": 1,
        "elapsed": 20.0,
        "done": (5.0, 0.0),
        "active": 20.0,
        "running": True,
    }
    PlayerMemory(**right)
    with pytest.raises(ValueError, match="was"):
        PlayerMemory(**{**right, **changes})


# Any commands at any time


holds = st.integers(1, 40).map(lambda half: 2 * half)
sides = st.sampled_from([None, Side.LEFT, Side.RIGHT])
drawn_steps = st.builds(step, holds, st.integers(0, 30), sides, st.sampled_from(["front_plank", "dead_bug"]))
routines = st.lists(drawn_steps, min_size=1, max_size=6).map(lambda steps: routine(*steps))
COMMANDS: dict[str, Callable[[Player, datetime], list[PlayerEvent]]] = {
    "pause": Player.pause,
    "resume": Player.resume,
    "next": Player.next,
    "previous": Player.previous,
    "repeat": Player.repeat,
    "stop": Player.stop,
}
WEIGHED = [*["pause", "resume"] * 3, *["next", "previous", "repeat"] * 2, "stop"]
# What is commanded, each so many seconds after the one before.
commands = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(WEIGHED)), max_size=12)
some = examples(150)


class SecondBySecond:
    """The same rules as a simulation: each step is a row of seconds, and an index moves along it."""

    def __init__(self, told_of: Routine) -> None:
        """Lay out the seconds."""
        self.rows: list[str] = []
        self.holds = [int(one.seconds) for one in told_of.steps]
        leads = []
        for number, one in enumerate(told_of.steps):
            before = told_of.steps[number - 1] if number else None
            pair = before and {before.side, one.side} == set(Side) and before.exercise == one.exercise
            leads.append((5 if pair else 10) + (0 if number else 5))
        for number, one in enumerate(told_of.steps):
            following = leads[number + 1] if number + 1 < len(leads) else 10_000
            self.rows.append("l" * leads[number] + "h" * int(one.seconds) + "r" * max(0, int(one.rest) - following))
        self.row = self.finger = self.ready = self.active = 0
        self.held = [0] * len(self.rows)
        self.state = "running"
        self.begun = False
        self.log: list[tuple[int, str]] = []

    def look(self, now: int) -> None:
        """Note the events at the index."""
        if self.finger == len(self.rows[self.row]):
            if self.row + 1 == len(self.rows):
                self.end(now, "finished")
                return
            self.row, self.finger, self.begun = self.row + 1, 0, False
        if not self.begun:
            self.begun = True
            self.log.append((now, f"step {self.row + 1}"))
            return
        row, hold = self.rows[self.row], self.holds[self.row]
        left = row.rindex("h") + 1 - self.finger
        if hold >= 30 and left == hold // 2:
            self.log.append((now, "half"))
        if hold >= 15 and 1 <= left <= 5:
            self.log.append((now, f"count {left}"))
        if left == 0 and "r" in row:
            self.log.append((now, "rest"))

    def second(self, now: int) -> None:
        """Let a second pass, ending now."""
        if self.state != "running":
            return
        self.active += 1
        if self.ready:
            self.ready -= 1
            return
        self.finger += 1
        held = self.rows[self.row][: self.finger].count("h")
        self.held[self.row] = max(self.held[self.row], held)
        self.look(now)

    def end(self, now: int, how: str) -> None:
        """End the routine."""
        self.state = "idle"
        self.log.append((now, f"{how} {sum(self.held)}/{sum(self.holds)} in {self.active}"))

    def command(self, name: str, now: int) -> None:
        """Run a command."""
        match name:
            case "pause" if self.state == "running":
                self.state, self.ready = "paused", 0
                self.log.append((now, "paused"))
            case "resume" if self.state == "paused":
                self.state = "running"
                self.log.append((now, "resumed"))
                row = self.rows[self.row]
                if self.begun and self.finger < row.rindex("h") + 1:
                    self.ready = max(0, 5 - row[self.finger :].count("l"))
                if not self.begun:
                    self.look(now)
            case "stop" if self.state != "idle":
                self.end(now, "stopped")
            case "next" if self.state != "idle" and self.row + 1 == len(self.rows):
                self.end(now, "finished")
            case "next" | "previous" | "repeat" if self.state != "idle":
                way = {"next": 1, "previous": -1, "repeat": 0}[name]
                self.row, self.finger, self.ready, self.begun = max(0, self.row + way), 0, 0, False
                if self.state == "running":
                    self.look(now)


def text_of(event: PlayerEvent) -> str | None:
    """Return an event in the words of the count."""
    match event:
        case StepStarted(number=number):
            return f"step {number}"
        case HalfWay():
            return "half"
        case Countdown(seconds=left):
            return f"count {left}"
        case RestStarted() | RoutinePaused() | RoutineResumed():
            return type(event).__name__.removeprefix("Routine").removesuffix("Started").lower()
        case RoutineFinished(routine=told_of) | RoutineStopped(routine=told_of):
            whole = sum(one.seconds for one in told_of.steps)
            how = "finished" if isinstance(event, RoutineFinished) else "stopped"
            return f"{how} {round(event.done_share * whole)}/{whole} in {round(event.seconds_done)}"
    return None


@some
@given(routines, commands)
def test_events_equal_simulation_by_seconds(told_of: Routine, orders: list[tuple[int, str]]) -> None:
    player = Player(told_of)
    events = [(0.0, event) for event in player.start(NOON)]
    count = SecondBySecond(told_of)
    count.look(0)
    now = 0
    for wait, name in [*orders, (2000, "resume"), (2000, "stop")]:
        events += play(player, now + wait)
        events += [(now + wait, event) for event in COMMANDS[name](player, at(now + wait))]
        for _ in range(wait):
            now += 1
            count.second(now)
        count.command(name, now)

    assert [(when, text) for when, event in events if (text := text_of(event))] == count.log
    endings = only(RoutineFinished, [event for _, event in events]) + only(
        RoutineStopped, [event for _, event in events]
    )
    assert len(endings) == 1


@some
@given(routines, commands, st.data())
def test_irregular_ticks_give_same_course(told_of: Routine, orders: list[tuple[int, str]], data: st.DataObject) -> None:
    """The course equals that of timely ticks, unless hours pass unseen."""
    punctual, careless = Player(told_of), Player(told_of)
    course = [*punctual.start(NOON)]
    seen = [*careless.start(NOON)]
    now = 0.0
    for wait, name in orders:
        end = now + wait
        course += [event for _, event in play(punctual, end)] + COMMANDS[name](punctual, at(end))
        while now < end:
            now = min(end, now + data.draw(st.floats(0.1, 29)))
            seen += careless.tick(at(now))
        now = end
        seen += COMMANDS[name](careless, at(end))
        assert careless.deadline() == punctual.deadline()
        assert careless.memory() == punctual.memory()
    lasting = RoutineStarted | StepStarted | RoutinePaused | RoutineResumed | RoutineFinished | RoutineStopped
    assert [one for one in seen if isinstance(one, lasting)] == [one for one in course if isinstance(one, lasting)]


@some
@given(routines, commands, st.integers(0, 11), st.integers(0, 20_000))
def test_restart_equals_pause(told_of: Routine, orders: list[tuple[int, str]], stop: int, gap: int) -> None:
    """A restart at any point has the same course as a pause."""
    player = Player(told_of)
    player.start(NOON)
    now = 0
    for wait, name in orders[:stop]:
        now += wait
        play(player, now)
        COMMANDS[name](player, at(now))
    memory = player.memory()
    if memory is None:
        return
    after = Player(memory.routine, memory)
    player.pause(at(now))

    assert (after.state, after.number, after.step) == (PlayerState.PAUSED, player.number, player.step)
    assert after.resume(at(now + gap)) == player.resume(at(now + gap))
    assert play(after, now + gap + 5000) == play(player, now + gap + 5000)


@some
@given(routines, st.lists(st.tuples(st.floats(-1e5, 1e5), st.sampled_from(["tick", *COMMANDS])), max_size=30))
def test_arbitrary_clock_keeps_order_of_events(told_of: Routine, orders: list[tuple[float, str]]) -> None:
    """Steps come one at a time, nothing comes after the end, and there is one end at most."""
    player = Player(told_of)
    events = player.start(NOON)
    now = 0.0
    for seconds, name in orders:
        now += seconds
        events += COMMANDS.get(name, Player.tick)(player, at(now)) + player.tick(at(now))
        due = player.deadline()
        assert (due is not None) is (player.state is not PlayerState.IDLE)
        assert due is None or due >= at(now)
        memory = player.memory()
        assert memory is None or 0 <= sum(memory.done) <= told_of.seconds
    ends = [number for number, kind in enumerate(kinds(events)) if kind in {RoutineFinished, RoutineStopped}]
    assert ends in ([], [len(kinds(events)) - 1])
    assert (player.state is PlayerState.IDLE) is bool(ends)
