"""Check that every name and module of the integration can be imported from the installed Home Assistant.

`python -m tests.support.imports` takes seconds, so it is the first to show a moved name of a release. It needs no test
tools: `scripts/test --imports` runs it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
import sys

from homeassistant.const import __version__
from tests.support.graph import modules_below

REPOSITORY = Path(__file__).parents[2]
PACKAGE = "custom_components.home_gym"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A name that Home Assistant does not have, and the line that imports it."""

    path: Path
    line: int
    name: str
    reason: str

    def __str__(self) -> str:
        """Return one line that editors can open."""
        return f"{self.path}:{self.line}: {self.name}: {self.reason}"


def missing_names(root: Path, package: str = PACKAGE) -> Iterator[Missing]:
    """Yield each name that a package below `root` imports from Home Assistant in vain."""
    for path in sorted(root.joinpath(*package.split(".")).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").startswith("homeassistant"):
                for alias in node.names:
                    if reason := _failure(str(node.module), alias.name):
                        name = f"{node.module}.{alias.name}"
                        yield Missing(path=path.relative_to(root), line=alias.lineno, name=name, reason=reason)


def modules(root: Path, package: str = PACKAGE) -> list[str]:
    """Return the names of all modules of a package below `root`."""
    below = modules_below(root.joinpath(*package.split(".")))
    return [f"{package}.{name}" if name else package for name in below]


def _failure(module: str, name: str) -> str:
    """Return the error of importing a name, or an empty text."""
    try:
        if hasattr(import_module(module), name):
            return ""
    except ImportError as error:
        return str(error)
    try:
        import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        return "no such name"
    return ""


def main() -> int:
    """Print the missing names; return the number of problems as an exit code."""
    sys.path.insert(0, str(REPOSITORY))
    if missing := list(missing_names(REPOSITORY)):
        print(*missing, sep="\n")
        print(f"Home Assistant {__version__} lacks {len(missing)} of the names that Home Gym imports.")
        return 1
    names = modules(REPOSITORY)
    for name in names:
        import_module(name)
    print(f"All {len(names)} modules import with Home Assistant {__version__}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
