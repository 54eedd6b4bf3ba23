"""Properties of any runner, in any order of events."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from custom_components.home_gym.gym.back.pain import Area, RedFlag
from custom_components.home_gym.gym.back.patterns import Patterns
from custom_components.home_gym.gym.back.signs import ALWAYS_EMERGENCY, Answer
from custom_components.home_gym.gym.back.triage import NoOpenQuestionError, NothingToWithdrawError
from custom_components.home_gym.gym.calendar import A_DAY, A_WEEK, Calendar
from custom_components.home_gym.gym.events import PromptSpoken, SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.intake.manual_entries import NothingToUndoError, StateKeptError, manual_run
from custom_components.home_gym.gym.intake.objection import objection_to
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.settings import CheckIn, PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Lap, Origin, Sport
from custom_components.home_gym.gym.runs.corrections import NO_SHOE, Correction
from custom_components.home_gym.gym.runs.run import Run
from custom_components.home_gym.gym.settings import UnknownShoeError
from custom_components.home_gym.gym.shoes.shoe import Shoe
from custom_components.home_gym.gym.summary import Summary
from tests.support.profiles import examples
from tests.support.unit.make import (
    A_MINUTE,
    A_SECOND,
    BERLIN,
    NOON,
    Household,
    activity,
    restarted,
    settings as settings_of,
    shoe,
    through_json,
)

some = examples(100)

SHOES = (
    shoe("old", "2026-01-01", initial_distance=1234.5),
    shoe("new", "2026-03-02"),
    shoe("gone", "2025-01-01", retired=date(2026, 3, 2)),
)
# Starts and lengths from small stocks, so that sources often record the same run, nearly the same, or one slipped by
# a time zone.
starts = st.builds(
    lambda day, hour, seconds: NOON + timedelta(days=day, hours=hour, seconds=seconds),
    st.integers(-2, 2),
    st.sampled_from([-0.5, 0, 0, 0.5, 1, 10]),
    st.sampled_from([-301, -180, -31, 0, 0, 0, 20, 90, 300, 1200]),
)
laps = st.lists(
    st.builds(
        lambda start, minutes, intensity: Lap(start=start, elapsed_time=60 * minutes, intensity=intensity),
        starts,
        st.sampled_from([0.5, 3, 10]),
        st.sampled_from(Intensity),
    ),
    max_size=2,
).map(tuple)
activities = st.builds(
    Activity,
    sport=st.sampled_from([Sport.RUN] * 6 + [Sport.STRENGTH, Sport.MOBILITY, Sport.WALK]),
    start=starts,
    elapsed_time=st.sampled_from([None, 0, 60.5, 1790, 1800, 1800, 1800, 3600, 4e6]),
    moving_time=st.sampled_from([None, 1700.25]),
    distance=st.sampled_from([None, 0, 0.1, 4999.9, 5000, 5000, 5100, 10_000 / 3]),
    cadence=st.sampled_from([None, 172]),
    laps=laps,
    device=st.sampled_from(["one", "other"]),
    incomplete=st.booleans(),
    origin=st.sampled_from(Origin),
    origin_id=st.sampled_from([None, None, "1", "2", "3"]),
    gear=st.sampled_from([None, None, "linked", "unknown", "of a pair that is no more"]),
).filter(lambda one: objection_to(replace(one, sport=Sport.RUN), NOON + timedelta(days=60)) is None)
many = st.lists(activities, max_size=12)
different = st.lists(activities, max_size=8, unique_by=lambda one: one.id)
moments = st.integers(-30, 60).map(lambda hours: NOON + timedelta(hours=hours))


def runner(**rest: object) -> Runner:
    """Return a runner with three pairs and an empty journal."""
    gear = {"linked": "old", "of a pair that is no more": "thrown away"}
    return Runner(settings_of(shoes=SHOES, gear=gear, **rest), Journal())


def shown(someone: Runner) -> tuple[list[Run], list[str | None], list[Summary]]:
    """Return everything derived from a journal: runs, their pairs, and summaries at several instants."""
    runs = someone.runs.all()
    instants = [NOON + days * A_DAY for days in (-1, 0, 1, 3, 50)]
    return runs, [someone.rack.shoe_of(run) for run in runs], [someone.summary(instant) for instant in instants]


@some
@given(
    st.lists(st.tuples(st.lists(activities, max_size=4), moments, st.booleans(), st.sampled_from(SHOES)), max_size=5)
)
def test_incremental_projections_equal_those_after_restart(
    deliveries: list[tuple[list[Activity], datetime, bool, Shoe]],
) -> None:
    someone = runner()
    for delivered, now, live, pair in deliveries:
        someone.manual_entries.choose_shoe(pair.id)
        someone.deliveries.learn(delivered, now=now, live=live)
    assert shown(someone) == shown(restarted(someone))
    backwards = dict(reversed(someone.journal.deliveries.items()))
    assert shown(someone) == shown(Runner(someone.settings, replace(someone.journal, deliveries=backwards)))


@some
@given(
    st.lists(
        st.one_of(
            st.tuples(st.integers(0, 60), st.floats(0, 10), st.lists(st.sampled_from(RedFlag), max_size=1)),
            st.tuples(st.integers(0, 60), activities),
            st.sampled_from(Answer),
            st.sampled_from(["undo", "acknowledge", "back", "clear", "withdraw"]),
        ),
        max_size=14,
    )
)
def test_incremental_pain_load_and_form_equal_those_after_restart(events: list[object]) -> None:
    """Reports, answers, clearances, runs and undone entries, in any order and for any day, by an unreliable clock."""
    someone, slow = runner(), 0
    for number, event in enumerate(events):
        now = NOON + (number - slow) * A_MINUTE
        match event:
            case "back":
                slow += number + 7
            case (int() as ago, float() as score, list() as flags):
                someone.manual_entries.report_pain(score, now=now, at=now - ago * A_DAY, red_flags=flags)
                if ALWAYS_EMERGENCY.intersection(flags):
                    assert someone.back.is_emergency
            case Answer() as answer:
                with suppress(NoOpenQuestionError):
                    someone.manual_entries.answer_question(answer, now=now)
            case "clear":
                someone.manual_entries.clear_back(someone.settings.calendar.day_of(now), now=now)
            case "withdraw":
                with suppress(NothingToWithdrawError):
                    someone.manual_entries.withdraw_report(now=now)
            case (int() as ago, Activity() as one):
                someone.deliveries.learn([replace(one, start=(one.start or NOON) - ago * A_DAY)], now=now, live=False)
            case "acknowledge":
                someone.manual_entries.acknowledge_advice(now)
            case _:
                with suppress(NothingToUndoError, StateKeptError):
                    someone.manual_entries.undo_last()
    again = restarted(someone)
    assert shown(someone) == shown(again)
    assert someone.summary(NOON + A_DAY).back == again.summary(NOON + A_DAY).back
    assert someone.diary(NOON + A_DAY) == again.diary(NOON + A_DAY)
    assert someone.back_report(NOON + A_DAY, Patterns()) == again.back_report(NOON + A_DAY, Patterns())


# Manual entries, sensible or not: times of all calendars, in any zone, and figures of all kinds.
any_time = st.datetimes(timezones=st.sampled_from([UTC, BERLIN.timezone])) | moments
any_figure = st.floats() | st.integers(-1, 10**12) | st.sampled_from([0.0, 60.0, 999_999_999.5, 1e9])
manual_entries = st.one_of(
    st.fixed_dictionaries(
        {"habit": st.sampled_from(Habit)},
        optional={"end": any_time, "duration": any_figure},
    ),
    st.fixed_dictionaries(
        {"score": any_figure | st.floats(0, 10)},
        optional={
            "at": any_time,
            "area": st.sampled_from(Area),
            "red_flags": st.lists(st.sampled_from(RedFlag), max_size=2),
            "note": st.text(st.characters(), max_size=4),
            "source": st.just("phone"),
        },
    ),
    st.fixed_dictionaries({"start": any_time, "moving_time": any_figure}, optional={"distance": any_figure}),
    st.fixed_dictionaries({"start": st.dates(), "end": st.none() | st.dates()}),
    st.fixed_dictionaries(
        {"activity": st.just("")},
        optional={
            "start": any_time,
            "distance": any_figure,
            "moving_time": any_figure,
            "cadence": any_figure,
            "shoe": st.sampled_from(["new", "unknown", NO_SHOE]),
            "removed": st.just(True),
        },
    ),
    st.just({"acknowledge": True}),
)


def enter(someone: Runner, entry: dict[str, Any], now: datetime) -> None:
    """Make an entry in a runner's journal; an impossible one raises ValueError."""
    hand = someone.manual_entries
    match entry:
        case {"habit": _}:
            hand.log_session(**entry, now=now)
        case {"score": _}:
            hand.report_pain(**entry, now=now)
        case {"activity": _}:
            if len(someone.runs):
                hand.correct(Correction(**entry | {"activity": someone.runs.all()[0].id}, at=now))
        case {"moving_time": _}:
            hand.log_run(manual_run(**entry), now=now)
        case {"start": _}:
            hand.rest(**entry, now=now)
        case _:
            hand.acknowledge_advice(now)


