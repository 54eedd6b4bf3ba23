from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.treadmill.connection import LET_GO_AFTER, LONGEST_REST, ConnectionPolicy, State

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Story:
    """A policy with its clock."""

    def __init__(self) -> None:
        """Begin now."""
        self.now = NOW
        self.policy = ConnectionPolicy()

    def connect(self) -> None:
        """Advertise and connect."""
        assert self.policy.advertised()
        self.policy.connected(self.now)

    def run(self, seconds: int) -> None:
        """Move the belt for some seconds."""
        for _ in range(seconds):
            self.now += SECOND
            self.policy.moved(self.now)
            self.policy.tick(self.now)

    def fail(self) -> None:
        """Advertise and fail to connect."""
        assert self.policy.advertised()
        self.policy.failed(self.now)

    def wait(self) -> int:
        """Wait for the deadline, and return the seconds waited."""
        assert self.policy.deadline is not None
        waited = self.policy.deadline - self.now
        before = self.policy.state
        self.policy.tick(self.policy.deadline - SECOND)
        assert self.policy.state is before
        self.now = self.policy.deadline
        self.policy.tick(self.now)
        assert self.policy.state is not before
        return int(waited.total_seconds())


def test_advertisement_connects_once() -> None:
    policy = ConnectionPolicy()
    assert policy.advertised()
    assert not policy.advertised()
    policy.connected(NOW)
    assert not policy.advertised()


def test_still_belt_is_disconnected_after_a_minute() -> None:
    story = Story()
    story.connect()
    story.run(1800)
    assert not story.policy.advertised()
    assert story.wait() == 60
    assert story.policy.state is State.RESTING
    assert not story.policy.advertised()
    assert story.wait() == 60
    assert story.policy.advertised()


def test_each_connection_without_run_doubles_rest() -> None:
    story = Story()
    rests = []
    for _ in range(6):
        story.connect()
        assert story.wait() == 60
        rests.append(story.wait())
    assert rests == [60, 120, 240, 480, 600, 600]
    story.connect()
    story.run(10)
    story.wait()
    assert story.wait() == 60


def test_each_failed_connection_doubles_rest() -> None:
    story = Story()
    rests = []
    for _ in range(6):
        story.fail()
        rests.append(story.wait())
    assert rests == [60, 120, 240, 480, 600, 600]


def test_connection_lost_during_run_is_restored_at_once() -> None:
    story = Story()
    story.connect()
    story.run(10)
    story.policy.lost(story.now)
    assert story.policy.state is State.LISTENING
    assert story.policy.deadline is None
    rests = []
    for _ in range(9):
        story.fail()
        rests.append(story.wait())
    assert rests == [5, 10, 20, 40, 80, 160, 320, 600, 600]


def test_connection_lost_before_run_is_not_restored_at_once() -> None:
    story = Story()
    story.connect()
    story.policy.lost(story.now)
    assert story.wait() == 60
    story.connect()
    story.run(1)
    story.policy.lost(story.now)
    story.connect()
    story.policy.lost(story.now)
    assert story.wait() == 5


def test_still_belt_after_lost_connection_gets_usual_rest() -> None:
    story = Story()
    story.connect()
    story.run(1)
    story.policy.lost(story.now)
    story.connect()
    assert story.wait() == 60
    assert story.wait() == 60


def test_reason_to_connect_ends_rest_and_shortens_next() -> None:
    story = Story()
    for _ in range(4):
        story.fail()
        story.wait()
    story.fail()
    story.policy.noticed()
    assert story.policy.deadline is None
    story.fail()
    assert story.wait() == 60


@pytest.mark.parametrize("before", [State.LISTENING, State.CONNECTING, State.CONNECTED])
def test_reason_to_connect_changes_only_rests(before: State) -> None:
    policy = ConnectionPolicy()
    if before is not State.LISTENING:
        policy.advertised()
    if before is State.CONNECTED:
        policy.connected(NOW)
    deadline = policy.deadline
    policy.noticed()
    assert (policy.state, policy.deadline) == (before, deadline)


def _connect(policy: ConnectionPolicy, now: datetime) -> None:
    if policy.advertised():
        policy.connected(now)


def _fail(policy: ConnectionPolicy, now: datetime) -> None:
    if policy.advertised():
        policy.failed(now)


def _move(policy: ConnectionPolicy, now: datetime) -> None:
    if policy.state is State.CONNECTED:
        policy.moved(now)


def _lose(policy: ConnectionPolicy, now: datetime) -> None:
    if policy.state is State.CONNECTED:
        policy.lost(now)


def _notice(policy: ConnectionPolicy, _now: datetime) -> None:
    policy.noticed()


EVENTS = st.sampled_from([_connect, _fail, _move, _lose, _notice, ConnectionPolicy.tick])


@given(st.lists(st.tuples(EVENTS, st.integers(0, 900)), max_size=40))
def test_connections_and_rests_never_exceed_their_limits(
    story: list[tuple[Callable[[ConnectionPolicy, datetime], None], int]],
) -> None:
    policy, now = ConnectionPolicy(), NOW
    for event, seconds in story:
        now += timedelta(seconds=seconds)
        policy.tick(now)
        event(policy, now)
        longest = {State.CONNECTED: LET_GO_AFTER, State.RESTING: LONGEST_REST}.get(policy.state)
        if longest is None:
            assert policy.deadline is None
        else:
            assert policy.deadline is not None
            assert now < policy.deadline <= now + longest
