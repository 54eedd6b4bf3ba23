"""Meaning of a reply to a question of the triage."""

from collections.abc import Mapping

from ..pain import RedFlag
from ..signs import Answer, Question
from . import Vocabulary

# A reply with one of these classes means yes to its question.
MEANS_YES: Mapping[Question, tuple[str, ...]] = {
    Question.NOT_FROM_TODAYS_RUN: ("growing", "before_run"),
    Question.AGE_OR_BONES: ("condition", "older"),
    Question.FEVER_OR_WORSE: ("fever", "growing"),
    Question.BLEEDING: ("bleeding",),
    Question.GONE_WHEN_SITTING: (),
    Question.NUMBNESS: ("numb",),
    Question.BLADDER_OR_BOWEL: ("incontinent", "retention"),
    Question.WEAKNESS_FEVER_FALL: (),
}


def answer_in(vocabulary: Vocabulary, text: str, question: Question | None) -> Answer | None:
    """Return the answer in a reply to a question, None for a reply without any; None asks for a confirmation."""
    if question is Question.WEAKNESS_FEVER_FALL and (named := _named_answer(vocabulary, text)):
        return named
    if question and any(vocabulary.says(name, text) for name in MEANS_YES[question]):
        return Answer.YES
    if question is Question.NOT_FROM_TODAYS_RUN and vocabulary.says("after_run", text):
        return Answer.NO
    if vocabulary.says("unknown", text):
        return Answer.UNKNOWN
    first = {Answer.YES: vocabulary.start_of("yes", text), Answer.NO: vocabulary.start_of("no", text)}
    said = {answer: start for answer, start in first.items() if start is not None}
    if vocabulary.says("mistake", text) and Answer.YES not in said:
        return Answer.NO
    return min(said, key=lambda answer: said[answer]) if said else None


def _named_answer(vocabulary: Vocabulary, text: str) -> Answer | None:
    if any(vocabulary.says(name, text) for name in ("weak", "give_way", "foot_drop", "paralysed")):
        return Answer.LEG_WEAKNESS
    if vocabulary.says("fever", text):
        return Answer.FEVER
    fall = vocabulary.falls(text)
    return {RedFlag.AFTER_FALL: Answer.RECENT_FALL, RedFlag.OLD_FALL: Answer.OLD_FALL}[fall] if fall else None
