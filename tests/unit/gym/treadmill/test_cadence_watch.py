"""Words about the cadence during a run, and the silence between them."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.runs.form import Band, CadenceVerdict
from custom_components.home_gym.gym.treadmill.cadence_watch import CadenceWatch
from tests.support.unit.make import NOON

BAND = Band(low=170, high=180)
TEN_SECONDS = timedelta(seconds=10)

type Spoken = list[tuple[float, CadenceVerdict]]


def spoken(watch: CadenceWatch, *parts: tuple[float | None, float], run: float = 0) -> Spoken:
    """Return the words and their minutes in a run of parts with a cadence and a length in minutes."""
    start = now = NOON + timedelta(minutes=run)
    found: Spoken = []
    for cadence, minutes in parts:
        for _ in range(round(minutes * 6)):
            now += TEN_SECONDS
            watch.note(cadence, now)
            if verdict := watch.word(start, BAND, now):
                found.append(((now - start).total_seconds() / 60, verdict))
    return found


BELOW, IN_BAND = CadenceVerdict.BELOW, CadenceVerdict.IN_BAND


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # After three minutes, and every five.
        ([(160, 14)], [(3, BELOW), (8, BELOW), (13, BELOW)]),
        ([(160, 2.9)], []),
        ([(170, 20)], []),
        ([(180, 20)], []),
        # Quicker steps are the last thing to speak of.
        ([(190, 20)], []),
        # Back in the band once, with five minutes between two words.
        ([(160, 4), (175, 20)], [(3, BELOW), (8, IN_BAND)]),
        ([(160, 4), (190, 20)], [(3, BELOW)]),
        ([(None, 20)], []),
        # A walk of 90 steps is no cadence of a run, and a minute has to pass without the former one.
        ([(90, 20)], []),
    ],
)
def test_word_every_few_minutes(parts: list[tuple[float | None, float]], expected: Spoken) -> None:
    assert spoken(CadenceWatch(), *parts) == expected


def test_each_run_begins_again() -> None:
    watch = CadenceWatch()
    assert spoken(watch, (160, 4)) == [(3, BELOW)]
    assert spoken(watch, (160, 4), run=5) == [(3, BELOW)]


def test_mean_is_that_of_the_last_minute() -> None:
    watch = CadenceWatch()
    assert watch.mean is None
    for number, cadence in enumerate([100, 160, 162, 164, 166, 168, 170, 172]):
        watch.note(cadence, NOON + number * TEN_SECONDS)
    # Seventy seconds: the first is out.
    assert watch.mean == (160 + 162 + 164 + 166 + 168 + 170 + 172) / 7
