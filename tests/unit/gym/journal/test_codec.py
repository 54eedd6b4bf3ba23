from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.back.advice import Advice
from custom_components.home_gym.gym.back.pain import Area, PainReport, PainSide, PainTiming, RedFlag
from custom_components.home_gym.gym.exercises.exercise import Side, Variant
from custom_components.home_gym.gym.habits.core_goal import CoreGoal
from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.habits.rest import Rest
from custom_components.home_gym.gym.journal.codec import JournalError, from_plain, to_plain
from custom_components.home_gym.gym.journal.facts import Delivery
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason, PromptFact, PromptState, PromptTrigger
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.routines.position import PlayerMemory
from custom_components.home_gym.gym.routines.routine import Routine, Step
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import (
    Activity,
    CadenceProfile,
    Intensity,
    Lap,
    Origin,
    RunningDynamics,
    Sport,
    Surface,
)
from custom_components.home_gym.gym.runs.corrections import Correction
from tests.support.profiles import examples
from tests.support.unit.make import NOON, settings as settings_of, through_json

instants = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
figures = st.none() | st.floats(0, 1e9, exclude_max=True, allow_nan=False)
texts = st.none() | st.text(st.characters(codec="utf-8"), max_size=8)
laps = st.builds(
    Lap,
    start=instants,
    elapsed_time=figures,
    moving_time=figures,
    distance=figures,
    cadence=figures,
    intensity=st.none() | st.sampled_from(Intensity),
)
activities = st.builds(
    Activity,
    sport=st.sampled_from(Sport),
    start=instants,
    sub_sport=texts,
    elapsed_time=figures,
    moving_time=figures,
    distance=figures,
    distance_error=figures,
    cadence=figures,
    cadence_thirds=st.none() | st.tuples(figures, figures, figures),
    cadence_profile=st.none()
    | st.builds(
        CadenceProfile,
        lowest=st.integers(0, 300),
        seconds=st.lists(st.integers(0, 10**8), min_size=1, max_size=5).map(tuple),
    ),
    dynamics=st.none()
    | st.builds(
        RunningDynamics, vertical_oscillation=figures, ground_contact_time=figures, ground_contact_balance=figures
    ),
    heart_rate=figures,
    max_heart_rate=figures,
    power=figures,
    indoor=st.none() | st.booleans(),
    surface=st.none() | st.sampled_from(Surface),
    laps=st.lists(laps, max_size=2).map(tuple),
    device=texts,
    manufacturer=texts,
    serial_number=texts,
    incomplete=st.booleans(),
    origin=st.sampled_from(Origin),
    origin_id=texts,
)
deliveries = st.builds(
    Delivery, activity=activities, learned_at=instants, day=st.dates(), live=st.booleans(), chosen_shoe=texts
)
sessions = st.builds(
    Session,
    habit=st.sampled_from(Habit),
    end=instants,
    day=st.dates(),
    duration=figures,
    logged=st.none() | instants,
)
facts = st.builds(
    PromptFact,
    activity=st.text(st.characters(codec="utf-8"), max_size=8),
    topic=st.sampled_from([*Habit, *NonHabitTopic]),
    state=st.sampled_from(PromptState),
    at=instants,
    attempts=st.integers(0, 999),
    channel=texts,
    snoozes=st.integers(0, 9),
    until=st.none() | instants,
    reason=st.none() | st.sampled_from(HoldReason),
)


triggers = st.builds(
    PromptTrigger,
    id=st.text(st.characters(codec="utf-8"), max_size=8),
    habit=st.sampled_from(Habit),
    at=instants,
    asked=st.booleans(),
)


pains = st.builds(
    PainReport,
    score=st.floats(0, 10),
    at=instants,
    day=st.dates(),
    recorded_at=instants,
    area=st.none() | st.sampled_from(Area),
    side=st.none() | st.sampled_from(PainSide),
    moment=st.none() | st.sampled_from(PainTiming),
    red_flags=st.lists(st.sampled_from(RedFlag), max_size=2).map(tuple),
    note=texts,
    source=texts,
)
rests = st.builds(Rest, start=st.dates(), end=st.none() | st.dates(), recorded_at=instants)


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    """Draw a journal that methods of its own filled."""
    journal = Journal(
        chosen_shoe=draw(texts),
        may_speak=draw(st.booleans()),
        advice_acknowledged=draw(st.dictionaries(st.sampled_from(Advice), instants)),
        reported_week=draw(st.none() | st.dates()),
    )
    for delivery in draw(st.lists(deliveries, max_size=3)):
        journal.deliver(delivery)
    for session in draw(st.lists(sessions, max_size=3)):
        journal.add(session)
    for fact in draw(st.lists(facts, max_size=3)):
        journal.add(fact)
    for trigger in draw(st.lists(triggers, max_size=3)):
        journal.add(trigger)
    for rest in draw(st.lists(rests, max_size=3)):
        journal.add(rest)
    for report in draw(st.lists(pains, max_size=3)):
        journal.add(report)
    return journal


