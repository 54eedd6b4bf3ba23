"""Releases: what is refused, what HACS gets, and that no published release lacks its ZIP."""

from collections.abc import Callable
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
from typing import Any
import zipfile

import pytest

from custom_components.home_gym.gym.recordings import parse
from homeassistant.util.yaml import load_yaml_dict
from scripts.lib import release
from tests.builders import LapPlan, Recording, build_tcx

ROOT = Path(__file__).parents[3]
INTEGRATION = ROOT / "custom_components" / "home_gym"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(form for form in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if form.name != "config.yml")
OLDEST_LOCK = ROOT / "requirements_oldest.txt"
NEWEST_LOCK = ROOT / "requirements_test.txt"

CHANGELOG = """# Changelog

Some words first.

## Unreleased

## 1.2.3 - 2026-12-24

### Fixed

- Runs are counted.

## 1.2.2 - 2026-12-01

- Older.
"""
PENDING = CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n- Not out yet.\n")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a small checkout that is ready to release 1.2.3."""
    root = tmp_path / "checkout"
    integration = root / "custom_components" / "home_gym"
    files = {
        "manifest.json": '{"version": "1.2.3"}',
        "__init__.py": "",
        "gym/run.py": "'''Runs.'''",
        "translations/en.json": "{}",
        "frontend/cards.js": "// cards",
        "frontend/home-gym.js": "// loader",
    }
    for name, content in files.items():
        (integration / name).parent.mkdir(parents=True, exist_ok=True)
        (integration / name).write_text(content, encoding="utf-8")
    (root / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    (root / "hacs.json").write_text('{"filename": "home_gym.zip"}', encoding="utf-8")
    return root


def test_agreeing_version_passes_check(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["check", "1.2.3"], checkout) == 0
    assert "1.2.3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("tag", "manifest", "changelog", "named"),
    [
        ("1.2.4", "1.2.3", CHANGELOG.replace("1.2.3", "1.2.4"), ["manifest.json: the version is 1.2.3"]),
        ("1.2.4", "1.2.4", CHANGELOG, ["CHANGELOG.md: the top entry is 1.2.3"]),
        ("1.2.4", "1.2.3", CHANGELOG, ["manifest.json: the version is 1.2.3", "CHANGELOG.md: the top entry is 1.2.3"]),
        ("1.2.2", "1.2.2", CHANGELOG, ["CHANGELOG.md: the top entry is 1.2.3"]),
        ("1.2.3", "1.2.3", PENDING, ["CHANGELOG.md: move the changes under Unreleased"]),
        ("1.2.3", "1.2.3", CHANGELOG.replace(" - 2026-12-24", ""), ["CHANGELOG.md: the entry for 1.2.3 needs its day"]),
        ("1.2.3", "1.2.3", CHANGELOG.replace("12-24", "13-24"), ["CHANGELOG.md: the entry for 1.2.3 needs its day"]),
        (
            "1.2.3",
            "1.2.3",
            CHANGELOG.replace("### Fixed\n\n- Runs are counted.\n", ""),
            ["CHANGELOG.md: the entry for 1.2.3 lists no change"],
        ),
        ("1.2.3", "1.2.3", "# Changelog\n", ["CHANGELOG.md: there is no entry for 1.2.3"]),
        ("v1.2.3", "1.2.3", CHANGELOG, ["tag: 'v1.2.3' is not a version"]),
        ("1.2", "1.2", CHANGELOG.replace("1.2.3", "1.2"), ["tag: '1.2' is not a version"]),
    ],
)
def test_disagreeing_tag_manifest_or_changelog_is_refused_by_name(
    checkout: Path, capsys: pytest.CaptureFixture[str], tag: str, manifest: str, changelog: str, named: list[str]
) -> None:
    (checkout / release.MANIFEST).write_text(json.dumps({"version": manifest}), encoding="utf-8")
    (checkout / "CHANGELOG.md").write_text(changelog, encoding="utf-8")

    assert release.main(["check", tag], checkout) == 1

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(named)
    for line, words in zip(lines, named, strict=True):
        assert words in line


def test_notes_are_the_entry_of_the_version_alone(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["notes", "1.2.3"], checkout) == 0
    assert capsys.readouterr().out == "### Fixed\n\n- Runs are counted.\n"


