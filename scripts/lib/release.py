"""Check, describe, pack and publish a release, with nothing but Python's own library."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
import json
from pathlib import Path
import re
import subprocess
import sys
from typing import Any, NamedTuple
import zipfile

from scripts.lib import addresses

ROOT = Path(__file__).resolve().parents[2]
INTEGRATION = Path("custom_components/home_gym")
MANIFEST = INTEGRATION / "manifest.json"
CHANGELOG = Path("CHANGELOG.md")
UNRELEASED = "Unreleased"

# Files of the integration that the ZIP takes, by suffix; any other file stops the packing.
PACKED_SUFFIXES = frozenset({".html", ".js", ".json", ".png", ".py", ".svg", ".txt", ".yaml"})
# Left out of the ZIP: what Python and the bundler keep for themselves.
SKIPPED_NAMES = frozenset({"__pycache__", ".stamp"})
REQUIRED_FILES = ("__init__.py", "manifest.json", "frontend/cards.js", "frontend/home-gym.js", "translations/en.json")
# The earliest time that a ZIP can hold, for every file, so that packing twice gives the same bytes.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_VERSION = re.compile(r"\d+\.\d+\.\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEADING = re.compile(r"^## (?P<version>\S+)(?: - (?P<date>\S+))?[ \t]*$", re.MULTILINE)


class ReleaseError(Exception):
    """Reasons why there can be no release."""

    def __init__(self, *reasons: str) -> None:
        """Keep every reason, so that all are reported at once."""
        super().__init__("\n".join(reasons))


class Entry(NamedTuple):
    """One version's entry in the changelog, its day as written."""

    version: str
    day: str | None
    notes: str

    @property
    def has_day(self) -> bool:
        """Return whether the heading names a real day."""
        try:
            return _DAY.fullmatch(self.day or "") is not None and date.fromisoformat(self.day or "") is not None
        except ValueError:
            return False


def changelog_entries(text: str) -> list[Entry]:
    """Split a changelog into its entries, the topmost first."""
    headings = list(_HEADING.finditer(text))
    starts = [*(heading.start() for heading in headings), len(text)]
    return [
        Entry(heading["version"], heading["date"], text[heading.end() : end].strip())
        for heading, end in zip(headings, starts[1:], strict=True)
    ]


def manifest_version(root: Path) -> str:
    """Return the version that the manifest names."""
    return str(_read_json(root / MANIFEST)["version"])


def disagreements(root: Path, version: str) -> list[str]:
    """Name each file that does not agree with releasing this version."""
    if not _VERSION.fullmatch(version):
        return [f"tag: {version!r} is not a version such as 1.2.3"]
    reasons = []
    if (written := manifest_version(root)) != version:
        reasons.append(f"{MANIFEST}: the version is {written}, the tag is {version}")
    return reasons + _changelog_disagreements((root / CHANGELOG).read_text(encoding="utf-8"), version)


def _changelog_disagreements(text: str, version: str) -> list[str]:
    entries = changelog_entries(text)
    reasons = []
    if entries and entries[0].version == UNRELEASED and entries.pop(0).notes:
        reasons.append(f"{CHANGELOG}: move the changes under {UNRELEASED} to an entry for {version}")
    if not entries:
        return [*reasons, f"{CHANGELOG}: there is no entry for {version}"]
    top = entries[0]
    if top.version != version:
        return [*reasons, f"{CHANGELOG}: the top entry is {top.version}, the tag is {version}"]
    if not top.has_day:
        reasons.append(f"{CHANGELOG}: the entry for {version} needs its day, such as '## {version} - 2026-12-24'")
    if not top.notes:
        reasons.append(f"{CHANGELOG}: the entry for {version} lists no change")
    return reasons


def release_notes(root: Path, version: str) -> str:
    """Return the changelog's entry for a version."""
    for entry in changelog_entries((root / CHANGELOG).read_text(encoding="utf-8")):
        if entry.version == version and entry.notes:
            return entry.notes + "\n"
    raise ReleaseError(f"{CHANGELOG}: there is no entry for {version}")


def zip_name(root: Path) -> str:
    """Return the file name that HACS looks for."""
    return str(_read_json(root / "hacs.json")["filename"])


