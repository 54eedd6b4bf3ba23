"""Kit in a spoken reply."""

import json
from pathlib import Path

import pytest

from custom_components.home_gym.gym.exercises.exercise_facts import Kit
from custom_components.home_gym.gym.exercises.kit_words import kit_in
from custom_components.home_gym.gym.speech import phrases

FOLDER = Path(phrases.__file__).parent
PHRASES = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.json"))}
ALL = set(Kit)


@pytest.mark.parametrize(
    ("language", "text", "kit"),
    [
        ("en", "A roller and a band", {Kit.ROLLER, Kit.BAND}),
        ("en", "I've got a foam roller, a soft ball and two towels.", {Kit.ROLLER, Kit.BALL, Kit.TOWEL}),
        ("en", "No band, but a roller", {Kit.ROLLER}),
        ("en", "I don't have a massage gun", set()),
        ("en", "No band, a roller", {Kit.ROLLER}),
        ("en", "Everything", ALL),
        ("en", "Nothing", set()),
        ("en", "Turn on the light", None),
        ("en", "My husband is at home", None),
        ("de", "Eine Rolle, ein Theraband und Kissen", {Kit.ROLLER, Kit.BAND, Kit.CUSHION}),
        ("de", "Kein Band, aber eine Stufe", {Kit.STEP}),
        ("de", "Nichts davon", set()),
        ("fr", "Un rouleau et une serviette", {Kit.ROLLER, Kit.TOWEL}),
        ("fr", "Un coussin, mais pas de balle", {Kit.CUSHION}),
        ("fr", "Rien du tout", set()),
        ("nl", "Een foamroller en een handdoek", {Kit.ROLLER, Kit.TOWEL}),
        ("nl", "Geen band, wel een kussen", {Kit.CUSHION}),
        ("nl", "Alles", ALL),
        ("es", "Un rodillo y una pelota", {Kit.ROLLER, Kit.BALL}),
        ("es", "Una toalla, sin pistola", {Kit.TOWEL}),
        ("es", "Nada", set()),
    ],
)
def test_kit_is_read_from_reply(language: str, text: str, kit: set[Kit] | None) -> None:
    found = kit_in(text, PHRASES[language])
    assert (None if found is None else set(found)) == kit


@pytest.mark.parametrize("language", PHRASES)
def test_question_names_each_thing_by_a_known_word(language: str) -> None:
    assert kit_in(PHRASES[language]["player.kit"][0], PHRASES[language]) == frozenset(ALL)