@examples(1000)
@given(st.lists(manual_entries, max_size=8))
def test_accepted_entries_survive_round_trip(entries: list[dict[str, Any]]) -> None:
    """Impossible entries and those with unknown pairs are refused, and leave nothing behind."""
    someone = runner()
    for number, entry in enumerate(entries):
        before = someone.journal.copy()
        try:
            enter(someone, entry, NOON + number * A_MINUTE)
        except ValueError, UnknownShoeError:
            assert someone.journal == before
    assert through_json(someone.journal) == someone.journal
    assert shown(someone) == shown(restarted(someone))


@examples(2000)
@given(different, st.data(), st.booleans())
def test_neither_order_nor_repetition_matters(delivered: list[Activity], data: st.DataObject, live: bool) -> None:
    again = data.draw(
        st.permutations(delivered + data.draw(st.lists(st.sampled_from(delivered), max_size=4)) if delivered else [])
    )
    someone, other = runner(), runner()
    someone.deliveries.learn(delivered, now=NOON, live=live)
    for one in again:
        other.deliveries.learn([one], now=NOON, live=live)
    assert someone.journal == other.journal
    assert shown(someone) == shown(other)


@some
@given(many, st.sampled_from(SHOES))
def test_shoe_distance_is_sum_of_its_runs(delivered: list[Activity], pair: Shoe) -> None:
    someone = runner()
    someone.manual_entries.choose_shoe(pair.id)
    someone.deliveries.learn(delivered, now=NOON, live=True)
    wear = someone.summary(NOON).shoes
    for each in SHOES:
        millimetres = [
            round((run.distance or 0) * 1000) for run in someone.runs.all() if someone.rack.shoe_of(run) == each.id
        ]
        assert wear[each.id].distance == each.initial_distance + sum(millimetres) / 1000


