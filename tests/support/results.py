"""The lists at the end of a run, from the JUnit file of each layer: `python -m tests.support.results FOLDER`.

Prints the ten slowest tests, then the tests that failed: an automatic run often keeps only the end of its output.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
import sys
from xml.etree import ElementTree as ET

SHOWN = 10
REASON_LENGTH = 160


def slowest(results: Iterable[Path], shown: int = SHOWN) -> list[tuple[float, str]]:
    """Return the slowest tests, fixtures included, in seconds, from JUnit files."""
    took = ((float(case.get("time", 0)), _name(case)) for file in results for case in _read(file))
    return sorted(took, reverse=True)[:shown]


def failed(results: Iterable[Path]) -> list[tuple[str, str]]:
    """Return each failed test with the first line of its reason, from JUnit files."""
    return [
        (_name(case), _reason(outcome))
        for file in results
        for case in _read(file)
        for outcome in case
        if outcome.tag in {"failure", "error"}
    ]


def _read(file: Path) -> Iterator[ET.Element]:
    """Yield each test of a file; none from one cut off while it was written."""
    with suppress(ET.ParseError):
        yield from ET.parse(file).iter("testcase")  # noqa: S314 - written by pytest a moment ago


def _name(case: ET.Element) -> str:
    return f"{str(case.get('classname')).replace('.', '/')}.py::{case.get('name')}"


def _reason(outcome: ET.Element) -> str:
    return (outcome.get("message") or "").split("\n", 1)[0][:REASON_LENGTH]


def main() -> None:
    """Print both lists."""
    files = sorted(Path(sys.argv[1]).glob("*.xml"))
    found = slowest(files)
    if found:
        sys.stdout.write("The slowest tests, with what was set up for them:\n")
    for seconds, name in found:
        sys.stdout.write(f"{seconds:>8.1f} s  {name}\n")
    failures = failed(files)
    if failures:
        sys.stdout.write(f"\nFailed tests, {min(len(failures), SHOWN)} of {len(failures)}:\n")
    for name, reason in failures[:SHOWN]:
        sys.stdout.write(f"  {name}\n      {reason}\n")


if __name__ == "__main__":
    main()
