"""The view behind the cards, and the list of runs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from custom_components.home_gym.gym.habits.due import DueReason
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import PromptTrigger
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Intensity, Origin, Surface
from custom_components.home_gym.gym.runs.corrections import Correction
from custom_components.home_gym.gym.runs.form import CadenceVerdict
from custom_components.home_gym.gym.views.dashboard import Dashboard, DueView, dashboard_of, run_view
from custom_components.home_gym.gym.views.run_list import Month, found, months_of

from ....support.unit.make import NOON, PHONE, activity, at, lap, settings, shoe

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


def runner_of(*names: str) -> Runner:
    """Return a runner with pairs of these names."""
    return Runner(settings(shoes=tuple(shoe(name) for name in names)), Journal())


def shown(runner: Runner, now: datetime = NOON) -> Dashboard:
    """Return the dashboard."""
    return dashboard_of(runner, runner.summary(now), now)


def test_dashboard_of_new_runner_is_empty() -> None:
    dashboard = shown(runner_of())
    assert dashboard.last_run is None
    assert dashboard.shoes == {}
    assert dashboard.runs == 0
    assert dashboard.today.due == {Habit.STRETCH: DueView(reason=DueReason.DAILY)}
    assert list(dashboard.days) == [date(2026, 3, 2) - back * A_DAY for back in range(14)]
    assert not any(day.distance or day.habits or day.resting for day in dashboard.days.values())


def test_run_makes_rolling_and_stretching_due() -> None:
    runner = runner_of("Old")
    runner.deliveries.learn([activity(NOON - AN_HOUR)], now=NOON, live=False)
    # It took half an hour.
    end = NOON - timedelta(minutes=30)
    assert shown(runner).today.due == {
        Habit.FOAM_ROLL: DueView(reason=DueReason.AFTER_RUN, since=end),
        Habit.STRETCH: DueView(reason=DueReason.AFTER_RUN, since=end),
    }


def test_dashboard_has_the_summary_of_the_same_moment() -> None:
    runner = runner_of("Old")
    for days in range(40, 0, -4):
        runner.deliveries.learn([activity(NOON - days * A_DAY, km=12)], now=NOON, live=False)
    runner.manual_entries.log_session(Habit.CORE, now=NOON)
    summary, dashboard = runner.summary(NOON), shown(runner)
    [(pair, wear)] = summary.shoes.items()
    assert dashboard.days_since_rest == summary.days_since_rest
    assert dashboard.today.done == summary.done_today == {Habit.CORE}
    assert wear.replace_by is not None
    card = dashboard.shoes[pair]
    # The last run was four days ago.
    assert (card.last_used, card.replace_by) == (NOON - 4 * A_DAY, wear.replace_by)


def test_stretch_without_run_is_due_daily() -> None:
    runner = runner_of()
    runner.deliveries.learn([activity(NOON - 3 * A_DAY)], now=NOON, live=False)
    assert shown(runner).today.due == {Habit.STRETCH: DueView(reason=DueReason.DAILY)}


def test_core_is_due_when_days_of_week_run_out() -> None:
    # Two sessions are the goal, and on Saturday two days are left.
    saturday = NOON + 5 * A_DAY
    dashboard = shown(runner_of(), saturday)
    assert dashboard.today.due[Habit.CORE] == DueView(reason=DueReason.GOAL)
    assert (dashboard.today.core_done, dashboard.today.core_goal) == (0, 2)


@pytest.mark.parametrize(
    ("habit", "reason"),
    [
        (Habit.WARM_UP, DueReason.TREADMILL),
        (Habit.COOL_DOWN, DueReason.RUN_OVER),
        (Habit.MASSAGE, DueReason.ASKED),
        (Habit.FOAM_ROLL, DueReason.ASKED),
    ],
)
def test_trigger_gives_reason_of_due_habit(habit: Habit, reason: DueReason) -> None:
    runner = runner_of()
    runner.candidates.add_trigger(
        PromptTrigger(id="belt", habit=habit, at=NOON - timedelta(minutes=5), asked=reason is DueReason.ASKED)
    )
    assert shown(runner).today.due[habit].reason is reason


def test_prompted_habit_is_marked_as_asked() -> None:
    runner = runner_of()
    runner.deliveries.learn([activity(NOON - timedelta(minutes=40))], now=NOON, live=True)
    runner.tick(NOON, home=True)
    due = shown(runner).today.due
    assert due[Habit.FOAM_ROLL].asked
    assert not DueView(reason=DueReason.DAILY).asked


def test_snoozed_habit_is_marked_as_snoozed() -> None:
    runner = runner_of()
    runner.deliveries.learn([activity(NOON - timedelta(minutes=40))], now=NOON, live=True)
    runner.tick(NOON, home=True)
    assert not shown(runner).today.due[Habit.FOAM_ROLL].snoozed
    answering = runner.replies
    answering.snooze(answering.prompt_for(NOON, Habit.FOAM_ROLL), now=NOON)
    due = shown(runner).today.due[Habit.FOAM_ROLL]
    assert (due.asked, due.snoozed) == (True, True)
    # The second time means no, as the card has it, which offers that no more.
    answering.snooze(answering.prompt_for(NOON, Habit.FOAM_ROLL), now=NOON)
    due = shown(runner).today.due[Habit.FOAM_ROLL]
    assert (due.asked, due.snoozed) == (False, False)


def test_other_topics_mark_no_habit() -> None:
    runner = Runner(settings(shoes=(shoe("Old", replace_at=4000),)), Journal())
    runner.deliveries.learn([activity(NOON - timedelta(minutes=40))], now=NOON, live=True)
    now = NOON + timedelta(hours=3)
    runner.tick(now, home=True)
    assert any(prompt.habit is None for prompt in runner.replies.unanswered(now))
    assert all(isinstance(habit, Habit) for habit in shown(runner, now).today.due)


def test_days_have_distances_habits_and_rests() -> None:
    runner = runner_of()
    laps = (lap(6, Intensity.WARM_UP, start=NOON - A_DAY), lap(24, start=NOON - A_DAY + timedelta(minutes=6)))
    runner.deliveries.learn(
        [activity(NOON - A_DAY, km=5, laps=laps), activity(NOON - A_DAY + AN_HOUR, km=3)], now=NOON, live=False
    )
    runner.manual_entries.log_session(Habit.CORE, now=NOON - A_DAY)
    runner.manual_entries.rest(start=date(2026, 2, 20), end=date(2026, 2, 21), now=NOON)
    days = shown(runner).days
    yesterday = days[date(2026, 3, 1)]
    # 5 km and 3 km.
    assert yesterday.distance == 8000
    assert yesterday.habits == (Habit.WARM_UP, Habit.CORE)
    assert [day for day, done in days.items() if done.resting] == [date(2026, 2, 21), date(2026, 2, 20)]


def test_last_run_has_figures_shoe_and_sources() -> None:
    runner = runner_of("Old")
    runner.deliveries.learn([activity(NOON - AN_HOUR, km=5, cadence=174, surface=Surface.ROAD)], now=NOON, live=False)
    run = shown(runner).last_run
    assert run
    assert (run.distance, run.duration, run.cadence, run.shoe) == (5000, 1800, 174, "Old")
    assert run.sources == {Origin.FILE}
    assert run.verdict is CadenceVerdict.IN_BAND
    assert not run.corrected
    runner.manual_entries.correct(Correction(activity=run.id, at=NOON, distance=5100))
    assert run_view(runner, runner.runs.named(run.id)).corrected
    assert [correction.distance for correction in runner.projections.corrections.about(runner.runs.named(run.id))] == [
        5100
    ]


def test_shoes_have_retirement_once_retired() -> None:
    pairs = (
        shoe("old", retired=date(2026, 3, 2), price=100, initial_distance=500_000),
        shoe("new", retired=date(2026, 3, 3)),
    )
    shoes = shown(Runner(settings(shoes=pairs), Journal())).shoes
    assert shoes["old"].retired == date(2026, 3, 2)
    # 100 by 500 km.
    assert shoes["old"].cost == pytest.approx(0.0002)
    assert shoes["old"].warning
    assert shoes["new"].retired is None


def test_revision_changes_with_list_of_runs() -> None:
    runner = runner_of("Old", "New")
    revisions = [runner.projections.revision]
    runner.deliveries.learn([activity()], now=NOON, live=False)
    revisions.append(runner.projections.revision)
    run = runner.runs.all()[0]
    runner.manual_entries.correct(Correction(activity=run.id, at=NOON, shoe="Old"))
    revisions.append(runner.projections.revision)
    runner.manual_entries.undo_last()
    revisions.append(runner.projections.revision)
    runner.manual_entries.correct(Correction(activity=run.id, at=NOON, distance=4000))
    revisions.append(runner.projections.revision)
    assert revisions == sorted(set(revisions))
    assert shown(runner).revision == runner.projections.revision


def test_session_keeps_revision() -> None:
    runner = runner_of()
    before = runner.projections.revision
    runner.manual_entries.log_session(Habit.CORE, now=NOON)
    assert runner.projections.revision == before


def listed() -> Runner:
    """Return a runner with three runs in two months and two pairs."""
    runner = runner_of("Old <b>", "New")
    runner.deliveries.learn(
        [
            activity(at("2026-01-30T12:00"), km=5, surface=Surface.TRAIL),
            activity(at("2026-01-31T12:00"), km=6, surface=Surface.ROAD, gear="Pegasus"),
            activity(at("2026-02-01T12:00"), km=7, **PHONE),
        ],
        now=NOON,
        live=False,
    )
    first, *_ = runner.runs.all()
    runner.manual_entries.correct(Correction(activity=first.id, at=NOON, shoe="New"))
    return runner


@pytest.mark.parametrize(
    ("words", "month", "km"),
    [
        ([], "", [7, 6, 5]),
        ([], "2026-01", [6, 5]),
        ([], "2025-01", []),
        (["TRAIL"], "", [5]),
        (["pegasus"], "", [6]),
        (["new"], "2026-01", [5]),
        (["2026-02"], "", [7]),
        (["road", "trail"], "", []),
        (["nobody|-02-"], "", [7]),
        (["new|trail"], "", [5]),
        (["|"], "", [7, 6, 5]),
    ],
)
def test_search_matches_words_and_month(words: list[str], month: str, km: list[float]) -> None:
    assert [(run.distance or 0) / 1000 for run in found(listed(), words, month)] == km


def test_months_count_runs_and_distance() -> None:
    assert months_of(found(listed(), [])) == [
        Month(month="2026-02", runs=1, distance=7000),
        Month(month="2026-01", runs=2, distance=11000),
    ]


def test_months_stay_whole_across_date_line() -> None:
    runner = runner_of()
    start = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
    # Both began after midnight, the first one an hour farther east than Berlin.
    runner.deliveries.learn(
        [activity(start, minutes=60, utc_offset=7200), activity(start + 2 * AN_HOUR, minutes=10, km=2)],
        now=NOON,
        live=False,
    )
    runs = found(runner, [])
    assert [month.month for month in months_of(runs)] == ["2026-02"]
    assert [run.start for run in runs] == [start + 2 * AN_HOUR, start]
