from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.calendar import A_DAY, A_WEEK
from custom_components.home_gym.gym.events import MilestoneReached, SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.milestone import MilestoneKind
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.prompts.topic import Topic
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import NOON, Household, activity, restarted, settings, shoe
from tests.support.unit.runner import runner

HOUR = timedelta(hours=1)
AN_HOUR_AGO = NOON - HOUR


def reached(someone: Runner, now: Any = NOON) -> list[tuple[MilestoneKind, str]]:
    """Return the milestones reported by a tick."""
    events = someone.tick(now, home=False)
    return [(each.milestone.kind, each.milestone.subject) for each in events if isinstance(each, MilestoneReached)]


def did(habit: Habit, *days_ago: float) -> Runner:
    """Return a runner after sessions of a habit."""
    someone = runner()
    for ago in days_ago:
        end = NOON - ago * A_DAY
        someone.manual_entries.log_session(habit, now=end, end=end)
    return someone


@pytest.mark.parametrize(
    ("habit", "days_ago", "expected"),
    [
        (Habit.CORE, (0,), []),
        (Habit.CORE, (0, 0.1), [(MilestoneKind.FIRST_WEEK, "core")]),
        (Habit.CORE, (7, 6), [(MilestoneKind.FIRST_WEEK, "core")]),  # Monday and Tuesday of last week
        (Habit.CORE, (16, 15), []),  # no news
        (Habit.CORE, [day / 100 for day in range(9)], [(MilestoneKind.FIRST_WEEK, "core")]),
        (
            Habit.CORE,
            [day / 100 for day in range(10)],
            [(MilestoneKind.FIRST_WEEK, "core"), (MilestoneKind.TEN_SESSIONS, "core")],
        ),
        (Habit.CORE, [*range(20, 29), 0], [(MilestoneKind.TEN_SESSIONS, "core")]),
        (Habit.CORE, [*range(20, 40), 0], []),  # the tenth was weeks ago
        (Habit.STRETCH, range(6), []),
        (Habit.STRETCH, range(7), [(MilestoneKind.FIRST_WEEK, "stretch")]),
        (Habit.STRETCH, range(365), [(MilestoneKind.YEAR, "stretch")]),
        (Habit.STRETCH, range(400), []),
        (Habit.CORE, [week * 7 + day for week in range(52) for day in (0, 0.1)], [(MilestoneKind.YEAR, "core")]),
        (Habit.WARM_UP, range(20), []),
    ],
)
def test_milestone_of_habit_is_reported_once(habit: Habit, days_ago: Any, expected: list[Any]) -> None:
    someone = did(habit, *days_ago)
    assert reached(someone) == expected
    assert reached(restarted(someone), NOON + HOUR) == []


@pytest.mark.parametrize(
    ("initial", "kilometres", "expected"),
    [(0, (60, 39), False), (0, (60, 40), True), (70, (30,), True), (100, (30,), False), (0, (60, 60, 90), False)],
)
def test_pair_reports_its_hundredth_kilometre(initial: float, kilometres: tuple[float, ...], expected: bool) -> None:
    someone = runner(shoes=(shoe("blue", initial_distance=initial * 1000),))
    for number, km in enumerate(kilometres):
        someone.deliveries.learn([activity(NOON - number * A_DAY, km=km)], now=NOON, live=True)
    assert reached(someone) == ([(MilestoneKind.HUNDRED_KILOMETRES, "blue")] if expected else [])
    assert reached(someone) == []


def test_history_reports_no_milestone() -> None:
    someone = runner(shoes=(shoe("blue", "2025-01-01"),))
    old = [activity(NOON - (30 + number) * A_DAY, km=10) for number in range(12)]
    someone.deliveries.learn(old, now=NOON, live=False)
    assert reached(someone) == []


def test_red_flag_has_no_milestone_beside_it() -> None:
    someone = did(Habit.CORE, 0, 0.1)
    someone.manual_entries.report_pain(5, now=NOON, red_flags=(RedFlag.NUMBNESS,))
    assert reached(someone) == []


def spoken(home: Household) -> list[tuple[Topic, MilestoneKind | None]]:
    """Return the topics of the spoken prompts, each with the milestone beside."""
    lines = [event for _, event in home.events if isinstance(event, SpeakPrompt)]
    return [(event.prompt.topic, event.milestone.kind if event.milestone else None) for event in lines]


def household(*, works: Any = lambda _: True, journal: Journal | None = None) -> Household:
    """Return a household with one speaker, in which core work was done twice an hour ago."""
    chosen = settings(prompts=PromptSettings(speakers=("kitchen",)), shoes=(shoe("blue"),))
    home = Household(Runner(chosen, journal or Journal()), AN_HOUR_AGO, works=works)
    for minutes in (0, 10):
        end = AN_HOUR_AGO + minutes * HOUR / 60
        home.keep(home.runner.manual_entries.log_session(Habit.CORE, now=end, end=end))
    home.go_on(NOON)
    return home


def test_milestone_is_said_beside_next_prompt_and_once() -> None:
    home = household()
    assert spoken(home) == []
    home.learn(activity(NOON - HOUR / 2))
    home.go_on(NOON + 2 * HOUR)
    assert spoken(home) == [(Habit.COOL_DOWN, MilestoneKind.FIRST_WEEK), (Habit.FOAM_ROLL, None)]


def test_milestone_is_said_again_where_the_speaker_failed() -> None:
    home = household(works=lambda number: number > 0)
    home.learn(activity(NOON - HOUR / 2))
    home.go_on(NOON + HOUR / 6)
    assert spoken(home)[:2] == [(Habit.COOL_DOWN, MilestoneKind.FIRST_WEEK)] * 2
    assert not [each for _, each in spoken(home)[2:] if each]


def test_old_milestone_is_not_said() -> None:
    home = household()
    home.go_on(NOON + A_WEEK + HOUR)
    home.learn(activity(home.now - HOUR / 2))
    home.go_on(home.now + 2 * HOUR)
    assert [kind for _, kind in spoken(home)] == [None, None]


def test_milestone_of_removed_pair_is_not_said() -> None:
    someone = runner(shoes=(shoe("blue"),))
    someone.deliveries.learn([activity(NOON, km=100)], now=NOON, live=False)
    assert reached(someone) == [(MilestoneKind.HUNDRED_KILOMETRES, "blue")]
    assert someone.milestones.to_say(NOON) is not None
    without = Runner(settings(), someone.journal)
    assert without.milestones.to_say(NOON) is None
    without.milestones.note_said("year/other", NOON)
