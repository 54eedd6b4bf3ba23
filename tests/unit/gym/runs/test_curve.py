"""Curves: their stored form, and the choice of their points."""

import math

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.runs.curve import MOST_POINTS, NO_CURVE, Curve, stride_of, thinned

HOUR = Curve(
    times=[0, 15.5, 3600],
    metres=[0, 40.2, 10_000.4],
    heart_rates=[None, 120, 168],
    cadences=[170.5, None, 182],
    heights=[-3, 412.4, None],
)


def test_packed_form_keeps_tenths_and_whole_metres_of_height() -> None:
    read = Curve.unpacked(HOUR.packed())
    assert (list(read.times), list(read.metres)) == ([0, 15.5, 3600], [0, 40.2, 10_000.4])
    assert (list(read.heart_rates), list(read.cadences)) == ([None, 120, 168], [170.5, None, 182])
    assert list(read.heights) == [-3, 412, None]


def test_packed_form_is_small() -> None:
    """20,000 runs take less than the memory of a small computer, and none of it unless looked at."""
    points = [float(number) for number in range(MOST_POINTS)]
    full = Curve(times=points, metres=points, heart_rates=points, cadences=points, heights=points)
    assert len(full.packed()) <= 13 * MOST_POINTS + 3
    assert len(NO_CURVE.packed()) == 3


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -40_000.0, 1e12])
def test_impossible_values_are_unknown(value: float) -> None:
    odd = Curve(times=[value], metres=[value], heart_rates=[value], cadences=[value], heights=[value])
    read = Curve.unpacked(odd.packed())
    assert [read.times[0], read.metres[0], read.heart_rates[0], read.cadences[0], read.heights[0]] == [None] * 5


@pytest.mark.parametrize(
    "data", [b"", b"\x01", b"\x02\0\0", HOUR.packed()[:-1], HOUR.packed() + b"\0", b"\x01\xff\xff"]
)
def test_other_bytes_are_no_curve(data: bytes) -> None:
    with pytest.raises(ValueError, match="no curve"):
        Curve.unpacked(data)


@given(st.integers(0, 20_000))
def test_thinned_points_are_few_and_have_both_ends(number: int) -> None:
    points = range(number)
    kept = thinned(points, stride_of(number))
    assert len(kept) <= MOST_POINTS <= 500
    assert kept == sorted(set(kept))
    if number:
        assert (kept[0], kept[-1]) == (0, number - 1)
    # Points further apart than needed would lose detail.
    assert len(kept) >= min(number, MOST_POINTS / 2)


def test_pace_is_that_of_the_way_to_each_point() -> None:
    curve = Curve(
        times=[0, 10, 20, 30, None, 50],
        metres=[0, 40, 40, 60, 80, None],
        heart_rates=[None] * 6,
        cadences=[None] * 6,
        heights=[None] * 6,
    )
    assert curve.paces == [None, 0.25, None, 0.5, None, None]
    assert NO_CURVE.paces == []
