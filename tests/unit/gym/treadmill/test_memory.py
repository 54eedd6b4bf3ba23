from datetime import timedelta
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.treadmill.codecs import BELT_MEMORY
from custom_components.home_gym.gym.treadmill.detector import SessionDetector
from custom_components.home_gym.gym.treadmill.hysteresis import Tally
from custom_components.home_gym.gym.treadmill.memory import BeltMemory
from custom_components.home_gym.gym.treadmill.session import BeltState, OpenSession, Phase, Stretch
from tests.builders.traces import START, live, traces, wait
from tests.support.unit.make import A_SECOND

TRACE = traces()[0]
# In the middle of a stop, when there is something of everything.
ENDING = [report for report in TRACE.reports if report[0] <= START + 1335 * A_SECOND]


def written(count: int) -> dict[str, Any]:
    """Return the JSON of a belt's memory after these reports."""
    belt = SessionDetector(TRACE.settings)
    live(belt, TRACE.reports[:count])
    plain: dict[str, Any] = json.loads(json.dumps(BELT_MEMORY.write(belt.memory())))
    return plain


def test_memory_round_trip() -> None:
    begun = Tally(on=True, since=START, held=1.5 * A_SECOND, at=START + A_SECOND, trend=-1)
    memory = BeltMemory(
        seen=START + 600 * A_SECOND,
        reported=START,
        now=START,
        level=0.0,
        measured=START,
        trail=(Stretch(start=START, end=START + A_SECOND, level=6.5),),
        lost=START,
        spent=True,
        moving=begun,
        running=begun,
        session=OpenSession(
            start=START,
            gait=BeltState.RUNNING,
            since=START + 500 * A_SECOND,
            phases=(Phase(state=BeltState.WALKING, start=START, end=START + 500 * A_SECOND),),
            sums=((0.0, 0.0), (1.25, 15.0)),
            slowed=True,
        ),
    )
    assert BELT_MEMORY.read(json.loads(json.dumps(BELT_MEMORY.write(memory)))) == memory
    assert BELT_MEMORY.read(BELT_MEMORY.write(BeltMemory())) == BeltMemory()
    assert BELT_MEMORY.read({}) == BeltMemory()


def test_memory_of_four_hours_is_small() -> None:
    """A session of four hours is 960 slices, of some thirty characters each."""
    belt = SessionDetector(TRACE.settings)
    for second in range(4 * 3600):
        belt.report(500 + second % 7, START + second * A_SECOND)
    assert len(json.dumps(BELT_MEMORY.write(belt.memory()))) < 960 * 50


@pytest.mark.parametrize(
    "change",
    [
        {"seen": None},
        {"seen": 5},
        {"seen": "yesterday"},
        {"seen": "2026-03-02T17:00:00"},  # of which zone
        {"seen": "0001-01-01T00:00:00+00:00"},
        {"seen": "2026-03-02T17:00:00+00:00"},  # before the reports
        {"level": -1},
        {"level": float("nan")},
        {"level": True},
        {"level": "6"},
        {"lost": "2199-01-01T00:00:00+00:00"},
        {"spent": 1},
        {"trail": {}},
        {"trail": [{"start": START.isoformat()}]},
        {"awake": {"trend": 2}},
        {"awake": {"trend": 1}},
        {"awake": {"held": 3}},
        {"awake": {"held": 3, "since": "2026-03-02T17:10:00Z", "at": "2026-03-02T17:09:00Z"}},
        {"awake": {"held": 1e300}},
        {"moving": {}},  # though there is a session
        {"running": {}},  # though it is run
        {"session": None},
        {"session": {"gait": "standby"}},
        {"surprise": 1},
    ],
    ids=str,
)
def test_invalid_memory_is_refused(change: dict[str, Any]) -> None:
    plain = written(1000)
    assert BELT_MEMORY.read(plain).session
    with pytest.raises(ValueError, match=r"."):
        BELT_MEMORY.read({key: part for key, part in {**plain, **change}.items() if part is not None})


@pytest.mark.parametrize(
    "change",
    [
        {"gait": "standby"},
        {"gait": None},
        {"since": "2026-03-02T16:00:00+00:00"},  # before its start
        {"since": "2026-03-02T19:00:00+00:00"},  # after its phases
        {"sums": [[1, 2, 3]]},
        {"sums": [[1, 15.5]]},
        {"sums": [[1, 15]] * 1000},
        {"phases": []},
        {"phases": [{"state": "walking", "start": "2026-03-02T17:05:00Z", "end": "2026-03-02T17:00:00Z"}]},
    ],
    ids=str,
)
def test_impossible_session_is_refused(change: dict[str, Any]) -> None:
    plain = written(1000)
    with pytest.raises(ValueError, match=r"."):
        BELT_MEMORY.read({**plain, "session": {**plain["session"], **change}})


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["running", "", START.isoformat(), (START + timedelta(days=9)).isoformat()]),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(["start", "on", "held"]), part),
    max_leaves=5,
)


@given(st.integers(0, len(ENDING)), st.data())
def test_accepted_memory_leaves_belt_working(count: int, data: st.DataObject) -> None:
    """A memory with a replaced part is refused, or the belt can continue from it."""
    plain = written(count)
    place = plain
    key = data.draw(st.sampled_from(sorted(place)))
    while isinstance(place[key], dict) and place[key] and data.draw(st.booleans()):
        place = place[key]
        key = data.draw(st.sampled_from(sorted(place)))
    place[key] = data.draw(junk)
    try:
        memory = BELT_MEMORY.read(plain)
    except ValueError:
        return
    belt = SessionDetector(TRACE.settings, memory)
    later = START + timedelta(days=30)
    assert isinstance([*live(belt, [(later, 500.0), (later + 600 * A_SECOND, 0.0)]), *wait(belt, later)], list)


@given(junk)
def test_other_values_are_refused_or_empty(plain: object) -> None:
    try:
        assert BELT_MEMORY.read(plain) == BeltMemory()
    except ValueError:
        assert plain != {}
