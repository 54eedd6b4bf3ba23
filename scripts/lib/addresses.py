"""The repository's address and owner: one line of pyproject.toml, and every place that repeats it."""

from collections.abc import Iterator
from pathlib import Path
import re
import tomllib
from typing import NamedTuple

PYPROJECT = Path("pyproject.toml")

# Where an address could stand, listed here or not.
_SEARCHED = (
    "*.md",
    "*.json",
    ".github/**/*.md",
    ".github/**/*.yml",
    "blueprints/**/*.yaml",
    "custom_components/**/*.json",
    "custom_components/**/*.py",
    "custom_components/**/*.yaml",
    "docs/**/*.md",
    "docs/**/*.yaml",
    "frontend/*.json",
    "frontend/src/**/*",
    "scripts/**/*.py",
    "tests/**/*.py",
)


class AddressError(Exception):
    """An address in pyproject.toml that is none on GitHub."""


class Repository(NamedTuple):
    """A repository on GitHub."""

    owner: str
    name: str


class Place(NamedTuple):
    """A text that repeats the address, in each file that a pattern finds.

    `{owner}` and `{name}` in the text stand for the repository's; `is_required` files must have it at least once.
    """

    files: str
    text: str
    is_required: bool = True


PLACES = (
    Place("custom_components/home_gym/manifest.json", '"codeowners": ["@{owner}"]'),
    Place("custom_components/home_gym/manifest.json", '"documentation": "https://github.com/{owner}/{name}"'),
    Place("custom_components/home_gym/manifest.json", '"issue_tracker": "https://github.com/{owner}/{name}/issues"'),
    Place("blueprints/**/*.yaml", "  source_url: https://github.com/{owner}/{name}/blob/main/"),
    Place("docs/automations.md", "?blueprint_url=https%3A%2F%2Fgithub.com%2F{owner}%2F{name}%2Fblob%2Fmain%2F"),
    Place("README.md", "/redirect/hacs_repository/?owner={owner}&repository={name}&category=integration"),
    Place("README.md", "https://github.com/{owner}/{name}/releases"),
    Place("frontend/src/main.ts", 'const DOCS = "https://github.com/{owner}/{name}/blob/main/docs/cards.md";'),
    Place(".github/ISSUE_TEMPLATE/*.yml", "https://github.com/{owner}/{name}/blob/main/", is_required=False),
    Place(".github/ISSUE_TEMPLATE/config.yml", "url: https://github.com/{owner}/{name}/blob/main/README.md"),
)

_URL = re.compile(r"https://github\.com/(?P<owner>[A-Za-z0-9-]+)/(?P<name>[A-Za-z0-9._-]+)")


def read(root: Path) -> Repository:
    """Return the repository that pyproject.toml names."""
    url = tomllib.loads((root / PYPROJECT).read_text(encoding="utf-8"))["tool"]["home_gym"]["repository"]
    if not (match := _URL.fullmatch(url)):
        raise AddressError(f"{PYPROJECT}: {url!r} is not an address such as https://github.com/owner/name")
    return Repository(match["owner"], match["name"])


def disagreements(root: Path) -> list[str]:
    """Name each place whose owner or address is not that of pyproject.toml."""
    repository = read(root)
    reasons = []
    for place in PLACES:
        expected = place.text.format(**repository._asdict())
        for file in _files(root, place.files):
            found = [match[0] for match in _pattern(place).finditer(_read(root / file))]
            if place.is_required and not found:
                reasons.append(f"{file}: lacks {expected}")
            reasons += [f"{file}: has {text} instead of {expected}" for text in found if text != expected]
        if place.is_required and not _files(root, place.files):
            reasons.append(f"{place.files}: no such file")
    return reasons + list(_unlisted(root, repository))


def write(root: Path) -> list[str]:
    """Write owner and address into every place, and return the changed files."""
    repository = read(root)
    changed = set()
    for place in PLACES:
        expected = place.text.format(**repository._asdict())
        for file in _files(root, place.files):
            old = _read(root / file)
            new = _pattern(place).sub(expected, old)
            if new != old:
                (root / file).write_bytes(new.encode())
                changed.add(file)
    return sorted(changed)


def _unlisted(root: Path, repository: Repository) -> Iterator[str]:
    """Find addresses that stand in no listed place, where `write` would miss them."""
    places = [(set(_files(root, place.files)), _pattern(place)) for place in PLACES]
    for file in sorted({file for files in _SEARCHED for file in _files(root, files)}):
        text = _read(root / file)
        for files, pattern in places:
            if file in files:
                text = pattern.sub("", text)
        for separator in ("/", "%2F"):
            address = f"github.com{separator}{repository.owner}{separator}{repository.name}"
            if address in text:
                yield f"{file}: has {address} in a place that scripts/lib/addresses.py doesn't list"


def _files(root: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.glob(pattern) if path.is_file())


def _read(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def _pattern(place: Place) -> re.Pattern[str]:
    parts = re.split(r"\{(?:owner|name)\}", place.text)
    return re.compile("[A-Za-z0-9._-]+".join(re.escape(part) for part in parts))
