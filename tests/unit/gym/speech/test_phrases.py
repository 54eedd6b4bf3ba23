"""Phrases of the coach: complete in every language, with the same placeholders."""

from collections.abc import Iterator
from itertools import product
import json
from pathlib import Path
from re import search
from string import Formatter

import pytest

from custom_components.home_gym.gym.back.weekly_review import ReviewMessage
from custom_components.home_gym.gym.exercises.exercise import Variant, catalogue
from custom_components.home_gym.gym.exercises.exercise_facts import ALL_EXERCISES
from custom_components.home_gym.gym.exercises.plans import GentleReason
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.recordings.errors import RecordingFault
from custom_components.home_gym.gym.runs.form import Cue
from custom_components.home_gym.gym.speech import phrases as module
from custom_components.home_gym.gym.speech.phrases import FALLBACK_LANGUAGE, Phrases, line
from custom_components.home_gym.gym.speech.plurals import PluralForm

FOLDER = Path(module.__file__).parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))


def phrases_of(language: str) -> Phrases:
    """Return the phrases of a language."""
    phrases: Phrases = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return phrases


def placeholders(variant: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(variant) if name is not None}


FALLBACK = phrases_of(FALLBACK_LANGUAGE)
PARTS = ("name", "cue", "brief", "tip", "stop")


def test_fallback_language_exists() -> None:
    assert FALLBACK_LANGUAGE in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_is_complete(language: str) -> None:
    phrases = phrases_of(language)

    forms = {f"{key}_{form}": key for key in FALLBACK for form in PluralForm} if language != FALLBACK_LANGUAGE else {}
    assert phrases.keys() - forms.keys() | FALLBACK.keys() == FALLBACK.keys()
    assert phrases.keys() >= FALLBACK.keys()
    for key, variants in phrases.items():
        allowed = set().union(*map(placeholders, FALLBACK[key if key in FALLBACK else forms[key]]))
        assert variants, key
        assert len(set(variants)) == len(variants), key
        for variant in variants:
            assert variant == variant.strip() != "", key
            assert placeholders(variant) <= allowed, key
        assert set().union(*map(placeholders, variants)) == allowed, key


def test_languages() -> None:
    assert LANGUAGES == ["de", "en", "es", "fr", "nl"]


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {FALLBACK_LANGUAGE}))
def test_sentences_are_translated(language: str) -> None:
    """A name or a word may be the same in two languages, a sentence never is."""
    for key, variants in phrases_of(language).items():
        sentences = {variant for variant in FALLBACK[key] if " " in variant and variant.endswith((".", "?"))}
        assert not sentences.intersection(variants), key


def needed() -> Iterator[str]:
    """Yield the keys that the gym's enumerations require."""
    yield from (f"reason.{reason}" for reason in RecordingFault)
    yield from (f"prompt.{topic}" for topic in (*Habit, *NonHabitTopic) if topic is not NonHabitTopic.REVIEW)
    yield from (f"form.{cue}" for cue in Cue)
    yield from (f"review.word.{word}" for word in ReviewMessage)
    yield from (f"routine.{habit}.name" for habit in Habit)
    yield from (f"exercise.{exercise}.{part}" for exercise, part in product(catalogue(), PARTS))
    yield from (f"player.{way}" for way in Variant)
    yield from (f"player.gentle.{reason}" for reason in GentleReason)


