"""Print the versions that the installed Home Assistant pins of the packages that a requirements file lists.

Usage: python scripts/lib/home_assistant_pins.py requirements_test.txt

Prints `name==version` lines, Home Assistant itself first, in the form that `uv pip install --override` reads. The pins
are those of the components' manifests: what an integration would install while it starts.
"""

from collections.abc import Iterator
from importlib.metadata import version
import json
from pathlib import Path
import re
import sys

import homeassistant

REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>\S+)")


def canonical(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: list[str]) -> Iterator[tuple[str, str]]:
    """Yield name and version of each requirement that is pinned."""
    for requirement in requirements:
        if match := REQUIREMENT.match(requirement):
            yield canonical(match["name"]), match["version"]


def manifest_pins() -> dict[str, str]:
    """Return the version of each package that a component's manifest pins, by name."""
    components = Path(homeassistant.__file__).parent / "components"
    manifests = (json.loads(path.read_text()) for path in sorted(components.glob("*/manifest.json")))
    return {name: pin for manifest in manifests for name, pin in pins(manifest.get("requirements", []))}


def main() -> None:
    """Print the pins."""
    known = manifest_pins() | {"homeassistant": version("homeassistant")}
    wanted = [name for name, _ in pins(Path(sys.argv[1]).read_text().splitlines())]
    for name in wanted:
        if name in known:
            print(f"{name}=={known[name]}")


if __name__ == "__main__":
    main()