@some
@given(many)
def test_every_running_activity_is_in_one_run(delivered: list[Activity]) -> None:
    someone = runner()
    someone.deliveries.learn(delivered, now=NOON, live=True)
    last = {one.id: one for one in delivered}
    kept = {key: delivery.activity for key, delivery in someone.journal.deliveries.items()}
    assert set(kept) == set(last)
    members = Counter(key for run in someone.runs.all() for key in run.activities)
    assert members == Counter(key for key, one in kept.items() if one.sport is Sport.RUN)


def kind_streak(met: list[bool]) -> int:
    """Return the weeks in a row that met a goal, the latest first in `met`; of at most eight, one miss is forgiven."""
    length, was_forgiven = 0, False
    for is_met in reversed(met[1:]):
        is_forgiven = not is_met and not was_forgiven and length > 0
        was_forgiven = was_forgiven or is_forgiven
        length = length + is_met if is_met or is_forgiven else 0
    return length + met[0]


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"]


@some
@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    first_weekday=st.integers(0, 6),
    done=st.sets(st.integers(0, 40)),
)
def test_streak_lasts_until_its_day_or_week_is_over(zone: str, first: date, first_weekday: int, done: set[int]) -> None:
    """The streak at the first and the last moment of each day, against one counted on the calendar."""
    calendar = Calendar(timezone=ZoneInfo(zone), first_weekday=first_weekday)
    someone = runner(calendar=calendar)
    days = {first + number * A_DAY for number in done}

    def noon(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 12, tzinfo=calendar.timezone).astimezone(NOON.tzinfo)

    for day in sorted(days):
        someone.manual_entries.log_session(Habit.STRETCH, now=noon(day))
        someone.manual_entries.log_session(Habit.CORE, now=noon(day))
    weeks = Counter(day - timedelta(days=(day.weekday() - first_weekday) % 7) for day in days)
    for number in range(0, 45, 4):
        today = first + number * A_DAY
        streak, back = int(today in days), today - A_DAY
        while back in days:
            streak, back = streak + 1, back - A_DAY
        week = today - timedelta(days=(today.weekday() - first_weekday) % 7)
        core = kind_streak([weeks[week - number * A_WEEK] >= 2 for number in range(8)])
        end = calendar.next_midnight(noon(today))
        begin = calendar.next_midnight(noon(today - A_DAY))
        for instant in (begin, noon(today), end - A_SECOND):
            summary = someone.summary(instant)
            assert (summary.stretch_streak, summary.core_streak) == (streak, core)


