"""Results of mutmut, as stored beside the mutated modules."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
import json
from pathlib import Path
from textwrap import dedent

from tests.mutation import tree

# Exit codes of pytest and of the system, as mutmut notes them.
SURVIVED, NO_TESTS = 0, (5, 33)
TIMED_OUT = (-24, 24, 36, 152, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A mutant and the tests' exit code; None for an untried one."""

    name: str
    module: str
    file: Path
    exit_code: int | None

    @property
    def was_tried(self) -> bool:
        """Whether the mutant was tried, even without a test that reaches it."""
        return self.exit_code is not None

    @property
    def was_noticed(self) -> bool:
        """Whether a test failed, or never ended."""
        return self.exit_code not in (None, SURVIVED, *NO_TESTS)

    @property
    def verdict(self) -> str:
        """The tests' verdict, in a word."""
        if self.exit_code in TIMED_OUT:
            return "timed out"
        if self.exit_code in NO_TESTS:
            return "no test"
        return "noticed" if self.was_noticed else "survived"

    @property
    def function(self) -> str:
        """The function, behind its class if it has one."""
        mangled = self._mangled.partition("__mutmut_")[0]
        return ".".join(part for part in mangled.removeprefix("x_").split("ǁ") if part != "x")

    @property
    def number(self) -> int:
        """The mutant's number within its function."""
        return int(self.name.rpartition("_")[2])

    def change(self) -> str:
        """Return the lines that differ from the original."""
        before, after = (self._source(name) for name in (self._original, self._mangled))
        differing = [row for row in unified_diff(before, after, n=0, lineterm="") if row[0] in "+-"]
        return "\n".join(f"    {row}" for row in differing if not row.startswith(("+++", "---")))

    @property
    def _mangled(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def _original(self) -> str:
        return f"{self._mangled.partition('__mutmut_')[0]}__mutmut_orig"

    def _source(self, function: str) -> list[str]:
        spans = json.loads(Path(f"{self.file}.spans").read_text())["spans"]
        first, last = spans[function]
        lines = self.file.read_text().splitlines()[first - 1 : last]
        # under the same name, so that only the mutation differs
        return dedent("\n".join(lines)).replace(function, self.function).splitlines()


def results(folder: Path) -> Iterator[Result]:
    """Return the results of all mutants below a folder, module by module."""
    mutants = folder / "mutants"
    for meta in sorted((mutants / tree.PACKAGE).rglob("*.py.meta")):
        file = meta.with_suffix("")
        module = str(file.relative_to(mutants / tree.PACKAGE))
        for name, exit_code in json.loads(meta.read_text())["exit_code_by_key"].items():
            yield Result(name=name, module=module, file=file, exit_code=exit_code)
