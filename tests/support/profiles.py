"""Hypothesis profiles: `quick` for every run, `full` for the nightly one (`pytest --hypothesis-profile=full`).

Both try the same cases every time, so that a failure is due to the change; EXPLORE=1 draws new ones.
"""

from math import ceil
import os

from hypothesis import HealthCheck, settings

QUICK, FULL = "quick", "full"
# Hypothesis' default number, the base of the numbers in tests.
FULL_EXAMPLES = 100
QUICK_EXAMPLES = 25
# No property is tried with fewer because of its profile.
LEAST = 20


def register() -> None:
    """Register both profiles and load the quick one; pytest's own option may choose the other afterwards."""
    for name, number in ((QUICK, QUICK_EXAMPLES), (FULL, FULL_EXAMPLES)):
        settings.register_profile(
            name,
            max_examples=number,
            derandomize=not os.environ.get("EXPLORE"),
            # the time of one example depends on the machine
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        )
    settings.load_profile(QUICK)


def examples(number: int) -> settings:
    """Return settings for so many examples in the full run, and for the profile's share of them otherwise."""
    profile = settings.get_profile(settings.get_current_profile_name())
    share = ceil(number * profile.max_examples / FULL_EXAMPLES)
    return settings(profile, max_examples=max(share, min(number, LEAST)))
