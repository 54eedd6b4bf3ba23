"""Policy for a treadmill's only Bluetooth connection, which a phone may want as well.

Most treadmills serve one client. While the belt turns, Home Gym is that client; when it stands still, it disconnects,
and connects again only for a reason: a rest is over and the treadmill advertises again.
"""

from datetime import datetime, timedelta
from enum import StrEnum

# Longest standstill, or silence, before disconnecting to let other clients in.
LET_GO_AFTER = timedelta(seconds=60)
# The rest after a connection without a run, or a failed one; each further one takes twice as long.
FIRST_REST = timedelta(seconds=60)
LONGEST_REST = timedelta(minutes=10)
# The first rest after a connection was lost while the belt turned and the first attempt to reconnect failed.
REST_WITHIN_RUN = timedelta(seconds=5)


class State(StrEnum):
    """State of the connection."""

    LISTENING = "listening"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RESTING = "resting"


class ConnectionPolicy:
    """Policy of connecting and disconnecting, driven by reported events.

    `deadline` is the time of the next tick.
    """

    def __init__(self) -> None:
        """Begin by listening for the treadmill."""
        self.state = State.LISTENING
        self.deadline: datetime | None = None
        self._rest = FIRST_REST
        self._has_moved = False

    def advertised(self) -> bool:
        """Handle an advertisement; returns whether to connect."""
        if self.state is not State.LISTENING:
            return False
        self.state = State.CONNECTING
        return True

    def connected(self, now: datetime) -> None:
        """Handle an established connection."""
        self.state = State.CONNECTED
        self.deadline = now + LET_GO_AFTER
        self._has_moved = False

    def moved(self, now: datetime) -> None:
        """Handle data of a turning belt."""
        self.deadline = now + LET_GO_AFTER
        self._has_moved = True
        self._rest = REST_WITHIN_RUN

    def failed(self, now: datetime) -> None:
        """Handle a failed attempt to connect."""
        self._rest_from(now)

    def lost(self, now: datetime) -> None:
        """Handle a broken connection; during a run it is to be restored at once."""
        if self._has_moved:
            self._listen()
        else:
            self._rest_from(now)

    def noticed(self) -> None:
        """Handle a reason to connect, which ends any rest."""
        self._rest = FIRST_REST
        if self.state is State.RESTING:
            self._listen()

    def tick(self, now: datetime) -> None:
        """Handle the passing of time, and with it of the deadline."""
        if self.deadline is None or now < self.deadline:
            return
        if self.state is State.RESTING:
            self._listen()
            return
        self._rest = FIRST_REST if self._has_moved else max(self._rest, FIRST_REST)
        self._rest_from(now)

    def _listen(self) -> None:
        self.state = State.LISTENING
        self.deadline = None

    def _rest_from(self, now: datetime) -> None:
        self.state = State.RESTING
        self.deadline = now + self._rest
        self._rest = min(2 * self._rest, LONGEST_REST)
