"""Pain: the rules, worked out by hand."""

from datetime import date, datetime, timedelta

import pytest

from custom_components.home_gym.gym.back.advice import Advice
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.back.pain_history import PainFigures, Trend
from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.events import PainReported
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.intake.manual_entries import NothingToUndoError
from tests.support.unit.make import A_MINUTE, NOON
from tests.support.unit.pain import MONDAY, pain, runner

WEEKS = timedelta(weeks=1)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        # Means of the worst of each day, of days 0 to 13 against 14 to 27: 6 and 4, 4 and 6, 5 and 4.
        ([(0, 6), (1, 6), (2, 6), (14, 4), (15, 4), (16, 4)], Trend.BETTER),
        ([(0, 4), (1, 4), (2, 4), (14, 6), (15, 6), (16, 6)], Trend.WORSE),
        ([(0, 5), (1, 5), (2, 5), (14, 4), (15, 4), (16, 4)], Trend.SAME),
        # Day 13 is the last of those before, and day 0 the first.
        ([(0, 4), (1, 4), (13, 10), (14, 4), (15, 4), (16, 4)], Trend.BETTER),
        ([(-2, 10), (-1, 10), (0, 3), (1, 3), (2, 3), (14, 5), (15, 5), (16, 5)], Trend.WORSE),
        ([(0, 6), (1, 6), (14, 4), (15, 4), (16, 4)], None),
        ([], None),
    ],
)
def test_trend_compares_last_two_weeks_with_two_before(
    reports: list[tuple[int, float]], expected: Trend | None
) -> None:
    assert pain(runner(*reports), 27).trend is expected


def test_latest_score_lasts_a_week_and_days_count_four_weeks() -> None:
    """The last score for a week; of the last 28 days, those that hurt."""
    someone = runner((0, 3), (1, 0), (2, 5))
    assert (pain(someone, 2).latest, pain(someone, 8).latest, pain(someone, 9).latest) == (5, 5, None)
    # The days before day 28 are 1 to 28, before day 27 they are 0 to 27.
    assert (pain(someone, 27).days, pain(someone, 28).days, pain(someone, 30).days) == (2, 1, 0)


def test_report_of_earlier_instant_is_not_latest() -> None:
    someone = runner((2, 5))
    someone.manual_entries.report_pain(1, now=MONDAY + 3 * A_DAY, at=MONDAY)
    assert pain(someone, 3).latest == 5


@pytest.mark.parametrize("score", [-0.1, 10.1, float("nan"), float("inf")])
def test_score_out_of_range_is_refused(score: float) -> None:
    someone = runner()
    with pytest.raises(ValueError, match="0 to 10"):
        someone.manual_entries.report_pain(score, now=NOON)
    assert someone.journal.pains == {}


def test_note_with_half_a_surrogate_pair_is_refused() -> None:
    """A template can make one, and no file could be written with it."""
    someone = runner()
    with pytest.raises(ValueError, match="surrogates"):
        someone.manual_entries.report_pain(3, now=NOON, note="hill \ud83d")
    assert someone.journal.pains == {}


def test_future_pain_is_refused() -> None:
    with pytest.raises(ValueError, match="felt"):
        runner().manual_entries.report_pain(3, now=NOON, at=NOON + A_MINUTE)


def test_two_reports_by_hand_count_twice_and_repeated_source_report_once() -> None:
    someone = runner()
    for _ in range(2):
        someone.manual_entries.report_pain(2, now=NOON)
    [event] = someone.manual_entries.report_pain(2, now=NOON, at=NOON - A_DAY, source="phone")
    assert isinstance(event, PainReported)
    assert someone.manual_entries.report_pain(2, now=NOON + A_MINUTE, at=NOON - A_DAY, source="phone") == []
    assert len(someone.journal.pains) == 3


