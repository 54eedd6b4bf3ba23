"""Who may speak next where one line must not be spoken over another, and how long a line takes.

One queue stands for one output, whoever speaks there. It is told what happens, and answers what follows from it.
"""

from bisect import insort
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from .sound import length_of

# A line that has so many before it would be heard when nobody expects it any more.
LONGEST_QUEUE = 8
# An unhurried voice; fetching the sound and beginning to play it take about as long as the pause.
CHARACTERS_A_SECOND = 14
PAUSE = timedelta(seconds=1)
# Nothing that is said takes longer, whatever a sound pretends.
LONGEST_LINE = timedelta(minutes=2)


class UtterancePriority(IntEnum):
    """What goes first where several lines wait."""

    PROMPT = 1
    ROUTINE = 2
    SAFETY = 3


class DropReason(StrEnum):
    """Why a line is not spoken."""

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
    """This line is out of the queue without having had its turn."""

    ticket: Ticket
    reason: DropReason


type QueueDecision = Granted | Dropped


class SpeechQueue:
    """Lines in the order in which they are spoken: the more important first, equal ones as they came."""

    def __init__(self) -> None:
        """Begin with nothing to say."""
        self._waiting: list[Ticket] = []
        self._ready: set[Ticket] = set()
        self._speaking: Ticket | None = None

    def join(self, ticket: Ticket, now: datetime) -> list[QueueDecision]:
        """Take a place for a line that may not be ready to be spoken; nothing of lesser importance passes it.

        Where too many wait, the last of the least important is dropped, which may be this one.
        """
        insort(self._waiting, ticket, key=lambda waiting: -waiting.priority)
        verdicts = self._proceed(now)
        if len(self._waiting) > LONGEST_QUEUE:
            verdicts.append(self._drop(self._waiting[-1], DropReason.CROWDED_OUT))
        return verdicts

    def ready(self, ticket: Ticket, now: datetime) -> list[QueueDecision]:
        """Note that a line could be spoken now."""
        if ticket in self._waiting:
            self._ready.add(ticket)
        return self._proceed(now)

    def leave(self, ticket: Ticket, now: datetime) -> list[QueueDecision]:
        """Take a line out: it was spoken, or is not wanted any more."""
        if ticket is self._speaking:
            self._speaking = None
        elif ticket in self._waiting:
            self._remove(ticket)
        return self._proceed(now)

    def _proceed(self, now: datetime) -> list[QueueDecision]:
        late = [ticket for ticket in self._waiting if ticket.until is not None and ticket.until < now]
        verdicts: list[QueueDecision] = [self._drop(ticket, DropReason.TOO_LATE) for ticket in late]
        if self._speaking is None and self._waiting and self._waiting[0] in self._ready:
            self._speaking = self._waiting[0]
            self._remove(self._speaking)
            verdicts.append(Granted(ticket=self._speaking))
        return verdicts

    def _drop(self, ticket: Ticket, reason: DropReason) -> Dropped:
        self._remove(ticket)
        return Dropped(ticket=ticket, reason=reason)

    def _remove(self, ticket: Ticket) -> None:
        self._waiting.remove(ticket)
        self._ready.discard(ticket)


def time_to_say(text: str, sound: bytes = b"") -> timedelta:
    """Return how long a line keeps its output busy: by its sound where that tells, else by its letters."""
    seconds = length_of(sound)
    if seconds is None:
        seconds = len(text) / CHARACTERS_A_SECOND
    return min(timedelta(seconds=seconds), LONGEST_LINE) + PAUSE
