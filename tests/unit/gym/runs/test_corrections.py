"""Corrections by hand: they override every recording, survive later ones, and can be undone."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.events import RunChanged, RunFinished, RunRecorded
from custom_components.home_gym.gym.intake.manual_entries import NothingToUndoError, manual_run
from custom_components.home_gym.gym.journal.codec import from_plain, to_plain
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import LeftOut
from custom_components.home_gym.gym.runs.corrections import NO_SHOE, Correction
from custom_components.home_gym.gym.runs.run_history import UnknownRunError
from custom_components.home_gym.gym.runs.validation import ImpossibleActivityError
from custom_components.home_gym.gym.settings import UnknownShoeError
from tests.support.unit.runner import runner

from ....support.unit.make import A_MINUTE, NOON, PHONE, activity, restarted, settings, shoe

HOUR = 60 * A_MINUTE
RUN = activity(NOON, minutes=30, km=5, cadence=170)
SHOES = (shoe("blue"), shoe("red"))


def two_pairs() -> Runner:
    """Return a runner with two pairs and a run of 5 km in the blue one."""
    someone = runner(shoes=SHOES)
    someone.manual_entries.choose_shoe("blue")
    someone.deliveries.learn([RUN], now=NOON + HOUR, live=True)
    return someone


def metres(someone: Runner) -> dict[str, float]:
    """Return the distance of each pair, in metres."""
    return {name: wear.distance for name, wear in someone.summary(NOON + HOUR).shoes.items()}


def corrected(minutes: int = 61, **fields: object) -> Correction:
    """Return a correction of the run, some minutes after its start."""
    return Correction(activity=RUN.id, at=NOON + minutes * A_MINUTE, **fields)  # type: ignore[arg-type]


def test_correction_overrides_earlier_and_later_recordings() -> None:
    someone = two_pairs()

    (changed,) = someone.manual_entries.correct(corrected(distance=4800, moving_time=1700, cadence=174))

    assert isinstance(changed, RunChanged)
    assert (changed.run.distance, changed.run.moving_time, changed.run.cadence) == (4800, 1700, 174)
    # The watch's 1800 s from start to end include the pauses, which the correction leaves alone.
    assert changed.run.elapsed_time == 1800
    assert metres(someone) == {"blue": 4800, "red": 0}
    someone.deliveries.learn([activity(NOON, minutes=31, km=5.2, **PHONE)], now=NOON + 2 * HOUR, live=True)
    (run,) = someone.runs.all()
    assert len(run.activities) == 2
    assert run.distance == 4800
    assert metres(someone) == {"blue": 4800, "red": 0}


def test_corrected_moving_time_extends_elapsed_time() -> None:
    someone = two_pairs()
    someone.manual_entries.correct(corrected(moving_time=2000))
    (run,) = someone.runs.all()
    assert (run.moving_time, run.elapsed_time) == (2000, 2000)


def test_later_correction_counts_in_any_order() -> None:
    corrections = [corrected(61, distance=4800), corrected(62, distance=4900, cadence=175), corrected(63, cadence=176)]
    for order in permutations(corrections):
        someone = two_pairs()
        for correction in order:
            someone.manual_entries.correct(correction)
        (run,) = someone.runs.all()
        assert (run.distance, run.cadence) == (4900, 176)


def test_corrected_start_moves_run_to_its_day() -> None:
    someone = two_pairs()
    yesterday = NOON - timedelta(days=1)
    someone.manual_entries.correct(corrected(start=yesterday, day=yesterday.date()))
    (run,) = someone.runs.all()
    assert (run.start, run.day) == (yesterday, date(2026, 3, 1))
    assert someone.summary(NOON + HOUR).last_run.start == yesterday


def test_removed_run_counts_nowhere_and_stays_removed() -> None:
    someone = two_pairs()
    assert someone.manual_entries.correct(corrected(removed=True)) == []
    assert someone.runs.all() == []
    assert metres(someone) == {"blue": 0, "red": 0}
    assert someone.deliveries.learn([activity(NOON, minutes=31, **PHONE)], now=NOON + HOUR, live=True) == []
    assert someone.runs.all() == []
    with pytest.raises(UnknownRunError):
        someone.runs.named(RUN.id)

    (back,) = someone.manual_entries.undo_last()
    assert isinstance(back, RunChanged)
    assert len(back.run.activities) == 2
    assert metres(someone) == {"blue": 5000, "red": 0}


def test_corrected_run_counts_for_its_pair() -> None:
    someone = two_pairs()

    (changed,) = someone.manual_entries.correct(corrected(61, shoe="red"))
    assert isinstance(changed, RunChanged)
    assert someone.rack.shoe_of(changed.run) == "red"
    assert metres(someone) == {"blue": 0, "red": 5000}
    someone.manual_entries.correct(corrected(62, shoe=NO_SHOE))
    assert metres(someone) == {"blue": 0, "red": 0}
    someone.manual_entries.undo_last()
    assert metres(someone) == {"blue": 0, "red": 5000}
    someone.manual_entries.undo_last()
    assert metres(someone) == {"blue": 5000, "red": 0}


def test_runs_of_corrected_pair_out_of_rack_count_for_none() -> None:
    someone = two_pairs()
    someone.manual_entries.correct(corrected(shoe="red"))
    later = Runner(settings(shoes=SHOES[:1]), someone.journal)
    assert metres(later) == {"blue": 0}


@pytest.mark.parametrize(
    ("correction", "error"),
    [(Correction(activity="none", at=NOON, distance=1), UnknownRunError), (corrected(shoe="green"), UnknownShoeError)],
)
def test_correction_of_unknown_run_or_pair_is_refused(correction: Correction, error: type[Exception]) -> None:
    someone = two_pairs()
    with pytest.raises(error):
        someone.manual_entries.correct(correction)
    assert someone.journal.corrections == {}


@pytest.mark.parametrize(
    "correction",
    [
        corrected(distance=-1),
        corrected(moving_time=float("nan")),
        corrected(cadence=1e9),
        corrected(start=NOON.replace(year=1950)),
    ],
)
def test_impossible_correction_is_refused(correction: Correction) -> None:
    someone = two_pairs()
    with pytest.raises(ValueError, match="expected"):
        someone.manual_entries.correct(correction)
    assert someone.journal.corrections == {}


def test_stretch_left_out_counts_again_and_is_undone() -> None:
    """A drive of 3.1 km follows half an hour; figures by hand are those of the whole run."""
    drive = LeftOut(start=NOON + timedelta(minutes=30), elapsed_time=240, moving_time=200, distance=3100)
    for other in (None, corrected(70, distance=8200)):
        someone = two_pairs()
        someone.deliveries.learn([replace(RUN, moving_time=1700, left_out=(drive,))], now=NOON + HOUR, live=False)
        assert metres(someone) == {"blue": 5000, "red": 0}
        if other:
            someone.manual_entries.correct(other)
        someone.manual_entries.correct(corrected(71, leave_out=False))
        (run,) = someone.runs.all()
        assert (run.distance, run.moving_time, run.elapsed_time) == (8200 if other else 8100, 1900, 2040)
        assert run.left_out == ()
        assert restarted(someone).runs.all() == someone.runs.all()
        someone.manual_entries.correct(corrected(72, leave_out=True))
        assert someone.runs.all()[0].left_out == (drive,)
        someone.manual_entries.undo_last()
        someone.manual_entries.undo_last()
        (run,) = someone.runs.all()
        assert (run.distance, run.left_out) == (8200 if other else 5000, (drive,))


def test_drive_to_the_start_counts_again_from_its_own_start() -> None:
    drive = LeftOut(start=NOON - timedelta(minutes=10), elapsed_time=600, moving_time=600, distance=9000)
    someone = two_pairs()
    someone.deliveries.learn([replace(RUN, left_out=(drive,))], now=NOON + HOUR, live=False)
    (run,) = someone.runs.all()
    someone.manual_entries.correct(Correction(activity=run.id, at=NOON + HOUR, leave_out=False))
    (run,) = someone.runs.all()
    assert (run.start, run.end, run.distance) == (drive.start, NOON + timedelta(minutes=30), 14_000)


@pytest.mark.parametrize("correction", [corrected(distance=90_000), corrected(moving_time=60)])
def test_correction_to_impossible_speed_is_refused(correction: Correction) -> None:
    someone = two_pairs()
    with pytest.raises(ImpossibleActivityError):
        someone.manual_entries.correct(correction)
    assert someone.runs.all()[0].distance == 5000


@pytest.mark.parametrize(
    ("moving_time", "distance"), [(60, 900_000_000), (1800, 20_000), (10**7, 5000), (-1, 5000), (1800, -1)]
)
def test_impossible_manual_run_is_refused(moving_time: float, distance: float) -> None:
    someone = runner()
    with pytest.raises(ImpossibleActivityError):
        someone.manual_entries.log_run(manual_run(start=NOON, moving_time=moving_time, distance=distance), now=NOON)
    assert someone.runs.all() == []


def test_manual_run_is_logged_and_undone() -> None:
    someone = runner(shoes=SHOES[:1])
    start = NOON - HOUR

    logged = manual_run(start=start, moving_time=1800, distance=5000)
    events = someone.manual_entries.log_run(logged, now=NOON)
    run = someone.runs.named(logged.id)

    assert [type(event) for event in events] == [RunFinished, RunRecorded]
    assert (run.start, run.distance, run.moving_time) == (start, 5000, 1800)
    assert metres(someone) == {"blue": 5000}
    assert someone.manual_entries.log_run(logged, now=NOON) == []
    assert someone.manual_entries.undo_last() == []
    assert someone.runs.all() == []
    with pytest.raises(NothingToUndoError):
        someone.manual_entries.undo_last()


def test_recording_precedes_manual_run() -> None:
    someone = runner()
    someone.manual_entries.log_run(manual_run(start=NOON, moving_time=1800, distance=5500), now=NOON + HOUR)
    someone.deliveries.learn([RUN], now=NOON + HOUR, live=True)
    (run,) = someone.runs.all()
    assert run.distance == 5000


def test_withdrawn_activity_is_removed() -> None:
    someone = two_pairs()
    phone = activity(NOON, minutes=31, km=5.2, **PHONE)
    someone.deliveries.learn([phone], now=NOON + HOUR, live=True)

    (changed,) = someone.deliveries.withdraw(RUN.id)
    assert isinstance(changed, RunChanged)
    assert changed.run.distance == 5200
    assert metres(someone)["blue"] == 5200
    assert someone.deliveries.withdraw(RUN.id) == []
    assert someone.deliveries.withdraw(phone.id) == []
    assert someone.runs.all() == []


def test_undo_of_correction_of_withdrawn_run_is_harmless() -> None:
    someone = two_pairs()
    someone.manual_entries.correct(corrected(distance=4800))
    someone.deliveries.withdraw(RUN.id)
    assert someone.manual_entries.undo_last() == []
    assert someone.runs.all() == []


any_correction = st.builds(
    corrected,
    st.integers(0, 5),
    distance=st.none() | st.integers(0, 9000),
    moving_time=st.none() | st.integers(1400, 9000),
    shoe=st.sampled_from([None, NO_SHOE, "blue", "red"]),
    removed=st.booleans(),
)


@given(st.lists(any_correction | st.none(), max_size=8))
def test_corrected_runs_are_same_after_restart(corrections: list[Correction | None]) -> None:
    """None stands for an undo."""
    someone = two_pairs()
    for step in corrections:
        try:
            if step:
                someone.manual_entries.correct(step)
            else:
                someone.manual_entries.undo_last()
        except UnknownRunError, NothingToUndoError:
            pass
    again = Runner(someone.settings, from_plain(to_plain(someone.journal)))
    assert again.runs.all() == someone.runs.all()
    assert again.summary(NOON + HOUR) == someone.summary(NOON + HOUR)
    assert isinstance(again.journal, Journal)
