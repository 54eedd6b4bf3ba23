"""Figures of treadmill sessions that only tests need."""

from custom_components.home_gym.gym.treadmill.session import BeltSession, BeltState


def walking_time(session: BeltSession) -> float:
    """Return the seconds of walking."""
    return sum(phase.duration for phase in session.phases if phase.state is BeltState.WALKING)
