from datetime import date

import pytest

from custom_components.home_gym.gym.runs.activity import Surface
from custom_components.home_gym.gym.shoes.shoe import Insoles, Shoe, Wear, wear_of, worn_on
from tests.support.unit.make import NOON, shoe


def wear(pair: Shoe, distance: float) -> Wear:
    """Return the wear of a pair today."""
    return wear_of(pair, distance=distance, last_used=NOON)


def test_pair_wears_out_between_300_and_500_miles() -> None:
    assert round(shoe("a").warn_at) == 482_803  # 483 km
    assert round(shoe("a").replace_at) == 804_672  # 805 km


@pytest.mark.parametrize(
    ("distance", "total", "remaining", "share", "warning", "due"),
    [
        (0, 100_000, 700_000, 12.5, False, False),
        (399_999, 499_999, 300_001, 62.499875, False, False),
        (400_000, 500_000, 300_000, 62.5, True, False),
        (699_999, 799_999, 1, 99.999875, True, False),
        (700_000, 800_000, 0, 100, True, True),
        (900_000, 1_000_000, 0, 125, True, True),
    ],
)
def test_wear_includes_initial_distance(
    *, distance: float, total: float, remaining: float, share: float, warning: bool, due: bool
) -> None:
    worn = wear(shoe("a", initial_distance=100_000, warn_at=500_000, replace_at=800_000), distance)
    assert (worn.distance, worn.remaining) == (total, remaining)
    assert worn.share == pytest.approx(share)
    assert (worn.warning, worn.replacement_due, worn.last_used) == (warning, due, NOON)


def test_pair_is_in_use_and_retired_on_last_day() -> None:
    pair = shoe("a", "2026-01-01", retired=date(2026, 3, 2))
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)]
    assert [pair.in_use_on(day) for day in days] == [True, True, False]
    assert [pair.is_retired_on(day) for day in days] == [False, True, True]
    assert not shoe("a", "2026-01-01").is_retired_on(date(2026, 3, 2))


OLD, NEW, GONE = shoe("old"), shoe("new", "2026-02-01"), shoe("gone", "2025-01-01", retired=date(2026, 1, 31))


@pytest.mark.parametrize(
    ("day", "chosen", "expected"),
    [
        ("2026-03-01", None, "new"),
        ("2026-02-01", None, "new"),
        ("2026-01-31", None, "old"),
        ("2026-03-01", "old", "old"),
        ("2026-01-31", "new", "old"),  # not in use yet
        ("2026-01-31", "gone", "gone"),
        ("2026-02-01", "gone", "new"),  # retired the day before
        ("2024-12-31", None, None),
        ("2024-12-31", "old", None),
        ("2026-03-01", "thrown away", None),
    ],
)
def test_pair_of_run(day: str, chosen: str | None, expected: str | None) -> None:
    assert worn_on(date.fromisoformat(day), (OLD, NEW, GONE), chosen) == expected


SURFACES = (
    shoe("road", "2026-01-01", surfaces=frozenset({Surface.ROAD})),
    shoe("trail", "2026-01-02", surfaces=frozenset({Surface.TRAIL, Surface.TREADMILL})),
    shoe("new", "2026-01-03"),
)


@pytest.mark.parametrize(
    ("surface", "chosen", "is_explicit", "worn"),
    [
        (Surface.ROAD, None, False, "road"),
        (Surface.TRAIL, None, False, "trail"),
        (Surface.TREADMILL, "road", False, "trail"),
        (Surface.TREADMILL, "road", True, "road"),
        (Surface.TRACK, "road", False, "road"),
        (Surface.TRACK, None, False, "new"),
        (None, None, False, "new"),
        (None, "trail", False, "trail"),
        (Surface.ROAD, "retired long ago", True, None),
    ],
)
def test_pair_of_surface(surface: Surface | None, chosen: str | None, is_explicit: bool, worn: str | None) -> None:
    assert worn_on(date(2026, 3, 2), SURFACES, chosen, is_explicit=is_explicit, surface=surface) == worn


def test_choice_is_not_explicit_by_default() -> None:
    assert worn_on(date(2026, 3, 2), SURFACES, "road", surface=Surface.TRAIL) == "trail"


def test_cost_per_kilometre() -> None:
    def cost(distance: float, price: float | None) -> float | None:
        pair = shoe("a", price=price)
        return wear_of(pair, distance=distance, last_used=None).cost_per_metre

    # 150 for 300 km are 0.50 a kilometre.
    assert cost(300_000, 150) == pytest.approx(0.5 / 1000)
    assert cost(0, 150) is None
    assert cost(300_000, None) is None


@pytest.mark.parametrize(("distance", "due"), [(199_999, False), (200_000, True)])
def test_insoles_wear_out_before_pair(distance: float, due: bool) -> None:
    pair = shoe("a", insoles=Insoles(first_used=date(2026, 2, 1), replace_at=200_000))
    wear = wear_of(pair, distance=400_000, insole_distance=distance, last_used=None)
    assert wear.insoles_due is due
    assert not wear.replacement_due
