"""Lives of many households with the coach: what it asks, and how often, must be earned."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from tests.support.life.households import HOUSEHOLDS
from tests.support.life.rules import broken_rules, outings_of, questions_a_week
from tests.support.life.world import HouseholdPlan, World

A_YEAR = 365
# Nine weeks, so that topics without an answer have been asked weekly for three.
A_SEASON = 63
QUICK = ("never_answers", "split_files", "intervals", "two_topics_off")
SHORT = 28
# Recordings in a row tell that another one follows only from the third time on.
BEFORE_LEARNING = {"cool_down_before_end"}
LEARNERS = {"split_files", "split_files_answered", "racer"}


def life_of(plan: HouseholdPlan, days: int, seed: int = 1) -> World:
    """Return the life of a household after some days."""
    world = World(plan, seed)
    world.live(days)
    return world


def broken(world: World) -> dict[str, int]:
    """Return the broken rules, except those that a household has yet to teach."""
    allowed = BEFORE_LEARNING if world.plan.name in LEARNERS else set()
    return {rule: number for rule, number in broken_rules(world).items() if rule not in allowed}


def named(name: str) -> HouseholdPlan:
    """Return the household of a name."""
    return next(plan for plan in HOUSEHOLDS if plan.name == name)


@pytest.mark.parametrize("plan", HOUSEHOLDS, ids=lambda plan: plan.name)
def test_household_is_asked_by_the_rules(plan: HouseholdPlan) -> None:
    world = life_of(plan, A_SEASON if plan.name in QUICK else SHORT)
    assert broken(world) == {}
    assert len(world.lines) > 0


@pytest.mark.full
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("plan", HOUSEHOLDS, ids=lambda plan: plan.name)
def test_household_is_asked_by_the_rules_all_year(plan: HouseholdPlan, seed: int) -> None:
    assert broken(life_of(plan, A_YEAR, seed)) == {}


def test_household_that_never_answers_is_asked_less_and_less() -> None:
    """Each topic is asked once a week at most from the sixth week on, far less than in the first."""
    world = life_of(named("never_answers"), A_SEASON)
    weeks = [[line for line in world.lines if (line.at - world.lines[0].at).days // 7 == week] for week in range(9)]
    assert len(weeks[0]) >= 7
    for week in weeks[5:]:
        assert len({line.topic for line in week}) == len(week)


def test_household_that_answers_is_asked_as_often_as_ever() -> None:
    """Three runs and two days of core a week."""
    world = life_of(named("always_answers"), 56)
    first, last = (
        [line for line in world.lines if half == (line.at - world.lines[0].at).days // 28] for half in (0, 1)
    )
    assert len(last) >= 0.8 * len(first)
    assert questions_a_week(world) > 8


def test_recordings_of_one_workout_are_one_outing() -> None:
    """Three files in 45 minutes, twice a week: at most two questions each, and none before the end once it is known."""
    world = life_of(named("split_files_answered"), 42)
    outings = outings_of(world)
    assert len(outings) == 12
    for outing in outings[6:]:
        assert all(line.at >= outing.end for line in outing.lines if line.topic in {Habit.COOL_DOWN, Habit.FOAM_ROLL})


def test_restart_changes_no_question() -> None:
    """The state of the coach follows from the facts, so a household that restarts all the time is asked the same."""
    plan = named("mixed")
    steady, restarting = World(plan), World(plan, restarts_every=timedelta(minutes=100))
    for world in (steady, restarting):
        world.live(14)
    assert [(line.at, line.topic, line.event.turn) for line in restarting.lines] == [
        (line.at, line.topic, line.event.turn) for line in steady.lines
    ]
