"""Doubtful activities: open questions, decisions, and what follows from them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.events import RunChanged, RunDoubted, RunFinished, RunRecorded
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Doubt, LeftOut, Origin, Sport
from custom_components.home_gym.gym.runs.corrections import Correction
from custom_components.home_gym.gym.runs.run_history import UnknownRunError
from custom_components.home_gym.gym.views.doubtful import SHOWN, doubtful_runs
from tests.support.unit.make import A_MINUTE, NOON, activity, restarted, settings as settings_of, shoe

A_DAY = timedelta(days=1)
SOON = NOON + timedelta(minutes=40)


def doubtful(start: Any = NOON, doubt: Doubt = Doubt.NO_SPORT, **rest: Any) -> Activity:
    """Return a doubtful recording of a phone: 5 km in half an hour."""
    figures = {"origin": Origin.FILE, "device": "Tracker", "guess": Sport.RUN, **rest}
    return activity(start, sport=Sport.OTHER, doubt=doubt, **figures)


def runner(**rest: Any) -> Runner:
    """Return a runner with a pair, without facts."""
    return Runner(settings_of(shoes=(shoe("blue"),), **rest), Journal())


def open_ids(someone: Runner) -> list[str]:
    """Return the ids of the open questions, the same after a restart."""
    found = [each.id for each in someone.projections.doubts.open()]
    assert [each.id for each in restarted(someone).projections.doubts.open()] == found
    return found


def metres(someone: Runner) -> float:
    """Return the distance of all runs, which the pair covered, too; the same after a restart."""
    found = sum(run.distance or 0 for run in someone.runs.all())
    worn = someone.summary(SOON).shoes["blue"].distance
    assert (found, found) == (worn, restarted(someone).summary(SOON).shoes["blue"].distance)
    return found


@pytest.mark.parametrize("doubt", Doubt)
@pytest.mark.parametrize("live", [True, False])
def test_doubtful_recording_counts_for_nothing_until_taken(doubt: Doubt, live: bool) -> None:
    someone, one = runner(), doubtful(doubt=doubt)
    events = someone.deliveries.learn([one], now=SOON, live=live)
    assert events == ([RunDoubted(activity=one)] if live else [])
    assert (metres(someone), open_ids(someone)) == (0, [one.id])
    assert someone.summary(SOON).weekly_distance == 0

    events = verbs.decide_run(one.id, taken=True)(someone, SOON + A_MINUTE)

    assert (metres(someone), open_ids(someone)) == (5000, [])
    assert [type(event) for event in events] == ([RunFinished, RunRecorded] if live else [RunChanged])
    assert someone.runs.named(one.id).id == one.id


@pytest.mark.parametrize(("after", "finished"), [(timedelta(minutes=100), True), (timedelta(minutes=121), False)])
def test_taken_run_is_fresh_as_if_it_were_delivered_now(after: timedelta, finished: bool) -> None:
    """Ninety minutes after its end, which is at 12:30, it is too late for prompts."""
    someone, one = runner(), doubtful()
    someone.deliveries.learn([one], now=SOON, live=True)
    events = verbs.decide_run(one.id, taken=True)(someone, NOON + after)
    assert any(isinstance(event, RunFinished) for event in events) is finished
    assert any(isinstance(event, RunRecorded) for event in events)


@pytest.mark.parametrize("taken", [True, False])
def test_decision_holds_when_the_file_arrives_again(taken: bool) -> None:
    someone, one = runner(), doubtful()
    someone.deliveries.learn([one], now=SOON, live=True)
    verbs.decide_run(one.id, taken=taken)(someone, SOON)
    for _ in range(2):
        assert someone.deliveries.learn([one], now=SOON + A_DAY, live=True) == []
    assert (metres(someone), open_ids(someone)) == (5000 if taken else 0, [])


@pytest.mark.parametrize("taken", [True, False])
def test_decision_can_be_undone_and_made_again(taken: bool) -> None:
    someone, one = runner(), doubtful()
    someone.deliveries.learn([one], now=SOON, live=True)
    verbs.decide_run(one.id, taken=taken)(someone, SOON)
    verbs.undo_last()(someone, SOON)
    assert (metres(someone), open_ids(someone)) == (0, [one.id])
    verbs.decide_run(one.id, taken=not taken)(someone, SOON)
    assert (metres(someone), open_ids(someone)) == (0 if taken else 5000, [])
    verbs.decide_run(one.id, taken=taken)(someone, SOON)
    assert metres(someone) == (5000 if taken else 0)


def test_decision_with_figures_corrects_them() -> None:
    someone, one = runner(), doubtful(doubt=Doubt.NO_FIGURES, km=None, minutes=None)
    someone.deliveries.learn([one], now=SOON, live=True)
    verbs.decide_run(one.id, taken=True, distance=4000, moving_time=1500)(someone, SOON)
    run = someone.runs.named(one.id)
    assert (run.distance, run.duration, metres(someone)) == (4000, 1500, 4000)
    verbs.undo_last()(someone, SOON)
    assert (metres(someone), open_ids(someone)) == (0, [one.id])


def test_decision_for_an_impossible_run_is_refused() -> None:
    someone, one = runner(), doubtful()
    someone.deliveries.learn([one], now=SOON, live=True)
    with pytest.raises(ValueError, match="40000"):
        verbs.decide_run(one.id, taken=True, distance=40_000)(someone, SOON)
    assert (metres(someone), open_ids(someone)) == (0, [one.id])
    assert not someone.journal.corrections


@pytest.mark.parametrize("name", ["missing", "certain"])
def test_decision_about_anything_else_is_refused(name: str) -> None:
    someone, certain = runner(), activity()
    someone.deliveries.learn([certain], now=SOON, live=True)
    with pytest.raises(UnknownRunError):
        verbs.decide_run(certain.id if name == "certain" else name, taken=False)(someone, SOON)


def test_many_are_decided_and_undone_at_once() -> None:
    someone = runner()
    several = [doubtful(NOON + number * A_DAY) for number in range(4)]
    too_fast = doubtful(NOON + 9 * A_DAY, km=30, minutes=30)
    later = NOON + 20 * A_DAY
    someone.deliveries.learn([*several, too_fast], now=later, live=False)
    verbs.decide_runs([*(each.id for each in several), too_fast.id, "missing"], taken=True)(someone, later)
    assert (len(someone.runs), open_ids(someone)) == (4, [too_fast.id])
    verbs.undo_last()(someone, later)
    assert (len(someone.runs), len(open_ids(someone))) == (0, 5)


COVERING = {
    "run": activity(),
    "longer run": activity(NOON - 10 * A_MINUTE, minutes=60, km=8),
    "walk": activity(sport=Sport.WALK),
    "ride": activity(sport=Sport.OTHER),
    "treadmill without a distance": activity(origin=Origin.POWER, km=None),
}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("other", COVERING.values(), ids=COVERING)
def test_recording_of_a_known_effort_is_no_question(other: Activity, order: int) -> None:
    someone, one = runner(), doubtful()
    for each in (one, other)[::order]:
        someone.deliveries.learn([each], now=SOON, live=True)
    assert open_ids(someone) == []
    someone.deliveries.withdraw(other.id)
    assert open_ids(someone) == [one.id]


@pytest.mark.parametrize("start", [NOON - A_MINUTE, NOON + 20 * A_MINUTE])
def test_empty_track_of_a_known_run_is_no_question(start: Any) -> None:
    someone = runner()
    someone.deliveries.learn(
        [activity(), doubtful(start, Doubt.NO_FIGURES, km=None, minutes=None)], now=SOON, live=True
    )
    assert open_ids(someone) == []


@pytest.mark.parametrize("apart", [timedelta(hours=1), timedelta(days=-1)])
def test_recording_at_another_time_is_a_question(apart: timedelta) -> None:
    someone, one = runner(), doubtful(NOON + apart)
    someone.deliveries.learn([activity(), one], now=NOON + A_DAY, live=True)
    assert open_ids(someone) == [one.id]


def test_second_recording_of_a_refused_effort_is_no_question() -> None:
    someone, one, other = runner(), doubtful(), doubtful(device="Watch app")
    someone.deliveries.learn([one, other], now=SOON, live=True)
    assert len(open_ids(someone)) == 2
    verbs.decide_run(one.id, taken=False)(someone, SOON)
    assert open_ids(someone) == []


def test_taken_recording_joins_the_run_of_another_source() -> None:
    """A person may insist: the figures are still those of the more trusted source."""
    someone, one, other = runner(), doubtful(km=6), activity(origin=Origin.POWER, km=None)
    someone.deliveries.learn([one, other], now=SOON, live=True)
    verbs.decide_run(one.id, taken=True)(someone, SOON)
    assert (len(someone.runs), metres(someone)) == (1, 6000)


@pytest.mark.parametrize("order", [1, -1])
def test_whole_recording_replaces_the_broken_one(order: int) -> None:
    """A service names them by one id."""
    broken = doubtful(doubt=Doubt.BROKEN_OFF, km=2.8, origin_id="7", incomplete=True)
    whole = activity(origin=Origin.FILE, origin_id="7")
    someone = runner()
    for each in (broken, whole)[::order]:
        someone.deliveries.learn([each], now=SOON, live=True)
    assert (metres(someone), open_ids(someone), len(someone.journal.deliveries)) == (5000, [], 1)


@pytest.mark.parametrize(
    ("doubt", "sources", "counts"),
    [
        (Doubt.NO_SPORT, ["folder"], True),
        (Doubt.NO_SPORT, ["phone", "folder"], True),
        (Doubt.NO_SPORT, ["folder", "phone"], True),
        (Doubt.NO_SPORT, ["phone"], False),
        (Doubt.NO_SPORT, [None], False),
        (Doubt.BROKEN_OFF, ["folder"], False),
        (Doubt.NO_FIGURES, ["folder"], False),
    ],
)
def test_setting_of_a_source_decides_about_missing_sports(
    doubt: Doubt, sources: list[str | None], counts: bool
) -> None:
    someone, one = runner(unnamed_runs=frozenset({"folder"})), doubtful(doubt=doubt)
    for source in sources:
        someone.deliveries.learn([one], now=SOON, live=False, source=source)
    assert (metres(someone), open_ids(someone)) == ((5000, []) if counts else (0, [one.id]))


def test_setting_holds_for_earlier_recordings_and_a_person_beats_it() -> None:
    someone, one = runner(), doubtful()
    someone.deliveries.learn([one], now=SOON, live=False, source="folder")
    assert open_ids(someone) == [one.id]
    chosen = settings_of(shoes=(shoe("blue"),), unnamed_runs=frozenset({"folder"}))
    someone = Runner(chosen, someone.journal)
    assert metres(someone) == 5000
    verbs.decide_run(one.id, taken=False)(someone, SOON)
    assert metres(someone) == 0


def test_document_shows_the_latest_and_the_number_of_all() -> None:
    someone = runner()
    several = [doubtful(NOON + number * A_DAY, title=f"Nr. {number}") for number in range(SHOWN + 2)]
    someone.deliveries.learn(several, now=NOON + 20 * A_DAY, live=False)
    shown = doubtful_runs(someone)
    assert (shown.total, [view.title for view in shown.latest]) == (5, ["Nr. 4", "Nr. 3", "Nr. 2"])
    first = shown.latest[0]
    assert (first.distance, first.duration, first.doubt, first.guess) == (5000, 1800, Doubt.NO_SPORT, Sport.RUN)
    assert first.end - first.start == timedelta(minutes=30)


def test_decision_alone_corrects_nothing() -> None:
    assert not Correction(activity="x", at=NOON, taken=True).corrects
    assert Correction(activity="x", at=NOON, taken=True, distance=1).corrects
    assert Correction(activity="x", at=NOON, removed=True).corrects


def test_taken_recording_without_the_drive_home_can_have_it_back() -> None:
    drive = LeftOut(start=NOON + 30 * A_MINUTE, elapsed_time=60, moving_time=60, distance=400)
    someone, one = runner(), doubtful(left_out=(drive,))
    someone.deliveries.learn([one], now=SOON, live=True)
    verbs.decide_run(one.id, taken=True)(someone, SOON)
    verbs.correct_run(one.id, leave_out=False)(someone, SOON + A_MINUTE)
    assert metres(someone) == 5400


def test_withdrawn_recording_is_no_question() -> None:
    someone, one = runner(), doubtful()
    someone.deliveries.learn([one], now=SOON, live=True)
    someone.deliveries.withdraw(one.id)
    assert open_ids(someone) == []
    someone.deliveries.withdraw(replace(one, origin_id="8").id)
    assert open_ids(someone) == []


def test_old_recording_is_a_question_without_an_event() -> None:
    someone, one = runner(), doubtful(NOON - 30 * A_DAY)
    assert someone.deliveries.learn([one], now=NOON, live=True) == []
    assert open_ids(someone) == [one.id]


def test_runs_by_the_setting_of_a_removed_source_stay() -> None:
    someone = runner(unnamed_runs=frozenset({"folder"}))
    one, other, decided = doubtful(), doubtful(NOON + A_DAY), doubtful(NOON + 2 * A_DAY)
    someone.deliveries.learn([one, decided], now=NOON + 3 * A_DAY, live=False, source="folder")
    someone.deliveries.learn([other], now=NOON + 3 * A_DAY, live=False, source="phone")
    verbs.decide_run(decided.id, taken=False)(someone, SOON)
    assert someone.projections.doubts.taken_by("folder") == [one.id]
    verbs.keep_unnamed_runs("folder")(someone, SOON)
    someone = Runner(settings_of(shoes=(shoe("blue"),)), someone.journal)
    assert (metres(someone), open_ids(someone)) == (5000, [other.id])
