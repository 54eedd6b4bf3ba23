"""Neither order nor repetition of deliveries matters, with wholes and parts, edits and doubtful recordings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Doubt, Origin, Sport
from custom_components.home_gym.gym.runs.corrections import Correction
from custom_components.home_gym.gym.runs.edits import EDITABLE, RULES
from custom_components.home_gym.gym.runs.run import Run
from tests.support.profiles import examples
from tests.support.unit.make import A_MINUTE, NOON, restarted, settings as settings_of, shoe

NOW = NOON + timedelta(days=3)
PACE = 180
"""Metres a minute of every recording, give or take."""

# Whole efforts of half an hour, halves of them, and parts with a pause, on two days.
spans = st.sampled_from([(0, 30), (0, 30), (1, 31), (0, 14), (16, 30), (15, 30), (0, 12), (13, 25), (40, 70), (0, 70)])
days = st.integers(0, 1)
stretched = st.sampled_from([0.9, 0.99, 1.0, 1.0, 1.05])


@dataclass(frozen=True)
class Delivered:
    """An activity as a source delivers it."""

    activity: Activity
    source: str | None


@dataclass(frozen=True)
class Decision:
    """A decision about a doubtful recording, with or without a corrected distance."""

    activity: str
    taken: bool
    distance: float | None
    minute: int


type Step = Delivered | Decision


def recorded(day: int, span: tuple[int, int], stretch: float, **rest: object) -> Activity:
    """Return a recording of a day, from one minute after noon to another."""
    first, last = span
    return Activity(
        start=NOON + timedelta(days=day, minutes=first),
        elapsed_time=(last - first) * 60,
        distance=(last - first) * PACE * stretch,
        **{"sport": Sport.RUN, **rest},  # type: ignore[arg-type]  # any fields
    )


watches = st.builds(
    lambda day, span, stretch, serial: recorded(day, span, stretch, manufacturer="garmin", serial_number=serial),
    *(days, spans, stretched, st.sampled_from(["1", "1", "2"])),
)
phones = st.builds(
    lambda day, span, stretch, device, number: recorded(
        day, span, stretch, origin=Origin.CLOUD, device=device, origin_id=number
    ),
    *(days, spans, stretched, st.sampled_from(["phone", "tablet", None]), st.sampled_from([None, None, "1", "2"])),
)
belts = st.builds(
    lambda day, span, stretch, origin: recorded(
        day, span, stretch, origin=origin, origin_id=f"{origin}/{day}/{span}", indoor=True
    ),
    *(days, spans, stretched, st.sampled_from([Origin.TREADMILL, Origin.POWER])),
)
services = st.builds(
    lambda day, span, stretch, service, edited: recorded(
        *(day, span, stretch),
        origin=Origin.ENTITY,
        manufacturer=service,
        origin_id=f"{service}/{day}/{span}",
        edited=edited,
    ),
    *(days, spans, stretched, st.sampled_from(["polar", *RULES])),
    st.lists(st.sampled_from(EDITABLE), unique=True, max_size=2).map(tuple),
)
doubtfuls = st.builds(
    lambda day, span, stretch, doubt, device: recorded(
        day, span, stretch, sport=Sport.OTHER, doubt=doubt, guess=Sport.RUN, device=device
    ),
    *(days, spans, stretched, st.sampled_from(Doubt), st.sampled_from(["tracker", "watch app", None])),
)
others = st.builds(
    lambda day, span, sport: recorded(day, span, 1.0, sport=sport, device="tracker"),
    *(days, spans, st.sampled_from([Sport.WALK, Sport.STRENGTH, Sport.OTHER])),
)
anything = st.one_of(watches, phones, belts, services, doubtfuls, doubtfuls, others)
different = st.lists(anything, max_size=8, unique_by=lambda one: one.id)
sources = st.sampled_from(["folder", "phone", None])


def runner() -> Runner:
    """Return a runner with two pairs; recordings of the folder without a sport are runs."""
    chosen = settings_of(shoes=(shoe("old"), shoe("new", "2026-03-03")), unnamed_runs=frozenset({"folder"}))
    return Runner(chosen, Journal())


def shown(someone: Runner) -> tuple[list[Run], list[str | None], list[str], float]:
    """Return everything that follows: runs, their pairs, open questions, and the week."""
    runs = someone.runs.all()
    worn = [someone.rack.shoe_of(run) for run in runs]
    return runs, worn, [each.id for each in someone.projections.doubts.open()], someone.summary(NOW).weekly_distance


def deliver(someone: Runner, steps: Iterable[Step]) -> None:
    """Deliver activities of sources, and decide about doubtful ones, each at its own instant."""
    for step in steps:
        if isinstance(step, Delivered):
            someone.deliveries.learn([step.activity], now=NOW, live=False, source=step.source)
            continue
        at = NOW + step.minute * A_MINUTE
        correction = Correction(activity=step.activity, at=at, taken=step.taken, distance=step.distance)
        if correction.key not in someone.journal.corrections:
            someone.manual_entries.corrections.decide(correction, now=NOW)


@st.composite
def decisions_about(draw: st.DrawFn, delivered: list[Activity]) -> list[Decision]:
    """Return decisions about the doubtful ones of some activities, the same one perhaps several times."""
    doubtful = [each.id for each in delivered if each.doubt]
    decided = draw(st.lists(st.sampled_from(doubtful), max_size=4)) if doubtful else []
    return [
        Decision(
            activity=each,
            taken=draw(st.booleans()),
            distance=draw(st.sampled_from([None, None, 2000.0])),
            minute=minute,
        )
        for minute, each in enumerate(decided)
    ]


@st.composite
def another_order(draw: st.DrawFn, steps: list[Delivered], decisions: list[Decision]) -> list[Step]:
    """Return steps in another order, some of them again; an edit is recognised by the file before it.

    A decision is about a recording that came before.
    """
    shows_edits = [step.activity.origin is Origin.ENTITY for step in steps]
    first = draw(st.permutations([step for step, is_edit in zip(steps, shows_edits, strict=True) if not is_edit]))
    then = draw(st.permutations([step for step, is_edit in zip(steps, shows_edits, strict=True) if is_edit]))
    again = draw(st.lists(st.sampled_from(steps), max_size=3)) if steps else []
    order: list[Step] = [*first, *then, *again]
    for decision in decisions:
        known = next(
            place
            for place, step in enumerate(order)
            if isinstance(step, Delivered) and step.activity.id == decision.activity
        )
        order.insert(draw(st.integers(known + 1, len(order))), decision)
    return order


def check(delivered: list[Activity], data: st.DataObject) -> None:
    """Compare a delivery of everything in a plain order with another one."""
    in_order = sorted(delivered, key=lambda each: each.origin is Origin.ENTITY)
    more = data.draw(st.lists(st.sampled_from(in_order), max_size=3)) if in_order else []
    steps = [Delivered(activity=each, source=data.draw(sources)) for each in (*in_order, *more)]
    decisions = data.draw(decisions_about(delivered))
    plain, shuffled = runner(), runner()
    deliver(plain, [*steps, *decisions])
    deliver(shuffled, data.draw(another_order(steps, decisions)))

    assert shown(shuffled) == shown(plain)
    assert shown(restarted(shuffled)) == shown(plain)
    assert shuffled.journal.deliveries == plain.journal.deliveries


@examples(2_000)
@given(different, st.data())
def test_neither_order_nor_repetition_of_anything_matters(delivered: list[Activity], data: st.DataObject) -> None:
    check(delivered, data)


@pytest.mark.full
@pytest.mark.timeout(3600)
@examples(20_000)
@given(different, st.data())
def test_neither_order_nor_repetition_of_anything_ever_matters(delivered: list[Activity], data: st.DataObject) -> None:
    check(delivered, data)
