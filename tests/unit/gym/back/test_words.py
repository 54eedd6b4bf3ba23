"""Free sentences about one's own body, in every language, sorted by rows of published warning signs."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from custom_components.home_gym.gym.back.history import MedicalHistory
from custom_components.home_gym.gym.back.pain import PainReport
from custom_components.home_gym.gym.back.signs import (
    DECIDED_BY,
    Answer,
    Urgency,
    urgency_of_answer,
    urgency_of_report,
)
from custom_components.home_gym.gym.back.words import BodySentence
from tests.support.unit.body_words import DOCTOR, EMERGENCIES, LANGUAGES, NONE, VOCABULARIES, is_heard, said_in

NOW = datetime.fromisoformat("2026-06-01T18:00:00+00:00")
NO_HISTORY = MedicalHistory()


def rows() -> Iterator[tuple[str, int, str]]:
    """Yield every sentence with its language and its row."""
    for language in LANGUAGES:
        for row, sentences in said_in(language).items():
            for sentence in sentences:
                yield language, row, sentence


def urgency(read: BodySentence) -> Urgency:
    """Return the highest urgency that a sentence reaches, by itself or by "yes" to its deciding question."""
    report = PainReport(
        score=read.score or 0,
        at=NOW,
        day=date(2026, 6, 1),
        recorded_at=NOW,
        area=read.area,
        side=read.side,
        moment=read.timing,
        red_flags=read.flags,
    )
    by_itself = urgency_of_report(report, NO_HISTORY)
    asked = {DECIDED_BY[flag] for flag in read.flags if flag in DECIDED_BY}
    decided = {urgency_of_answer(question, Answer.YES, NO_HISTORY) for question in asked}
    return Urgency.EMERGENCY if Urgency.EMERGENCY in decided else by_itself


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_three_own_wordings(language: str) -> None:
    said = [(row, text) for tongue, row, text in rows() if tongue == language]
    assert {row for row, _ in said} == EMERGENCIES | DOCTOR | NONE
    assert all(len({text for each, text in said if each == row}) >= 3 for row in EMERGENCIES | DOCTOR | NONE)


@pytest.mark.parametrize(("language", "row", "text"), rows())
def test_sentence_is_sorted_by_its_row(language: str, row: int, text: str) -> None:
    read = VOCABULARIES[language].read(text)
    wanted = Urgency.EMERGENCY if row in EMERGENCIES else Urgency.DOCTOR if row in DOCTOR else Urgency.NONE
    assert read.is_report
    assert urgency(read) is wanted, read.flags
    assert is_heard(language, text)


@pytest.mark.parametrize(
    ("language", "text", "score"),
    [
        ("en", "my back doesn't hurt", 0),
        ("en", "no numbness but my back hurts four out of ten", 4),
        ("de", "mein Rücken tut nicht weh", 0),
        ("de", "kein Kribbeln aber der Rücken tut mir weh, vier von zehn", 4),
        ("fr", "je n'ai pas mal au dos", 0),
        ("nl", "mijn rug doet geen pijn", 0),
        ("nl", "geen koorts maar mijn rug doet pijn, een vier van de tien", 4),
        ("es", "no me duele la espalda", 0),
    ],
)
def test_negated_sign_is_none(language: str, text: str, score: int) -> None:
    read = VOCABULARIES[language].read(text)
    assert (read.flags, read.score) == ((), score)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I fell asleep on the sofa"),
        ("en", "my phone is dead"),
        ("en", "set a timer for my back stretch"),
        ("en", "I'm tired"),
        ("de", "ich bin müde"),
        ("de", "mein Handy ist tot"),
        ("fr", "je suis fatigué"),
        ("nl", "ik ben moe"),
        ("nl", "dat is me opgevallen"),
        ("es", "estoy cansado"),
    ],
)
def test_other_sentence_is_not_about_a_body(language: str, text: str) -> None:
    read = VOCABULARIES[language].read(text)
    assert (read.flags, read.is_about_body) == ((), False)


@pytest.mark.parametrize(
    ("text", "score"),
    [("three out of ten", 3), ("seven", 7), ("I'd say 4", 4), ("not much", None)],
)
def test_score_in_answer(text: str, score: int | None) -> None:
    assert VOCABULARIES["en"].score_in(text) == score


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # 3 June 2026 is a Wednesday.
        ("my doctor cleared my back", date(2026, 6, 3)),
        ("my doctor cleared my back yesterday", date(2026, 6, 2)),
        ("my doctor cleared my back on Monday", date(2026, 6, 1)),
        ("my doctor cleared my back on Wednesday", date(2026, 6, 3)),
        ("my doctor cleared my back on Thursday", date(2026, 5, 28)),
    ],
)
def test_day_of_clearance(text: str, day: date) -> None:
    assert VOCABULARIES["en"].read(text).day_before(date(2026, 6, 3)) == day


def test_unknown_class_of_words_is_never_said() -> None:
    assert not VOCABULARIES["en"].says("nothing", "my back hurts")
