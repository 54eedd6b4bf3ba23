"""The stretch of some five minutes: its steps, their planned ends, and the check against the real ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.rig import standstill

type Json = dict[str, Any]

A_SECOND = timedelta(seconds=1)
STEPS = [
    (exercise, side)
    for exercise in ("hip_flexor_stretch", "hamstring_stretch", "figure_four", "pigeon")
    for side in ("left", "right")
]
# From one end to the next: 15 seconds to begin, half a minute's hold, 5 for the other side, 10 for a new exercise.
SECONDS = [15 + 30, 5 + 30, *[10 + 30, 5 + 30] * 3]
# The words common to all variants of their lines.
SPOKEN_NAMES = ["hip flexor", "hamstring", "figure four", "pigeon"]


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
    assert [(step["attributes"]["exercise"], step["attributes"]["side"]) for step in shown[:count]] == STEPS[:count]
    begun = [datetime.fromisoformat(state["last_updated"]) for state in shown]
    planned = [begun[0] + timedelta(seconds=sum(SECONDS[: number + 1])) for number in range(count)]
    ends = [datetime.fromisoformat(step["attributes"]["ends"]) for step in shown[:count]]
    for plan, end, then in zip(planned, ends, begun[1:], strict=True):
        assert abs(end - plan) <= A_SECOND
        assert abs(then - plan) <= A_SECOND + standstill(beats, plan, then)
    spoken = [
        datetime.fromisoformat(state["last_updated"])
        for state in states
        if state["entity_id"] == satellite and state["state"] == "responding"
    ]
    for begin in begun[1:count]:
        soon = 2 * A_SECOND + standstill(beats, begin, begin + 2 * A_SECOND)
        assert any(-A_SECOND < moment - begin < soon for moment in spoken), begin
    return begun
