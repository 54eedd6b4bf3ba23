"""Round trip of a treadmill's log through JSON, and refusal of invalid logs."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.treadmill.codecs import BELT_LOG
from custom_components.home_gym.gym.treadmill.log import GUEST, BeltLog, BeltRecord, Certainty, OpenClaim
from custom_components.home_gym.gym.treadmill.session import BeltSession, BeltState, Phase
from custom_components.home_gym.gym.treadmill.speed_model import Sample
from tests.support.profiles import examples
from tests.support.unit.make import NOON

some = examples(100)

instants = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
figures = st.floats(0, 1e9, exclude_max=True, allow_nan=False)
names = st.text(st.characters(codec="utf-8"), max_size=8)
owners = st.one_of(st.just((None, None)), st.tuples(st.just(GUEST) | names, st.sampled_from(Certainty)))


@st.composite
def records(draw: st.DrawFn) -> BeltRecord:
    """Draw a record of a session."""
    start = draw(instants)
    bounds = [start, *sorted(start + draw(st.timedeltas(timedelta(0), timedelta(hours=4))) for _ in range(2))]
    states = draw(st.permutations([BeltState.WALKING, BeltState.RUNNING]))
    phases = tuple(
        Phase(state=state, start=bounds[number], end=bounds[number + 1]) for number, state in enumerate(states)
    )
    runner, certainty = draw(owners)
    return BeltRecord(
        session=BeltSession(
            start=start, end=bounds[-1], phases=phases, levels=tuple(draw(st.lists(st.none() | figures, max_size=4)))
        ),
        distance=draw(st.none() | figures),
        runner=runner,
        certainty=certainty,
        delivered=draw(st.booleans()),
        asked=draw(st.booleans()),
    )


samples = st.builds(Sample, run=names, at=instants, level=figures, speed=figures, duration=figures)


@st.composite
def logs(draw: st.DrawFn) -> BeltLog:
    """Draw a log."""
    runner, certainty = draw(owners)
    claims = st.builds(
        OpenClaim,
        start=instants,
        runner=st.just(runner),
        certainty=st.just(certainty),
        announced=st.booleans(),
        has_run=st.booleans(),
        runs_until=st.none() | instants,
    )
    return BeltLog(
        records={record.id: record for record in draw(st.lists(records(), max_size=3))},
        samples=draw(st.dictionaries(names, st.lists(samples, max_size=3).map(tuple), max_size=2)),
        withdrawals=draw(st.dictionaries(names, st.lists(names, max_size=3), max_size=2)),
        open=draw(st.none() | claims),
        warm_up_called_for=draw(st.none() | instants),
    )


@some
@given(logs())
def test_log_round_trip(log: BeltLog) -> None:
    assert BELT_LOG.read(json.loads(json.dumps(BELT_LOG.write(log)))) == log


def test_plain_log_is_independent_of_log() -> None:
    log = BeltLog(withdrawals={"alex": ["one"]})
    plain = BELT_LOG.write(log)
    log.withdraw("alex", ["two"])
    log.withdraw("billie", ["three"])
    assert plain["withdrawals"] == {"alex": ["one"]}


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["running", "off", "said", "2026-03-02T12:00:00+00:00", "0001-01-01T00:00:00+14:00"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """Draw a plain log with one part replaced or missing."""
    plain: Any = json.loads(json.dumps(BELT_LOG.write(draw(logs()))))
    place = plain
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return plain
        key = draw(st.sampled_from(keys))
        if not isinstance(place[key], (dict, list)) or draw(st.integers(0, 3)) == 0:
            break
        place = place[key]
    if draw(st.booleans()):
        place[key] = draw(values)
    else:
        del place[key]
    return plain


@some
@given(spoilt() | values)
def test_spoilt_log_is_read_or_refused(plain: Any) -> None:
    try:
        log = BELT_LOG.read(plain)
    except ValueError:
        return
    assert BELT_LOG.read(json.loads(json.dumps(BELT_LOG.write(log)))) == log


def written() -> dict[str, Any]:
    """Return a plain log with all parts."""
    phase = Phase(state=BeltState.RUNNING, start=NOON, end=NOON + timedelta(minutes=30))
    session = BeltSession(start=phase.start, end=phase.end, phases=(phase,), levels=(500.0, None))
    record = BeltRecord(session=session, distance=5000, runner="alex", certainty=Certainty.SAID)
    sample = Sample(run="run", at=NOON, level=500, speed=2.5, duration=600)
    log = BeltLog(
        records={record.id: record},
        samples={"alex": (sample,)},
        withdrawals={"billie": ["one"]},
        open=OpenClaim(start=NOON, runner="alex", certainty=Certainty.GUESSED),
        warm_up_called_for=NOON,
    )
    plain: dict[str, Any] = json.loads(json.dumps(BELT_LOG.write(log)))
    return plain


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("records",), {}),
        (("records", 0), "session"),
        (("records", 0, "start"), "2026-03-02T12:00:00"),  # in which zone?
        (("records", 0, "start"), "yesterday"),
        (("records", 0, "start"), 1),
        (("records", 0, "end"), "1969-12-31T00:00:00+00:00"),
        (("records", 0, "phases"), [["running", "2026-03-02T12:00:00+00:00"]]),
        (("records", 0, "phases", 0, 0), "flying"),
        (("records", 0, "levels"), 500),
        (("records", 0, "levels", 0), -1),
        (("records", 0, "levels", 0), True),
        (("records", 0, "levels", 0), float("inf")),
        (("records", 0, "levels", 0), "500"),
        (("records", 0, "distance"), "far"),
        (("records", 0, "runner"), 1),
        (("records", 0, "certainty"), "hoped"),
        (("records", 0, "delivered"), 1),
        (("records", 0, "asked"), None),
        (("samples",), []),
        (("samples", "alex"), {}),
        (("samples", "alex", 0), ["run"]),
        (("samples", "alex", 0, 2), None),
        (("withdrawals",), []),
        (("withdrawals", "billie"), "one"),
        (("withdrawals", "billie", 0), 1),
        (("open",), []),
        (("open", "runner"), 1),
        (("open", "certainty"), "hoped"),
        (("open", "told"), "yes"),
        (("open", "has_run"), 1),
        (("open", "runs_until"), "soon"),
        (("warm_up_called_for",), "soon"),
    ],
)
def test_invalid_log_is_refused(place: tuple[str | int, ...], value: object) -> None:
    plain: Any = written()
    assert BELT_LOG.read(plain)
    *path, last = place
    part = plain
    for key in path:
        part = part[key]
    part[last] = value
    with pytest.raises(ValueError, match=r"."):
        BELT_LOG.read(plain)


@pytest.mark.parametrize("missing", ["records", "samples", "withdrawals"])
def test_missing_part_is_refused(missing: str) -> None:
    plain = written()
    del plain[missing]
    with pytest.raises(ValueError, match=missing):
        BELT_LOG.read(plain)