def pack(root: Path, target: Path) -> None:
    """Write the integration, with its built cards, into a ZIP that HACS can install.

    Files are stored, not compressed: compressed bytes differ from one zlib to the next.
    """
    folder = root / INTEGRATION
    files = sorted(_files(folder), key=lambda file: file.relative_to(folder).as_posix())
    reasons = [
        f"{file.relative_to(root).as_posix()}: not a kind of file that belongs in the ZIP"
        for file in files
        if file.suffix not in PACKED_SUFFIXES
    ]
    names = {file.relative_to(folder).as_posix() for file in files}
    reasons += [f"{INTEGRATION / name}: missing; build the cards first" for name in REQUIRED_FILES if name not in names]
    if reasons:
        raise ReleaseError(*reasons)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            info = zipfile.ZipInfo(file.relative_to(folder).as_posix(), ZIP_TIME)
            info.create_system = 3  # Unix, wherever this runs
            info.external_attr = 0o100644 << 16
            archive.writestr(info, file.read_bytes())


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in SKIPPED_NAMES:
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def check(root: Path, version: str, *, is_new: bool = False) -> None:
    """Refuse a version that tag, manifest and changelog don't agree on; with `is_new`, one that has its tag already."""
    reasons = disagreements(root, version)
    if not reasons and is_new and _has_tag(version):
        reasons.append(f"tag: {version} exists already")
    if reasons:
        raise ReleaseError(*reasons)


def publish(version: str, archive: Path, notes: Path, commit: str) -> None:
    """Make a draft with its ZIP, and publish it only once GitHub has the whole file.

    A draft that an earlier attempt left behind is replaced. GitHub makes the tag when the draft is published.
    """
    if _has_tag(version):
        raise ReleaseError(f"tag: {version} exists already")
    if _gh("release", "view", version, "--json", "isDraft", "--jq", ".isDraft", check=False).stdout.strip() == "true":
        _gh("release", "delete", version, "--yes")
    _gh(
        *("release", "create", version, str(archive), "--draft"),
        *("--target", commit, "--title", version, "--notes-file", str(notes)),
    )
    uploaded = json.loads(_gh("release", "view", version, "--json", "assets").stdout)["assets"]
    sizes = {asset["name"]: asset["size"] for asset in uploaded if asset["state"] == "uploaded"}
    if sizes != {archive.name: archive.stat().st_size}:
        raise ReleaseError(f"{archive.name}: the draft {version} doesn't have the whole file, and stays a draft")
    _gh("release", "edit", version, "--draft=false", "--latest")


def _has_tag(version: str) -> bool:
    answer = _gh("api", "--silent", f"repos/{{owner}}/{{repo}}/git/ref/tags/{version}", check=False)
    if answer.returncode and "HTTP 404" not in answer.stderr:
        raise ReleaseError(f"tag: GitHub could not be asked for {version}: {answer.stderr.strip()}")
    return answer.returncode == 0


def _gh(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    answer = subprocess.run(["gh", *arguments], check=False, capture_output=True, text=True)  # noqa: S607
    if check and answer.returncode:
        raise ReleaseError(f"gh {' '.join(arguments[:2])}: {answer.stderr.strip()}")
    return answer


def _read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/release", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    command = commands.add_parser("check", help="refuse a version that tag, manifest and changelog don't agree on")
    command.add_argument("version", metavar="VERSION", help="the release's tag, such as 1.2.3")
    command.add_argument("--new", action="store_true", help="also ask GitHub, and refuse a tag that exists")

    command = commands.add_parser("notes", help="print the changelog's entry for a version")
    command.add_argument("version", metavar="VERSION")

    command = commands.add_parser("pack", help="write the ZIP that HACS installs into a folder")
    command.add_argument("folder", metavar="FOLDER", type=Path)

    command = commands.add_parser("publish", help="make a draft with its ZIP on GitHub, then publish it")
    command.add_argument("version", metavar="VERSION")
    command.add_argument("folder", metavar="FOLDER", type=Path, help="where the ZIP is")
    command.add_argument("--commit", required=True, help="the commit that is tagged")

    command = commands.add_parser(
        "addresses", help="write the repository's address of pyproject.toml wherever it is named"
    )
    command.add_argument("--check", action="store_true", help="only name the places that disagree")
    return parser


def _run(arguments: argparse.Namespace, root: Path) -> None:
    match arguments.command:
        case "check":
            check(root, arguments.version, is_new=arguments.new)
            print(f"{arguments.version}: tag, manifest and changelog agree")
        case "notes":
            print(release_notes(root, arguments.version), end="")
        case "pack":
            target = arguments.folder / zip_name(root)
            pack(root, target)
            print(target)
        case "publish":
            check(root, arguments.version)
            notes = arguments.folder / "notes.md"
            notes.write_text(release_notes(root, arguments.version), encoding="utf-8")
            publish(arguments.version, arguments.folder / zip_name(root), notes, arguments.commit)
            print(f"{arguments.version}: published")
        case "addresses":
            if not arguments.check:
                for file in addresses.write(root):
                    print(file)
            if reasons := addresses.disagreements(root):
                raise ReleaseError(*reasons)


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command and return its exit status."""
    try:
        _run(_parser().parse_args(arguments), root)
    except (ReleaseError, addresses.AddressError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
