"""View of a guided routine: position, wording, and routines on offer."""

from datetime import timedelta
from importlib.resources import files
import json

import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.exercise import Side, Variant
from custom_components.home_gym.gym.routines.level import Length, Level
from custom_components.home_gym.gym.routines.own_routine import own_routine
from custom_components.home_gym.gym.routines.player import Player, PlayerState
from custom_components.home_gym.gym.routines.player_events import PauseReason
from custom_components.home_gym.gym.routines.progression import Progress
from custom_components.home_gym.gym.routines.routine import routine_for
from custom_components.home_gym.gym.routines.timing import duration
from custom_components.home_gym.gym.routines.view import (
    OwnOffer,
    RoutineView,
    StepView,
    offers,
    own_offers,
    routine_view,
)
from custom_components.home_gym.gym.speech import phrases as module
from custom_components.home_gym.gym.speech.phrases import Phrases

from ....support.unit.make import NOON

A_SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def german() -> Phrases:
    """Return the German phrases."""
    phrases: Phrases = json.loads((files(module) / "de.json").read_text(encoding="utf-8"))
    return phrases


def test_idle_view(german: Phrases) -> None:
    assert routine_view(None, german) == RoutineView(state=PlayerState.IDLE)
    assert routine_view(Player(routine_for(Habit.CORE)), german) == RoutineView(state=PlayerState.IDLE)


def test_step_is_shown_in_language_of_phrases(german: Phrases) -> None:
    player = Player(routine_for(Habit.STRETCH))
    player.start(NOON)
    shown = routine_view(player, german)
    assert shown.title == german["routine.stretch.name"][0]
    assert shown.step
    assert shown.step.title == german[f"exercise.{player.routine.steps[0].exercise}.name"][0]
    assert shown.step.drawing
    assert shown.step.side is Side.LEFT
    assert shown.coming
    assert shown.coming.side is Side.RIGHT
    assert (shown.number, shown.steps) == (1, len(player.routine.steps))


def shown_step(habit: Habit, level: Level, number: int, phrases: Phrases, pain: float | None = None) -> StepView:
    """Return the view of a routine's step."""
    player = Player(routine_for(habit, level=level, progress=Progress(pain=pain)))
    player.start(NOON)
    for _ in range(number - 1):
        player.next(NOON)
    shown = routine_view(player, phrases).step
    assert shown
    return shown


def test_easier_and_harder_forms_of_exercise(german: Phrases) -> None:
    """The first exercise of a core routine is the plank, which has replacements; the fourth has variants."""
    plank = shown_step(Habit.CORE, Level.BEGINNER, 1, german)
    assert (plank.way, plank.easier, plank.harder) == (
        None,
        german["exercise.knee_plank.name"][0],
        german["exercise.plank_leg_lift.name"][0],
    )
    bird_dog = shown_step(Habit.CORE, Level.ADVANCED, 4, german)
    assert (bird_dog.way, bird_dog.easier, bird_dog.harder) == (
        Variant.HARDER,
        german["exercise.leg_reach.name"][0],
        german["exercise.bird_dog.harder"][0],
    )


def test_routine_without_listeners_says_so_until_it_goes_on(german: Phrases) -> None:
    player = Player(routine_for(Habit.CORE))
    player.start(NOON)
    player.pause(NOON + A_SECOND, PauseReason.SPEAKER)
    assert routine_view(player, german).note == german["player.unheard"][0]
    player.resume(NOON + 2 * A_SECOND)
    assert routine_view(player, german).note is None
    player.pause(NOON + 3 * A_SECOND)
    assert routine_view(player, german).note is None


def test_gentler_routine_says_why(german: Phrases) -> None:
    player = Player(routine_for(Habit.CORE, progress=Progress(pain=3)))
    player.start(NOON)
    assert routine_view(player, german).note == german["player.gentle.sore"][0]
    player.hold_for_pain(NOON + A_SECOND)
    assert routine_view(player, german).note == german["player.hurt"][0]
    usual = Player(routine_for(Habit.CORE))
    usual.start(NOON)
    assert routine_view(usual, german).note is None


def test_heat_or_ice_has_no_harder_form(german: Phrases) -> None:
    ice = shown_step(Habit.HEAT_OR_ICE, Level.ADVANCED, 1, german, pain=3)
    assert (ice.way, ice.easier, ice.harder) == (Variant.EASIER, german["exercise.heat_or_ice.easier"][0], None)


def test_position_moves_with_clock_and_stops_in_pause(german: Phrases) -> None:
    player = Player(own_routine("Mine", Habit.STRETCH, "Breathe, 20 s\nSmile, 30 s"))
    player.start(NOON)
    player.tick(NOON + 5 * A_SECOND)
    place = player.place
    assert place.began == NOON
    # 10 s for the first lead-in and 5 s for the greeting, then 20 s; 10 s and 30 s after that.
    assert (place.lead_in, place.hold, place.rest) == (15, 20, 0)
    assert (place.before, place.total) == (0, 75)
    player.next(NOON + 6 * A_SECOND)
    assert (player.place.began, player.place.before) == (NOON + 6 * A_SECOND, 35)
    player.pause(NOON + 10 * A_SECOND)
    assert (player.place.began, player.place.offset) == (None, 4)
    shown = routine_view(player, german)
    assert shown.state is PlayerState.PAUSED
    assert shown.title == "Mine"
    assert shown.coming is None
    assert shown.step == StepView(
        title="Smile", side=None, drawing=None, cue=None, tip=None, stop=None, repetitions=None
    )


def test_player_before_start_has_no_coming_step() -> None:
    assert Player(routine_for(Habit.CORE)).coming is None


def test_every_habit_is_offered() -> None:
    offered = offers(dict.fromkeys(Habit, Progress()), Level.BEGINNER)
    assert offered.keys() == set(Habit)
    assert offered[Habit.CORE][Length.FULL] == duration(routine_for(Habit.CORE, length=Length.FULL)).total_seconds()


def test_own_routines_are_offered() -> None:
    own = own_routine("Before bed", Habit.STRETCH, "Couch stretch, 45 s, each side")
    # 15 s of lead-in, 45 s, 5 s to switch sides, 45 s.
    assert own_offers([own]) == (OwnOffer(id=own.id, name="Before bed", habit=Habit.STRETCH, seconds=110),)
