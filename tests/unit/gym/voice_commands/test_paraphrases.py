"""Sentences as tired runners say them, in every language: forty and more for each command."""

from collections import Counter, defaultdict
import time

import pytest

from custom_components.home_gym.gym.voice_commands import FreeSpeech, SentenceContext, VoiceCommand
from tests.support.commands import commands_in
from tests.support.unit.paraphrases import LANGUAGES, SECTIONS, Paraphrase, paraphrases_in
from tests.support.unit.sentences import DATA, NAMES, SENTENCES

FREE = {language: FreeSpeech(data, NAMES) for language, data in DATA.items()}
# Commands that are heard at any time.
EVERYWHERE = (SentenceContext.ALWAYS,)


def understood(language: str, said: Paraphrase) -> VoiceCommand | None:
    """Return the command of a sentence, in the order in which a heard sentence is read."""
    free = FREE[language]
    short = free.understood_short(said.text, said.context) if said.context else None
    contexts = EVERYWHERE if said.context is None else (*EVERYWHERE, said.context)
    found = short or SENTENCES[language].understood(said.text, contexts) or free.understood(said.text)
    return found.command if found else None


def test_every_language_has_paraphrases() -> None:
    assert set(LANGUAGES) == set(DATA)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_forty_paraphrases_of_each_command(language: str) -> None:
    texts = defaultdict(set)
    for said in paraphrases_in(language):
        texts[said.command].add(said.text)
    assert set(texts) == {command for command, _ in SECTIONS.values()}
    assert not {command: len(found) for command, found in texts.items() if len(found) < 40}


@pytest.mark.parametrize("is_held_out", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_of_ten_paraphrases_are_understood(language: str, is_held_out: bool) -> None:
    said = [each for each in paraphrases_in(language) if each.is_held_out is is_held_out]
    wrong = {each.text: found for each in said if (found := understood(language, each)) is not each.command}
    assert len(wrong) <= len(said) / 10, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_is_understood_badly(language: str) -> None:
    counts, right = Counter[VoiceCommand](), Counter[VoiceCommand]()
    for each in paraphrases_in(language):
        counts[each.command] += 1
        right[each.command] += understood(language, each) is each.command
    assert not {command for command, count in counts.items() if right[command] < 0.8 * count}


@pytest.mark.parametrize("language", LANGUAGES)
def test_usual_command_of_household_is_no_free_sentence(language: str) -> None:
    taken = {text: found.command for text in commands_in(language) if (found := FREE[language].understood(text))}
    assert not taken


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_takes_less_than_twenty_milliseconds(language: str) -> None:
    free, said = FREE[language], list(paraphrases_in(language))
    free.understood("compile")
    SENTENCES[language].understood("compile")
    start = time.process_time()
    for each in said:
        understood(language, each)
    assert (time.process_time() - start) / len(said) < 0.02