# Events in a house within seconds of each other: a run arrives, the runner leaves, speakers fail, power fails.
happenings = st.lists(
    st.tuples(
        st.integers(0, 900),
        st.one_of(
            activities.map(lambda one: replace(one, sport=Sport.RUN)),
            st.sampled_from(["leave", "come", "restart", "silence", "voice", "ache", Habit.STRETCH, Habit.FOAM_ROLL]),
        ),
    ),
    min_size=1,
    max_size=6,
)
coaches = st.builds(
    PromptSettings,
    offsets=st.dictionaries(
        st.sampled_from([Habit.FOAM_ROLL, Habit.STRETCH, Habit.COOL_DOWN]),
        st.integers(0, 4).map(lambda minutes: minutes * A_MINUTE),
        max_size=3,
    ),
    window=st.integers(0, 12).map(lambda minutes: minutes * A_MINUTE),
    quiet_hours=st.sampled_from(
        [
            QuietHours(start=NOON.time()),
            QuietHours(),
            QuietHours(start=NOON.time().replace(14), end=NOON.time().replace(14, 40)),
        ]
    ),
    speakers=st.sampled_from([(), ("a",), ("a", "b")]),
    phones=st.sampled_from([(), ("p",)]),
    shoes=st.booleans(),
    check_in=st.sampled_from(CheckIn),
    check_in_at=st.sampled_from([NOON.time(), NOON.time().replace(13, 10)]),
    review_at=st.sampled_from([None, NOON.time().replace(13, 5)]),
    chosen=st.dictionaries(
        st.sampled_from([*Habit, *NonHabitTopic]), st.sampled_from(["a", "b", "p", "gone"]), max_size=2
    ),
)


def apply(home: Household, event: object) -> None:
    """Apply an event."""
    match event:
        case Activity(end=end) if end is not None:
            # Moved to where it has just ended.
            start = home.now - min(end - (event.start or end), timedelta(hours=2))
            home.learn(replace(event, start=start))
        case "leave" | "come":
            home.home = event == "come"
            home.keep([])
        case "silence" | "voice":
            home.runner.manual_entries.allow_voice(event == "voice")
            home.keep([])
        case "ache":
            home.keep(home.runner.manual_entries.report_pain(1, now=home.now))
        case Habit():
            home.keep(home.runner.manual_entries.log_session(event, now=home.now))
        case _:
            home.restart()


def run_events(
    coach: PromptSettings, events: list[tuple[int, object]], failing: set[int], every: timedelta | None
) -> Household:
    """Apply events, ticking at the deadlines alone or at intervals."""
    pairs = (shoe("short-lived", replace_at=9000), shoe("lasting"))
    # The week ends tonight, and yesterday's run was twice as long as any before.
    calendar = Calendar(timezone=ZoneInfo("Europe/Berlin"), first_weekday=1)
    chosen = settings_of(calendar=calendar, prompts=coach, shoes=pairs, gear={"linked": "short-lived"})
    home = Household(Runner(chosen, Journal()), NOON, works=lambda line: line not in failing)
    home.learn(activity(NOON - 9 * A_DAY, km=1), activity(NOON - A_DAY, km=2))
    for seconds, event in sorted(events, key=lambda one: one[0]):
        home.go_on(NOON + seconds * A_SECOND, every=every)
        apply(home, event)
    home.go_on(NOON + 30 * A_MINUTE, every=every)
    return home


@examples(150)
@given(coaches, happenings, st.sets(st.integers(0, 8)))
def test_no_prompt_is_spoken_twice(coach: PromptSettings, events: list[tuple[int, object]], failing: set[int]) -> None:
    home = run_events(coach, events, failing, None)
    spoken = Counter(
        (name, event.prompt.topic)
        for _, event in home.events
        if isinstance(event, PromptSpoken)
        for name in event.prompt.names
    )
    assert all(times == 1 for times in spoken.values())
    begun = [when for when, event in home.events if isinstance(event, SpeakPrompt)]
    assert len(set(begun)) == len(begun)  # never two lines at once


@examples(150)
@given(coaches, happenings, st.sets(st.integers(0, 8)))
def test_ticks_at_deadlines_equal_ticks_every_second(
    coach: PromptSettings, events: list[tuple[int, object]], failing: set[int]
) -> None:
    home, watchful = (run_events(coach, events, failing, every) for every in (None, A_SECOND))
    assert home.events == watchful.events
    assert home.runner.journal == watchful.runner.journal


@some
@given(coaches, happenings, st.integers(0, 3 * 3600))
def test_deadline_lies_ahead(coach: PromptSettings, events: list[tuple[int, object]], seconds: int) -> None:
    home = Household(Runner(settings_of(prompts=coach), Journal()), NOON)
    for wait, event in events:
        home.now += wait * A_SECOND
        apply(home, event)
        for now in (home.now, home.now + seconds * A_SECOND):
            assert now < home.runner.deadline(now) <= now + A_DAY + timedelta(hours=1)
