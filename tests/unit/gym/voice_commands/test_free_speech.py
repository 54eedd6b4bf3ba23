"""Free sentences: their parameters, short words among others, and the gym as their subject."""

from itertools import chain
from typing import Any

from hassil.intents import Intents, WildcardSlotList
from hassil.recognize import recognize_best
import pytest

from custom_components.home_gym.gym.exercises.level import Length
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.voice_commands import (
    FreeSpeech,
    ParsedCommand,
    RestPeriod,
    SentenceContext,
    VoiceCommand,
)
from tests.support.commands import commands_in
from tests.support.unit.paraphrases import LANGUAGES, paraphrases_in
from tests.support.unit.sentences import DATA

FREE = {language: FreeSpeech(data, ["Alex", "Sam"]) for language, data in DATA.items()}
GUIDED, ASKED = SentenceContext.WHILE_GUIDED, SentenceContext.WHILE_ASKED


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "Let's do twenty minutes of core!", {"habit": Habit.CORE, "minutes": 20}),
        ("en", "I feel like half an hour of stretching", {"habit": Habit.STRETCH, "minutes": 30}),
        ("en", "give me a quick core session for Sam", {"habit": Habit.CORE, "length": Length.SHORT, "runner": "Sam"}),
        ("de", "Mach mit mir fünfzehn Minuten Rumpftraining", {"habit": Habit.CORE, "minutes": 15}),
        ("fr", "Dix minutes d\u2019étirements", {"habit": Habit.STRETCH, "minutes": 10}),
        ("nl", "Laten we vijftien minuten stretchen", {"habit": Habit.STRETCH, "minutes": 15}),
        ("es", "Quiero hacer veinte minutos de core", {"habit": Habit.CORE, "minutes": 20}),
    ],
)
def test_routine_starts_with_its_habit_and_minutes(language: str, text: str, meant: dict[str, Any]) -> None:
    assert FREE[language].understood(text) == ParsedCommand(command=VoiceCommand.START_ROUTINE, **meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("I won't be training this week", ParsedCommand(command=VoiceCommand.REST, period=RestPeriod.WEEK)),
        ("I need a rest day", ParsedCommand(command=VoiceCommand.REST, period=RestPeriod.TODAY)),
        ("I've caught a nasty cold", ParsedCommand(command=VoiceCommand.REST)),
        ("How far is it wise to run tomorrow", ParsedCommand(command=VoiceCommand.WISE_DISTANCE, tomorrow=True)),
        ("How far should I run", ParsedCommand(command=VoiceCommand.WISE_DISTANCE)),
        ("How are Sam's shoes holding up", ParsedCommand(command=VoiceCommand.SHOES, runner="Sam")),
        ("When did I last do anything", None),
        ("turn on the core light", None),
        ("What a lovely day", None),
    ],
)
def test_free_sentence_has_its_parameters(text: str, meant: ParsedCommand | None) -> None:
    assert FREE["en"].understood(text) == meant


def test_first_habit_counts() -> None:
    parsed = FREE["en"].understood("I did my stretches after my core workout")
    assert parsed is not None
    assert parsed.habit is Habit.STRETCH


@pytest.mark.parametrize(
    ("text", "context", "meant"),
    [
        ("Stop!", GUIDED, VoiceCommand.STOP_ROUTINE),
        ("okay, stop it now please", GUIDED, VoiceCommand.STOP_ROUTINE),
        ("stop for a second", GUIDED, VoiceCommand.PAUSE_ROUTINE),
        ("cancel", GUIDED, VoiceCommand.STOP_ROUTINE),
        ("that is enough", GUIDED, VoiceCommand.STOP_ROUTINE),
        ("done", GUIDED, VoiceCommand.STOP_ROUTINE),
        ("I'm done with this exercise", GUIDED, VoiceCommand.NEXT_STEP),
        ("skip", GUIDED, VoiceCommand.NEXT_STEP),
        ("this is too hard", GUIDED, VoiceCommand.NEXT_STEP),
        ("something easier", GUIDED, VoiceCommand.NEXT_STEP),
        ("stop the music", GUIDED, None),
        ("stop the vacuum", GUIDED, None),
        ("pause the film", GUIDED, None),
        ("next song", GUIDED, None),
        ("cancel the timer", GUIDED, None),
        ("turn on the light", GUIDED, None),
        ("please", GUIDED, None),
        ("done", ASKED, VoiceCommand.DONE),
        ("skip", ASKED, VoiceCommand.DECLINE),
        ("skip this song", ASKED, None),
        ("stop", ASKED, None),
        ("no no no no no no no no no no no no no", ASKED, None),
    ],
)
def test_short_words_are_the_whole_sentence(text: str, context: SentenceContext, meant: VoiceCommand | None) -> None:
    parsed = FREE["en"].understood_short(text, context)
    assert (parsed.command if parsed else None) is meant


STOPS = {
    "de": ["Stopp", "Abbrechen", "Das ist genug", "Fertig", "Schluss jetzt", "Hör auf", "Aufhören", "Stopp, es reicht"],
    "en": ["Stop", "Cancel", "Enough", "Done", "That's it", "I quit", "I can't go on", "No more", "Stop, enough"],
    "es": ["Para", "Cancela", "Basta", "Hecho", "Ya está", "Suficiente", "No puedo más", "Alto", "Para, basta"],
    "fr": ["Stop", "Annule", "Assez", "C'est fini", "Ça suffit", "Arrête", "J'en peux plus", "Arrête, ça suffit"],
    "nl": ["Stop", "Annuleer", "Genoeg", "Klaar", "Hou op", "Ik kan niet meer", "Kap ermee", "Stop, genoeg"],
}


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang, texts in STOPS.items() for text in texts])
def test_stop_stops(language: str, text: str) -> None:
    parsed = FREE[language].understood_short(text, GUIDED)
    assert parsed == ParsedCommand(command=VoiceCommand.STOP_ROUTINE)


