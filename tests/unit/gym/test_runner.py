from dataclasses import replace
from datetime import date, timedelta
from math import inf
from typing import Any

import pytest

from custom_components.home_gym.gym import Runner
from custom_components.home_gym.gym.events import RunChanged, RunFinished, RunRecorded, SessionLogged
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.intake.manual_entries import NothingToUndoError
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import PromptFact, PromptState
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Sport, Surface
from custom_components.home_gym.gym.runs.validation import ImpossibleActivityError
from custom_components.home_gym.gym.settings import UnknownShoeError
from tests.support.unit.make import NOON, PHONE, TREADMILL, activity, lap, restarted, settings, shoe
from tests.support.unit.runner import runner

A_DAY = timedelta(days=1)
SHOES = (shoe("old"), shoe("new", "2026-02-01"), shoe("gone", "2025-01-01", retired=date(2026, 1, 31)))


def test_live_run_is_reported_when_learned() -> None:
    someone = runner()
    events = someone.deliveries.learn([activity()], now=NOON + timedelta(minutes=31), live=True)
    (run,) = someone.runs.all()
    assert events == [RunFinished(run=run), RunRecorded(run=run)]
    assert someone.deliveries.learn([activity()], now=NOON + timedelta(minutes=32), live=True) == []
    assert someone.deliveries.learn([activity(km=6)], now=NOON + A_DAY, live=True) == [
        RunChanged(run=someone.runs.all()[0])
    ]
    assert someone.runs.all()[0].distance == 6000


def test_run_learned_too_late_is_recorded_without_finished_event() -> None:
    someone = runner()
    assert [type(event) for event in someone.deliveries.learn([activity()], now=NOON + A_DAY, live=True)] == [
        RunRecorded
    ]


@pytest.mark.parametrize(("minutes", "reported"), [(0, True), (1, False)])
def test_run_of_more_than_a_week_ago_is_history(minutes: int, reported: bool) -> None:
    week_later = NOON + timedelta(days=7, minutes=30 + minutes)
    assert bool(runner().deliveries.learn([activity()], now=week_later, live=True)) is reported


def test_history_is_silent_and_counts() -> None:
    someone = runner(shoes=SHOES)
    assert someone.deliveries.learn([activity(), activity(NOON - A_DAY)], now=NOON + A_DAY, live=False) == []
    assert [run.start for run in someone.runs.all()] == [NOON - A_DAY, NOON]
    assert someone.summary(NOON + A_DAY).shoes["new"].distance == 10_000


def test_two_sources_at_once_are_one_run() -> None:
    someone = runner()
    both = [activity(), activity(NOON + timedelta(seconds=40), **PHONE)]
    events = someone.deliveries.learn(both, now=NOON + timedelta(minutes=31), live=True)
    assert [type(event) for event in events] == [RunFinished, RunRecorded, RunChanged]
    assert len(someone.runs) == 1


@pytest.mark.parametrize("broken", [{"start": None}, {"distance": inf}])
def test_invalid_activity_refuses_whole_delivery(broken: dict[str, Any]) -> None:
    someone = runner()
    with pytest.raises(ImpossibleActivityError):
        someone.deliveries.learn([activity(), replace(activity(NOON + A_DAY), **broken)], now=NOON, live=True)
    assert someone.journal == Journal()
    assert someone.runs.all() == []


@pytest.mark.parametrize("before", Sport)
@pytest.mark.parametrize("after", Sport)
def test_activity_can_change_its_sport(before: Sport, after: Sport) -> None:
    warm_up = (lap(10, Intensity.WARM_UP),)

    def recorded(sport: Sport) -> Activity:
        return activity(sport=sport, laps=warm_up, origin_id="7")

    someone, only_after = runner(shoes=SHOES), runner(shoes=SHOES)
    someone.deliveries.learn([activity(km=4, **TREADMILL), recorded(before)], now=NOON, live=True)
    someone.deliveries.learn([recorded(after)], now=NOON, live=True)
    only_after.deliveries.learn([activity(km=4, **TREADMILL), recorded(after)], now=NOON, live=True)
    for other in (only_after, restarted(someone)):
        assert someone.runs.all() == other.runs.all()
        assert someone.summary(NOON) == other.summary(NOON)
    assert someone.runs.all()[0].distance == (5000 if after is Sport.RUN else 4000)


