"""Mutmut on a random sample of all mutants: `python sampled.py SIZE SEED run …` in the environment of mutmut.

Mutmut takes names of mutants, but then tests the untouched code with the tests of those mutants alone. The sample is
drawn where mutmut lists the mutants to try, so everything before it stays as in a whole run.
"""

from collections.abc import Sequence
from random import Random
import sys
from typing import Any

from mutmut import __main__ as mutmut

size, seed = int(sys.argv[1]), int(sys.argv[2])
collect = mutmut.collect_source_file_mutation_data


def collect_sample(*, mutant_names: Sequence[str]) -> tuple[list[Any], Any]:
    """Return the sample of the mutants, and the data of all files."""
    mutants, data = collect(mutant_names=mutant_names)
    return Random(seed).sample(mutants, min(size, len(mutants))), data


mutmut.collect_source_file_mutation_data = collect_sample
sys.argv = [sys.argv[0], *sys.argv[3:]]
mutmut.cli()
