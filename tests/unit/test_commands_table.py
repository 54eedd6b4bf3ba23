"""The table of the usual commands that Home Gym takes stands in the guide."""

from pathlib import Path

from tests.support.commands import LANGUAGES
from tests.support.unit.commands_table import ALWAYS, table, taken

PAGE = (Path(__file__).parents[2] / "docs" / "assist.md").read_text(encoding="utf-8")


def test_page_has_the_table_of_usual_commands() -> None:
    assert "\n".join(table()) in PAGE


def test_no_usual_command_is_taken_while_nothing_goes_on() -> None:
    assert not [text for language in LANGUAGES for text in taken(language, here=(ALWAYS,))]
