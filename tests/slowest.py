"""The ten slowest tests of a run, from the results that each layer left: `python -m tests.slowest FOLDER`."""

from collections.abc import Iterable
from pathlib import Path
import sys
from xml.etree import ElementTree as ET

SHOWN = 10


def slowest(results: Iterable[Path], shown: int = SHOWN) -> list[tuple[float, str]]:
    """Return the tests that took longest, with what was set up for them, in seconds, from JUnit files."""
    took = [
        (float(case.get("time", 0)), f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}")
        for file in results
        for case in ET.parse(file).iter("testcase")  # noqa: S314 - written by pytest a moment ago
    ]
    return sorted(took, reverse=True)[:shown]


def main() -> None:
    """Print them."""
    found = slowest(sorted(Path(sys.argv[1]).glob("*.xml")))
    sys.stdout.write("The slowest tests, with what was set up for them:\n")
    for seconds, name in found:
        sys.stdout.write(f"{seconds:>8.1f} s  {name}\n")


if __name__ == "__main__":
    main()
