"""Curves of recordings, and what follows from them: the easy parts of a run."""

from collections.abc import Sequence
from dataclasses import replace

from ..runs.activity import Activity
from ..runs.curve import Curve, Values, stride_of, thinned
from ..runs.easy_parts import easy_parts_of
from ..runs.validation import ON_FOOT


def with_curve(activity: Activity, curve: Curve | None) -> Activity:
    """Return an activity on foot with its curve and easy parts; any other as it is."""
    if curve is None or len(curve) < 2 or activity.sport not in ON_FOOT:
        return activity
    return replace(activity, curve=curve.packed(), easy_parts=easy_parts_of(activity, curve))


def curve_of(
    times: Sequence[float],
    *,
    metres: Values | None = None,
    heart_rates: Values | None = None,
    cadences: Values | None = None,
    heights: Values | None = None,
    feet: int,
) -> Curve | None:
    """Return the curve of columns of equal length, None for fewer than two points.

    `times` are seconds of any clock, `metres` those of any odometer, cadences strides or steps by `feet`; 0 stands for
    no cadence and no heart rate.
    """
    if len(times) < 2:
        return None
    stride = stride_of(len(times))

    def column(values: Values | None) -> Values:
        return thinned(values, stride) if values is not None else unknown

    clock = thinned(times, stride)
    first, unknown = clock[0], [None] * len(clock)
    way = column(metres)
    # A recording may go on from another.
    if began := next((each for each in way if each is not None), 0):
        way = [None if each is None else each - began for each in way]
    return Curve(
        times=[time - first for time in clock],
        metres=way,
        heart_rates=[each or None for each in column(heart_rates)],
        cadences=[each * feet if each else None for each in column(cadences)],
        heights=column(heights),
    )
