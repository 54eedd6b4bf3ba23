"""The repository's address: in one line of pyproject.toml, and the same wherever it is repeated."""

import json
from pathlib import Path
import re
import shutil
import subprocess
from typing import Final

import pytest

from homeassistant.util.yaml import load_yaml_dict
from scripts.lib import addresses

ROOT = Path(__file__).parents[3]
NEW: Final = "https://github.com/another-owner/Another.Gym"
# Brought, built (the cards' folder in the integration), or no text.
LEFT_OUT = ("node_modules", "__pycache__", "frontend", "*.gif", "*.png", "*.svg")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the checkout's files that may name the address."""
    root = tmp_path / "copy"
    for name in (".github", "blueprints", "custom_components", "docs", "frontend", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.json"), ROOT / "pyproject.toml"]:
        shutil.copy(path, root)
    return root


def move(root: Path, url: str) -> None:
    """Change the one line."""
    file = root / "pyproject.toml"
    text, count = re.subn(
        r'^repository = ".*"$', f'repository = "{url}"', file.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert count == 1
    file.write_text(text, encoding="utf-8")


def test_every_place_has_the_address_of_pyproject() -> None:
    assert addresses.disagreements(ROOT) == []


def test_manifest_names_owner_and_address() -> None:
    owner, name = addresses.read(ROOT)
    manifest = json.loads((ROOT / "custom_components" / "home_gym" / "manifest.json").read_text(encoding="utf-8"))

    assert manifest["codeowners"] == [f"@{owner}"]
    assert manifest["documentation"] == f"https://github.com/{owner}/{name}"
    assert manifest["issue_tracker"] == f"https://github.com/{owner}/{name}/issues"


def test_each_blueprint_names_its_own_address() -> None:
    owner, name = addresses.read(ROOT)
    files = sorted((ROOT / "blueprints").rglob("*.yaml"))

    assert files
    for file in files:
        source = load_yaml_dict(str(file))["blueprint"]["source_url"]
        assert source == f"https://github.com/{owner}/{name}/blob/main/{file.relative_to(ROOT).as_posix()}"


@pytest.mark.parametrize("place", addresses.PLACES, ids=lambda place: f"{place.files}: {place.text}")
def test_place_that_disagrees_is_named(copy: Path, place: addresses.Place) -> None:
    repository = addresses.read(copy)
    right = place.text.format(**repository._asdict())
    wrong = place.text.format(**{**repository._asdict(), "owner": "somebody"})
    file = next(path for path in sorted(copy.glob(place.files)) if right in path.read_text(encoding="utf-8"))
    file.write_text(file.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")

    reasons = addresses.disagreements(copy)

    assert f"{file.relative_to(copy).as_posix()}: has {wrong} instead of {right}" in reasons


@pytest.mark.parametrize(
    "place",
    [place for place in addresses.PLACES if place.is_required],
    ids=lambda place: f"{place.files}: {place.text}",
)
def test_missing_place_is_named(copy: Path, place: addresses.Place) -> None:
    right = place.text.format(**addresses.read(copy)._asdict())
    file = next(path for path in sorted(copy.glob(place.files)) if right in path.read_text(encoding="utf-8"))
    file.write_text(file.read_text(encoding="utf-8").replace(right, ""), encoding="utf-8")

    assert addresses.disagreements(copy) == [f"{file.relative_to(copy).as_posix()}: lacks {right}"]


@pytest.mark.parametrize("file", ["docs/cards.md", "frontend/src/loader.ts", "custom_components/home_gym/const.py"])
def test_address_in_an_unlisted_place_is_named(copy: Path, file: str) -> None:
    owner, name = addresses.read(copy)
    with (copy / file).open("a", encoding="utf-8") as text:
        text.write(f"// see https://github.com/{owner}/{name}/wiki\n")

    [reason] = addresses.disagreements(copy)

    assert reason.startswith(f"{file}: ")


def test_one_changed_line_and_one_command_move_everything(copy: Path) -> None:
    owner, name = addresses.read(copy)
    move(copy, NEW)
    before = addresses.disagreements(copy)

    subprocess.run([copy / "scripts" / "release", "addresses"], check=True, capture_output=True)

    assert len(before) >= len(addresses.PLACES)
    assert addresses.disagreements(copy) == []
    old = (f"{owner}/{name}", f"{owner}%2F{name}", f"owner={owner}&", f"@{owner}")
    left = [
        (file.relative_to(copy).as_posix(), text)
        for file in sorted(copy.rglob("*"))
        if file.is_file()
        for text in old
        if text in file.read_text(encoding="utf-8")
    ]
    assert left == []
    manifest = json.loads((copy / "custom_components" / "home_gym" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["codeowners"] == ["@another-owner"]
    assert manifest["documentation"] == NEW
    assert f"{NEW}/blob/main/docs/cards.md" in (copy / "frontend" / "src" / "main.ts").read_text(encoding="utf-8")


def test_moving_address_and_back_changes_nothing(copy: Path) -> None:
    owner, name = addresses.read(copy)
    files = [file for file in sorted(copy.rglob("*")) if file.is_file()]
    before = [file.read_bytes() for file in files]

    for url in (NEW, f"https://github.com/{owner}/{name}"):
        move(copy, url)
        assert addresses.write(copy)

    assert [file.read_bytes() for file in files] == before


def test_checking_command_names_disagreements_and_changes_nothing(copy: Path) -> None:
    move(copy, NEW)
    manifest = (copy / "custom_components" / "home_gym" / "manifest.json").read_bytes()

    done = subprocess.run(
        [copy / "scripts" / "release", "addresses", "--check"], check=False, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "custom_components/home_gym/manifest.json: has " in done.stderr
    assert (copy / "custom_components" / "home_gym" / "manifest.json").read_bytes() == manifest


@pytest.mark.parametrize("url", ["github.com/a/b", "https://example.com/a/b", "https://github.com/a", "@a"])
def test_address_outside_github_is_refused(copy: Path, url: str) -> None:
    move(copy, url)

    with pytest.raises(addresses.AddressError, match=re.escape(url)):
        addresses.read(copy)