def test_undo_removes_report_by_hand_and_keeps_report_of_source() -> None:
    """The runner's own reports go, that of the phone stays."""
    someone = runner()
    someone.manual_entries.report_pain(1, now=NOON - A_DAY, source="phone")
    someone.manual_entries.report_pain(2, now=NOON)
    someone.manual_entries.report_pain(4, now=NOON + A_MINUTE)
    assert pain(someone, 0).latest == 4
    someone.manual_entries.undo_last()
    assert pain(someone, 0).latest == 2
    someone.manual_entries.undo_last()
    assert pain(someone, 0).latest == 1
    with pytest.raises(NothingToUndoError):
        someone.manual_entries.undo_last()


def test_undo_of_only_report_leaves_no_figures() -> None:
    someone = runner((0, 4))
    assert len(someone.pains.between(date(2026, 3, 2), date(2026, 3, 2))) == 1
    someone.manual_entries.undo_last()
    assert someone.pains.between(date(2026, 3, 2), date(2026, 3, 2)) == []
    assert pain(someone, 0) == PainFigures()


def test_worst_score_of_seven_days_limits_routine() -> None:
    """The worst of the last seven days, today's among them."""
    someone = runner((0, 6), (1, 2))

    def worst(day: int) -> float | None:
        return someone.progress(Habit.CORE, MONDAY + day * A_DAY).pain

    assert [worst(day) for day in (0, 1, 6, 7, 8)] == [6, 6, 6, 2, None]


def test_thousands_of_reports_give_figures_of_recent_ones() -> None:
    """Fourteen years of daily pain have the figures of half a year."""
    someone = runner()
    begin = datetime(2012, 1, 2, 12, tzinfo=NOON.tzinfo)
    for number in range(5000):
        day = begin + number * A_DAY
        someone.manual_entries.report_pain(1 + number % 2, now=day)
    shown = someone.summary(begin + 4999 * A_DAY).pain
    assert (shown.advice, shown.days, shown.latest, shown.trend) == (Advice.LASTING, 28, 2, Trend.SAME)


def test_report_counts_from_its_own_instant() -> None:
    """A report in the instant of a run's end counts as one since then."""
    someone = runner((0, 0))
    tick = timedelta(microseconds=1)
    reported = {after: someone.pains.has_report_since(MONDAY + after) for after in (-tick, timedelta(0), tick)}
    assert reported == {-tick: True, timedelta(0): True, tick: False}
    assert not runner().pains.has_report_since(MONDAY)


def test_latest_score_after_each_undo() -> None:
    """Of three reports of one day the first doesn't hurt; the latest that is left is the second, as the clock says."""
    someone = runner()
    for minutes, score in ((0, 0), (2, 4), (4, 3)):
        someone.manual_entries.report_pain(score, now=MONDAY + minutes * A_MINUTE)
    left = []
    for _ in range(3):
        left.append((pain(someone, 1).latest, someone.pains.ever_hurt))
        someone.manual_entries.undo_last()
    assert left == [(3, True), (4, True), (0, False)]
    assert (pain(someone, 1).latest, someone.pains.ever_hurt) == (None, False)


def test_score_of_day_is_its_worst_report() -> None:
    someone = runner()
    for minutes, score in ((0, 2), (2, 7), (4, 3)):
        someone.manual_entries.report_pain(score, now=MONDAY + minutes * A_MINUTE)
    assert someone.pains.scores(date(2026, 3, 2), date(2026, 3, 2)) == {date(2026, 3, 2): 7}


def test_sign_without_score_is_no_score() -> None:
    """Only a score makes a day free of pain, a trend or a latest score."""
    someone = runner((0, 4))
    someone.manual_entries.report_pain(None, now=MONDAY + A_DAY, red_flags=[RedFlag.NIGHT_PAIN])
    figures = pain(someone, 1)
    assert (figures.latest, figures.days) == (4, 1)
    assert someone.pains.scores((MONDAY + A_DAY).date(), (MONDAY + A_DAY).date()) == {}


def test_signs_without_scores_end_no_doctors_week() -> None:
    someone = runner()
    for day in range(15):
        someone.manual_entries.report_pain(None, now=MONDAY + day * A_DAY, red_flags=[RedFlag.ILLNESS])
    assert pain(someone, 14).advice is not None


def test_report_needs_score_or_sign() -> None:
    with pytest.raises(ValueError, match="a score or a sign"):
        runner().manual_entries.report_pain(None, now=MONDAY)