def test_edit_without_change_of_run_keeps_its_warm_up() -> None:
    warm_up = (lap(10, Intensity.WARM_UP),)
    someone = runner()
    someone.deliveries.learn([activity(laps=warm_up)], now=NOON, live=True)
    assert someone.deliveries.learn([activity(laps=warm_up, sub_sport="street")], now=NOON, live=True) == []
    for each in (someone, restarted(someone)):
        assert each.summary(NOON).last_session[Habit.WARM_UP] == NOON + timedelta(minutes=10)


def test_sessions_are_undone_latest_first() -> None:
    someone = runner()
    with pytest.raises(NothingToUndoError):
        someone.manual_entries.undo_last()
    (first,) = someone.manual_entries.log_session(Habit.CORE, now=NOON)
    (second,) = someone.manual_entries.log_session(Habit.STRETCH, now=NOON + A_DAY)
    assert isinstance(first, SessionLogged)
    assert isinstance(second, SessionLogged)
    assert someone.summary(NOON + A_DAY).last_session[Habit.CORE] == NOON
    assert someone.manual_entries.undo_last() == []
    assert list(someone.journal.sessions.values()) == [first.session]
    assert someone.manual_entries.undo_last() == []
    assert someone.summary(NOON + A_DAY).last_session[Habit.CORE] is None
    assert someone.journal == Journal()


def test_session_logged_late_counts_for_its_day() -> None:
    someone = runner()
    (event,) = someone.manual_entries.log_session(Habit.CORE, now=NOON + A_DAY, end=NOON, duration=900)
    assert isinstance(event, SessionLogged)
    assert (event.session.day, event.session.duration) == (NOON.date(), 900)
    assert someone.summary(NOON + A_DAY).last_session[Habit.CORE] == NOON


@pytest.mark.parametrize(("offset", "day"), [(None, 2), (3600, 2), (9 * 3600, 3), (-10 * 3600, 2), (99 * 3600, 2)])
def test_run_abroad_counts_for_the_day_of_its_place(offset: int | None, day: int) -> None:
    """Eight in the evening in Berlin is the next morning in Tokyo; instants stay as they are."""
    someone = runner()
    evening = NOON.replace(hour=19)
    someone.deliveries.learn([activity(evening, minutes=30, utc_offset=offset)], now=evening, live=True)
    for each in (someone, restarted(someone)):
        [run] = each.runs.all()
        assert (run.day, run.start) == (NOON.date().replace(day=day), evening)


def test_session_counts_for_runners_local_day() -> None:
    """23:30 in Berlin is Monday; five time zones on, the runner's calendar says Tuesday of the same instant."""
    late = NOON.replace(hour=22, minute=30)
    (event,) = runner().manual_entries.log_session(Habit.CORE, now=late)
    assert isinstance(event, SessionLogged)
    assert event.session.day == date(2026, 3, 2)


def test_recorded_strength_and_mobility_are_sessions() -> None:
    someone = runner()
    strength, mobility = (activity(sport=sport, minutes=20) for sport in (Sport.STRENGTH, Sport.MOBILITY))
    assert someone.deliveries.learn([strength, mobility], now=NOON, live=True) == []
    last = someone.summary(NOON).last_session
    assert last[Habit.CORE] == last[Habit.STRETCH] == NOON + timedelta(minutes=20)
    assert someone.runs.all() == []


def test_chosen_pair_gets_next_run() -> None:
    someone = runner(shoes=SHOES)
    assert someone.projections.chosen_shoe(NOON) == "new"
    someone.manual_entries.choose_shoe("old")
    assert someone.projections.chosen_shoe(NOON) == someone.summary(NOON).chosen_shoe == "old"
    someone.deliveries.learn([activity()], now=NOON + timedelta(hours=1), live=True)
    someone.manual_entries.choose_shoe("new")
    someone.deliveries.learn([activity(NOON + A_DAY)], now=NOON + A_DAY, live=True)
    someone.deliveries.learn([activity(NOON - A_DAY)], now=NOON + A_DAY, live=False)  # history: the newest of its day
    for each in (someone, restarted(someone)):
        assert [each.rack.shoe_of(run) for run in each.runs.all()] == ["new", "old", "new"]
    with pytest.raises(UnknownShoeError):
        someone.manual_entries.choose_shoe("lost")
    assert someone.projections.chosen_shoe(NOON) == "new"


