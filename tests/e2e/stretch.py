"""The stretch of some five minutes: its steps, their planned ends, and the check against the real ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.rig import standstill

type Json = dict[str, Any]

A_SECOND = timedelta(seconds=1)
SIDES = ["left", "right"]
# Each is held for half a minute, after time for its words and its posture.
HOLD = timedelta(seconds=30)
LONGEST_LEAD_IN = timedelta(seconds=30)


def is_said(changes: Sequence[Json], satellite: str, *, after: str) -> bool:
    """Return whether a satellite started to speak, and fell silent, after a routine's end.

    Some lines are shorter than the time between two polls of a state.
    """
    states = [change["data"]["new_state"] for change in changes]
    over = next(
        (at for at, state in enumerate(states) if (state["entity_id"], state["state"]) == (after, "idle")), None
    )
    if over is None:
        return False
    spoken = [state["state"] for state in states[over:] if state["entity_id"] == satellite]
    return "responding" in spoken and spoken[-1] == "idle"


def steps_on_plan(
    changes: Sequence[Json], beats: Sequence[Json], routine: str, satellite: str, count: int
) -> list[datetime]:
    """Return the start of the first steps, and the end of the last one, if each was on time and audible.

    While the machine has no time for the home, its clock stands still, and a second counts from the end of that.
    """
    states = [change["data"]["new_state"] for change in changes]
    shown = [state for state in states if state["entity_id"] == routine][: count + 1]
    done = [(step["attributes"]["exercise"], step["attributes"]["side"]) for step in shown[:count]]
    assert len(done) == len(set(done)) == count
    for exercise in {exercise for exercise, side in done if side}:
        assert [side for each, side in done if each == exercise] == SIDES
    begun = [datetime.fromisoformat(state["last_updated"]) for state in shown]
    ends = [datetime.fromisoformat(step["attributes"]["ends"]) for step in shown[:count]]
    for begin, end, then in zip(begun, ends, begun[1:], strict=False):
        assert HOLD - A_SECOND <= end - begin <= HOLD + LONGEST_LEAD_IN
        assert abs(then - end) <= 4 * A_SECOND + standstill(beats, end, then)
    spoken = [
        datetime.fromisoformat(state["last_updated"])
        for state in states
        if state["entity_id"] == satellite and state["state"] == "responding"
    ]
    for begin in begun[1:count]:
        soon = 2 * A_SECOND + standstill(beats, begin, begin + 2 * A_SECOND)
        assert any(-A_SECOND < moment - begin < soon for moment in spoken), begin
    return begun
