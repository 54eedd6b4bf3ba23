"""Hints about a pair's professional fitting."""

from datetime import date
from typing import Any

import pytest

from custom_components.home_gym.gym.shoes.fitting import FittingHint, fitting_hints
from custom_components.home_gym.gym.shoes.shoe import Arch

from ....support.unit.make import shoe

FITTED = date(2024, 3, 2)


@pytest.mark.parametrize(
    ("pair", "today", "expected"),
    [
        # new for 60 days: from 1 January to 1 March, the 59 days of January and February later
        ({}, "2026-01-01", {FittingHint.FITTING_MISSING}),
        ({}, "2026-03-01", {FittingHint.FITTING_MISSING}),
        ({}, "2026-03-02", set()),
        ({}, "2025-12-31", set()),
        ({"fitted": date(2025, 12, 31)}, "2026-01-02", set()),
        ({"retired": date(2026, 1, 2)}, "2026-01-03", set()),
        # 730 days after 2 March 2024 is 2 March 2026, for the leap day was before it
        ({"fitted": FITTED}, "2026-03-02", set()),
        ({"fitted": FITTED}, "2026-03-03", {FittingHint.FITTING_OLD}),
        ({"arch": Arch.NORMAL}, "2026-04-01", set()),
        ({"arch": Arch.FLAT}, "2026-04-01", {FittingHint.ARCH_SUPPORT}),
        ({"arch": Arch.HIGH}, "2026-04-01", {FittingHint.ARCH_SUPPORT}),
        ({"arch": Arch.HIGH, "orthotics": True}, "2026-04-01", set()),
        ({"arch": Arch.HIGH, "fitted": FITTED}, "2026-04-01", {FittingHint.ARCH_SUPPORT, FittingHint.FITTING_OLD}),
        ({"arch": Arch.HIGH, "hints_read": frozenset({"arch_support"})}, "2026-04-01", set()),
        ({"hints_read": frozenset({"arch_support"})}, "2026-03-01", {FittingHint.FITTING_MISSING}),
    ],
)
def test_fitting_hints(pair: dict[str, Any], today: str, expected: set[FittingHint]) -> None:
    assert set(fitting_hints(shoe("new", **pair), date.fromisoformat(today))) == expected
