"""Sentences of every language in all wordings, and their separation from sentences of others."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, islice
import json
from random import Random
import re
from typing import Any

from hassil.intents import Intents
from hassil.parse_expression import parse_sentence
from hassil.recognize import recognize_best
from hassil.sample import sample_expression, sample_sentence
from home_assistant_intents import get_intents
from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.exercises.level import Length
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.practice import Effort
from custom_components.home_gym.gym.voice_commands import (
    FREELY_SPOKEN,
    ParsedCommand,
    RestPeriod,
    SentenceContext,
    Sentences,
    VoiceCommand,
    spoken,
)
from tests.support.unit.sentences import DATA, LANGUAGES, NAMES, SENTENCES, matches


def test_languages() -> None:
    assert LANGUAGES == ["de", "en", "es", "fr", "nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_every_command(language: str) -> None:
    data, english = DATA[language], DATA["en"]
    assert {moment: commands.keys() for moment, commands in data["sentences"].items()} == {
        moment: commands.keys() for moment, commands in english["sentences"].items()
    }
    assert {command for commands in data["sentences"].values() for command in commands} == set(
        VoiceCommand
    ) - FREELY_SPOKEN
    lists = data["lists"]
    assert set(lists["habit"]) == set(Habit)
    assert set(lists["period"]) == set(RestPeriod)
    assert set(lists["length"]) == set(Length)
    assert set(lists["effort"]) == set(Effort)
    assert list(lists["span"]) == ["5", "10", "20", "30"]
    assert [int(score) for score in lists["score"]] == list(range(11))
    assert list(lists["painless"]) == ["0"]
    # Grammar needs several lists of habits; a habit missing in one is in another sentence.
    assert all(set(values) <= set(Habit) for name, values in lists.items() if name not in MEANING_OF)
    text = json.dumps([data["sentences"], data["rules"]])
    assert set(re.findall(r"\{(\w+)\}", text)) == {*lists, "routine", "runner", "whose"}
    assert set(re.findall(r"<(\w+)>", text)) == set(data["rules"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [VoiceCommand.START_ROUTINE, VoiceCommand.LOG_SESSION, VoiceCommand.LAST_SESSION])
def test_every_habit_can_be_named(language: str, command: VoiceCommand) -> None:
    habits = {parsed.habit for _, parsed in all_wordings(language) if parsed.command is command and not parsed.routine}
    assert habits == set(Habit)


# With so many orders of its words, a sentence is tried in some of them, and with some of its habits, names and numbers.
MANY = 150
SOME = 2
LONG = 40


def wordings(language: str, command: str, sentence: str) -> Iterator[tuple[str, ParsedCommand]]:
    """Yield the wordings of a sentence with their meanings, by Home Assistant's own parser of its grammar."""
    rules = {name: parse_sentence(f"({rule})") for name, rule in DATA[language]["rules"].items()}
    every = sample_sentence(parse_sentence(sentence), expansion_rules=rules, expand_lists=False)
    samples = sorted({" ".join(sample.split()) for sample in every})
    chance = Random(sentence)
    is_long = len(samples) > MANY
    for sample in chance.sample(samples, MANY) if is_long else samples:
        yield from filled(language, sample, {"command": VoiceCommand(command)}, chance if is_long else None)