def unclear(phrases: Phrases) -> set[tuple[str, Variant]]:
    """Return the exercises without a clear easier or harder form.

    Clear is exactly one of these: another exercise replaces it, the phrases describe the variant, or there is a reason
    against it.
    """
    return {
        (exercise.id, way)
        for exercise, way in product(catalogue().values(), Variant)
        if [
            exercise.other(way) is not None,
            f"exercise.{exercise.id}.{way}" in phrases,
            bool(ALL_EXERCISES[exercise.id].without.get(way)),
        ].count(True)
        != 1
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_exercises_have_easier_and_harder_forms(language: str) -> None:
    phrases = phrases_of(language)
    assert unclear(phrases) == set()
    # Neither of both, and both.
    missing = {key: variants for key, variants in phrases.items() if key != "exercise.roll_glutes.harder"}
    assert unclear(missing) == {("roll_glutes", Variant.HARDER)}
    doubled = {**phrases, "exercise.high_knees.easier": ["March instead."]}
    assert unclear(doubled) == {("high_knees", Variant.EASIER)}


def test_few_exercises_lack_form() -> None:
    without = {(name, way) for name, facts in ALL_EXERCISES.items() for way in facts.without}
    lacking = ("heat_or_ice", "cat_cow", "ball_lower_back", "strides", "compression")
    assert without == {(name, Variant.HARDER) for name in lacking}


@pytest.mark.parametrize("key", needed())
def test_every_required_key_has_line(key: str) -> None:
    assert key in FALLBACK


PHRASES: Phrases = {
    "greeting": ["Hello {runner}.", "Good run, {runner}.", "Well done, {runner}."],
    "title": ["Home Gym"],
}


def test_variants_alternate() -> None:
    spoken_lines = [line(PHRASES, "greeting", turn=turn, runner="Alex") for turn in range(4)]
    assert spoken_lines == ["Hello Alex.", "Good run, Alex.", "Well done, Alex.", "Hello Alex."]


def test_braces_in_name_are_kept() -> None:
    assert "{0}{title}" in line(PHRASES, "greeting", runner="{0}{title}")


def test_single_variant_is_repeated() -> None:
    assert {line(PHRASES, "title", turn=turn) for turn in range(3)} == {"Home Gym"}


POLISH: Phrases = {
    "language": ["pl"],
    "run": ["{count} biegów"],
    "run_one": ["jeden bieg"],
    "run_few": ["{count} biegi"],
    "km": ["{distance} kilometrów"],
    "km_few": ["{distance} kilometry"],
    "km_other": ["{distance} kilometra"],
    "two": ["{first} z {second}"],
    "two_one": ["jeden"],
}


@pytest.mark.parametrize(
    ("key", "placeholders", "expected"),
    [
        ("run", {"count": 1}, "jeden bieg"),
        ("run", {"count": 3}, "3 biegi"),
        ("run", {"count": 5}, "5 biegów"),
        ("km", {"count": 2, "distance": "2"}, "2 kilometry"),
        ("km", {"count": 2.5, "distance": "2,5"}, "2,5 kilometra"),
        ("km", {"distance": "2"}, "2 kilometrów"),
        ("two", {"first": 1, "second": 1}, "1 z 1"),
        ("run_few", {"count": 1}, "1 biegi"),
    ],
)
def test_line_has_form_of_its_number(key: str, placeholders: dict[str, str | float], expected: str) -> None:
    assert line(POLISH, key, turn=0, **placeholders) == expected


def test_prompts_and_cues_have_several_variants() -> None:
    """Repeated prompts should not sound alike."""
    for language, habit in product(LANGUAGES, PromptSettings().offsets):
        assert len(phrases_of(language)[f"prompt.{habit}"]) >= 3
    for language, cue in product(LANGUAGES, Cue):
        assert len(phrases_of(language)[f"form.{cue}"]) >= 2


# What routines say


def test_phrases_have_no_unknown_exercise() -> None:
    spoken_of = {key.split(".")[1] for key in FALLBACK if key.startswith("exercise.")}
    assert spoken_of == set(catalogue())


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_exercises_differ(language: str) -> None:
    phrases = phrases_of(language)
    names = [phrases[f"exercise.{exercise}.name"][0] for exercise in catalogue()]
    assert len(set(names)) == len(names)
    assert all(len(phrases[f"exercise.{exercise}.name"]) == 1 for exercise in catalogue())


# At 15 letters a second, the pace of a calm voice.
LONGEST_CUE = 8 * 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_cues_are_short_and_vary(language: str) -> None:
    phrases = phrases_of(language)
    for exercise in catalogue():
        cues = phrases[f"exercise.{exercise}.cue"]
        assert len(cues) >= 2, exercise
        assert max(map(len, cues)) <= LONGEST_CUE, exercise


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_at_half_end_before_countdown(language: str) -> None:
    """The middle of 30 s is 15 s before the end and 10 before the countdown; that of 60 s, 25."""
    phrases = phrases_of(language)
    half = max(map(len, phrases["player.half"]))
    for exercise in catalogue():
        tip, stop = (max(map(len, phrases[f"exercise.{exercise}.{part}"])) for part in ("tip", "stop"))
        assert half + 1 + max(tip, stop) <= 10 * 15, exercise
        assert half + 1 + tip + 1 + stop <= 25 * 15, exercise


@pytest.mark.parametrize("language", LANGUAGES)
def test_brief_cues_are_a_word_or_few(language: str) -> None:
    """At most four words, so that a practised runner hears little; a rule of safety may take more."""
    phrases = phrases_of(language)
    rules = {"roll_lower_back", "ball_lower_back", "heat_or_ice"}
    for exercise in catalogue().keys() - rules:
        (brief,) = phrases[f"exercise.{exercise}.brief"]
        assert len(brief.split()) <= 4, exercise
    for exercise in rules:
        assert says(phrases, f"exercise.{exercise}.brief", NEVER[language])


# Words of the rules that keep a back safe: never, the spine, bone, bare skin, a cloth, to bounce.
NEVER = {"de": "nie", "en": "never", "es": "nunca", "fr": "jamais", "nl": "nooit"}
SPINE = {"de": "wirbelsäule", "en": "spine", "es": "columna", "fr": "colonne", "nl": "wervelkolom"}
BONE = {"de": "knochen", "en": "bone", "es": "hueso", "fr": "os", "nl": "bot"}
BARE = {"de": "bloße haut", "en": "bare skin", "es": "piel desnuda", "fr": "peau nue", "nl": "blote huid"}
CLOTH = {"de": "tuch", "en": "cloth", "es": "paño", "fr": "linge", "nl": "doek"}
BOUNCE = {"de": "wippe", "en": "bounce", "es": "rebotes", "fr": "à-coups", "nl": "veer"}
PAIN = {"de": "schmerz", "en": "pain", "es": "dolor", "fr": "douleur", "nl": "pijn"}


def says(phrases: Phrases, key: str, *words: str) -> bool:
    """Return whether every variant of a line has all of these words, and not only longer words beginning with them."""
    return all(
        search(rf"(?<!\w){word}(?!\w)", variant.lower()) is not None for variant, word in product(phrases[key], words)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", ["roll_lower_back", "ball_lower_back"])
def test_spine_is_never_rolled(language: str, exercise: str) -> None:
    phrases = phrases_of(language)
    for part in ("cue", "tip"):
        assert says(phrases, f"exercise.{exercise}.{part}", NEVER[language], SPINE[language])
    assert says(phrases, "exercise.roll_lower_back.harder", NEVER[language], SPINE[language])
    assert says(phrases, f"exercise.{exercise}.stop", PAIN[language], NEVER[language], SPINE[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_massage_gun_stays_on_muscles(language: str) -> None:
    phrases = phrases_of(language)
    never, spine, bone = NEVER[language], SPINE[language], BONE[language]
    assert says(phrases, "exercise.massage_tight_spot.cue", f"{never}[^,.]* {bone}", f"{never}[^,.]* {spine}")
    assert says(phrases, "exercise.massage_glutes.tip", SPINE[language])
    for exercise in ("massage_glutes", "massage_hamstrings", "massage_calves", "massage_tight_spot"):
        assert says(phrases, f"exercise.{exercise}.stop", PAIN[language]), exercise


@pytest.mark.parametrize("language", LANGUAGES)
def test_heat_and_ice_are_wrapped(language: str) -> None:
    assert says(phrases_of(language), "exercise.heat_or_ice.cue", NEVER[language], BARE[language], CLOTH[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_stretches_warn_against_bouncing(language: str) -> None:
    phrases = phrases_of(language)
    stretches = {exercise.id for exercise in catalogue().values() if Habit.STRETCH in exercise.habits}
    # One is rocked in, the other moves.
    for exercise in stretches - {"knees_to_chest", "cat_cow"}:
        assert says(phrases, f"exercise.{exercise}.tip", BOUNCE[language]), exercise
