"""Figures from what a watch wrote point by point."""

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.recordings.samples import (
    LONGEST_GAP,
    Samples,
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
def test_steps(cadence: float | None, counted: float | None) -> None:
    """Strides are doubled; what nobody could stride is steps already; standing still is no cadence."""
    assert steps(cadence) == counted


def test_mean_of_nothing() -> None:
    """There is none."""
    assert mean([]) is None


def test_moving_clock_stands_still_in_pauses() -> None:
    """A long gap counts as a short one, a clock set back not at all."""
    assert moving_clock([0, 1, 2, 602, 603]) == [0, 1, 2, 2 + LONGEST_GAP, 3 + LONGEST_GAP]
    assert moving_clock([5, 4, 6]) == [0, 0, 2]
    assert moving_clock([7]) == [0]
    assert moving_clock([]) == [0]


def test_thirds() -> None:
    """Each third of the time has its own mean, standing still apart."""
    cadences = [80.0] * 10 + [90.0, 0.0] * 5 + [85.0] * 10
    assert thirds(range(30), cadences) == (160, 180, 170)


def test_a_third_spent_standing() -> None:
    """A third without a step has no cadence."""
    assert thirds(range(6), [80.0, 80.0, 0.0, 0.0, 90.0, 90.0]) == (160, None, 180)


def test_no_thirds_without_cadence() -> None:
    """Nothing comes of nothing."""
    assert thirds(range(3), [0.0, 0.0, 0.0]) is None
    assert thirds([], []) is None


@given(st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 250)), min_size=1))
def test_thirds_stay_within_what_was_written(samples: list[tuple[float, float]]) -> None:
    """Whatever the times, no third is beyond the cadences."""
    times, cadences = zip(*samples, strict=True)
    for third in thirds(times, cadences) or ():
        assert third is None or third <= max(*cadences, 240) + 1e-6


def test_profile() -> None:
    """Each cadence holds until the next sample: 80 strides for 2 s, 85.5 for 3, none for 4; the last tells no time."""
    found = profile([0, 2, 5, 9], [80.0, 85.5, 0.0, 90.0])
    assert found == CadenceProfile(lowest=160, seconds=(2, *[0] * 10, 3))
    assert found.share_between(165, 171) == 60


def test_profile_of_steps_and_of_pauses() -> None:
    """What nobody strides is steps; a pause counts as a short gap; what is slow or quick beyond all counts as that."""
    assert profile([0, 600, 601], [170.0, 171.0, 170.0]) == CadenceProfile(lowest=170, seconds=(LONGEST_GAP, 1))
    assert profile([0, 1, 2], [40.0, 119.0, 80.0]) == CadenceProfile(lowest=120, seconds=(1, *[0] * 99, 1))


@pytest.mark.parametrize(("times", "cadences"), [([], []), ([0, 1], [0.0, 0.0]), ([5], [80.0]), ([5, 5], [80.0, 80.0])])
def test_no_profile(times: list[float], cadences: list[float]) -> None:
    """Where there is no step, or no time, nothing is known."""
    assert profile(times, cadences) is None


def test_a_profile_of_no_time_has_no_share() -> None:
    assert CadenceProfile(lowest=170, seconds=(0,)).share_between(0, 300) is None


def test_samples_without_figures() -> None:
    """Points that have a time only tell no figure."""
    samples = Samples()
    samples.add(0, None, None, None)
    assert (samples.cadence(), samples.cadence_thirds()) == (None, None)
    assert (samples.heart_rate(), samples.max_heart_rate(), samples.power()) == (None, None, None)


def test_samples_with_figures() -> None:
    """A cadence of 0 is one, no cadence is none."""
    samples = Samples()
    for time, cadence in enumerate((80, 0, None, 100)):
        samples.add(time, cadence, 120 + time, 200)
    assert samples.cadence() == 120
    assert (samples.heart_rate(), samples.max_heart_rate(), samples.power()) == (121.5, 123, 200)