def filled(
    language: str, sample: str, meant: dict[str, Any], chance: Random | None
) -> Iterator[tuple[str, ParsedCommand]]:
    """Fill every slot with words: all there are, or a random choice."""
    if not (slot := re.search(r"\{(\w+)\}", sample)):
        yield sample, ParsedCommand(**meant)
        return
    words = forms(language, slot[1])
    # A list of numbers stands for itself by some of them.
    words = words[:: 1 + len(words) // LONG]
    for form, meaning in chance.sample(words, min(SOME, len(words))) if chance else words:
        yield from filled(language, sample.replace(slot[0], form, 1), meant | meaning, chance)


# What the words of a list mean; those of all others are habits.
MEANING_OF: dict[str, tuple[str, Callable[[str], Any]]] = {
    "length": ("length", Length),
    "period": ("period", RestPeriod),
    "score": ("score", int),
    "painless": ("score", int),
    "well": ("score", int),
    "effort": ("effort", Effort),
    "span": ("minutes", int),
    "minutes": ("minutes", int),
    "delay": ("minutes", int),
    "tomorrow": ("tomorrow", bool),
}


def forms(language: str, slot: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the words of a slot, with their meanings."""
    data = DATA[language]
    if slot == "runner":
        return [("Sam", {"runner": "Sam"})]
    if slot == "routine":
        return [("evening yoga", {"routine": "Evening yoga"})]
    if slot == "whose":
        return [(form.format(runner="Sam"), {"runner": "Sam"}) for form in data["whose"]]
    name, kind = MEANING_OF.get(slot, ("habit", Habit))
    return [(form, {name: kind(value)}) for value, words in data["lists"][slot].items() for form in words]


@cache
def all_wordings(language: str) -> list[tuple[str, ParsedCommand]]:
    """Return wordings of every sentence of a language."""
    return [
        wording
        for commands in DATA[language]["sentences"].values()
        for command, sentences in commands.items()
        for sentence in sentences
        for wording in wordings(language, command, sentence)
    ]


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.full), 5])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_is_understood(language: str, every: int) -> None:
    wrong = {
        text: (meant, parsed)
        for text, meant in all_wordings(language)[::every]
        if (parsed := SENTENCES[language].understood(text)) != meant
    }
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_wordings_are_unambiguous(language: str) -> None:
    """No sentence has two meanings."""
    meanings: dict[str, set[ParsedCommand]] = {}
    for text, meant in all_wordings(language):
        meanings.setdefault(text.lower(), set()).add(meant)
    assert len(meanings) > 500
    assert not {text: meant for text, meant in meanings.items() if len(meant) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_matcher_recognizes_wordings(language: str) -> None:
    """A sample stands for all, as the matcher is slow."""
    templates = SENTENCES[language].templates(*SentenceContext)
    intents = Intents.from_dict({"language": language, "intents": {"all": {"data": [{"sentences": templates}]}}})
    every = sorted(text for text, _ in all_wordings(language))
    assert not [text for text in every[:: len(every) // 300] if recognize_best(text, intents) is None]


EVERYDAY = {
    "en": [
        "turn on the light",
        "start the timer",
        "start the vacuum",
        "stop",
        "stop the music",
        "pause the music",
        "resume the movie",
        "next song",
        "next",
        "pause",
        "repeat the song",
        "yes",
        "no",
        "later",
        "done",
        "skip",
        "I'm back",
        "I'm home",
        "what's the weather today",
        "what's on my list today",
        "what's on my calendar today",
        "cancel the timer",
        "cool down the bedroom",
        "warm up the living room",
        "how many miles to Boston",
        "when did I last feed the dog",
        "add stretch film to the shopping list",
        "good night",
        "start",
        "go back",
        "wait",
        "not yet",
        "I've done it",
        "start the dishwasher program",
        "please stop the washing machine",
        "continue the playlist",
        "I want to start a timer",
        "is anything left in the fridge",
        "I have a meeting today",
        "track my package",
        "I did the dishes",
        "what do I have to do today",
        "when was the last time it rained",
        "I'm not cooking today",
        "the session is over",
    ],
    "de": [
        "mach das licht an",
        "starte den timer",
        "stopp",
        "pause",
        "weiter",
        "zurück",
        "ja",
        "nein",
        "später",
        "fertig",
        "nächstes lied",
        "was steht heute an",
        "wie wird das wetter heute",
        "ich bin wieder da",
        "wiederhole das lied",
        "wärme das wohnzimmer auf",
        "mach eine pause",
        "ich mache pause",
        "starte den staubsauger",
        "was steht heute noch an",
        "beende den timer",
        "mach die musik an",
        "halte die rollläden an",
        "weiter mit der musik",
        "noch nicht",
        "auslassen",
        "ich habe die wäsche gemacht",
        "wann habe ich zuletzt die blumen gegossen",
    ],
    "nl": [
        "doe het licht aan",
        "start de timer",
        "stop",
        "pauze",
        "verder",
        "ja",
        "nee",
        "later",
        "klaar",
        "volgende nummer",
        "wat staat er vandaag op de agenda",
        "ik ben terug",
        "doe de deur open",
        "zet de muziek op pauze",
        "stop met de muziek",
        "ga verder met de film",
        "overslaan",
        "begin",
        "wat moet ik vandaag doen",
        "ik heb de was gedaan",
        "hoeveel kilometer is het naar utrecht",
    ],
    "fr": [
        "allume la lumière",
        "démarre le minuteur",
        "stop",
        "pause",
        "suivant",
        "précédent",
        "oui",
        "non",
        "plus tard",
        "chanson suivante",
        "quel temps fait-il aujourd'hui",
        "je suis de retour",
        "vas-y",
        "commence",
        "fais du café",
        "lance la musique",
        "arrête la musique",
        "mets la musique en pause",
        "commence la lecture",
        "j'ai fait les courses",
        "que reste-t-il dans le frigo",
        "quand est-ce que je me suis levé",
        "j'ai mal à la tête",
    ],
    "es": [
        "enciende la luz",
        "inicia el temporizador",
        "para",
        "pausa",
        "siguiente",
        "sí",
        "no",
        "luego",
        "siguiente canción",
        "qué tiempo hace hoy",
        "he vuelto",
        "adelante",
        "listo",
        "saltar",
        "pon la música en pausa",
        "empieza la película",
        "para la música",
        "haz café",
        "sigue con la música",
        "qué queda en la nevera",
        "termina el temporizador",
        "hice la compra",
        "me duele la cabeza",
        "qué tengo que hacer hoy",
    ],
}


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in EVERYDAY for text in EVERYDAY[language]]
)
def test_everyday_sentences_are_not_understood(language: str, text: str) -> None:
    for each in LANGUAGES:
        assert not matches(each, SentenceContext.ALWAYS, text)


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in EVERYDAY for text in EVERYDAY[language]]
)
def test_sentence_matched_in_context_is_understood(language: str, text: str) -> None:
    for moment in set(SentenceContext) - {SentenceContext.ALWAYS}:
        if matches(language, moment, text):
            assert SENTENCES[language].understood(text) is not None


def built_in(language: str) -> Iterator[str]:
    """Yield some wordings of every sentence of Home Assistant itself in a language."""
    data = get_intents(language)
    assert data is not None
    intents = Intents.from_dict(data)
    for each in chain.from_iterable(each.data for each in intents.intents.values()):
        rules = {**intents.expansion_rules, **each.expansion_rules}
        for sentence in each.sentences:
            samples = sample_expression(
                sentence.expression, None, rules, expand_lists=False, expand_ranges=False, skip_optionals=True
            )
            yield from (" ".join(sample.split()) for sample in islice(samples, 20))


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.full), 4])
@pytest.mark.parametrize("language", LANGUAGES)
def test_home_assistant_sentences_are_not_taken(language: str, every: int) -> None:
    theirs = sorted(set(built_in(language)))
    assert len(theirs) > 1000
    # A short word may be meant for the gym in its context only.
    shared = {text for text in theirs[::every] if SENTENCES[language].understood(text)}
    assert not [text for text in shared if matches(language, SentenceContext.ALWAYS, text)]
    assert all(len(text.split()) == 1 for text in shared)


@pytest.mark.parametrize(
    ("text", "moment", "command"),
    [
        ("Yes, please!", SentenceContext.WHILE_ASKED, VoiceCommand.AGREE),
        ("not today", SentenceContext.WHILE_ASKED, VoiceCommand.DECLINE),
        ("Resume.", SentenceContext.WHILE_GUIDED, VoiceCommand.RESUME_ROUTINE),
        ("I\N{RIGHT SINGLE QUOTATION MARK}m back", SentenceContext.WHILE_RESTING, VoiceCommand.END_REST),
    ],
)
def test_short_words_need_context(text: str, moment: SentenceContext, command: VoiceCommand) -> None:
    assert SENTENCES["en"].understood(text) == ParsedCommand(command=command)
    for each in SentenceContext:
        assert matches("en", each, text) == (each is moment)


@pytest.mark.parametrize("text", ["", "   ", "?", "please", "start my", "core", "Ich habe mich gedehnt"])
def test_other_sentences_are_not_understood(text: str) -> None:
    assert SENTENCES["en"].understood(text) is None


@pytest.mark.parametrize(
    ("language", "ill", "well"),
    [
        ("de", "ich bin diese Woche krank", "Ich bin wieder gesund"),
        ("en", "I'm sick this week", "I'm well again"),
        ("es", "estoy enferma esta semana", "ya estoy bien otra vez"),
        ("fr", "je suis malade cette semaine", "je suis guéri"),
        ("nl", "ik ben deze week ziek", "ik ben weer beter"),
    ],
)
def test_illness_is_rest(language: str, ill: str, well: str) -> None:
    assert SENTENCES[language].understood(ill) == ParsedCommand(command=VoiceCommand.REST, period=RestPeriod.WEEK)
    assert SENTENCES[language].understood(well) == ParsedCommand(command=VoiceCommand.END_REST)


def test_own_routine_takes_precedence_over_habit() -> None:
    sentences = Sentences(DATA["en"], NAMES, ["Stretch", "stretch!", "★"])
    assert sentences.understood("start Sam's stretch") == ParsedCommand(
        command=VoiceCommand.START_ROUTINE, routine="Stretch", runner="Sam", habit=Habit.STRETCH
    )
    assert sentences.understood("start core") == ParsedCommand(command=VoiceCommand.START_ROUTINE, habit=Habit.CORE)


# Names


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("Alex", "alex"),
        ("Dr. Alex  (home)", "dr alex home"),
        ("Anna-Lena", "anna lena"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Neil", "o'neil"),
        ("Åsa_2", "åsa 2"),
        ("[x|{y}]", "x y"),
        ("★", ""),
    ],
)
def test_spoken_name(name: str, sound: str) -> None:
    assert spoken(name) == sound


def test_first_of_two_similar_names_counts() -> None:
    sentences = Sentences(DATA["en"], ["Sam!", "sam"])
    assert sentences.understood("Sam did core") == ParsedCommand(
        command=VoiceCommand.LOG_SESSION, habit=Habit.CORE, runner="Sam!"
    )


def test_unspeakable_name_is_ignored() -> None:
    sentences = Sentences(DATA["en"], ["★"])
    assert sentences.understood("I did core") == ParsedCommand(command=VoiceCommand.LOG_SESSION, habit=Habit.CORE)
    assert all("{" not in template and "()" not in template for template in sentences.templates(*SentenceContext))


def test_sentence_with_required_name_needs_names() -> None:
    data = {
        "please": ["please"],
        "rules": {},
        "lists": {},
        "whose": ["{runner}'s"],
        "sentences": {"always": {"shoes": ["{whose} shoes", "my shoes"]}},
    }
    assert Sentences(data, ["Sam"]).templates(SentenceContext.ALWAYS) == [
        "[(please)] (sam's) shoes [(please)]",
        "[(please)] my shoes [(please)]",
    ]
    nobody = Sentences(data, [])
    assert nobody.understood("my shoes") is not None
    assert nobody.understood("sam's shoes") is None
    assert nobody.understood("shoes") is None


@given(st.lists(st.text(max_size=12), max_size=3))
def test_arbitrary_name_does_not_break_matcher(names: list[str]) -> None:
    """One unreadable template would silence all sentences."""
    for template in Sentences(DATA["en"], names).templates(SentenceContext.WHILE_RESTING, SentenceContext.WHILE_ASKED):
        parse_sentence(template)


@pytest.mark.parametrize("language", LANGUAGES)
def test_arbitrary_speakable_name_is_understood(language: str) -> None:
    names = ["Anna-Lena", "O'Neil", "Jean-Luc", "Chris", "José"]
    sentences = Sentences(DATA[language], names)
    start = {
        "de": "pausiere das training für",
        "en": "pause the routine for",
        "es": "pausa la rutina para",
        "fr": "reprends la séance pour",
        "nl": "pauzeer de training voor",
    }[language]
    for name in names:
        parsed = sentences.understood(f"{start} {name}")
        assert parsed is not None
        assert parsed.runner == name


# The grammar


@pytest.mark.parametrize("sentence", ["start <unknown>", "start {unknown}"])
def test_unknown_rule_or_slot_is_refused(sentence: str) -> None:
    data = {
        "lists": {},
        "rules": {},
        "please": ["please"],
        "whose": [],
        "sentences": {"always": {"start_routine": [sentence]}},
    }
    with pytest.raises(KeyError):
        Sentences(data, NAMES).templates(SentenceContext.ALWAYS)


def test_template_has_rules_and_names_in_their_places() -> None:
    data = {
        "lists": {"length": {"short": ["short", "quick"]}},
        "rules": {"go": "go|<run> on", "run": "run|walk"},
        "please": ["please"],
        "whose": ["{runner}'s"],
        "sentences": {"always": {"start_routine": ["[<run>] <go> {length} [{routine}] {whose}"]}},
    }
    [template] = Sentences(data, ["Alex"]).templates(SentenceContext.ALWAYS)
    assert template == (
        "[(please)] [(run|walk)] (go|(run|walk) on) (short|quick) [(\N{REPLACEMENT CHARACTER})] (alex's) [(please)]"
    )
