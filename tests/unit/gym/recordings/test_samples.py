"""Figures derived from samples."""

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.recordings.course import LONGEST_GAP
from custom_components.home_gym.gym.recordings.samples import (
    Samples,
    feet_of,
    mean,
    moving_clock,
    profile,
    steps,
    thirds,
)
from custom_components.home_gym.gym.runs.activity import CadenceProfile


@pytest.mark.parametrize(
    ("cadence", "counted"), [(87.0, 174.0), (120.0, 240.0), (148.8, 148.8), (0.0, None), (None, None)]
)
def test_strides_are_doubled(cadence: float | None, counted: float | None) -> None:
    """A cadence beyond possible strides counts steps already; 0 is no cadence."""
    assert steps(cadence) == counted


def test_mean_of_no_values_is_none() -> None:
    assert mean([]) is None


def test_moving_clock_stands_still_in_pauses() -> None:
    """A long gap counts as a short one, a clock set back not at all."""
    assert list(moving_clock([0, 1, 2, 602, 603])) == [0, 1, 2, 2 + LONGEST_GAP, 3 + LONGEST_GAP]
    assert list(moving_clock([5, 4, 6])) == [0, 0, 2]
    assert list(moving_clock([7])) == [0]
    assert list(moving_clock([])) == [0]


def test_thirds_exclude_standstill() -> None:
    cadences = [80.0] * 10 + [90.0, 0.0] * 5 + [85.0] * 10
    assert thirds(range(30), cadences, 2) == (160, 180, 170)


def test_third_without_steps_has_no_cadence() -> None:
    assert thirds(range(6), [80.0, 80.0, 0.0, 0.0, 90.0, 90.0], 2) == (160, None, 180)


def test_no_thirds_without_cadence() -> None:
    assert thirds(range(3), [0.0, 0.0, 0.0], 2) is None
    assert thirds([], [], 2) is None


@given(st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 250)), min_size=1))
def test_thirds_stay_within_range_of_cadences(samples: list[tuple[float, float]]) -> None:
    times, cadences = zip(*samples, strict=True)
    for third in thirds(times, cadences, 2) or ():
        assert third is None or third <= 2 * max(cadences) + 1e-6


def test_profile_holds_each_cadence_until_next_sample() -> None:
    """80 strides for 2 s, 85.5 for 3 s, none for 4 s; the last sample has no duration."""
    found = profile([0, 2, 5, 9], [80.0, 85.5, 0.0, 90.0], 2)
    assert found == CadenceProfile(lowest=160, seconds=(2, *[0] * 10, 3))
    assert found.share_between(165, 171) == 60


def test_profile_of_steps_pauses_and_extremes() -> None:
    """High cadences are steps, a pause counts as a short gap, and extremes count for the outermost cadence."""
    assert profile([0, 600, 601], [170.0, 171.0, 170.0], 1) == CadenceProfile(lowest=170, seconds=(LONGEST_GAP, 1))
    assert profile([0, 1, 2], [40.0, 119.0, 80.0], 2) == CadenceProfile(lowest=120, seconds=(1, *[0] * 99, 1))


@pytest.mark.parametrize(("times", "cadences"), [([], []), ([0, 1], [0.0, 0.0]), ([5], [80.0]), ([5, 5], [80.0, 80.0])])
def test_no_profile_without_steps_or_time(times: list[float], cadences: list[float]) -> None:
    assert profile(times, cadences, 2) is None


def test_empty_profile_has_no_share() -> None:
    assert CadenceProfile(lowest=170, seconds=(0,)).share_between(0, 300) is None


def test_unit_of_cadence_is_decided_once() -> None:
    """The thirds of 104 strides on average are 207, 244 and 176 steps: none of them is taken for steps already."""
    cadences = [103.5] * 10 + [122.0] * 10 + [88.0] * 10
    feet = feet_of(mean(cadences))
    assert thirds(range(30), cadences, feet) == (207, 244, 176)
    assert [feet_of(cadence) for cadence in (None, 0, 85, 120, 121, 170)] == [2, 2, 2, 2, 1, 1]


def test_samples_of_time_only_have_no_figures() -> None:
    samples = Samples()
    samples.add(0, None, None, None)
    assert (samples.strides(), samples.cadence_thirds(2)) == (None, None)
    assert (samples.heart_rate(), samples.max_heart_rate(), samples.power()) == (None, None, None)


def test_zero_is_no_figure() -> None:
    samples = Samples()
    for time, cadence in enumerate((80, 0, None, 100)):
        samples.add(time, cadence, 120 + time if cadence else 0, 200 if cadence else 0)
    assert samples.strides() == 90
    assert (samples.heart_rate(), samples.max_heart_rate(), samples.power()) == (121.5, 123, 200)


def test_samples_without_spans_of_time() -> None:
    samples = Samples()
    for time in range(6):
        samples.add(time, 80 + time, 120, None)
    assert list(samples.without([(0, 1), (4, 4)]).cadences) == [82, 83, 85]