@examples(100)
@given(journals())
def test_journal_survives_round_trip(journal: Journal) -> None:
    assert through_json(journal) == journal


def test_empty_journal_survives_round_trip() -> None:
    assert through_json(Journal()) == Journal()


def test_journal_is_written_with_fixed_keys() -> None:
    """The file is an interface to every later version, so its words are fixed here."""
    journal = Journal(chosen_shoe="blue", may_speak=False, routine=PLACE)
    one = Activity(
        sport=Sport.RUN,
        start=NOON,
        distance=5000,
        cadence_thirds=(170.0, None, 168.5),
        cadence_profile=CadenceProfile(lowest=168, seconds=(12, 0, 30)),
        dynamics=RunningDynamics(vertical_oscillation=0.084, ground_contact_time=0.24),
        laps=(Lap(start=NOON, intensity=Intensity.WARM_UP),),
    )
    journal.deliver(Delivery(activity=one, learned_at=NOON, day=date(2026, 3, 2), live=True, chosen_shoe="blue"))
    journal.add(Session(habit=Habit.CORE, end=NOON, day=date(2026, 3, 2), logged=NOON))
    journal.add(PromptFact(activity="a", topic=Habit.FOAM_ROLL, state=PromptState.DUE, at=NOON))
    correction = Correction(activity="a", at=NOON, distance=4900, shoe="")
    journal.add(correction)
    rest = Rest(start=date(2026, 3, 1), end=date(2026, 3, 3), recorded_at=NOON, ended=NOON, planned=date(2026, 3, 5))
    journal.add(rest)
    journal.advice_acknowledged = {Advice.SEVERE: NOON}
    journal.reported_week = date(2026, 2, 23)
    journal.core_goals = (CoreGoal(sessions=2, since=date(2026, 2, 23)),)
    journal.add(HURT)
    journal.add(PromptTrigger(id="belt", habit=Habit.WARM_UP, at=NOON))
    noon = "2026-03-02T12:00:00+00:00"
    assert json.loads(json.dumps(to_plain(journal))) == {
        "deliveries": [
            {
                "activity": {
                    "sport": "run",
                    "start": noon,
                    "distance": 5000,
                    "cadence_thirds": [170.0, None, 168.5],
                    "cadence_profile": {"lowest": 168, "seconds": [12, 0, 30]},
                    "dynamics": {"vertical_oscillation": 0.084, "ground_contact_time": 0.24},
                    "laps": [{"start": noon, "intensity": "warm_up"}],
                    "incomplete": False,
                    "origin": "file",
                },
                "learned": noon,
                "day": "2026-03-02",
                "live": True,
                "chosen_shoe": "blue",
                "chosen_firmly": False,
            }
        ],
        "sessions": [{"habit": "core", "end": noon, "day": "2026-03-02", "logged": noon}],
        "prompts": [{"activity": "a", "topic": "foam_roll", "state": "due", "at": noon, "attempts": 0, "snoozes": 0}],
        "corrections": [{"activity": "a", "at": noon, "distance": 4900, "shoe": "", "removed": False}],
        "occasions": [{"id": "belt", "habit": "warm_up", "at": noon, "asked": False}],
        "rests": [{"start": "2026-03-01", "end": "2026-03-03", "said": noon, "ended": noon, "planned": "2026-03-05"}],
        "pains": [
            {
                "score": 4,
                "at": noon,
                "day": "2026-03-02",
                "said": noon,
                "area": "lower_back",
                "side": "left",
                "moment": "after_run",
                "red_flags": ["numbness"],
                "note": "since the hill",
            }
        ],
        "triage_answers": [],
        "clearances": [],
        "notices_read": [],
        "withdrawals": [],
        "function_scores": [],
        "experiments": [],
        "restored_topics": [],
        "advice_acknowledged": None,
        "acknowledged": {"severe": noon},
        "chosen_shoe": "blue",
        "chosen_firmly": False,
        "may_speak": False,
        "routine": {
            "routine": {
                "id": "core",
                "habit": "core",
                "steps": [
                    {"exercise": "bird_dog", "side": "left", "seconds": 20, "rest": 5, "way": "harder"},
                    {"exercise": "", "seconds": 30.5, "rest": 0, "repetitions": 8, "name": "Dog"},
                ],
            },
            "step": 1,
            "passed": 1,
            "elapsed": 4.5,
            "done": [20, 0],
            "active": 70.25,
            "running": True,
            "speaker": "kitchen",
        },
        "week_told": "2026-02-23",
        "core_goals": [{"sessions": 2, "since": "2026-02-23"}],
        "milestones": [],
        "efforts_asked": [],
        "form_checks": [],
    }


