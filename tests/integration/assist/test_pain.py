"""Back pain reported to a voice assistant."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.assist.intents import AnswerError, async_answer
from custom_components.home_gym.assist.runner_lookup import VoiceLocation
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.voice_commands import VoiceCommand
from custom_components.home_gym.languages import async_phrases
from homeassistant.core import HomeAssistant
from tests.support.integration import assist, coach
from tests.support.integration.assist import NOT_OURS, SAM, Say, ask, runner
from tests.support.integration.check_in import run_and_sleep
from tests.support.integration.coach import Lines, Move, speaker
from tests.support.integration.llm import call
from tests.support.integration.runner_entry import SetUp, state_of

pytestmark = pytest.mark.usefixtures("clock")
say = assist.say
lines = coach.lines
move_to = coach.move_to


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "My back hurts, three out of ten.", "Noted: 3 out of ten."),
        ("de", "Mein Rücken schmerzt, drei von zehn", "Gemeldet: 3 von zehn."),
        ("fr", "J'ai mal au dos, trois sur dix", "C'est noté : 3 sur dix."),
        ("nl", "Mijn rug doet pijn, drie van de tien", "Gemeld: 3 van de tien."),
        ("es", "Me duele la espalda, tres sobre diez", "Anotado: 3 sobre diez."),
    ],
)
async def test_pain_is_logged(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, language: str, text: str, answer: str
) -> None:
    await set_up(entry)
    assert await say(text, language=language) == answer
    assert state_of(hass, "sensor", "back_pain") == "3"


@pytest.mark.parametrize(
    ("text", "answer", "score"),
    [
        ("My back hurts 0 out of 10", "Noted: no pain. Good to hear.", "0"),
        ("My back doesn't hurt today", "Noted: no pain. Good to hear.", "0"),
        ("I have back pain 10", "Any numbness or tingling between the legs", "10"),
        ("My back hurts", "from zero to ten", "unknown"),
    ],
)
async def test_pain_is_answered_by_its_score(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, text: str, answer: str, score: str
) -> None:
    await set_up(entry)
    assert answer in await say(text)
    assert state_of(hass, "sensor", "back_pain") == score


async def test_unnamed_runner_is_asked_for(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say
) -> None:
    await set_up(entry)
    await set_up(runner("Sam", SAM))
    assert "Say it again with the name" in await say("My back hurts two")
    assert await say("Sam's back hurts two out of ten") == "Noted: 2 out of ten."
    assert state_of(hass, "sensor", "back_pain", SAM) == "2"
    assert state_of(hass, "sensor", "back_pain") == "unknown"


async def test_model_logs_pain(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    assert (await call(hass, "log_pain", score=4)).data["answer"] == "Noted: 4 out of ten."
    assert state_of(hass, "sensor", "back_pain") == "4"
    assert (await call(hass, "log_pain", score=11)).error
    assert "Give a score" in str((await call(hass, "log_pain")).data["error"])
    assert state_of(hass, "sensor", "back_pain") == "4"


async def test_no_routine_beside_a_red_flag(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(1, red_flags=[RedFlag.FEVER]))
    assert "Get medical care" in await say("Start my core workout")


@pytest.mark.parametrize(
    ("language", "ache", "today", "words"),
    [
        ("en", "My back hurts, three out of ten.", "What is left today?", ("Call a doctor", "Get medical care")),
        ("de", "Mein Rücken schmerzt, drei von zehn", "Was bleibt heute noch zu tun?", ("Notruf", "ärztlich abklären")),
    ],
)
async def test_only_warning_is_answered_beside_red_flag(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    say: Say,
    language: str,
    ache: str,
    today: str,
    words: tuple[str, str],
) -> None:
    """Every sentence about the back or a routine is answered with the warning, and nothing else."""
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(1, red_flags=[RedFlag.FEVER]))
    assert words[0] in await say(ache, language=language)
    assert words[1] in await say(today, language=language)


async def test_no_pain_gets_no_praise_beside_red_flag(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(1, red_flags=[RedFlag.FEVER]))
    assert "Call a doctor" in await say("My back doesn't hurt today")


# A spoken answer to "how does your back feel"


async def test_a_number_answers_the_check_in(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, say: Say
) -> None:
    """A number answers for five minutes; "yes" is answered with a question for the number; later it is not ours."""
    entry = coach.runner(speaker(), prompts=[], check_in="always")
    await set_up(entry)
    assert NOT_OURS in await say("Three")
    await run_and_sleep(hass, entry, move_to)
    assert len(lines.heard) == 1
    assert "from zero to ten" in await say("Yes")
    assert await say("Three out of ten") == "Noted: 3 out of ten."
    assert state_of(hass, "sensor", "back_pain") == "3"
    assert NOT_OURS in await say("Three")


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "No pain", "Noted: no pain."),
        ("de", "vier von zehn", "Gemeldet: 4 von zehn."),
        ("fr", "aucune douleur", "aucune douleur"),
        ("nl", "acht", "Doof gevoel"),
        ("es", "Sin dolor", "sin dolor"),
    ],
)
async def test_every_language_answers_the_check_in(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, say: Say, language: str, text: str, answer: str
) -> None:
    entry = coach.runner(speaker(), prompts=[], check_in="always")
    await set_up(entry)
    await run_and_sleep(hass, entry, move_to)
    assert answer in await say(text, language=language)


async def test_a_number_is_no_answer_to_a_stretch(hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say) -> None:
    """Neither the agent nor the asking satellite takes it."""
    entry = coach.runner(speaker())
    await set_up(entry)
    await ask(hass, "stretch")
    assert NOT_OURS in await say("Three")
    with pytest.raises(AnswerError):
        await async_answer(
            hass,
            VoiceCommand.CHECK_IN,
            {"score": "3"},
            place=VoiceLocation(),
            phrases=await async_phrases(hass, "en"),
            context=None,
        )
    assert state_of(hass, "sensor", "back_pain") == "unknown"


async def test_a_check_in_without_a_number(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    phrases = await async_phrases(hass, "en")
    answer = await async_answer(hass, VoiceCommand.CHECK_IN, {}, place=VoiceLocation(), phrases=phrases, context=None)
    assert "from zero to ten" in answer
