"""Polar AccessLink's list of exercises, in the shapes of its documentation."""

from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.home_gym.gym.integrations.polar_accesslink import EXERTIONS, account_of, listed
from custom_components.home_gym.gym.integrations.service_model import AnswerError
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport, Surface
from custom_components.home_gym.gym.runs.exertion import Exertion
from tests.support.services.polar_accesslink import exercise

START = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)


def only(**fields: Any) -> Activity:
    """Return the activity of a list with one exercise."""
    (found,) = listed([exercise("2AC312F", START, **fields)])
    assert found.activity is not None
    return found.activity


def test_exercise_has_figures_of_the_list() -> None:
    activity = only()
    assert activity == Activity(
        sport=Sport.RUN,
        sub_sport="RUNNING",
        start=START,
        moving_time=2700,
        distance=8012.3,
        heart_rate=148,
        max_heart_rate=171,
        utc_offset=7200,
        device="Polar Vantage V3",
        manufacturer="polar_accesslink",
        origin=Origin.CLOUD,
        origin_id="polar_accesslink:2AC312F",
    )


@pytest.mark.parametrize(
    ("sport", "detailed", "found", "surface"),
    [
        ("RUNNING", "RUNNING", Sport.RUN, None),
        ("RUNNING", None, Sport.RUN, None),
        ("OTHER", "TREADMILL_RUNNING", Sport.RUN, Surface.TREADMILL),
        ("OTHER", "TRAIL_RUNNING", Sport.RUN, Surface.TRAIL),
        ("RUNNING", "TRACK_AND_FIELD_RUNNING", Sport.RUN, None),
        ("OTHER", "JOGGING", Sport.RUN, None),
        ("OTHER", "STRENGTH_TRAINING", Sport.STRENGTH, None),
        ("OTHER", "WATERSPORTS_WATERSKI", Sport.OTHER, None),
        ("CYCLING", "INDOOR_CYCLING", Sport.OTHER, None),
        ("WALKING", "NORDIC_WALKING", Sport.WALK, None),
        (None, None, Sport.OTHER, None),
        (17, ["RUNNING"], Sport.OTHER, None),
    ],
)
def test_sport_is_the_one_of_the_more_telling_word(
    sport: Any, detailed: Any, found: Sport, surface: Surface | None
) -> None:
    activity = only(sport=sport, detailed_sport_info=detailed)
    assert (activity.sport, activity.surface) == (found, surface)


@pytest.mark.parametrize(
    ("fields", "start", "offset"),
    [
        ({"start_time": "2026-05-04T08:30:00", "start_time_utc_offset": 120}, START, 7200),
        ({"start_time": "2026-05-04T08:30:00.000", "start_time_utc_offset": 120}, START, 7200),
        ({"start_time": "2026-05-04T01:00:00", "start_time_utc_offset": -330}, START, -19800),
        ({"start_time": "2026-05-04T06:30:00", "start_time_utc_offset": None}, START, None),
        ({"start_time": "2026-05-04T06:30:00", "start_time_utc_offset": 9e9}, START, None),
        ({"start_time": "2026-05-04T06:30:00Z", "start_time_utc_offset": 120}, START, 7200),
    ],
)
def test_start_is_local_beside_its_offset(fields: dict[str, Any], start: datetime, offset: int | None) -> None:
    activity = only(**fields)
    assert (activity.start, activity.utc_offset) == (start, offset)


@pytest.mark.parametrize(("number", "word"), list(enumerate(EXERTIONS, start=1)))
def test_rating_is_one_of_ten(number: int, word: str) -> None:
    assert only(training_load_pro={"user-rpe": word}).exertion == Exertion(perceived=number)


@pytest.mark.parametrize("load", [None, {}, [], {"user-rpe": "UNKNOWN"}, {"user-rpe": 4}])
def test_no_rating_is_none(load: Any) -> None:
    assert only(training_load_pro=load).exertion is None


def test_missing_figures_stay_unknown() -> None:
    activity = only(distance=None, duration="later", heart_rate=None, device=" ")
    assert (activity.distance, activity.moving_time, activity.heart_rate, activity.device) == (None, None, None, None)


@pytest.mark.parametrize(
    "row",
    [
        None,
        "run",
        {},
        exercise("../users", START),
        exercise("", START),
        exercise("é", START),
        exercise("a" * 41, START),
        exercise("a", START, id=None),
        exercise("a", START, start_time=None),
        exercise("a", START, start_time="2026-05-04"),
    ],
)
def test_exercise_without_id_or_start_is_left_out(row: Any) -> None:
    assert listed([row]) == []


def test_stamp_changes_with_figures_that_count_alone() -> None:
    stamps = [
        listed([row])[0].stamp
        for row in (
            exercise("a", START),
            exercise("a", START, calories=1, upload_time="2026-06-01T00:00:00Z"),
            exercise("a", START, distance=1),
        )
    ]
    assert stamps[0] == stamps[1] != stamps[2]


def test_empty_answer_is_an_empty_list() -> None:
    assert listed(None) == listed([]) == []


@pytest.mark.parametrize("answer", [{}, "page", 5, {"exercises": []}])
def test_other_answer_than_a_list_is_refused(answer: Any) -> None:
    with pytest.raises(AnswerError):
        listed(answer)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            {
                "polar-user-id": 475,
                "first-name": "Eka",
                "last-name": "Toka",
                "registration-date": "2026-05-04T06:30:00Z",
            },
            ("475", "Eka Toka", START),
        ),
        ({"polar-user-id": "475", "last-name": "Toka", "registration-date": "soon"}, ("475", "Toka", None)),
        ({"polar-user-id": 475}, ("475", "475", None)),
    ],
)
def test_user_has_id_name_and_registration(answer: Any, expected: tuple[str, str, datetime | None]) -> None:
    assert account_of(answer) == expected


@pytest.mark.parametrize("answer", [None, [], "page", {}, {"polar-user-id": None}])
def test_answer_without_a_user_is_refused(answer: Any) -> None:
    with pytest.raises(AnswerError):
        account_of(answer)
