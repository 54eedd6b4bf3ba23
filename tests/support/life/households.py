"""Kinds of household, as data: the days of each, its replies, and its settings."""

from datetime import date, datetime, time, timedelta
from random import Random

from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.settings import CheckIn, PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic, Topic
from custom_components.home_gym.gym.settings import Settings
from tests.support.unit.make import BERLIN, shoe

from .deeds import (
    Away,
    BeltRun,
    Cleared,
    Deed,
    HabitDone,
    Journey,
    OutdoorRun,
    Pain,
    Part,
    Restart,
    RestBegun,
    RestOver,
)
from .world import Answers, Days, HouseholdPlan, Reply

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
MORNING, NOON, EVENING, NIGHT = 6.5 * 60, 12 * 60, 18 * 60, 21.5 * 60
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


# Replies


def never(_topic: Topic, _chance: Random, _now: datetime) -> Reply | None:
    """Answer nothing."""
    return None


def always(topic: Topic, chance: Random, _now: datetime) -> Reply | None:
    """Answer each question within three minutes, mostly by doing it."""
    delay = timedelta(seconds=chance.uniform(5, 180))
    if topic is NonHabitTopic.CHECK_IN:
        return delay, "0"
    if topic is NonHabitTopic.REVIEW:
        return None
    if not isinstance(topic, Habit):
        return delay, "done"
    return delay, chance.choices(["done", "yes", "later", "not_today"], [4, 4, 1, 1])[0]


def mixed(topic: Topic, chance: Random, now: datetime) -> Reply | None:
    """Answer half of the questions."""
    return always(topic, chance, now) if chance.random() < 0.5 else None


def refusing(topic: Topic, chance: Random, _now: datetime) -> Reply | None:
    """Say "not today" within a minute, and answer nothing else."""
    return (timedelta(seconds=chance.uniform(5, 60)), "not_today") if isinstance(topic, Habit) else None


def but_never(*silent: Topic) -> Answers:
    """Return replies to all but these topics."""

    def answers(topic: Topic, chance: Random, now: datetime) -> Reply | None:
        return None if topic in silent else always(topic, chance, now)

    return answers


# Days


def steady(minutes: float, km: float) -> tuple[Part, ...]:
    """Return a run in one recording."""
    return (Part(minutes=minutes, km=km),)


def outdoors(*weekdays: int, at: float = EVENING, minutes: float = 40, km: float = 7, **rest: object) -> Days:
    """Return days with a run outdoors on some weekdays."""

    def deeds(day: date, chance: Random) -> list[Deed]:
        if day.weekday() not in weekdays:
            return []
        begins = at + chance.uniform(-20, 20)
        return [OutdoorRun(at=begins, parts=steady(minutes, km), **rest)]  # type: ignore[arg-type]

    return deeds


def on_belt(*weekdays: int, pieces: tuple[tuple[float, float], ...], at: float = EVENING, walks: bool = False) -> Days:
    """Return days with a treadmill session on some weekdays."""

    def deeds(day: date, chance: Random) -> list[Deed]:
        if day.weekday() not in weekdays:
            return []
        return [BeltRun(at=at + chance.uniform(-20, 20), pieces=pieces, walks=walks)]

    return deeds


def together(*plans: Days) -> Days:
    """Return days with the deeds of several plans."""
    return lambda day, chance: [deed for plan in plans for deed in plan(day, chance)]


def on(day_of_year: int, *deeds: Deed) -> Days:
    """Return deeds of one day of the year, counted from 0."""
    return lambda day, _chance: list(deeds) if day.toordinal() - date(2026, 1, 5).toordinal() == day_of_year else []


def while_in(first: int, last: int, plan: Days) -> Days:
    """Return the deeds of a plan in a part of the year."""

    def deeds(day: date, chance: Random) -> list[Deed]:
        number = day.toordinal() - date(2026, 1, 5).toordinal()
        return plan(day, chance) if first <= number < last else []

    return deeds


