"""A slice of the fuzz in every run; `scripts/fuzz` tries as many inputs as it is asked for."""

import pytest

from tests.fuzz import originals
from tests.fuzz.inputs import BUILT, COLLECTED, RECORDING, TARGETS, Input, check, input_of
from tests.fuzz.judge import failures
from tests.fuzz.kept import KEPT

QUICK, FULL = 5000, 100_000


@pytest.mark.parametrize("number", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_mutants_of_built_inputs_stay_within_bounds(number: int) -> None:
    assert failures(BUILT, range(number)) == []


@pytest.mark.parametrize("number", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_mutants_of_collected_recordings_stay_within_bounds(number: int) -> None:
    if not originals.collected():
        pytest.skip("no collection of recordings")
    assert failures(COLLECTED, range(number)) == []


@pytest.mark.parametrize(("origin", "seed", "reason"), KEPT)
def test_inputs_that_failed_once_stay_within_bounds(origin: str, seed: int, reason: str) -> None:
    assert failures(origin, [seed]) == [], reason


def test_seed_gives_same_input() -> None:
    inputs = [input_of(BUILT, seed) for seed in range(200)]
    assert inputs == [input_of(BUILT, seed) for seed in range(200)]
    assert {given.target for given in inputs} == TARGETS.keys()


def test_untyped_error_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Input) -> None:
        raise KeyError("odd")

    monkeypatch.setitem(TARGETS, RECORDING, fail)
    first = next(seed for seed in range(100) if input_of(BUILT, seed).target == RECORDING)
    with pytest.raises(KeyError):
        check(input_of(BUILT, first))
    [failure] = failures(BUILT, [first])
    assert "KeyError: 'odd'" in failure.reason


def test_memory_beyond_bound_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TARGETS, RECORDING, lambda _: bytearray(b"x" * (80 << 20)))
    first = next(seed for seed in range(100) if input_of(BUILT, seed).target == RECORDING)
    [failure] = failures(BUILT, [first])
    assert failure.reason.startswith("took ")
