"""Edits at services: they beat the file, and yield to a correction here."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, LeftOut, Origin, Sport
from tests.support.unit.make import A_MINUTE, NOON, TREADMILL, activity, restarted, settings

LATER = NOON + timedelta(hours=2)
FILE = activity(km=9.4, minutes=50)
TCX = activity(km=9.4, minutes=50, origin=Origin.FILE, device="Forerunner 965", serial_number="1")
PHONE_FILE = activity(km=9.4, minutes=50, origin=Origin.FILE, device="Tracker")
OTHER_WATCH = activity(km=9.4, minutes=50, origin=Origin.FILE, manufacturer="coros", serial_number="1")


def shown(km: float, service: str = "garmin_connect", **rest: Any) -> Activity:
    """Return the activity of a service's entity."""
    figures = {"minutes": 50, "origin": Origin.ENTITY, "manufacturer": service, "origin_id": f"{service}:7", **rest}
    return activity(km=km, **figures)


def run_after(*deliveries: Activity) -> tuple[float | None, set[str]]:
    """Return the distance of the one run after deliveries in this order, and the services it was edited in."""
    someone = Runner(settings(), Journal())
    for each in deliveries:
        someone.deliveries.learn([each], now=LATER, live=False)
    for again in (someone, restarted(someone)):
        [run] = again.runs.all()
        found = run.distance, again.edited_in(run)
    return found


@pytest.mark.parametrize(
    ("deliveries", "metres", "edited"),
    [
        ((FILE, shown(10)), 10_000, True),
        ((TCX, shown(10)), 10_000, True),
        ((FILE, shown(9.405)), 9400, False),
        ((FILE, shown(9.41)), 9400, False),
        ((shown(10), FILE), 9400, False),
        ((shown(10), FILE, shown(10)), 9400, False),
        ((shown(9.4), FILE, shown(10)), 10_000, True),
        ((shown(9.4), shown(10), FILE), 10_000, True),
        ((PHONE_FILE, shown(10)), 9400, False),
        ((OTHER_WATCH, shown(10)), 9400, False),
        ((FILE, shown(10, "ha_strava")), 9400, False),
        ((shown(9.4, "ha_strava"), FILE, shown(10, "ha_strava")), 10_000, True),
        ((FILE, shown(9.4, "ha_strava"), shown(10, "ha_strava")), 10_000, True),
        ((FILE, shown(9.41, "ha_strava"), shown(9.40, "ha_strava")), 9400, False),
        ((FILE, shown(9.4, "polar"), shown(10, "polar")), 9400, False),
        ((FILE, shown(9.4, incomplete=True), shown(9.412)), 9400, False),
        ((activity(km=9.4, minutes=50, incomplete=True), shown(10)), 9400, False),
        ((activity(km=None, minutes=50), shown(10)), 10_000, False),
    ],
)
def test_edit_differs_from_the_file_or_from_an_earlier_version(
    deliveries: tuple[Activity, ...], metres: float, edited: bool
) -> None:
    service = deliveries[-1] if deliveries[-1].origin is Origin.ENTITY else deliveries[0]
    expected = metres, {service.manufacturer} if edited else set()
    assert run_after(*deliveries) == expected
    # Each delivery again, and all of them once more, change nothing.
    assert run_after(*(each for each in deliveries for _ in range(2))) == expected
    assert run_after(*deliveries, deliveries[-1]) == expected


def test_distance_with_the_drive_home_is_no_edit() -> None:
    """Home Gym left 3 km out of the file; the service didn't."""
    drive = LeftOut(start=NOON + 50 * A_MINUTE, elapsed_time=180, moving_time=180, distance=3000)
    cut = activity(km=9.4, minutes=50, left_out=(drive,))
    assert run_after(cut, shown(12.4, minutes=53)) == (9400, set())
    assert run_after(cut, shown(9.4)) == (9400, set())
    assert run_after(cut, shown(8)) == (8000, {"garmin_connect"})


def test_edited_times_count() -> None:
    someone = Runner(settings(), Journal())
    for each in (FILE, shown(9.4, moving_time=3000.0), shown(9.4, minutes=45, moving_time=2700.0)):
        someone.deliveries.learn([each], now=LATER, live=False)
    [run] = someone.runs.all()
    assert (run.distance, run.duration, run.elapsed_time) == (9400, 2700, 2700)


@pytest.mark.parametrize("is_corrected_first", [True, False])
def test_correction_here_beats_the_edit_in_any_order(is_corrected_first: bool) -> None:
    someone = Runner(settings(), Journal())
    someone.deliveries.learn([FILE], now=LATER, live=False)
    if is_corrected_first:
        verbs.correct_run(FILE.id, distance=9700)(someone, LATER)
    someone.deliveries.learn([shown(10)], now=LATER, live=False)
    if not is_corrected_first:
        verbs.correct_run(FILE.id, distance=9700)(someone, LATER)
    assert [run.distance for run in someone.runs.all()] == [9700]
    verbs.undo_last()(someone, LATER)
    assert [run.distance for run in someone.runs.all()] == [10_000]


def test_withdrawn_edit_leaves_the_file() -> None:
    someone = Runner(settings(), Journal())
    for each in (FILE, shown(10)):
        someone.deliveries.learn([each], now=LATER, live=False)
    someone.deliveries.withdraw(shown(10).id)
    assert [run.distance for run in someone.runs.all()] == [9400]


def test_edit_of_a_part_is_none_of_the_whole() -> None:
    """The service has the second half only, as two recordings."""
    half: dict[str, Any] = {"minutes": 20, "edited": ("distance",)}
    first = shown(4, origin_id="a", **half)
    second = shown(4, origin_id="b", start=NOON + 25 * A_MINUTE, **half)
    assert run_after(FILE, first, second)[0] == 9400


def test_edit_of_the_sport_takes_the_run_away() -> None:
    someone = Runner(settings(), Journal())
    for each in (shown(9.4), shown(9.4, sport=Sport.WALK)):
        someone.deliveries.learn([each], now=LATER, live=False)
    assert len(someone.runs) == 0


def test_treadmill_beside_an_edit_is_no_original() -> None:
    belt = activity(km=9.1, minutes=50, **TREADMILL)
    assert run_after(belt, FILE, shown(10)) == (10_000, {"garmin_connect"})
    assert run_after(belt, shown(10)) == (10_000, set())