HURT = PainReport(
    score=4,
    at=NOON,
    day=date(2026, 3, 2),
    recorded_at=NOON,
    area=Area.LOWER_BACK,
    side=PainSide.LEFT,
    moment=PainTiming.AFTER_RUN,
    red_flags=(RedFlag.NUMBNESS,),
    note="since the hill",
)
STEPS = (
    Step(exercise="bird_dog", side=Side.LEFT, seconds=20, rest=5, repetitions=None, name=None, way=Variant.HARDER),
    Step(exercise="", side=None, seconds=30.5, rest=0, repetitions=8, name="Dog"),
)
PLACE = PlayerMemory(
    routine=Routine(id="core", habit=Habit.CORE, steps=STEPS),
    step=1,
    passed=1,
    elapsed=4.5,
    done=(20, 0),
    active=70.25,
    running=True,
    speaker="kitchen",
)


def written() -> dict[str, Any]:
    """Return a journal with one of everything, as it is written."""
    journal = Journal(chosen_shoe="blue", routine=PLACE)
    one = Activity(
        sport=Sport.RUN,
        start=NOON,
        elapsed_time=1800,
        distance=5000,
        surface=Surface.ROAD,
        indoor=False,
        device="fr255",
        cadence_thirds=(170.0, 171.0, 172.0),
        cadence_profile=CadenceProfile(lowest=168, seconds=(12, 0, 30)),
        dynamics=RunningDynamics(vertical_oscillation=0.084),
        laps=(Lap(start=NOON, elapsed_time=600, intensity=Intensity.WARM_UP),),
    )
    journal.deliver(Delivery(activity=one, learned_at=NOON, day=date(2026, 3, 2), live=True))
    journal.add(Session(habit=Habit.CORE, end=NOON, day=date(2026, 3, 2), duration=60, logged=NOON))
    journal.advice_acknowledged = dict.fromkeys(Advice, NOON)
    journal.add(HURT)
    journal.add(
        PromptFact(activity=one.id, topic=Habit.STRETCH, state=PromptState.DUE, at=NOON, attempts=1, channel="kitchen")
    )
    plain: dict[str, Any] = json.loads(json.dumps(to_plain(journal)))
    return plain


