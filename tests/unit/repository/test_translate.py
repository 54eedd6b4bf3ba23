"""Languages: templates for a native speaker, the report of what is missing, and the way into the product."""

import json
from pathlib import Path
import shutil
from typing import Any

import pytest

from scripts.lib import translate
from scripts.lib.language_template import Template, filled_in, template_of

ENGLISH = {
    "title": "Good run, {runner}.",
    "lines": ["Stretch now, {runner}.", "Time to stretch."],
    "page": {"field": "Leave the field empty."},
    "runs_one": "{count} run",
    "runs_other": "{count} runs",
    "none": [],
}
ITALIAN = {
    "title": {"en": ENGLISH["title"], "it": "Bella corsa, {runner}."},
    "lines": {"en": ENGLISH["lines"], "it": ["Adesso lo stretching, {runner}."]},
    "page > field": {"en": "Leave the field empty.", "it": "Lascia vuoto il campo."},
    "runs_one": {"en": "{count} run", "it": "{count} corsa"},
    "runs_other": {"en": "{count} runs", "it": "{count} corse"},
}


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of all files of texts, which the command changes in place of the product's."""
    folders = {kind: shutil.copytree(folder, tmp_path / kind) for kind, folder in translate.FOLDERS.items()}
    formats = Path(shutil.copy(translate.FORMATS, tmp_path / "formats.json"))
    prepared = tmp_path / "languages"
    prepared.mkdir()
    shutil.copy(translate.LANGUAGES / "formats.json", prepared)
    for name, value in {
        "FOLDERS": folders,
        "CARDS": folders["cards"],
        "FORMATS": formats,
        "LANGUAGES": prepared,
    }.items():
        monkeypatch.setattr(translate, name, value)
    return tmp_path


def written(**changes: Any) -> Template:
    """Return the template of the small file with changes of its rows."""
    rows = {key: row for key, row in {**ITALIAN, **changes}.items() if row is not None}
    return template_of(ENGLISH, "it", rows, forms=(), own=())


def test_complete_template_becomes_file_in_order_of_english() -> None:
    template = written()
    assert list(template.faults()) == []
    assert (template.done, template.total) == (6, 6)
    assert template.result() == {
        "title": "Bella corsa, {runner}.",
        "lines": ["Adesso lo stretching, {runner}."],
        "page": {"field": "Lascia vuoto il campo."},
        "runs_one": "{count} corsa",
        "runs_other": "{count} corse",
        "none": [],
    }
    assert list(template.result()) == list(ENGLISH)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": None}, "title is missing"),
        ({"title": {"en": ENGLISH["title"], "it": ""}}, "title is missing"),
        ({"lines": {"en": ENGLISH["lines"], "it": []}}, "lines is missing"),
        ({"title": {"it": "Bella corsa."}}, "title lacks the placeholders runner"),
        ({"title": {"it": "Bella corsa, {runner} {corsa}."}}, "title has placeholders that English has not: corsa"),
        ({"lines": {"it": ["{scarpe}"]}}, "lines has placeholders that English has not: scarpe"),
        ({"lines": {"it": "Stretching"}}, "lines must be a list of texts"),
        ({"title": {"it": ["{runner}"]}}, "title must be one text"),
        (
            {"title": {"en": "Nice run, {runner}.", "it": "Bella corsa, {runner}."}},
            "title was translated from an earlier text; compare them, then remove 'former_en'",
        ),
        ({"gone": {"en": "Gone.", "it": "Via."}}, "gone is no longer used"),
    ],
)
def test_faults_are_named_with_their_key(changes: dict[str, Any], fault: str) -> None:
    assert list(written(**changes).faults()) == [fault]


def test_earlier_english_stays_until_it_is_removed() -> None:
    changed = written(title={"en": "Nice run, {runner}.", "it": "Bella corsa, {runner}."}).document()
    assert changed["title"] == {
        "en": "Good run, {runner}.",
        "it": "Bella corsa, {runner}.",
        "former_en": "Nice run, {runner}.",
    }
    again = template_of(ENGLISH, "it", {**ITALIAN, "title": changed["title"]}, forms=(), own=())
    assert again.document()["title"] == changed["title"]
    compared = {key: text for key, text in changed["title"].items() if key != "former_en"}
    assert not list(written(title=compared).faults())