EASIER = {
    "de": ["Zu schwer", "Das ist zu schwer", "Leichter", "Überspringen"],
    "en": ["Too hard", "It's too hard", "Easier", "Skip"],
    "es": ["Demasiado difícil", "Más fácil", "Salta"],
    "fr": ["Trop dur", "C'est trop dur", "Plus facile", "Saute"],
    "nl": ["Te zwaar", "Dit is te zwaar", "Makkelijker", "Overslaan"],
}


@pytest.mark.parametrize(("language", "text"), [(lang, text) for lang, texts in EASIER.items() for text in texts])
def test_exercise_that_is_too_hard_is_skipped(language: str, text: str) -> None:
    parsed = FREE[language].understood_short(text, GUIDED)
    assert parsed == ParsedCommand(command=VoiceCommand.NEXT_STEP)


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("en", "ask me again in about ten minutes", 10),
        ("en", "in half an hour please", 30),
        ("en", "yes", None),
        ("de", "gib mir noch zehn Minuten", 10),
        ("fr", "laisse-moi une demi-heure", 30),
        ("nl", "over een kwartier graag", 15),
        ("es", "dame diez minutos más", 10),
    ],
)
def test_delay_of_an_answer(language: str, text: str, minutes: int | None) -> None:
    parsed = FREE[language].understood_short(text, ASKED)
    assert parsed is not None
    assert parsed.minutes == minutes


def test_short_words_name_a_runner() -> None:
    assert FREE["en"].understood_short("skip it for Sam", ASKED) == ParsedCommand(
        command=VoiceCommand.DECLINE, runner="Sam"
    )


@pytest.mark.parametrize(
    ("text", "stops", "of_gym"),
    [
        ("Stop, the dog is on my mat", True, False),
        ("The dog is here, stop", True, False),
        ("the bus stop is far", False, False),
        ("how is my training plan made", False, True),
        ("add running shoes to the list", False, False),
    ],
)
def test_sentence_stops_or_speaks_of_the_gym(text: str, stops: bool, of_gym: bool) -> None:
    assert FREE["en"].stops(text) is stops
    assert FREE["en"].speaks_of_gym(text) is of_gym


def test_without_runners_no_name_is_found() -> None:
    parsed = FreeSpeech(DATA["en"], []).understood("how are my shoes")
    assert parsed == ParsedCommand(command=VoiceCommand.SHOES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_trigger_catches_every_understood_sentence(language: str) -> None:
    contexts = (SentenceContext.ALWAYS, GUIDED, ASKED)
    templates = FREE[language].templates(*contexts)
    intents = Intents.from_dict({"language": language, "intents": {"all": {"data": [{"sentences": templates}]}}})
    intents.slot_lists["gap"] = WildcardSlotList("gap")
    said = list(paraphrases_in(language))[::5]
    understood = [
        each.text
        for each in said
        if (
            FREE[language].understood_short(each.text, each.context)
            if each.context
            else FREE[language].understood(each.text)
        )
        # "In ten minutes" is a sentence of the grammar.
        and each.command is not VoiceCommand.LATER
    ]
    assert len(understood) > 100
    assert not [text for text in understood if recognize_best(text, intents) is None]


def test_trigger_has_no_templates_in_other_contexts() -> None:
    assert not FREE["en"].templates(SentenceContext.WHILE_RATED)
    assert FREE["en"].templates(SentenceContext.ALWAYS)


@pytest.mark.parametrize(
    ("language", "text", "household"),
    [
        ("en", "Stop the vacuum", True),
        ("en", "Turn the sprinklers off", True),
        ("en", "Stop this torture", False),
        ("de", "Stopp den Staubsauger", True),
        ("de", "Hör auf zu zählen", False),
        ("fr", "Arrête l'aspirateur", True),
        ("fr", "Arrête de compter", False),
        ("nl", "Stop de stofzuiger", True),
        ("nl", "Stop met tellen", False),
        ("es", "Para la aspiradora", True),
        ("es", "Más alto", True),
        ("es", "Para de contar", False),
    ],
)
def test_things_of_household_are_known(language: str, text: str, *, household: bool) -> None:
    assert FREE[language].names_household(text) is household


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("whatever again", True),
        ("say that once more in plain words", True),
        ("thank you", False),
        # An order to Home Assistant, and a thing of the household.
        ("turn on the back light", False),
        ("is the back door locked", False),
    ],
)
def test_words_of_routine_are_found_among_others(text: str, *, mentioned: bool) -> None:
    assert FREE["en"].mentions(text, GUIDED) is mentioned


def test_usual_commands_speak_of_no_gym() -> None:
    assert not [text for language in LANGUAGES for text in commands_in(language) if FREE[language].speaks_of_gym(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_names_every_habit(language: str) -> None:
    free, english = DATA[language]["free"], DATA["en"]["free"]
    assert set(free["names"]) == set(Habit)
    assert set(free["periods"]) == set(RestPeriod)
    for context in (SentenceContext.ALWAYS, GUIDED, ASKED):
        assert set(free[context]) == set(english[context])
    assert set(chain.from_iterable(free[context] for context in (SentenceContext.ALWAYS, GUIDED, ASKED))) <= set(
        VoiceCommand
    )