def split(day: date, chance: Random) -> list[Deed]:
    """Return a workout in three recordings: a jog, a race and a jog, within an hour."""
    if day.weekday() not in (TUE, SAT):
        return []
    parts = (Part(minutes=12, km=2, pause=2), Part(minutes=18, km=4, pause=3), Part(minutes=10, km=1.6))
    return [OutdoorRun(at=EVENING + chance.uniform(-10, 10), parts=parts, sync=30 * timedelta(seconds=1))]


def commute(day: date, _chance: Random) -> list[Deed]:
    """Return the way to work and back."""
    if day.weekday() > FRI:
        return []
    return [
        OutdoorRun(at=7.2 * 60, parts=steady(28, 5)),
        Away(at=7.2 * 60 + 28, minutes=9 * 60),
        OutdoorRun(at=16.6 * 60, parts=steady(29, 5)),
    ]


def shifts(day: date, chance: Random) -> list[Deed]:
    """Return runs after early, late and night shifts in turn."""
    if chance.random() < 0.45:
        return []
    at = (6.2 * 60, 14.5 * 60, 22.5 * 60)[day.isocalendar().week % 3]
    return [OutdoorRun(at=at, parts=steady(35, 6)), Restart(at=at + 50)]


def racer(day: date, _chance: Random) -> list[Deed]:
    """Return easy runs, and on Saturdays a jog, a race and a jog home."""
    if day.weekday() == SAT:
        parts = (Part(minutes=15, km=2.5, pause=20), Part(minutes=42, km=10, pause=35), Part(minutes=14, km=2.2))
        return [OutdoorRun(at=9.5 * 60, parts=parts)]
    return [OutdoorRun(at=EVENING, parts=steady(45, 8), planned=True)] if day.weekday() in (MON, WED) else []


def couch_to_5k(day: date, _chance: Random) -> list[Deed]:
    """Return three sessions a week on the belt, from one minute of running to thirty."""
    week = (day.toordinal() - date(2026, 1, 5).toordinal()) // 7
    if day.weekday() not in (MON, WED, FRI):
        return []
    plans = (
        *(((1.0, 1.5),) * 8, ((1.5, 2.0),) * 6, ((1.5, 1.5), (3.0, 3.0)) * 2),
        *(((3.0, 1.5), (5.0, 2.5), (3.0, 1.5), (5.0, 0.0)), ((5.0, 3.0),) * 3, ((8.0, 5.0), (8.0, 0.0))),
        *(((25.0, 0.0),), ((28.0, 0.0),), ((30.0, 0.0),)),
    )
    return [BeltRun(at=EVENING, pieces=plans[min(week, 8)], walks=True)]


def pained(day: date, _chance: Random) -> list[Deed]:
    """Return runs with a sore fortnight, an emergency, and a way back."""
    number = day.toordinal() - date(2026, 1, 5).toordinal()
    deeds: list[Deed] = outdoors(TUE, THU, SUN)(day, _chance)
    if 40 <= number < 54:
        deeds.append(Pain(at=8.5 * 60, score=4))
    if number == 100:
        deeds.append(Pain(at=17 * 60, score=8, is_emergency=True))
    if number == 130:
        deeds.append(Cleared(at=10 * 60))
    return deeds


def core_unasked(day: date, _chance: Random) -> list[Deed]:
    """Return core work on Mondays and Fridays at noon."""
    return [HabitDone(at=NOON, habit=Habit.CORE)] if day.weekday() in (MON, FRI) else []


# Settings


def settings(calendar: Calendar = BERLIN, *, core_goal: int = 2, **prompts: object) -> Settings:
    """Return the default settings of a home with a speaker and a phone, asked for core work in the evening."""
    chosen: dict[str, object] = {
        "speakers": ("kitchen",),
        "phones": ("phone",),
        "evenings": {Habit.CORE: time(18)},
        **prompts,
    }
    pair = shoe("trainers", replace_at=800_000)
    return Settings(
        calendar=calendar,
        core_goal=core_goal,
        shoes=(pair,),
        prompts=PromptSettings(**chosen),  # type: ignore[arg-type]
    )