def test_further_forms_of_plural_may_stay_empty() -> None:
    polish = {"runs_one": {"pl": "{count} bieg"}, "runs_few": {"pl": "{count} biegi"}, "runs_other": {"pl": "{count}"}}
    english = {key: ENGLISH[key] for key in ("runs_one", "runs_other")}
    template = template_of(english, "pl", polish, forms=("few", "many"), own=())
    assert list(template.faults()) == []
    assert template.result() == {"runs_one": "{count} bieg", "runs_few": "{count} biegi", "runs_other": "{count}"}


def test_grammar_has_rules_of_its_own() -> None:
    english = {"rules": {"the": "the|my"}, "sentences": ["start <the> {habit}"]}
    rows = {"rules > il": {"it": "il|lo|la"}, "sentences": {"it": ["avvia <il> {abitudine}"]}}
    template = template_of(english, "it", rows, forms=(), own=("rules",))
    assert list(template.faults()) == []
    assert template.result() == {"rules": {"il": "il|lo|la"}, "sentences": ["avvia <il> {abitudine}"]}


@pytest.mark.parametrize("language", translate.released())
def test_released_language_lacks_nothing(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (translate.main([language]), capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize("language", translate.PREPARED)
def test_prepared_language_has_formats_and_words_of_home_assistant(language: str, product: Path) -> None:
    folder = product / "languages" / language
    report = translate.renew(language, folder)

    assert {line.partition(":")[0] for line in report} == {f"{kind}.json" for kind in translate.FOLDERS}
    assert all(line.endswith(" is missing") for line in report)
    terms = json.loads((folder / "glossary.json").read_text())["home_assistant"]
    assert all(row["en"] and row[language] for row in terms.values())
    assert len(json.loads((folder / "formats.json").read_text())["months"]) == 12


def test_filled_folder_is_installed(product: Path) -> None:
    """Each text is the English one with a mark."""
    folder = product / "languages" / "pt"
    assert translate.main(["pt"]) == translate.main(["pt", "--install"]) == 1
    assert not (product / "speech" / "pt.json").exists()
    for kind in translate.FOLDERS:
        rows = json.loads((folder / f"{kind}.json").read_text())
        for row in rows.values():
            row["pt"] = f"{row['en']}~" if isinstance(row["en"], str) else [f"{text}~" for text in row["en"]]
        (folder / f"{kind}.json").write_text(json.dumps(rows))

    assert translate.main(["pt", "--install"]) == 0

    for kind, name in dict.fromkeys(translate.FOLDERS, "pt").items() | {("screens", "pt-BR")}:
        file = product / kind / f"{name}.json"
        assert file.exists() is ((kind, name) != ("screens", "pt")), file
    english, screens = (
        filled_in("pt", json.loads((product / "screens" / f"{name}.json").read_text())) for name in ("en", "pt-BR")
    )
    assert {key: row["pt"] for key, row in screens.items()} == {key: f"{row['pt']}~" for key, row in english.items()}
    assert json.loads((product / "formats.json").read_text())["pt"]["country"] == "BR"
    loader = (product / "cards" / "translate.ts").read_text()
    rows = [line.strip()[:2] for line in loader.splitlines() if "import(" in line]
    assert rows == ["de", "es", "fr", "nl", "pt"]
    assert translate.released() == ["de", "en", "es", "fr", "nl", "pt"]


def test_long_report_is_shortened(product: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translate.main(["sv"]) == 1
    short = capsys.readouterr().out.splitlines()
    assert translate.main(["sv", "--all"]) == 1
    whole = capsys.readouterr().out.splitlines()
    assert [line for line in whole if line in short] == [line for line in short if " more" not in line]
    for kind in translate.FOLDERS:
        rows = [line for line in whole if line.startswith(kind)]
        assert [line for line in short if line.startswith(kind)][10:] == [f"{kind}.json: {len(rows) - 10} more"]


def test_overview_counts_texts_of_each_language(product: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translate.main([])
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert rows.keys() == {"de", "en", "es", "fr", "nl", *translate.PREPARED}
    assert rows["de"][0] == "released"
    assert rows["de"][1] == rows["de"][3]
    assert rows["it"][0] == "prepared"
    assert int(rows["it"][1]) < int(rows["it"][3])


@pytest.mark.parametrize("language", ["../it", "IT", "it/../de", "italian"])
def test_text_that_is_no_language_is_refused(language: str, product: Path) -> None:
    with pytest.raises(SystemExit):
        translate.main([language])
