"""The architecture guide against the repository: packages, paths, and the files of each recipe."""

from pathlib import Path
import re

import pytest

ROOT = Path(__file__).parents[3]
INTEGRATION = ROOT / "custom_components" / "home_gym"
GUIDE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
RECIPES = {
    kind: (example, text)
    for kind, example, text in re.findall(r"<!-- recipe: (\w+) (\w+) -->\n(.*?)(?=\n\n)", GUIDE, re.DOTALL)
}
LANGUAGES = [path.stem for path in (INTEGRATION / "translations").glob("*.json")]
# Files that Home Assistant asks for by name.
ASKED_FOR = {
    "__init__", "application_credentials", "backup", "binary_sensor", "button", "calendar", "condition", "config_flow",
    "const", "diagnostics",
    "event", "intent", "llm", "number", "repairs", "select", "sensor", "switch", "todo", "trigger",
}  # fmt: skip


def named_in(text: str) -> set[str]:
    """Return the paths in backticks."""
    return {
        name for name in re.findall(r"`([\w./]+)`", text) if "/" in name or name.endswith((".py", ".json", ".yaml"))
    }


def found(name: str) -> bool:
    """Return whether a path exists in the integration or in the repository."""
    return any(
        (folder / name).exists() for folder in (INTEGRATION, INTEGRATION / "gym", INTEGRATION / "routines", ROOT)
    )


def python_files_with(word: str) -> set[str]:
    """Return the Python files of the integration that have a word."""
    pattern = re.compile(rf"\b{word}\b")
    return {
        path.relative_to(INTEGRATION).as_posix()
        for path in INTEGRATION.rglob("*.py")
        if pattern.search(path.read_text(encoding="utf-8"))
    }


def packages_of(folder: Path) -> set[str]:
    """Return the folders with Python modules directly below a folder."""
    return {path.name for path in folder.iterdir() if (path / "__init__.py").exists()}


def test_every_named_path_exists() -> None:
    assert {name for name in named_in(GUIDE) if not found(name)} == set()
    assert len(named_in(GUIDE)) > 80


def test_every_package_of_the_domain_has_a_line() -> None:
    assert set(re.findall(r"^\| `gym/(\w+)` \|", GUIDE, re.MULTILINE)) == packages_of(INTEGRATION / "gym")


def test_every_package_of_the_integration_has_a_line() -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", GUIDE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"\w+", row)}
    assert packages_of(INTEGRATION) - {"gym"} <= named
    assert {name for name in named if not (INTEGRATION / name).is_dir()} == set()


@pytest.mark.parametrize("folder", ["", "gym"])
def test_every_module_at_the_top_has_a_word(folder: str) -> None:
    modules = {path.stem for path in (INTEGRATION / folder).glob("*.py")} - ASKED_FOR
    assert {name for name in modules if f"`{name}.py`" not in GUIDE} == set()


def test_there_is_a_recipe_for_each_kind_of_addition() -> None:
    assert set(RECIPES) == {"sensor", "option", "action", "source", "loudspeaker", "fact", "language", "card"}


@pytest.mark.parametrize(
    ("kind", "allowed", "most"),
    [
        # a figure of the summary may also be a part of the weekly review
        ("sensor", set(), 5),
        ("option", set(), 4),
        # the error of a rest and the tool that begins one name the class, too
        ("fact", {"errors.py", "assist/tools.py"}, 5),
        ("action", set(), 2),
        ("source", set(), 3),
    ],
)
def test_recipe_names_the_python_files_of_its_example(kind: str, allowed: set[str], most: int) -> None:
    example, text = RECIPES[kind]
    files = python_files_with(example) - allowed
    assert files <= named_in(text), files - named_in(text)
    assert 0 < len(files) <= most


def test_language_recipe_names_the_files_of_a_language() -> None:
    language, text = RECIPES["language"]
    files = {
        path.relative_to(INTEGRATION if INTEGRATION in path.parents else ROOT).as_posix()
        for folder in (INTEGRATION, ROOT / "docs", ROOT / "frontend" / "src")
        for path in folder.rglob("*")
        if path.is_file() and language in {path.stem, path.parent.name}
    }
    assert language in LANGUAGES
    assert files <= named_in(text), files - named_in(text)
    assert len(files) > 4


def test_card_recipe_names_the_files_that_know_a_card() -> None:
    card, text = RECIPES["card"]
    source = ROOT / "frontend" / "src"
    files = {
        path.relative_to(ROOT).as_posix()
        for path in source.rglob("*.ts")
        if f"home-gym-{card}" in path.read_text(encoding="utf-8") or path.match(f"cards/{card}.ts")
    }
    assert files <= named_in(text), files - named_in(text)
    assert len(files) > 1
