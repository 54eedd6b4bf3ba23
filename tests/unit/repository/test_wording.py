"""The wording of docstrings: nouns and verbs first, no riddles."""

from pathlib import Path

import pytest

from tests.support.wording import (
    docstrings_below,
    docstrings_in,
    is_riddle,
    riddling_tests_in,
)

ROOT = Path(__file__).parents[3]
INTEGRATION = ROOT / "custom_components" / "home_gym"

# Folders of plainly worded tests; the list may only grow.
PLAIN_TESTS = (
    *("tests/bench", "tests/builders", "tests/corpus", "tests/demo", "tests/e2e", "tests/integration"),
    *("tests/life", "tests/mutation", "tests/rig", "tests/support", "tests/unit/gym", "tests/visual"),
)


def test_docstrings_have_no_riddles() -> None:
    docstrings = docstrings_below(INTEGRATION)

    assert docstrings
    assert [str(docstring) for docstring in docstrings if is_riddle(docstring.first_sentence)] == []


@pytest.mark.parametrize("folder", PLAIN_TESTS)
def test_docstrings_and_names_of_tests_have_no_riddles(folder: str) -> None:
    docstrings = docstrings_below(ROOT / folder)
    names = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for name in riddling_tests_in(path.read_text(encoding="utf-8"))
    ]

    assert docstrings
    assert [str(docstring) for docstring in docstrings if is_riddle(docstring.first_sentence)] == []
    assert names == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("test_session_logged_during_prompt_delays_next_prompt", False),
        ("test_whole_run_is_read", False),
        ("test_what_is_done_while_it_is_asked_for", True),
        ("test_nobody_is_asked", True),
        ("test_run_is_told", True),
    ],
)
def test_riddling_test_name_is_recognised(name: str, expected: bool) -> None:
    assert riddling_tests_in(f"def {name}(): ...\ndef {name[5:]}(): ...") == ([name] if expected else [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Match watch runs to belt sessions.", False),
        ("Return the end of the latest session, None for a habit without one.", False),
        ("Pain score (0-10) of a day on which the runner ran.", False),
        ("Yield the instants at which a prompt expires.", False),
        ("Recognise the question `what hurts`.", False),
        ('Match the sentence "who ran" of a voice assistant.', False),
        ("Decline what was asked for last.", True),
        ("Whoever looks later learns of the retry.", True),
        ("Report nothing while nobody is home.", True),
        ("Return whose session this is.", True),
        ("Return when a habit was last done.", True),
        ("Where the last point was.", True),
        ("Tell whether the belt moves.", True),
        ("The mileage in the book.", True),
        ("Begin anew.", True),
        ("The words that runners know by heart.", True),
    ],
)
def test_riddle_is_recognised(sentence: str, expected: bool) -> None:
    assert is_riddle(sentence) is expected


def test_docstrings_of_module_class_function_and_attribute_are_found() -> None:
    source = (
        '"""Module."""\n'
        "LIMIT = 3\n"
        '"""Attribute."""\n'
        "class Pair:\n"
        '    """Class.\n\n    More."""\n'
        "    count: int\n"
        '    """Field."""\n'
        "    def add(self):\n"
        '        """Function: and more."""\n'
        '        "no docstring"\n'
    )

    found = [(each.line, each.name, each.first_sentence) for each in sorted(docstrings_in(source, "shoes/rack.py"))]

    assert found == [
        (1, "shoes/rack.py", "Module."),
        (3, "LIMIT", "Attribute."),
        (5, "Pair", "Class."),
        (9, "count", "Field."),
        (11, "add", "Function:"),
    ]