def paths(plain: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the way to every place in a written journal."""
    items: list[tuple[str | int, object]] = []
    if isinstance(plain, dict):
        items = list(plain.items())
    elif isinstance(plain, list):
        items = list(enumerate(plain))
    return [path, *(deeper for key, part in items for deeper in paths(part, (*path, key)))]


def changed(plain: Any, path: tuple[str | int, ...], value: object) -> Any:
    """Return a written journal with another value in one place."""
    if not path:
        return value
    parts: list[tuple[Any, Any]] = list(plain.items() if isinstance(plain, dict) else enumerate(plain))
    there = [(key, changed(part, path[1:], value) if key == path[0] else part) for key, part in parts]
    return dict(there) if isinstance(plain, dict) else [part for _, part in there]


HOSTILE: list[object] = [
    *(None, True, False, 0, -1, 0.5, 1e308, 10**400, "", "x", "\ud800", [], [[]], [None] * 3, {}, {"x": 1}),
    *("2026-03-02", "2026-03-02T12:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
    *("2026-03-02T12:00:00+00:00", "2026-W10-1", float("nan"), float("inf"), float("-inf"), b"bytes", "run", "due"),
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(HOSTILE),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=6), parts, max_size=3),
    max_leaves=6,
)


def only_journal_error(plain: object) -> None:
    """Read any document; an accepted one must make a runner with a summary, prompts and a stored form."""
    try:
        journal = from_plain(plain)
    except JournalError:
        return
    runner = Runner(settings_of(), journal)
    now = NOON + timedelta(minutes=40)
    runner.tick(now, home=True)
    assert runner.deadline(now) > now
    runner.summary(now)
    if journal.routine:
        player = Player(journal.routine.routine, journal.routine)
        player.resume(now)
        player.next(now)
    assert through_json(journal) == journal


@pytest.mark.parametrize("path", paths(written()), ids=lambda path: ".".join(map(str, path)) or "all")
def test_hostile_value_anywhere_is_refused_or_harmless(path: tuple[str | int, ...]) -> None:
    for value in HOSTILE:
        only_journal_error(changed(written(), path, value))


@examples(300)
@given(json_values)
def test_any_document_is_refused_or_harmless(plain: object) -> None:
    only_journal_error(plain)


@examples(300)
@given(st.sampled_from(paths(written())), json_values)
def test_any_value_anywhere_is_refused_or_harmless(path: tuple[str | int, ...], value: object) -> None:
    only_journal_error(changed(written(), path, value))


def test_position_without_variants_is_read() -> None:
    plain = written()
    assert plain["routine"]["routine"]["steps"][0].pop("way") == "harder"
    first, second = STEPS
    routine = replace(PLACE.routine, steps=(replace(first, way=None), second))
    assert from_plain(plain).routine == replace(PLACE, routine=routine)


@pytest.mark.parametrize("missing", ["deliveries", "sessions", "prompts"])
def test_missing_collection_is_refused(missing: str) -> None:
    with pytest.raises(JournalError):
        from_plain({key: part for key, part in written().items() if key != missing})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), []),
        (("may_speak",), 1),
        (("routine",), []),
        (("routine", "step"), 2),
        (("routine", "elapsed"), 100),
        (("routine", "done", 0), 20.5),
        (("routine", "routine", "steps"), []),
        (("routine", "routine", "steps", 0, "side"), "up"),
        (("routine", "routine", "steps", 0, "way"), "up"),
        (("routine", "routine", "steps", 0, "seconds"), 0),
        (("chosen_shoe",), 7),
        (("sessions",), {}),
        (("sessions", 0), "x"),
        (("sessions", 0, "duration"), -1),
        (("sessions", 0, "duration"), True),
        (("sessions", 0, "end"), "2026-03-02T12:00:00"),
        (("sessions", 0, "end"), "1969-12-31T23:00:00+00:00"),
        (("sessions", 0, "day"), "yesterday"),
        (("sessions", 0, "habit"), "yoga"),
        (("prompts", 0, "attempts"), 1.5),
        (("deliveries", 0, "live"), "yes"),
        (("deliveries", 0, "activity", "sport"), []),
        (("deliveries", 0, "activity", "distance"), float("nan")),
        (("deliveries", 0, "activity", "start"), None),
        (("deliveries", 0, "activity", "device"), None),
        (("deliveries", 0, "activity", "cadence_thirds"), [170, 171]),
        (("deliveries", 0, "activity", "device"), 1),
        (("deliveries", 0, "activity", "cadence_profile", "seconds"), []),
        (("deliveries", 0, "activity", "cadence_profile", "seconds"), [1, True]),
        (("deliveries", 0, "activity", "cadence_profile", "seconds"), [1, -1]),
        (("deliveries", 0, "activity", "cadence_profile", "seconds"), [10**9]),
        (("deliveries", 0, "activity", "dynamics", "vertical_oscillation"), -1),
        (("pains", 0, "score"), 10.5),
        (("pains", 0, "score"), None),
        (("pains", 0, "area"), "elbow"),
        (("pains", 0, "red_flags"), ["red"]),
        (("advice_acknowledged",), "yesterday"),
        (("acknowledged", "severe"), "yesterday"),
        (("acknowledged",), {"mild": "2026-03-02T12:00:00+00:00"}),
    ],
)
def test_invalid_value_is_refused(path: tuple[str | int, ...], value: object) -> None:
    with pytest.raises(JournalError):
        from_plain(changed(written(), path, value))


def test_prompts_with_former_habit_key_are_read() -> None:
    """All that was asked for was a habit then, and called so."""
    noon = "2026-03-02T12:00:00+00:00"
    stretch = {"activity": "a", "habit": "stretch", "state": "spoken", "at": noon, "attempts": 1, "channel": "kitchen"}
    journal = from_plain({"deliveries": [], "sessions": [], "prompts": [stretch]})
    fact = PromptFact(
        activity="a", topic=Habit.STRETCH, state=PromptState.SPOKEN, at=NOON, attempts=1, channel="kitchen"
    )
    assert journal.prompts == {("a", Habit.STRETCH): fact}
    assert through_json(journal) == journal


def test_single_acknowledgement_counts_for_all_advice() -> None:
    """One instant was of all of them; and it is, for those versions, as soon as all of them are acknowledged."""
    noon, later = "2026-03-02T12:00:00+00:00", "2026-03-03T12:00:00+00:00"
    plain = {"deliveries": [], "sessions": [], "prompts": [], "advice_acknowledged": noon}
    journal = from_plain(plain)
    first = (Advice.RED_FLAG, Advice.SEVERE, Advice.PERSISTENT, Advice.LASTING)
    assert journal.advice_acknowledged == dict.fromkeys(first, NOON)
    journal.advice_acknowledged[Advice.SEVERE] += timedelta(days=1)
    written = to_plain(journal)
    assert (written["advice_acknowledged"], written["acknowledged"]["severe"]) == (noon, later)
    assert through_json(journal) == journal


def test_unknown_keys_are_ignored() -> None:
    plain = {**written(), "later": [1, 2]}
    plain["sessions"][0]["later"] = {}
    assert from_plain(plain) == from_plain(written())
