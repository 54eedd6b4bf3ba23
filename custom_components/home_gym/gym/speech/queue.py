"""Queue of the lines of one output: order of turns, and duration of a line.

One queue stands for one output, shared by all its callers. Its methods take events, and return the decisions that
follow from them.
"""

from bisect import insort
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from .sound import length_of

# A line behind so many others would come too late to be of use.
LONGEST_QUEUE = 8
# An unhurried voice; fetching the sound and starting to play it take about as long as the pause.
CHARACTERS_A_SECOND = 14
PAUSE = timedelta(seconds=1)
# Upper bound, whatever length a sound claims.
LONGEST_LINE = timedelta(minutes=2)


class UtterancePriority(IntEnum):
    """Priority among waiting lines."""

    PROMPT = 1
    ROUTINE = 2
    SAFETY = 3


class DropReason(StrEnum):
    """Reasons for not speaking a line."""

    TOO_LATE = "too_late"
    CROWDED_OUT = "crowded_out"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ticket:
    """A line's place in a queue; it is no use after `until`."""

    priority: UtterancePriority
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """It is this line's turn, until it leaves."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """This line was removed before its turn."""

    ticket: Ticket
    reason: DropReason


type QueueDecision = Granted | Dropped


class SpeechQueue:
    """Lines in their order of speaking: by priority, then by arrival."""

    def __init__(self) -> None:
        """Begin empty."""
        self._waiting: list[Ticket] = []
        self._ready: set[Ticket] = set()
        self._speaking: Ticket | None = None

    def join(self, ticket: Ticket, now: datetime) -> list[QueueDecision]:
        """Add a line, ready to be spoken or not; no line of lower priority passes it.

        In a full queue the last line of the lowest priority is dropped, which may be this one.
        """
        insort(self._waiting, ticket, key=lambda waiting: -waiting.priority)
        decisions = self._proceed(now)
        if len(self._waiting) > LONGEST_QUEUE:
            decisions.append(self._drop(self._waiting[-1], DropReason.CROWDED_OUT))
        return decisions

    def ready(self, ticket: Ticket, now: datetime) -> list[QueueDecision]:
        """Note that a line is ready to be spoken."""
        if ticket in self._waiting:
            self._ready.add(ticket)
        return self._proceed(now)

    def leave(self, ticket: Ticket, now: datetime) -> list[QueueDecision]:
        """Remove a line that was spoken or cancelled."""
        if ticket is self._speaking:
            self._speaking = None
        elif ticket in self._waiting:
            self._remove(ticket)
        return self._proceed(now)

    def _proceed(self, now: datetime) -> list[QueueDecision]:
        late = [ticket for ticket in self._waiting if ticket.until is not None and ticket.until < now]
        decisions: list[QueueDecision] = [self._drop(ticket, DropReason.TOO_LATE) for ticket in late]
        if self._speaking is None and self._waiting and self._waiting[0] in self._ready:
            self._speaking = self._waiting[0]
            self._remove(self._speaking)
            decisions.append(Granted(ticket=self._speaking))
        return decisions

    def _drop(self, ticket: Ticket, reason: DropReason) -> Dropped:
        self._remove(ticket)
        return Dropped(ticket=ticket, reason=reason)

    def _remove(self, ticket: Ticket) -> None:
        self._waiting.remove(ticket)
        self._ready.discard(ticket)


def time_to_say(text: str, sound: bytes = b"") -> timedelta:
    """Return the time for which a line occupies its output, by its sound if readable, else by its letters."""
    seconds = length_of(sound)
    if seconds is None:
        seconds = len(text) / CHARACTERS_A_SECOND
    return min(timedelta(seconds=seconds), LONGEST_LINE) + PAUSE
