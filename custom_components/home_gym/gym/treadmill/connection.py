"""When to hold a treadmill's only Bluetooth connection, and when to leave it to a phone.

Most treadmills serve one client. While the belt turns, we are that client; when it stands still we let go, and come
back only for a reason: a rest is over and the treadmill advertises again.
"""

from datetime import datetime, timedelta
from enum import StrEnum

# How long the belt may stand still, or nothing come, before others get their turn.
LET_GO_AFTER = timedelta(seconds=60)
# The rest after a connection that nobody ran on, or that failed; each further one takes twice as long.
FIRST_REST = timedelta(seconds=60)
LONGEST_REST = timedelta(minutes=10)
# The first rest when the connection was lost while the belt turned and the first try to have it back failed.
REST_WITHIN_RUN = timedelta(seconds=5)


class State(StrEnum):
    """What the connection is up to."""

    LISTENING = "listening"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RESTING = "resting"


class ConnectionPolicy:
    """Decides when to connect and when to let go; it is told what happened, and says until when to wait."""

    def __init__(self) -> None:
        """Begin by listening for the treadmill."""
        self.state = State.LISTENING
        self.deadline: datetime | None = None
        self._rest = FIRST_REST
        self._has_moved = False

    def advertised(self) -> bool:
        """Tell whether to connect, now that the treadmill advertised."""
        if self.state is not State.LISTENING:
            return False
        self.state = State.CONNECTING
        return True

    def connected(self, now: datetime) -> None:
        """Note that data can come."""
        self.state = State.CONNECTED
        self.deadline = now + LET_GO_AFTER
        self._has_moved = False

    def moved(self, now: datetime) -> None:
        """Note that the belt turns."""
        self.deadline = now + LET_GO_AFTER
        self._has_moved = True
        self._rest = REST_WITHIN_RUN

    def failed(self, now: datetime) -> None:
        """Note that no connection came about."""
        self._rest_from(now)

    def lost(self, now: datetime) -> None:
        """Note that the connection broke: in a run it is wanted back at once."""
        if self._has_moved:
            self._listen()
        else:
            self._rest_from(now)

    def noticed(self) -> None:
        """Note a reason to connect, so that no rest is waited out."""
        self._rest = FIRST_REST
        if self.state is State.RESTING:
            self._listen()

    def tick(self, now: datetime) -> None:
        """Note the time: the deadline may have come."""
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
