"""The stretch of some five minutes: its steps, their planned ends, and the check against the real ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.rig import standstill

type Json = dict[str, Any]

A_SECOND = timedelta(seconds=1)
STEPS = [
    (exercise, side)
    for exercise in ("hamstring_stretch", "hip_flexor_stretch", "figure_four")
    for side in ("left", "right")
]
"""The steps of the first sequence for five minutes; a last one follows if time is left."""
# Each is held for half a minute, after time for its words and its posture.
HOLD = timedelta(seconds=30)
LONGEST_LEAD_IN = timedelta(seconds=30)
# The words common to all variants of their lines.
SPOKEN_NAMES = ["hamstring", "hip flexor", "figure four"]


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
    shown = [state for state in states if state["entity_id"] == routine]
    # The rest after a hold is a state of its own, of the same step.
    numbers = [_step(state) for state in shown]
    at = [place for place, step in enumerate(numbers) if step and step not in numbers[:place]][:count]
    steps = [shown[number] for number in at]
    done = [(step["attributes"]["exercise"], step["attributes"]["side"]) for step in steps]
    assert len(done) == count
    assert done[: len(STEPS)] == STEPS[:count]
    begun = [datetime.fromisoformat(step["last_updated"]) for step in steps]
    ends = [datetime.fromisoformat(step["attributes"]["ends"]) for step in steps]
    for begin, end, number in zip(begun, ends, at, strict=True):
        then = datetime.fromisoformat(shown[number + 1]["last_updated"])
        assert HOLD <= end - begin <= HOLD + LONGEST_LEAD_IN
        assert abs(then - end) <= A_SECOND + standstill(beats, end, then)
    spoken = [
        datetime.fromisoformat(state["last_updated"])
        for state in states
        if state["entity_id"] == satellite and state["state"] == "responding"
    ]
    for begin in begun[1:]:
        soon = 2 * A_SECOND + standstill(beats, begin, begin + 2 * A_SECOND)
        assert any(-A_SECOND < moment - begin < soon for moment in spoken), begin
    return [*begun, ends[-1]]


def _step(state: Json) -> int | None:
    """Return the number of a routine's step, None while it is idle."""
    step: int | None = state["attributes"].get("step")
    return step
