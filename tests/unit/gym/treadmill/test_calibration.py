"""Thresholds proposed from samples of a treadmill's states."""

from datetime import timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.treadmill.calibration import (
    CalibrationSample,
    Reporting,
    ThresholdProposal,
    reporting_of,
    threshold_proposal,
)
from custom_components.home_gym.gym.treadmill.settings import BeltSettings
from tests.support.profiles import examples
from tests.support.unit.make import A_SECOND, NOON


def sample_of(*levels: float, every: float = 1) -> CalibrationSample:
    """Return a sample of reports each second, or at another interval."""
    return CalibrationSample(
        levels=levels, times=tuple(NOON + number * every * A_SECOND for number in range(len(levels)))
    )


STILL, WALK, RUN = sample_of(*[6.0] * 20), sample_of(*[206.0] * 20), sample_of(*[406.0] * 20)


def test_thresholds_lie_between_states() -> None:
    # From 6 W to 206 W it is 200 W: three tenths of the way, half of it; and half of the way on to 406 W.
    assert threshold_proposal(STILL, WALK, RUN) == ThresholdProposal(
        standby=1, stop=66, start=106, run=306, start_hold=5, stop_hold=20, run_hold=10
    )


@pytest.mark.parametrize(
    ("asleep", "standby"),
    [
        # Half of the way from sleep to the still belt's 6 W.
        (sample_of(*[0.4] * 20), 3.2),
        (sample_of(*[5.0] * 20), 5.5),
        (sample_of(0), 3),
        # It draws as much asleep: only a moving belt, from 66 W on, shows that it is on.
        (sample_of(*[5.6] * 20), 66),
        (sample_of(*[6.0] * 20), 66),
        (sample_of(*[7.0] * 20), 66),
        # Nothing was measured.
        (sample_of(), 1),
        (None, 1),
    ],
)
def test_sleep_and_wakefulness_are_distinguished(asleep: CalibrationSample | None, standby: float) -> None:
    found = threshold_proposal(STILL, WALK, RUN, asleep)
    assert found is not None
    assert found.standby == standby
    BeltSettings(standby=found.standby, stop=found.stop, start=found.start, run=found.run)


@pytest.mark.parametrize(
    ("levels", "low", "high"),
    [
        ([5], 5, 5),
        (range(11), 1, 9),
        ([*range(10), 1000], 1, 9),  # an inrush
        (range(10, -1, -1), 1, 9),
    ],
)
def test_low_and_high_are_percentiles(levels: list[float], low: float, high: float) -> None:
    state = sample_of(*levels)
    assert (state.low, state.high) == (low, high)


@pytest.mark.parametrize(
    ("still", "walk", "run", "start", "runs_from"),
    [
        (STILL, WALK, None, 106, None),
        (STILL, None, RUN, 206, None),  # half of the way from 6 W to 406 W
        (STILL, sample_of(), RUN, 206, None),
        (STILL, WALK, sample_of(), 106, None),
        # Running takes hardly more than walking: every movement counts as running.
        (STILL, WALK, sample_of(*[220.0] * 20), 106, None),
        (STILL, WALK, sample_of(*[230.0] * 20), 106, 218),
        (STILL, WALK, sample_of(*[100.0] * 20), 106, None),
    ],
)
def test_missing_samples_leave_thresholds_out(
    still: CalibrationSample,
    walk: CalibrationSample | None,
    run: CalibrationSample | None,
    start: float,
    runs_from: float | None,
) -> None:
    found = threshold_proposal(still, walk, run)
    assert found is not None
    assert (found.start, found.run) == (start, runs_from)


@pytest.mark.parametrize(
    ("still", "walk", "run"),
    [
        (STILL, None, None),
        (STILL, sample_of(), sample_of()),
        (sample_of(), WALK, RUN),
        (STILL, STILL, None),
        (sample_of(0.0), sample_of(1.0), None),  # a watt is noise
        (sample_of(100.0), sample_of(110.0), None),  # and so is a tenth
        (WALK, STILL, None),
    ],
)
def test_no_proposal_if_moving_belt_draws_no_more(
    still: CalibrationSample, walk: CalibrationSample | None, run: CalibrationSample | None
) -> None:
    assert threshold_proposal(still, walk, run) is None


@pytest.mark.parametrize(
    ("idle", "standby"),
    [
        (6, 1),
        (2, 1),
        (1, 0.5),
        (0.4, 0.2),
        # A plug that measures nothing while the display is on: awake means a watt, as long as that is no movement.
        (0, 1),
        (0.05, 1),
    ],
)
def test_standby_threshold(idle: float, standby: float) -> None:
    found = threshold_proposal(sample_of(idle), sample_of(idle + 100), None)
    assert found is not None
    assert found.standby == standby


def test_pad_with_unmeasurable_standby() -> None:
    found = threshold_proposal(sample_of(0.0), sample_of(2.0), None)
    assert found is not None
    assert (found.standby, found.stop, found.start) == (0.6, 0.6, 1.0)  # three tenths and half of two watts


@pytest.mark.parametrize(
    ("times", "kind", "every"),
    [
        ([0], Reporting.ON_CHANGE, 0),
        ([], Reporting.ON_CHANGE, 0),
        ([0, 1, 2, 3], Reporting.FAST, 1),
        ([0, 5, 10], Reporting.FAST, 5),
        ([0, 6, 12], Reporting.SLOW, 6),
        ([0, 10, 20, 21], Reporting.SLOW, 10),
        ([0, 1, 2, 62, 63], Reporting.FAST, 1),  # one gap
    ],
)
def test_reporting_of_plug(times: list[int], kind: Reporting, every: float) -> None:
    state = CalibrationSample(levels=(1.0,) * len(times), times=tuple(NOON + at * A_SECOND for at in times))
    assert reporting_of([state]) == (kind, every)


@pytest.mark.parametrize(
    ("every", "holds"),
    [
        (1, (5, 20, 10)),
        (6, (10, 45, 20)),
        (30, (45, 75, 45)),  # one and a half, two and a half times
        (60, (90, 150, 90)),
    ],
)
def test_slow_plug_has_longer_holds(every: float, holds: tuple[float, float, float]) -> None:
    still, walk = sample_of(*STILL.levels, every=every), sample_of(*WALK.levels, every=every)
    found = threshold_proposal(still, walk, None)
    assert found is not None
    assert (found.start_hold, found.stop_hold, found.run_hold) == holds


def test_plug_that_reports_on_change() -> None:
    found = threshold_proposal(sample_of(6.0), sample_of(206.0), sample_of(406.0))
    assert found is not None
    assert (found.start_hold, found.stop_hold, found.run_hold) == (10, 30, 15)


levels = st.lists(st.floats(0, 3000), max_size=6)


@examples(300)
@given(levels, st.none() | levels, st.none() | levels, st.sampled_from([1, 5, 30, 300]))
def test_every_proposal_gives_valid_settings(
    still: list[float], walk: list[float] | None, run: list[float] | None, every: int
) -> None:
    states = [None if state is None else sample_of(*state, every=every) for state in (walk, run)]
    found = threshold_proposal(sample_of(*still, every=every), *states)
    if found:
        BeltSettings(
            standby=found.standby,
            stop=found.stop,
            start=found.start,
            run=found.run,
            start_hold=timedelta(seconds=found.start_hold),
            stop_hold=timedelta(seconds=found.stop_hold),
            run_hold=timedelta(seconds=found.run_hold),
        )
        # Levels of standing still are mostly below the threshold of moving, and those of moving above it.
        assert sorted(still)[round(0.9 * (len(still) - 1))] < found.stop
