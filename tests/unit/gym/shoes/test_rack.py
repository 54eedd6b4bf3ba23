from datetime import datetime, timedelta

from custom_components.home_gym.gym.runs.run import Run
from custom_components.home_gym.gym.shoes.rack import Rack
from custom_components.home_gym.gym.shoes.shoe import Insoles
from tests.support.unit.make import BERLIN, NOON, run, shoe

A_DAY = timedelta(days=1)
TODAY = BERLIN.day_of(NOON)


def test_pairs_count_own_runs() -> None:
    rack = Rack((shoe("a", initial_distance=1000), shoe("b")))
    first, second, third = run(NOON - 2 * A_DAY, km=5.001), run(NOON - A_DAY, km=7), run(NOON, km=11)
    rack.add(third, "b")
    rack.add(second, "a")
    rack.add(first, "a")
    assert [rack.shoe_of(each) for each in (first, second, third)] == ["a", "a", "b"]
    assert {pair: wear.distance for pair, wear in rack.wear(TODAY).items()} == {"a": 13_001, "b": 11_000}
    assert rack.wear(TODAY)["a"].last_used == NOON - A_DAY
    rack.remove(second)
    assert rack.shoe_of(second) is None
    assert rack.wear(TODAY)["a"].distance == 6001
    assert rack.wear(TODAY)["a"].last_used == NOON - 2 * A_DAY


def test_run_without_pair() -> None:
    rack = Rack((shoe("a"),))
    rack.add(run(), None)
    rack.remove(run())
    assert rack.wear(TODAY)["a"].distance == 0
    assert rack.wear(TODAY)["a"].last_used is None


def test_runs_of_day_are_ordered_by_start() -> None:
    rack = Rack((shoe("a"),))
    hours = [NOON + timedelta(hours=hours) for hours in (5, 1, 3, 0, 7, 8, 2, 6, 9, 4)]
    for number, start in enumerate(hours, 1):
        rack.add(run(start), "a")
        assert rack.wear(TODAY)["a"].last_used == max(hours[:number])


def test_insoles_count_from_first_use() -> None:
    lately = Insoles(first_used=TODAY - A_DAY, replace_at=12_000)
    rack = Rack((shoe("a", insoles=lately), shoe("b")))
    rack.add(run(NOON - 2 * A_DAY, km=20), "a")
    rack.add(run(NOON - A_DAY, km=5), "a")
    assert rack.wear(TODAY)["a"].insoles_due is False
    assert rack.wear(TODAY)["b"].insoles_due is None
    rack.add(run(NOON, km=7), "a")
    assert rack.wear(TODAY)["a"].insoles_due is True


def turn(rack: Rack) -> str | None:
    """Return the pair to wear next today."""
    return rack.least_recently_worn(TODAY, rack.wear(TODAY))


def test_least_recently_worn_pair() -> None:
    worn_out = shoe("worn out", replace_at=1000, initial_distance=1000)
    retired = shoe("retired", retired=TODAY - A_DAY)
    rack = Rack((shoe("a"), shoe("b"), worn_out, retired))
    assert turn(rack) == "a"
    rack.add(run(NOON - 2 * A_DAY), "a")
    assert turn(rack) == "b"
    rack.add(run(NOON - A_DAY), "b")
    assert turn(rack) == "a"
    assert turn(Rack((shoe("a"), worn_out))) is None


def test_pair_near_limit_is_not_recommended() -> None:
    near = shoe("near", warn_at=1000, initial_distance=1000)
    rack = Rack((near, shoe("fresh")))
    rack.add(run(NOON - A_DAY), "fresh")
    assert turn(rack) == "fresh"
    assert turn(Rack((near, shoe("nearer", warn_at=1000, initial_distance=2000)))) is None


def learned_at_end(run: Run) -> datetime:
    """Return the end of a run as its time of arrival."""
    return run.end


def test_run_that_wore_pair_out() -> None:
    """10 km in all: 2 km before the first run, then 4 and 4."""
    pair = shoe("a", initial_distance=2000, replace_at=10_000)
    rack = Rack((pair,))
    first, second, third = (run(NOON - days * A_DAY, km=km) for days, km in ((3, 4), (2, 3.999), (1, 0.001)))
    assert rack.worn_out_by(pair, learned_at_end) is None
    for each in (first, second):
        rack.add(each, "a")
        assert rack.worn_out_by(pair, learned_at_end) is None
    rack.add(third, "a")
    assert rack.worn_out_by(pair, learned_at_end) == third
    # a later run changes nothing, an earlier one does
    rack.add(run(NOON, km=5), "a")
    assert rack.worn_out_by(pair, learned_at_end) == third
    rack.add(run(NOON - 4 * A_DAY, km=1), "a")
    assert rack.worn_out_by(pair, learned_at_end) == second


def test_removed_run_wore_nothing_out() -> None:
    pair = shoe("a", replace_at=10_000)
    rack = Rack((pair, shoe("b")))
    first, second, third = (run(NOON - days * A_DAY, km=6) for days in (3, 2, 1))
    for each in (first, second):
        rack.add(each, "a")
    assert rack.worn_out_by(pair, learned_at_end) == second
    rack.add(third, "b")
    rack.remove(third)
    assert rack.worn_out_by(pair, learned_at_end) == second
    rack.remove(second)
    assert rack.worn_out_by(pair, learned_at_end) is None
    rack.add(third, "a")
    assert rack.worn_out_by(pair, learned_at_end) == third
    rack.remove(first)
    assert rack.worn_out_by(pair, learned_at_end) is None


def test_pair_worn_out_before_first_run_has_none() -> None:
    # a millimetre before its limit, and at it
    for initial_distance, expected in ((9999.999, run(km=1)), (10_000, None)):
        pair = shoe("a", initial_distance=initial_distance, replace_at=10_000)
        rack = Rack((pair,))
        rack.add(run(km=1), "a")
        assert rack.worn_out_by(pair, learned_at_end) == expected