def test_notes_of_an_unknown_version_are_refused(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["notes", "9.9.9"], checkout) == 1
    assert "9.9.9" in capsys.readouterr().err


def test_changelog_of_this_checkout_has_an_entry_for_its_version() -> None:
    entries = release.changelog_entries((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))

    versions = [entry.version for entry in entries]
    assert versions[:2] == ["Unreleased", release.manifest_version(ROOT)]
    assert all(entry.has_day and entry.notes for entry in entries[1:])


def test_zip_of_this_checkout_holds_what_hacs_installs(tmp_path: Path) -> None:
    release.pack(ROOT, tmp_path / "home_gym.zip")

    with zipfile.ZipFile(tmp_path / "home_gym.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(archive.namelist())
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
        cards = archive.read("frontend/cards.js")
        mode = archive.getinfo("manifest.json").external_attr >> 16
    assert manifest == json.loads((INTEGRATION / "manifest.json").read_text(encoding="utf-8"))
    assert cards == (INTEGRATION / "frontend" / "cards.js").read_bytes()
    assert mode & 0o777 == 0o644
    for kind in ("*.py", "*.json", "*.yaml", "*.svg", "*.png", "*.html"):
        assert {path.relative_to(INTEGRATION).as_posix() for path in INTEGRATION.rglob(kind)} <= names
    assert not [name for name in names if re.search(r"(^|/)(\.|__pycache__|tests?(/|_))|\.pyc$", name)]


def test_zip_depends_on_files_alone_not_on_times_modes_and_leftovers(checkout: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin"
    shutil.copytree(checkout, twin)
    folder = twin / release.INTEGRATION
    for number, path in enumerate(sorted(folder.rglob("*.*"))):
        path.chmod(0o700)
        os.utime(path, (1_700_000_000 + 86_400 * number,) * 2)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "run.pyc").write_bytes(b"left over")
    (folder / "frontend" / ".stamp").write_text("left over", encoding="utf-8")

    release.pack(checkout, tmp_path / "one.zip")
    release.pack(twin, tmp_path / "other.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_another_content_makes_another_zip(checkout: Path, tmp_path: Path) -> None:
    release.pack(checkout, tmp_path / "one.zip")
    (checkout / release.INTEGRATION / "gym" / "run.py").write_text("'''Walks.'''", encoding="utf-8")
    release.pack(checkout, tmp_path / "other.zip")

    assert (tmp_path / "one.zip").read_bytes() != (tmp_path / "other.zip").read_bytes()


@pytest.mark.parametrize("missing", ["frontend/cards.js", "frontend/home-gym.js", "manifest.json"])
def test_zip_without_a_part_is_refused(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    hidden = checkout / release.INTEGRATION / missing
    hidden.unlink()

    assert release.main(["pack", str(tmp_path)], checkout) == 1
    assert missing in capsys.readouterr().err
    assert not (tmp_path / "home_gym.zip").exists()


@pytest.mark.parametrize("stray", ["notes.odt", "run.py.orig", ".env"])
def test_file_of_an_unknown_kind_is_refused(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], stray: str
) -> None:
    (checkout / release.INTEGRATION / stray).write_text("", encoding="utf-8")

    assert release.main(["pack", str(tmp_path)], checkout) == 1
    assert stray in capsys.readouterr().err
    assert not (tmp_path / "home_gym.zip").exists()


# A GitHub command that notes its calls, and answers as the test says.
FAKE_GH = """#!{python} -SE
import json, pathlib, sys
here = pathlib.Path(__file__).parent
arguments = sys.argv[1:]
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(arguments) + "\\n")
answers = json.loads((here / "answers").read_text())
for words, (code, out, err) in answers.items():
    if " ".join(arguments).startswith(words):
        sys.stdout.write(out)
        sys.stderr.write(err)
        sys.exit(code)
sys.exit("unexpected: " + " ".join(arguments))
"""
NO_TAG = "api --silent repos/{owner}/{repo}/git/ref/tags/1.2.3"
type Answers = dict[str, tuple[int, str, str]]
type Publish = Callable[[Answers], tuple[int, list[list[str]]]]


def asset(size: int, state: str = "uploaded") -> str:
    """Return what GitHub says of the draft's files."""
    return json.dumps({"assets": [{"name": "home_gym.zip", "size": size, "state": state}]})


@pytest.fixture
def publish(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Return a function that publishes a ZIP of 100 bytes with a fake `gh`, and tells exit status and calls."""
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "home_gym.zip").write_bytes(bytes(100))
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "gh").write_text(FAKE_GH.format(python=sys.executable), encoding="utf-8")
    (programs / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)

    def run(changed: Answers) -> tuple[int, list[list[str]]]:
        answers = {
            NO_TAG: (1, "", "gh: Not Found (HTTP 404)"),
            "release view 1.2.3 --json isDraft": (1, "", "release not found"),
            "release create": (0, "", ""),
            "release view 1.2.3 --json assets": (0, asset(100), ""),
            "release edit": (0, "", ""),
            "release delete": (0, "", ""),
        }
        (programs / "answers").write_text(json.dumps(answers | changed), encoding="utf-8")
        code = release.main(["publish", "1.2.3", str(folder), "--commit", "abc"], checkout)
        calls = (programs / "calls").read_text(encoding="utf-8") if (programs / "calls").exists() else ""
        return code, [json.loads(line) for line in calls.splitlines()]

    return run


def changes(calls: list[list[str]]) -> list[str]:
    """Return what was changed on GitHub, in order."""
    return [call[1] for call in calls if call[0] == "release" and call[1] != "view"]


def test_release_is_a_draft_with_its_zip_before_it_is_published(publish: Publish, tmp_path: Path) -> None:
    code, calls = publish({})

    assert code == 0
    create = next(call for call in calls if call[:2] == ["release", "create"])
    assert "--draft" in create
    assert str(tmp_path / "release" / "home_gym.zip") in create
    assert create[create.index("--target") + 1] == "abc"
    assert Path(create[create.index("--notes-file") + 1]).read_text(encoding="utf-8").endswith("- Runs are counted.\n")
    assert changes(calls) == ["create", "edit"]
    assert "--draft=false" in calls[-1]
    assert calls[-2][:2] == ["release", "view"]


@pytest.mark.parametrize("uploaded", [asset(99), asset(100, "new"), '{"assets": []}'])
def test_draft_whose_zip_is_not_whole_stays_a_draft(publish: Publish, uploaded: str) -> None:
    code, calls = publish({"release view 1.2.3 --json assets": (0, uploaded, "")})

    assert code == 1
    assert changes(calls) == ["create"]


def test_failed_upload_publishes_nothing(publish: Publish, capsys: pytest.CaptureFixture[str]) -> None:
    code, calls = publish({"release create": (1, "", "HTTP 502")})

    assert code == 1
    assert changes(calls) == ["create"]
    assert "HTTP 502" in capsys.readouterr().err


def test_draft_of_a_failed_attempt_is_replaced(publish: Publish) -> None:
    code, calls = publish({"release view 1.2.3 --json isDraft": (0, "true\n", "")})

    assert code == 0
    assert changes(calls) == ["delete", "create", "edit"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [((0, "", ""), "1.2.3 exists already"), ((1, "", "gh: HTTP 503"), "HTTP 503")],
    ids=["tag exists", "GitHub is down"],
)
def test_existing_tag_gets_no_draft(
    publish: Publish, capsys: pytest.CaptureFixture[str], answer: tuple[int, str, str], said: str
) -> None:
    code, calls = publish({NO_TAG: answer})

    assert code == 1
    assert changes(calls) == []
    assert said in capsys.readouterr().err


def test_disagreeing_version_is_not_drafted(publish: Publish, checkout: Path) -> None:
    (checkout / release.MANIFEST).write_text('{"version": "1.2.2"}', encoding="utf-8")

    assert publish({}) == (1, [])


def home_assistant(lock: Path) -> str:
    """Return the Home Assistant that a lock pins."""
    [version] = re.findall(r"^homeassistant==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return str(version)


def test_hacs_offers_releases_alone_from_the_oldest_tested_home_assistant_on() -> None:
    hacs = json.loads((ROOT / "hacs.json").read_text(encoding="utf-8"))

    assert hacs["homeassistant"] == home_assistant(OLDEST_LOCK)
    assert hacs["hide_default_branch"] is True
    assert hacs["zip_release"] is True


def test_readme_names_the_oldest_and_the_newest_home_assistant() -> None:
    oldest, newest = home_assistant(OLDEST_LOCK), home_assistant(NEWEST_LOCK)

    sentence = f"Home Gym needs Home Assistant {oldest} or newer, and is tested on {oldest} and {newest}."
    assert sentence in (ROOT / "README.md").read_text(encoding="utf-8")


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow."""
    return load_yaml_dict(str(ROOT / ".github" / "workflows" / name))


def test_release_is_published_only_after_tests_validation_and_zip() -> None:
    jobs = workflow("release.yml")["jobs"]

    assert set(jobs["publish"]["needs"]) == {"tests", "validation", "pack"}
    assert {name for name, job in jobs.items() if "write" in job["permissions"].values()} == {"publish"}
    assert all("check" in jobs[name]["needs"] for name in ("tests", "validation", "pack"))


def test_no_workflow_waits_for_a_published_release_or_a_tag() -> None:
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^ +(release|tags|create):", text, re.MULTILINE), path.name


def test_tests_wait_for_the_imports() -> None:
    jobs = workflow("tests.yml")["jobs"]

    assert "--imports" in jobs["imports"]["steps"][-1]["run"]
    assert "needs" not in jobs["imports"]
    assert jobs["tests"]["needs"] == "imports"


def test_every_night_has_the_oldest_the_newest_and_the_next_home_assistant() -> None:
    job = workflow("nightly.yml")["jobs"]["home-assistant"]

    assert set(job["strategy"]["matrix"]["home-assistant"]) == {"oldest", "newest", "next"}
    assert job["strategy"]["fail-fast"] is False
    assert "continue-on-error" not in job


def test_all_containers_are_the_same_image_by_digest() -> None:
    images = {
        job["container"] for path in WORKFLOWS for job in workflow(path.name)["jobs"].values() if "container" in job
    }

    [image] = images
    assert re.fullmatch(r"debian:13@sha256:[0-9a-f]{64}", image)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_github_takes_the_issue_form(form: Path) -> None:
    """GitHub offers no form that breaks one of these rules, and says nothing."""
    content = load_yaml_dict(str(form))

    assert content.keys() == {"name", "description", "labels", "body"}
    fields = [part for part in content["body"] if part["type"] != "markdown"]
    assert fields
    assert {part["type"] for part in fields} <= {"input", "textarea", "dropdown", "checkboxes"}
    for about in ([part["id"] for part in fields], [part["attributes"]["label"] for part in fields]):
        assert len(about) == len(set(about))
    for part in fields:
        assert bool(part["attributes"].get("options")) == (part["type"] in {"dropdown", "checkboxes"})
    assert {"home_gym", "home_assistant"} <= {part["id"] for part in fields}


@pytest.mark.parametrize(
    ("form", "words"), [("recording.yml", "contains positions"), ("service.yml", "remove positions")]
)
def test_form_asks_for_no_positions(form: str, words: str) -> None:
    content = load_yaml_dict(str(ROOT / ".github" / "ISSUE_TEMPLATE" / form))

    [notice] = [part["attributes"]["value"] for part in content["body"] if part["type"] == "markdown"]
    assert words in notice
    [consent] = [part["attributes"]["options"] for part in content["body"] if part["type"] == "checkboxes"]
    assert all(option["required"] for option in consent)


def test_command_of_the_form_takes_the_positions_out_of_a_tcx_file(tmp_path: Path) -> None:
    form = (ROOT / ".github" / "ISSUE_TEMPLATE" / "recording.yml").read_text(encoding="utf-8")
    [command] = re.findall(r"`(perl .*)`", form)
    run = Recording(start=datetime(2026, 11, 1, 10, tzinfo=UTC), laps=(LapPlan(duration=600, distance=1800),))
    (tmp_path / "run.tcx").write_bytes(build_tcx(run))
    assert b"LatitudeDegrees" in build_tcx(run)

    subprocess.run(["bash", "-c", command], cwd=tmp_path, check=True)

    without = (tmp_path / "without.tcx").read_bytes()
    assert b"Degrees" not in without
    [activity] = parse("without.tcx", without)
    assert (activity.start, activity.distance, activity.elapsed_time) == (run.start, 1800, 600)
