"""A runner of the domain."""

from typing import Any

from custom_components.home_gym.gym import Runner
from custom_components.home_gym.gym.journal.journal import Journal
from tests.support.unit.make import settings


def runner(**rest: Any) -> Runner:
    """Return a runner with an empty journal."""
    return Runner(settings(**rest), Journal())
