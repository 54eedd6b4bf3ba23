from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.speech.queue import (
    LONGEST_QUEUE,
    Dropped,
    DropReason,
    Granted,
    QueueDecision,
    SpeechQueue,
    Ticket,
    UtterancePriority,
    time_to_say,
)
from custom_components.home_gym.gym.speech.rooms import Room, speaking_order

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def prompt(until: datetime | None = None) -> Ticket:
    """Return the ticket of a prompt."""
    return Ticket(priority=UtterancePriority.PROMPT, until=until)


def granted(ticket: Ticket) -> list[QueueDecision]:
    """Return the decision that grants a ticket its turn."""
    return [Granted(ticket=ticket)]


def test_single_line_is_granted() -> None:
    queue, line = SpeechQueue(), prompt()
    assert queue.join(line, NOW) == []
    assert queue.ready(line, NOW) == granted(line)
    assert queue.leave(line, NOW) == []


def test_lines_of_equal_priority_keep_order_of_arrival() -> None:
    queue, first, second = SpeechQueue(), prompt(), prompt()
    queue.join(first, NOW)
    queue.join(second, NOW)
    assert queue.ready(second, NOW) == []
    assert queue.ready(first, NOW) == granted(first)
    assert queue.leave(first, NOW) == granted(second)


def test_cancelled_line_grants_next() -> None:
    queue, first, second = SpeechQueue(), prompt(), prompt()
    queue.join(first, NOW)
    queue.join(second, NOW)
    assert queue.ready(second, NOW) == []
    assert queue.leave(first, NOW) == granted(second)


def test_line_that_left_is_ignored() -> None:
    queue, line = SpeechQueue(), prompt()
    queue.join(line, NOW)
    queue.leave(line, NOW)
    assert queue.ready(line, NOW) == []
    assert queue.leave(line, NOW) == []


@pytest.mark.parametrize(("late_by", "is_dropped"), [(-SECOND, False), (0 * SECOND, False), (SECOND, True)])
def test_line_is_dropped_after_its_instant(late_by: timedelta, is_dropped: bool) -> None:
    queue, speaking, line = SpeechQueue(), prompt(), prompt(until=NOW + 60 * SECOND)
    queue.join(speaking, NOW)
    queue.ready(speaking, NOW)
    queue.join(line, NOW)
    queue.ready(line, NOW)
    verdicts = queue.leave(speaking, NOW + 60 * SECOND + late_by)
    assert verdicts == ([Dropped(ticket=line, reason=DropReason.TOO_LATE)] if is_dropped else granted(line))


def test_dropped_late_line_grants_next() -> None:
    queue, late, line = SpeechQueue(), prompt(until=NOW), prompt()
    queue.join(late, NOW)
    queue.join(line, NOW)
    assert queue.ready(line, NOW + SECOND) == [
        Dropped(ticket=late, reason=DropReason.TOO_LATE),
        Granted(ticket=line),
    ]


@pytest.mark.parametrize(
    ("last", "dropped"),
    [(UtterancePriority.PROMPT, -1), (UtterancePriority.ROUTINE, -2), (UtterancePriority.SAFETY, -2)],
)
def test_full_queue_drops_last_line_of_lowest_priority(last: UtterancePriority, dropped: int) -> None:
    queue = SpeechQueue()
    tickets = [prompt() for _ in range(LONGEST_QUEUE)]
    for ticket in tickets:
        assert queue.join(ticket, NOW) == []
    tickets.append(Ticket(priority=last))
    reason = DropReason.CROWDED_OUT
    assert queue.join(tickets[-1], NOW) == [Dropped(ticket=tickets[dropped], reason=reason)]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["join", "ready", "leave"]),
        st.integers(0, 11),
        st.sampled_from(UtterancePriority),
        st.one_of(st.none(), st.integers(0, 20)),
        st.integers(0, 3),
    ),
    max_size=60,
)


@given(STEPS)
def test_arbitrary_calls_keep_order_and_grant_once(
    steps: list[tuple[str, int, UtterancePriority, int | None, int]],
) -> None:
    """One line at a time, each decided once; a granted line was the first of the highest waiting priority."""
    queue, now = SpeechQueue(), NOW
    waiting: dict[Ticket, bool] = {}
    known: list[Ticket] = []
    speaking: Ticket | None = None
    for call, which, priority, useful_for, seconds in steps:
        now += seconds * SECOND
        if call == "join":
            until = None if useful_for is None else now + useful_for * SECOND
            ticket = Ticket(priority=priority, until=until)
            known.append(ticket)
            waiting[ticket] = False
            verdicts = queue.join(ticket, now)
        elif not known:
            continue
        elif call == "ready":
            ticket = known[which % len(known)]
            if ticket in waiting:
                waiting[ticket] = True
            verdicts = queue.ready(ticket, now)
        else:
            ticket = known[which % len(known)]
            waiting.pop(ticket, None)
            speaking = None if ticket is speaking else speaking
            verdicts = queue.leave(ticket, now)
        for verdict in verdicts:
            match verdict:
                case Dropped(ticket=ticket, reason=DropReason.TOO_LATE):
                    assert ticket.until is not None
                    assert ticket.until < now
                    del waiting[ticket]
                case Dropped(ticket=ticket):
                    assert len(waiting) == LONGEST_QUEUE + 1
                    assert ticket.priority == min(other.priority for other in waiting)
                    del waiting[ticket]
                case Granted(ticket=ticket):
                    assert speaking is None
                    assert ticket is max(waiting, key=lambda other: other.priority)
                    assert waiting.pop(ticket)
                    speaking = ticket
        assert len(waiting) <= LONGEST_QUEUE
        # Nothing is kept of those that are out.
        assert queue._ready == {ticket for ticket, is_ready in waiting.items() if is_ready}
        # Nobody waits for nothing.
        if speaking is None and waiting:
            assert not waiting[max(waiting, key=lambda other: other.priority)]


@pytest.mark.parametrize(
    ("text", "sound", "seconds"),
    [
        ("a" * 28, b"", 2 + 1),
        ("a" * 28, b"no sound at all", 2 + 1),
        # an MP3 of 50 frames of 24 milliseconds
        ("a" * 28, (b"\xff\xf3\x84\xc4" + bytes(188)) * 50, 1.2 + 1),
        ("a" * 14 * 1000, b"", 120 + 1),
    ],
)
def test_time_to_say_line(text: str, sound: bytes, seconds: float) -> None:
    assert time_to_say(text, sound).total_seconds() == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("occupied", "order"),
    [
        ([], ""),
        ([None, None], "ab"),
        ([None, True], "ba"),
        ([True, None, True], "acb"),
        ([False, None, True], "cb"),
        ([False, None], "b"),
        ([False, False], ""),
        # the only room there is
        ([False], ""),
        ([None], "a"),
        ([True], "a"),
    ],
)
def test_speaking_order_of_rooms(occupied: Sequence[bool | None], order: str) -> None:
    rooms = [Room(channel=channel, occupied=known) for channel, known in zip("abc", occupied, strict=False)]
    assert speaking_order(rooms) == tuple(order)
