"""Print the versions that the installed Home Assistant pins of the packages that a requirements file lists.

Usage: python scripts/lib/home_assistant_pins.py requirements_test.txt

Prints `name==version` lines in the form that `uv pip install --override` reads. The pins are those of the components'
manifests, which tell what an integration would install while it starts, and of Home Assistant's own constraints. A line
that ends in `# nearest` is left out: the index lacks the version that Home Assistant pins.
"""

from collections.abc import Iterator
from importlib.metadata import version
import json
from pathlib import Path
import re
import sys

import homeassistant

NEAREST = "# nearest"
REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>\S+)")


def canonical(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: list[str]) -> Iterator[tuple[str, str]]:
    """Yield name and version of each requirement that is pinned."""
    for requirement in requirements:
        if match := REQUIREMENT.match(requirement):
            yield canonical(match["name"]), match["version"]


def home_assistant_pins() -> dict[str, str]:
    """Return the version of each package that Home Assistant pins, and its own, by name."""
    package = Path(homeassistant.__file__).parent
    manifests = [json.loads(path.read_text()) for path in sorted(package.glob("components/*/manifest.json"))]
    requirements = [requirement for manifest in manifests for requirement in manifest.get("requirements", [])]
    constraints = (package / "package_constraints.txt").read_text().splitlines()
    return dict(pins([*requirements, *constraints])) | {"homeassistant": version("homeassistant")}


def main() -> None:
    """Print the pins."""
    known = home_assistant_pins()
    lines = Path(sys.argv[1]).read_text().splitlines()
    wanted = [name for name, _ in pins([line for line in lines if not line.endswith(NEAREST)])]
    for name in wanted:
        if name in known:
            print(f"{name}=={known[name]}")


if __name__ == "__main__":
    main()
