"""The ten slowest tests of a run, from each layer's results: `python -m tests.support.slowest FOLDER`."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
import sys
from xml.etree import ElementTree as ET

SHOWN = 10


def slowest(results: Iterable[Path], shown: int = SHOWN) -> list[tuple[float, str]]:
    """Return the slowest tests, fixtures included, in seconds, from JUnit files."""
    return sorted((took for file in results for took in _read(file)), reverse=True)[:shown]


def _read(file: Path) -> Iterator[tuple[float, str]]:
    """Yield each test of a file; none from one cut off while it was written."""
    with suppress(ET.ParseError):
        for case in ET.parse(file).iter("testcase"):  # noqa: S314 - written by pytest a moment ago
            path = str(case.get("classname")).replace(".", "/")
            yield float(case.get("time", 0)), f"{path}.py::{case.get('name')}"


def main() -> None:
    """Print them."""
    found = slowest(sorted(Path(sys.argv[1]).glob("*.xml")))
    if found:
        sys.stdout.write("The slowest tests, with what was set up for them:\n")
    for seconds, name in found:
        sys.stdout.write(f"{seconds:>8.1f} s  {name}\n")


if __name__ == "__main__":
    main()
