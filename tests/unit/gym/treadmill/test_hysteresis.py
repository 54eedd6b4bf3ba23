"""Hysteresis: thresholds, holds, and the sum of votes."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.home_gym.gym.treadmill.hysteresis import NO_TIME, Hysteresis, Tally
from tests.support.unit.make import A_SECOND

START = datetime(2026, 3, 2, 17, tzinfo=UTC)
A_BIT = 1 / 1024


def sec(seconds: float) -> datetime:
    """Return the instant these seconds after the start."""
    return START + seconds * A_SECOND


def switched(*, on: bool = False, **rest: int) -> Hysteresis:
    """Return a hysteresis that is on from 100 after 5 s, and off below 50 after 20 s."""
    return Hysteresis(rise=100, rise_hold=5 * A_SECOND, fall=50, fall_hold=20 * A_SECOND, tally=Tally(on=on), **rest)


def vote(switch: Hysteresis, *levels: tuple[float, float | None]) -> None:
    """Vote with these levels at these seconds."""
    for seconds, level in levels:
        switch.vote(level, sec(seconds), sec(seconds))


@pytest.mark.parametrize(
    ("on", "level", "due"),
    [
        (False, 100 - A_BIT, None),
        (False, 100, 5),
        (True, 50, None),
        (True, 50 - A_BIT, 20),
        # between the two limits nothing speaks for a change
        (False, 75, None),
        (True, 75, None),
        (False, None, None),
        (True, None, None),
    ],
)
def test_rise_and_fall_after_holds(on: bool, level: float | None, due: float | None) -> None:
    switch = switched(on=on)
    vote(switch, (0, level))
    assert switch.due() == (None if due is None else sec(due))
    assert switch.since(sec(0)) == (None if due is None else sec(0))


@pytest.mark.parametrize(
    ("levels", "since", "due"),
    [
        # 3 of 5 s are held; each second below takes three off, unless less doubt is wanted
        ([(0, 100), (3, 0), (3.5, 100)], 0, 3.5 + 5 - (3 - 1.5)),
        ([(0, 100), (3, 0), (4, 100)], 4, 4 + 5),
        # while nothing is known nothing changes
        ([(0, 100), (3, None), (100, 100)], 0, 102),
        # a vote never counts for more than the hold
        ([(0, 100), (60, 0), (61, 100)], 0, 61 + 5 - (5 - 3)),
    ],
)
def test_votes_add_up_and_decrease(levels: list[tuple[float, float | None]], since: float, due: float) -> None:
    switch = switched()
    vote(switch, *levels)
    assert (switch.since(sec(levels[-1][0])), switch.due()) == (sec(since), sec(due))


def test_votes_against_change_may_have_equal_weight() -> None:
    switch = switched(doubt=1)
    vote(switch, (0, 100), (3, 0), (4, 100))
    assert (switch.since(sec(4)), switch.due()) == (sec(0), sec(4 + 5 - (3 - 1)))


@pytest.mark.parametrize(("on", "since"), [(True, 10), (False, 15)])
def test_low_level_after_loss_is_dated_to_loss(on: bool, since: float) -> None:
    """Lost at 10 s and back at 15 s: a low level fell at 10 s, a high one rises only at 15 s."""
    switch = switched(on=on)
    switch.vote(0 if on else 100, sec(15), sec(10))
    assert switch.since(sec(15)) == sec(since)


def test_change_resets_votes() -> None:
    switch = switched()
    vote(switch, (0, 100))
    switch.flip()
    assert switch.tally == Tally(on=True)
    assert (switch.on, switch.due(), switch.since(sec(9))) == (True, None, None)
    switch.reset(on=False)
    assert switch.tally == Tally(on=False, since=None, held=NO_TIME, at=None, trend=0)


def test_zero_hold_is_over_at_once() -> None:
    switch = Hysteresis(rise=1, rise_hold=timedelta(0), fall=1, fall_hold=timedelta(0), tally=Tally())
    vote(switch, (0, 1))
    assert switch.due() == sec(0)


def test_tally_of_votes() -> None:
    """Votes grow, decrease or stay; an unknown level dates nothing, nor does one lost at the same instant."""
    switch = switched()
    kept = []
    for level in (None, 100, None, 0):
        vote(switch, (0, level))
        kept.append((switch.tally.trend, switch.tally.since, switch.since(sec(0))))
    assert kept == [(0, None, None), (1, sec(0), sec(0)), (0, sec(0), None), (-1, None, None)]
