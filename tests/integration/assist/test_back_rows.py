"""The rows of published warning signs through every way to report: voice, the action behind the cards, and a model."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym.back.signs import Answer
from custom_components.home_gym.gym.back.state import BackState
from homeassistant.core import HomeAssistant
from tests.support.integration import assist
from tests.support.integration.assist import Say
from tests.support.integration.llm import call
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.unit.body_words import EMERGENCIES, NONE, VOCABULARIES, said_in

pytestmark = pytest.mark.usefixtures("clock")
say = assist.say

FIRST_WORDING = {row: wordings[0] for row, wordings in said_in("en").items()}
# More than the questions that follow one report.
MOST_QUESTIONS = 6

type Way = Callable[[HomeAssistant, Say, str], Awaitable[None]]
type Reply = Callable[[HomeAssistant, Say, Answer], Awaitable[None]]


async def by_voice(_hass: HomeAssistant, say: Say, text: str) -> None:
    """Say a sentence, and a score if that is asked."""
    await say(text)


async def answer_by_voice(_hass: HomeAssistant, say: Say, answer: Answer) -> None:
    """Say an answer."""
    await say(answer.value)


def fields_of(text: str) -> dict[str, Any]:
    """Return the fields of a report that a person would touch for a sentence."""
    read = VOCABULARIES["en"].read(text)
    fields = {"area": read.area, "side": read.side, "when": read.timing}
    return {name: value.value for name, value in fields.items() if value}


async def by_action(hass: HomeAssistant, _say: Say, text: str) -> None:
    """Report through the action, as the card does."""
    read = VOCABULARIES["en"].read(text)
    data = {"score": read.score or 0, "red_flags": [flag.value for flag in read.flags], **fields_of(text)}
    await hass.services.async_call("home_gym", "log_pain", {"config_entry_id": ENTRY_ID, **data}, blocking=True)


async def answer_by_action(hass: HomeAssistant, _say: Say, answer: Answer) -> None:
    """Answer through the action."""
    data = {"config_entry_id": ENTRY_ID, "answer": answer.value}
    await hass.services.async_call("home_gym", "answer_triage", data, blocking=True)


async def by_model(hass: HomeAssistant, _say: Say, text: str) -> None:
    """Report through a language model's tool."""
    read = VOCABULARIES["en"].read(text)
    score: dict[str, Any] = {} if read.score is None else {"score": read.score}
    await call(hass, "log_pain", **score, signs=[flag.value for flag in read.flags], **fields_of(text))


async def answer_by_model(hass: HomeAssistant, _say: Say, answer: Answer) -> None:
    """Answer through the tool."""
    await call(hass, "answer_back_question", answer=answer.value)


@pytest.mark.parametrize("row", FIRST_WORDING)
@pytest.mark.parametrize(
    ("report", "reply"),
    [
        # A home that understands sentences takes a second to set up.
        pytest.param(by_voice, answer_by_voice, id="voice", marks=pytest.mark.full),
        pytest.param(by_action, answer_by_action, id="action"),
        pytest.param(by_model, answer_by_model, id="model"),
    ],
)
async def test_row_is_sorted_alike_by_every_way(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, report: Way, reply: Reply, row: int
) -> None:
    """An emergency by its own words or by "yes" to its question; all others after "no" to each question."""
    coordinator = await set_up(entry)
    await report(hass, say, FIRST_WORDING[row])
    for _ in range(MOST_QUESTIONS):
        if coordinator.data.back.question is None:
            break
        await reply(hass, say, Answer.YES if row in EMERGENCIES else Answer.NO)

    state = coordinator.data.back.state
    if row in EMERGENCIES:
        assert state is BackState.EMERGENCY
    elif row in NONE:
        assert state in {BackState.NONE, BackState.SORE}
    else:
        assert state is BackState.DOCTOR
