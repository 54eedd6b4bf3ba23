"""Practice of a routine, and its effect on the next one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.exercises.standing import Standing
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.practice import Effort, ExerciseDone, Practice
from custom_components.home_gym.gym.intake.manual_entries import NothingToRateError
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.routines.after_pain import eased
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.own_routine import own_routine
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.routines.player_events import RoutineFinished, RoutineStopped, Speak
from custom_components.home_gym.gym.routines.practised import is_rateable
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.settings import Settings

from ....support.unit.make import NOON
from ....support.unit.routines import five_of_core

SETTINGS = Settings(calendar=Calendar(timezone=ZoneInfo("Europe/Berlin")))


def played(player: Player, *, steps: int | None = None) -> Practice | None:
    """Play some steps to their ends, or all, and return the practice."""
    now, events = NOON, player.start(NOON)
    while (due := player.deadline()) and (steps is None or player.number <= steps):
        now, events = due, player.tick(due)
    events = events if steps is None else player.stop(now)
    (over,) = [event for event in events if isinstance(event, RoutineFinished | RoutineStopped)]
    return over.practice


def test_finished_routine_has_each_exercise_with_its_grade() -> None:
    standings = {"bird_dog": Standing(form="bird_dog", grade=2)}
    routine = routine_for(Habit.CORE, minutes=5, progress=Progress(standings=standings, rotation="C"))
    practice = played(Player(routine))
    assert practice
    assert practice.rotation == "A"
    assert [each.planned for each in practice.exercises] == list(dict.fromkeys(step.exercise for step in routine.steps))
    grades = {each.planned: (each.grade, each.eased, each.warned) for each in practice.exercises}
    assert grades["bird_dog"] == (2, False, True)
    assert grades["front_plank"] == (0, False, True)
    assert is_rateable(practice)


def test_stopped_routine_has_finished_exercises() -> None:
    """One side of two is half of an exercise; the next one was not begun."""
    routine = routine_for(Habit.CORE, minutes=5)
    first = routine.steps[0]
    practice = played(Player(routine), steps=1)
    assert practice
    assert [each.planned for each in practice.exercises] == [first.exercise]


def test_warning_not_heard_is_not_noted() -> None:
    """The stop line of a long hold comes on the other side."""
    routine = routine_for(Habit.STRETCH, minutes=5)
    practice = played(Player(routine), steps=1)
    assert practice
    assert [each.warned for each in practice.exercises] == [False]


def test_own_routine_shows_no_progress() -> None:
    assert played(Player(own_routine("Mine", Habit.STRETCH, "Breathe, 20 s"))) is None
    assert played(Player(five_of_core())) is None
    assert not is_rateable(None)


def test_painful_exercise_is_noted_and_survives_a_restart() -> None:
    routine = routine_for(Habit.CORE, minutes=5)
    player = Player(routine)
    player.start(NOON)
    player.hold_for_pain(NOON + timedelta(seconds=20))
    hurt = routine.steps[0].exercise
    player.resume_eased(NOON + timedelta(seconds=30), eased(player.ahead, hurt, Progress()))
    memory = player.memory()
    assert memory
    restored = Player(memory.routine, memory)
    for each in (player, restored):
        (stopped, *_) = each.stop(NOON + timedelta(seconds=40))
        assert isinstance(stopped, RoutineStopped)
        assert stopped.is_eased
        assert stopped.practice
        assert stopped.practice.hurt == hurt
        assert [done.planned for done in stopped.practice.exercises] == [hurt]
        assert not is_rateable(stopped.practice)


def practised(effort: Effort | None = None, *, warned: bool = False) -> Practice:
    """Return the practice of a plank in the first rotation."""
    done = ExerciseDone(planned="front_plank", exercise="front_plank", warned=warned)
    return Practice(exercises=(done,), rotation="A", effort=effort)


def test_answer_at_the_end_decides_about_the_next_routine() -> None:
    runner = Runner(SETTINGS, Journal())
    verbs.log_session(Habit.CORE, duration=600, practice=practised(warned=True))(runner, NOON)
    before = runner.progress(Habit.CORE, NOON)
    assert (before.rotation, before.standings["front_plank"].grade) == ("A", 0)
    assert before.warned == {"front_plank"}
    verbs.rate(Effort.EASY)(runner, NOON + timedelta(minutes=1))
    after = runner.progress(Habit.CORE, NOON)
    assert after.standings["front_plank"].grade == 1
    assert [session.practice.effort for session in runner.sessions.all() if session.practice] == [Effort.EASY]
    # A second thought replaces it.
    verbs.rate(Effort.HARD)(runner, NOON + timedelta(minutes=2))
    assert runner.progress(Habit.CORE, NOON).standings["front_plank"].grade == 0
    # All follows from the facts.
    assert Runner(SETTINGS, runner.journal).progress(Habit.CORE, NOON) == runner.progress(Habit.CORE, NOON)
    # What was logged last is undone with its answer.
    verbs.undo_last()(runner, NOON + timedelta(minutes=3))
    assert runner.progress(Habit.CORE, NOON) == Progress()


@pytest.mark.parametrize(
    ("practice", "minutes"),
    [
        (None, 1),
        (practised(), 12 * 60),
        (Practice(exercises=practised().exercises, hurt="front_plank"), 1),
        (Practice(exercises=(ExerciseDone(planned="squat", exercise="squat", eased=True),)), 1),
    ],
)
def test_nothing_to_rate(practice: Practice | None, minutes: int) -> None:
    runner = Runner(SETTINGS, Journal())
    verbs.log_session(Habit.CORE, practice=practice)(runner, NOON)
    with pytest.raises(NothingToRateError):
        verbs.rate(Effort.EASY)(runner, NOON + timedelta(minutes=minutes))


def test_practised_exercise_is_brief_unless_full_cues_are_wanted() -> None:
    for wanted in (False, True):
        settings = Settings(calendar=SETTINGS.calendar, full_cues=wanted)
        runner = Runner(settings, Journal())
        for day in range(3):
            verbs.log_session(Habit.CORE, practice=practised())(runner, NOON + timedelta(days=day))
        now = NOON + timedelta(days=3)
        progress = runner.progress(Habit.CORE, now)
        routine = routine_for(Habit.CORE, minutes=5, progress=Progress(familiar=progress.familiar))
        player = Player(routine)
        events = player.start(now)
        while player.step and player.step.exercise != "front_plank":
            events = player.next(now)
        spoken = [event.line.key for event in events if isinstance(event, Speak)]
        assert ("exercise.front_plank.brief" in spoken) is not wanted
        assert ("exercise.front_plank.cue" in spoken) is wanted
        assert "exercise.front_plank.stop" in spoken, "not heard in the last seven days"


def test_pain_before_a_harder_form_is_looked_up() -> None:
    runner = Runner(SETTINGS, Journal())
    top = ExerciseDone(planned="front_plank", exercise="front_plank", grade=8)
    verbs.report_pain(4)(runner, NOON - timedelta(days=9))
    for day in (0, 2):
        practice = Practice(exercises=(top,), effort=Effort.RIGHT)
        verbs.log_session(Habit.CORE, practice=practice)(runner, NOON + timedelta(days=day))
    assert runner.progress(Habit.CORE, NOON + timedelta(days=2)).standings["front_plank"].form == "front_plank"
    verbs.log_session(Habit.CORE, practice=Practice(exercises=(top,), effort=Effort.RIGHT))(
        runner, NOON + timedelta(days=6)
    )
    assert runner.progress(Habit.CORE, NOON + timedelta(days=6)).standings["front_plank"].form == "plank_leg_lift"


def test_fifth_week_is_lighter() -> None:
    runner = Runner(SETTINGS, Journal())
    start = datetime(2026, 3, 2, 18, tzinfo=UTC)
    for week in range(4):
        verbs.log_session(Habit.CORE, practice=practised())(runner, start + timedelta(weeks=week))
    assert runner.progress(Habit.CORE, start + timedelta(weeks=4)).is_deload
    assert not runner.progress(Habit.CORE, start + timedelta(weeks=3)).is_deload
    assert not runner.progress(Habit.STRETCH, start + timedelta(weeks=4)).is_deload
    assert date(2026, 3, 30) == (start + timedelta(weeks=4)).date()
