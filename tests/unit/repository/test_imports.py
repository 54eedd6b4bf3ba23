"""The import check notices names that a release of Home Assistant lacks."""

from pathlib import Path

import pytest

from tests.support.imports import REPOSITORY, main, missing_names, modules


def write(root: Path, code: str) -> None:
    """Write a package with one module."""
    package = root / "broken"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "person.py").write_text(code)


@pytest.mark.parametrize(
    ("code", "name", "line", "reason"),
    [
        (
            "from homeassistant.components.person import ATTR_FORMERLY_THERE\n",
            "homeassistant.components.person.ATTR_FORMERLY_THERE",
            1,
            "no such name",
        ),
        (
            "\n\ndef late():\n    from homeassistant.components.person.moved import NAME\n",
            "homeassistant.components.person.moved.NAME",
            4,
            "No module named 'homeassistant.components.person.moved'",
        ),
        (
            "from homeassistant.core import (\n    HomeAssistant,\n    Gone,\n)\n",
            "homeassistant.core.Gone",
            3,
            "no such name",
        ),
    ],
    ids=["name", "module imported late", "one of several"],
)
def test_missing_name_is_reported_with_its_line(tmp_path: Path, code: str, name: str, line: int, reason: str) -> None:
    write(tmp_path, code)
    missing = list(missing_names(tmp_path, "broken"))
    assert [(str(one.path), one.line, one.name) for one in missing] == [("broken/person.py", line, name)]
    assert str(missing[0]) == f"broken/person.py:{line}: {name}: {reason}"


def test_names_that_exist_are_not_reported(tmp_path: Path) -> None:
    write(tmp_path, "from homeassistant.components import person\nfrom homeassistant.core import HomeAssistant\n")
    assert list(missing_names(tmp_path, "broken")) == []


def test_all_modules_are_checked() -> None:
    names = modules(REPOSITORY)
    assert {"custom_components.home_gym", "custom_components.home_gym.ha.person"} <= set(names)
    assert len(names) == len(set(names)) > 200


def test_integration_imports(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert "modules import with Home Assistant" in capsys.readouterr().out


def test_missing_names_end_the_check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delattr("homeassistant.components.recorder.statistics.async_add_external_statistics")
    assert main() == 1
    printed = capsys.readouterr().out
    assert "ha/recorder.py" in printed
    assert "lacks 1 of the names" in printed
