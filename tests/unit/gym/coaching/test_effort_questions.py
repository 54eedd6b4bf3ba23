"""How hard was it? Asked once an outing, and rated."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.coaching.replies import NothingToAnswerError
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.gym.runs.exertion import Exertion
from custom_components.home_gym.gym.runs.run_figures import figures_of
from tests.support.unit.make import A_MINUTE, NOON, activity, restarted
from tests.support.unit.runner import runner

HOUR = timedelta(hours=1)
JOG, RACE = activity(NOON - 2 * HOUR, minutes=20), activity(NOON - HOUR, minutes=30, km=6)
EARLIER = activity(NOON - 6 * HOUR, minutes=30)


def after(*runs: Activity, effort: bool = True) -> Runner:
    """Return a runner after runs; `effort` is the option."""
    someone = runner(prompts=PromptSettings(effort=effort))
    someone.deliveries.learn(runs, now=NOON, live=True)
    return someone


@pytest.mark.parametrize(
    ("runs", "effort", "hours", "unrated"),
    [
        ((), True, 0, 0),
        ((RACE,), True, 0, 1),
        ((RACE,), False, 0, 0),
        ((JOG, RACE), True, 0, 2),
        ((EARLIER, JOG, RACE), True, 0, 2),
        ((RACE,), True, 11.5, 1),
        ((RACE,), True, 11.6, 0),
        ((JOG, activity(NOON - HOUR, exertion=Exertion(perceived=4))), True, 0, 0),
        ((activity(NOON - HOUR, exertion=Exertion(feel=50)),), True, 0, 1),
    ],
)
def test_outing_without_rating_is_asked_about(
    runs: tuple[Activity, ...], effort: bool, hours: float, unrated: int
) -> None:
    someone, now = after(*runs, effort=effort), NOON + hours * HOUR
    assert len(someone.effort.unrated(now)) == unrated
    assert someone.effort.may_ask(now) is (unrated > 0)
    assert not someone.effort.is_open(now)


def test_outing_is_asked_about_once() -> None:
    """Also after a restart, and after another run of the outing."""
    someone = after(JOG)
    verbs.ask_effort()(someone, NOON)
    someone = restarted(someone)
    assert not someone.effort.may_ask(NOON)
    someone.deliveries.learn([RACE], now=NOON, live=True)
    assert not someone.effort.may_ask(NOON)
    assert len(someone.effort.unrated(NOON)) == 2
    assert someone.effort.is_open(NOON + 5 * A_MINUTE)
    assert not someone.effort.is_open(NOON + 5.1 * A_MINUTE)
    next_day = NOON + 24 * HOUR
    someone.deliveries.learn([activity(next_day - HOUR)], now=next_day, live=True)
    assert someone.effort.may_ask(next_day)


def test_rating_counts_for_each_run_of_outing() -> None:
    someone = after(EARLIER, JOG, RACE)
    verbs.ask_effort()(someone, NOON)
    verbs.rate_effort(7)(someone, NOON)
    someone = restarted(someone)
    loads = [figures_of(run).session_load for run in someone.runs.all()]
    # 7 times 20 and 30 minutes.
    assert loads == [None, 140, 210]
    assert someone.summary(NOON).load.session_load == 350
    assert not someone.effort.is_open(NOON)
    with pytest.raises(NothingToAnswerError):
        verbs.rate_effort(7)(someone, NOON)
    someone.manual_entries.undo_last()
    assert someone.summary(NOON).load.session_load is None
    assert len(someone.effort.unrated(NOON)) == 2


def test_any_run_can_be_rated() -> None:
    someone = after(activity(NOON - HOUR, exertion=Exertion(perceived=4, feel=50)), effort=False)
    [run] = someone.runs.all()
    verbs.rate_effort(9, run.id)(someone, NOON)
    [rated] = someone.runs.all()
    assert rated.exertion == Exertion(perceived=9, feel=50)


@pytest.mark.parametrize("score", [0, 0.5, 10.5, 11, -3])
def test_impossible_rating_is_refused(score: float) -> None:
    someone = after(RACE)
    with pytest.raises(ValueError, match="score"):
        verbs.rate_effort(score)(someone, NOON)
    [run] = someone.runs.all()
    if not 0 <= score <= 10:
        with pytest.raises(ValueError, match="exertion"):
            verbs.correct_run(run.id, perceived=score)(someone, NOON)


def test_red_flag_leaves_no_question_beside_it() -> None:
    someone = after(RACE)
    someone.manual_entries.report_pain(5, now=NOON, red_flags=(RedFlag.NUMBNESS,))
    assert not someone.effort.may_ask(NOON)


def test_run_without_duration_has_no_load() -> None:
    someone = after(activity(NOON - HOUR, minutes=None, exertion=Exertion(perceived=4)))
    assert someone.summary(NOON).load.session_load is None


@pytest.mark.parametrize(
    ("habit", "offsets", "expected"),
    [
        (Habit.COOL_DOWN, {}, True),
        (Habit.STRETCH, {Habit.STRETCH: HOUR}, True),
        (Habit.STRETCH, {}, False),
        (Habit.CORE, {Habit.STRETCH: HOUR}, False),
    ],
)
def test_question_follows_routines_for_after_a_run(
    habit: Habit, offsets: dict[Habit, timedelta], expected: bool
) -> None:
    someone = runner(prompts=PromptSettings(effort=True, offsets=offsets))
    assert not someone.effort.may_follow(habit, NOON)
    someone.deliveries.learn([RACE], now=NOON, live=True)
    assert someone.effort.may_follow(habit, NOON) is expected
    verbs.ask_effort()(someone, NOON)
    assert not someone.effort.may_follow(habit, NOON)
