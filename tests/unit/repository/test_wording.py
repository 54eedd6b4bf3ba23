"""The wording of docstrings: nouns and verbs first, no riddles."""

from pathlib import Path

import pytest

from tests.support.wording import docstrings_below, docstrings_in, is_riddle, package_of, riddles_by_package

INTEGRATION = Path(__file__).parents[3] / "custom_components" / "home_gym"

# Riddling docstrings at most, by package. A figure may only shrink; a package that isn't listed has none.
MOST_RIDDLES = {
    ".": 98,
    "assist": 51,
    "coach": 14,
    "flows": 57,
    "gym": 44,
    "gym/back": 33,
    "gym/coaching": 35,
    "gym/habits": 7,
    "gym/intake": 7,
    "gym/journal": 14,
    "gym/prompts": 20,
    "gym/runs": 42,
    "gym/views": 9,
    "ha": 2,
    "importer": 15,
    "issues": 7,
    "routines": 18,
    "services": 11,
    "sources": 58,
    "speech": 31,
    "treadmill": 66,
    "web": 21,
}


def test_docstrings_of_each_package_riddle_no_more_than_allowed() -> None:
    riddles = riddles_by_package(docstrings_below(INTEGRATION))

    beyond = {package: found for package, found in riddles.items() if len(found) > MOST_RIDDLES.get(package, 0)}

    listed = [f"{package}: {docstring}" for package, found in sorted(beyond.items()) for docstring in found]
    assert not beyond, "\n".join(listed)


def test_table_lists_only_existing_packages_with_a_positive_figure() -> None:
    riddles = riddles_by_package(docstrings_below(INTEGRATION))

    assert {package for package, most in MOST_RIDDLES.items() if package not in riddles or most < 1} == set()


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


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sensor.py", "."),
        ("gym/events.py", "gym"),
        ("gym/recordings/fit/walk.py", "gym/recordings"),
        ("sources/webhook/intake.py", "sources"),
    ],
)
def test_package_of_file(path: str, expected: str) -> None:
    assert package_of(path) == expected