HOME = settings()
NIGHT_OWL = settings(quiet_hours=QuietHours(start=time(4), end=time(5)))
BUSY = settings(
    evenings={Habit.CORE: time(18), Habit.STRETCH: time(19)}, review_at=time(19), check_in=CheckIn.ALWAYS, core_goal=3
)


def _plan(name: str, days: Days, answers: Answers, chosen: Settings = HOME, **rest: bool) -> HouseholdPlan:
    return HouseholdPlan(name=name, days=days, answers=answers, settings=chosen, **rest)


USUAL = outdoors(TUE, THU, SUN)
INTERVALS = ((4.0, 2.5),) * 4
HOUSEHOLDS: tuple[HouseholdPlan, ...] = (
    _plan("never_answers", USUAL, never),
    _plan("never_answers_daily", outdoors(*range(7)), never, BUSY),
    _plan("always_answers", USUAL, always, BUSY),
    _plan("mixed", together(USUAL, on_belt(MON, pieces=((30.0, 0.0),))), mixed, BUSY),
    _plan("refuses", outdoors(*range(6)), refusing, BUSY),
    _plan("shift_worker", shifts, mixed, settings(quiet_hours=QuietHours(start=time(9), end=time(14)))),
    _plan("early", outdoors(MON, WED, FRI, at=5.2 * 60), always),
    _plan("late", outdoors(MON, WED, FRI, at=NIGHT), always),
    _plan("two_a_day", together(outdoors(*range(6), at=MORNING), outdoors(TUE, THU, at=EVENING)), mixed, BUSY),
    _plan("belt_with_pauses", on_belt(TUE, THU, SAT, pieces=((12.0, 1.5), (14.0, 2.0), (10.0, 0.0))), mixed),
    _plan("belt_with_walks", on_belt(TUE, THU, pieces=((12.0, 1.5), (14.0, 3.0), (10.0, 0.0)), walks=True), always),
    _plan("intervals", on_belt(MON, THU, pieces=(*INTERVALS, (6.0, 0.0))), never, BUSY),
    _plan("commuter", commute, mixed),
    _plan("split_files", split, never, has_tracker=False),
    _plan("split_files_answered", split, always, BUSY, has_tracker=False),
    _plan("late_sync", outdoors(TUE, THU, SUN, sync=80 * MINUTE), mixed),
    _plan("sync_by_days", outdoors(TUE, THU, SUN, sync=52 * HOUR), mixed),
    _plan("long_weekends", together(USUAL, outdoors(SAT, at=9 * 60, minutes=150, km=24)), mixed, BUSY),
    _plan(
        "traveller",
        together(USUAL, on(60, Journey(at=NOON, zone="America/New_York")), on(75, Journey(at=NOON, zone="Asia/Tokyo"))),
        mixed,
        BUSY,
    ),
    _plan("clock_changes", outdoors(SAT, SUN, at=1.5 * 60), always, NIGHT_OWL),
    _plan("pain", pained, mixed, BUSY),
    _plan(
        "ill",
        together(USUAL, on(30, RestBegun(at=NOON, days=9)), on(80, RestBegun(at=NOON)), on(110, RestOver(at=NOON))),
        mixed,
        BUSY,
    ),
    _plan("forgotten_rest", together(USUAL, on(30, RestBegun(at=NOON))), never, BUSY),
    _plan("couch_to_5k", couch_to_5k, always),
    _plan("racer", racer, mixed, BUSY, has_tracker=False),
    _plan("two_topics_off", USUAL, but_never(Habit.CORE, Habit.FOAM_ROLL), BUSY),
    _plan("long_absence", together(while_in(0, 60, USUAL), while_in(200, 365, USUAL)), mixed, BUSY),
    _plan(
        "does_core_unasked",
        together(USUAL, core_unasked),
        but_never(Habit.CORE),
        BUSY,
    ),
)
