"""Times of "later", said in words and in figures."""

import pytest

from custom_components.home_gym.gym.voice_commands import VoiceCommand
from tests.support.unit.sentences import DATA, LANGUAGES, SENTENCES

SAID: dict[str, dict[str, int | None]] = {
    "en": {
        "In ten minutes.": 10,
        "in 10 minutes please": 10,
        "Ask me again in twenty-five minutes": 25,
        "Later, in 20 minutes": 20,
        "give me five more minutes": 5,
        "in another five minutes": 5,
        "in half an hour": 30,
        "in a quarter of an hour": 15,
        "in an hour": 60,
        "Remind me in two hours": 120,
        "After dinner.": 60,
        "when I\u2019ve eaten": 60,
        "in ninety minutes": 90,
        "in one minute": 1,
        "in a minute": None,
        "in a few minutes": None,
        "later": None,
    },
    "de": {
        "In zehn Minuten": 10,
        "in 10 Minuten bitte": 10,
        "Frag mich in fünfundzwanzig Minuten noch mal": 25,
        "In einer halben Stunde": 30,
        "In einer Viertelstunde": 15,
        "Erst in einer Stunde": 60,
        "In zwei Stunden": 120,
        "Nach dem Abendessen": 60,
        "Nach dem Essen": 60,
        "Gib mir noch fünf Minuten": 5,
        "in einer Minute": 1,
        "in ein paar Minuten": None,
        "später": None,
    },
    "fr": {
        "Dans dix minutes": 10,
        "dans 10 minutes s'il te plaît": 10,
        "Redemande-moi dans vingt et une minutes": 21,
        "dans soixante-quinze minutes": 75,
        "dans une demi-heure": 30,
        "dans un quart d'heure": 15,
        "Dans une heure": 60,
        "Après le dîner": 60,
        "Encore cinq minutes": 5,
        "dans quelques minutes": None,
        "plus tard": None,
    },
    "nl": {
        "Over tien minuten": 10,
        "over 10 minuten alsjeblieft": 10,
        "Vraag het me over tweeëntwintig minuten nog een keer": 22,
        "over een half uur": 30,
        "over een halfuurtje": 30,
        "Over een kwartier": 15,
        "over een uur": 60,
        "Na het eten": 60,
        "Geef me nog vijf minuten": 5,
        "over een paar minuten": None,
        "later": None,
    },
    "es": {
        "En diez minutos": 10,
        "dentro de 10 minutos por favor": 10,
        "Pregúntame en treinta y cinco minutos": 35,
        "en media hora": 30,
        "Dentro de un cuarto de hora": 15,
        "en una hora": 60,
        "Después de cenar": 60,
        "Dame cinco minutos más": 5,
        "en unos minutos": None,
        "más tarde": None,
    },
}


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [(language, text, minutes) for language, said in SAID.items() for text, minutes in said.items()],
)
def test_time_of_later_is_understood(language: str, text: str, minutes: int | None) -> None:
    parsed = SENTENCES[language].understood(text)
    assert parsed is not None
    assert (parsed.command, parsed.minutes) == (VoiceCommand.LATER, minutes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_of_minutes_has_a_word_and_a_figure(language: str) -> None:
    minutes = DATA[language]["lists"]["minutes"]
    assert [int(number) for number in minutes] == [*range(1, 61), 70, 75, 80, 90, 100, 120]
    assert all(number in forms and len(forms) > 1 for number, forms in minutes.items())
    words = [form for forms in minutes.values() for form in forms]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_heard_only_while_a_prompt_is_open(language: str) -> None:
    """Outside of it, "in five minutes" belongs to Home Assistant's timers."""
    assert all(
        "{minutes}" not in sentence and "{delay}" not in sentence
        for context, commands in DATA[language]["sentences"].items()
        if context != "while_asked"
        for those in commands.values()
        for sentence in those
    )
