"""Free sentences about one's own body: their meaning, and replies to a spoken question."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeassistant.core import HomeAssistant

from ..data import async_loaded_runners
from ..gym.back.signs import Answer
from ..gym.back.words import BodySentence, Vocabulary
from ..gym.back.words.replies import answer_in
from ..gym.back.words.rules import SpokenWord
from ..gym.speech.phrases import Phrases, line
from ..languages import async_vocabularies
from .back_dialogue import Expected, OpenDialogue


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSentence:
    """A sentence about one's own body, and its language."""

    sentence: BodySentence
    language: str


async def async_sentence(hass: HomeAssistant, text: str, phrases: Phrases) -> BodySentence:
    """Return the facts in a sentence, by the words of the phrases' language."""
    vocabularies = await async_vocabularies(hass)
    names = [gym.entry.title for gym in async_loaded_runners(hass)]
    return vocabularies[line(phrases, "language")].read(text, names)


async def async_read(hass: HomeAssistant, text: str, languages: tuple[str, ...]) -> ReadSentence | None:
    """Return a sentence about one's own body, in the first language that knows it; None for any other sentence."""
    vocabularies = await async_vocabularies(hass)
    names = [gym.entry.title for gym in async_loaded_runners(hass)]
    return await hass.async_add_executor_job(_read, text, languages, vocabularies, names)


def _read(
    text: str, languages: tuple[str, ...], vocabularies: Mapping[str, Vocabulary], names: list[str]
) -> ReadSentence | None:
    for language in dict.fromkeys(languages):
        if vocabulary := vocabularies.get(language):
            sentence = vocabulary.read(text, names)
            if sentence.is_about_body:
                return ReadSentence(sentence=sentence, language=language)
    return None


async def async_reply_in(
    hass: HomeAssistant, dialogue: OpenDialogue, text: str, language: str
) -> Answer | int | SpokenWord | None:
    """Return the reply in a text to a spoken question; None for any other text, such as a new report."""
    vocabulary = (await async_vocabularies(hass)).get(language)
    if vocabulary is None:
        return None
    sentence = vocabulary.read(text)
    if SpokenWord.CLEARED in sentence.words:
        return None
    if dialogue.expected is Expected.NOTICE:
        return SpokenWord.READ if vocabulary.says("read", text) and not sentence.flags else None
    if dialogue.expected is Expected.SCORE:
        return None if sentence.flags else vocabulary.score_in(text)
    is_form = dialogue.expected is Expected.FORM
    question = None if is_form else dialogue.answered or dialogue.gym.coordinator.data.back.question
    answer = answer_in(vocabulary, text, question)
    if answer is not None and (not sentence.flags or _is_meant(answer)):
        return answer
    is_read = vocabulary.says("read", text) and not sentence.flags and not is_form
    return SpokenWord.READ if is_read else None


def _is_meant(answer: Answer) -> bool:
    return answer not in {Answer.NO, Answer.UNKNOWN}