@pytest.mark.parametrize(("chosen", "expected"), [("gone", "new"), (None, "new"), ("lost", "new")])
def test_unavailable_pair_is_not_chosen(chosen: str | None, expected: str) -> None:
    someone = Runner(settings(shoes=SHOES), Journal(chosen_shoe=chosen))
    assert someone.projections.chosen_shoe(NOON) == expected


def test_chosen_pair_precedes_pair_of_surface_once() -> None:
    trail = shoe("trail", surfaces=frozenset({Surface.TRAIL}))
    someone = runner(shoes=(shoe("road", "2026-02-01"), trail))
    hour = timedelta(hours=1)
    for days, chosen in enumerate((None, "road", None)):
        start = NOON + days * A_DAY
        if chosen:
            someone.manual_entries.choose_shoe(chosen)
            # A run of days ago that is synced late is not the next one.
            someone.deliveries.learn([activity(start - 10 * hour, surface=Surface.TRAIL)], now=start, live=True)
        someone.deliveries.learn([activity(start, surface=Surface.TRAIL)], now=start + hour, live=True)
    for each in (someone, restarted(someone)):
        assert [each.rack.shoe_of(run) for run in each.runs.all()] == ["trail", "trail", "road", "trail"]


def test_run_without_pairs_counts_for_none() -> None:
    someone = runner()
    someone.deliveries.learn([activity()], now=NOON, live=True)
    assert someone.projections.chosen_shoe(NOON) is None
    assert someone.rack.shoe_of(someone.runs.all()[0]) is None
    assert someone.summary(NOON).shoes == {}


def test_runs_of_removed_pair_count_for_none() -> None:
    someone = runner(shoes=SHOES)
    someone.manual_entries.choose_shoe("old")
    someone.deliveries.learn([activity()], now=NOON, live=True)
    without = Runner(settings(shoes=SHOES[1:]), someone.journal)
    assert without.rack.shoe_of(without.runs.all()[0]) is None
    assert without.summary(NOON).shoes["new"].distance == 0


def test_second_source_keeps_run_in_its_pair() -> None:
    someone = runner(shoes=SHOES)
    someone.manual_entries.choose_shoe("old")
    someone.deliveries.learn([activity(km=4, **TREADMILL)], now=NOON, live=True)
    someone.manual_entries.choose_shoe("new")
    someone.deliveries.learn([activity(km=5)], now=NOON + timedelta(hours=1), live=True)
    wear = someone.summary(NOON).shoes
    assert (wear["old"].distance, wear["new"].distance) == (5000, 0)


def test_voice_switch_is_stored() -> None:
    someone = runner()
    assert someone.summary(NOON).may_speak
    someone.manual_entries.allow_voice(False)
    assert not restarted(someone).summary(NOON).may_speak


def test_other_settings_leave_the_day_as_it_is() -> None:
    """The run on the treadmill goes on, a prompt being spoken stays one, and pairs are found again."""
    someone = runner(shoes=(shoe("old"),))
    someone.deliveries.learn([activity()], now=NOON + timedelta(minutes=31), live=True)
    someone.start_run("belt", NOON + A_DAY)
    spoken = PromptFact(activity="a", topic=Habit.STRETCH, state=PromptState.SPEAKING, at=NOON)
    someone.journal.add(spoken)
    revision = someone.projections.revision

    changed = someone.with_settings(settings(shoes=(shoe("old", "2026-05-01"),), core_goal=5))

    assert (changed.running_on, list(changed.running_since)) == ({"belt"}, [NOON + A_DAY])
    assert [fact.state for fact in changed.journal.prompts.values()] == [PromptState.SPEAKING]
    [run] = changed.runs.all()
    assert (someone.rack.shoe_of(run), changed.rack.shoe_of(run)) == ("old", None)
    assert changed.projections.revision > revision
    assert changed.journal is someone.journal
    # A start settles what the last stop interrupted.
    assert [fact.state for fact in Runner(changed.settings, changed.journal).journal.prompts.values()] == [
        PromptState.SPOKEN
    ]
