"""The monthly questions about how much the back limits, on the runner's phones."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.coach import function_question
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from homeassistant.core import HomeAssistant
from tests.support.integration import coach, shoe_question
from tests.support.integration.check_in import MORNING
from tests.support.integration.coach import Move
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, state_of
from tests.support.integration.shoe_question import Phone

pytestmark = pytest.mark.usefixtures("clock")
move_to = coach.move_to
phone = shoe_question.phone

A_DAY = timedelta(days=1)
# Seven days after the report of today, whose morning is tomorrow's less a day.
DUE = MORNING + 6 * A_DAY


@pytest.fixture(autouse=True)
def card(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show the back card on a dashboard."""

    async def link(_hass: HomeAssistant, _entry: MockConfigEntry) -> str:
        return "/gym/back"

    monkeypatch.setattr(function_question, "async_back_card", link)


async def hurting(hass: HomeAssistant, set_up: SetUp, phone: Phone) -> MockConfigEntry:
    """Return a runner with a phone and a report of mild pain."""
    entry = shoe_question.runner(phone.entity.id)
    object.__setattr__(entry, "options", {"prompts": [], "check_in": "never"})
    hass.states.async_set(phone.entity.entity_id, "unknown")
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(2))
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


def questions(phone: Phone) -> int:
    """Return the number of notifications with the questions."""
    return sum(sent["message"].startswith("Three short questions") for sent in phone.asked)


async def test_questions_come_once_a_month_in_the_morning(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    await hurting(hass, set_up, phone)
    await move_to(DUE - timedelta(seconds=1))
    assert questions(phone) == 0
    await move_to(DUE)
    assert questions(phone) == 1
    assert phone.asked[-1]["data"]["actions"] == [{"action": "URI", "title": "Answer", "uri": "/gym/back"}]
    await move_to(DUE + 29 * A_DAY)
    assert questions(phone) == 1
    await move_to(DUE + 30 * A_DAY)
    assert questions(phone) == 2


async def test_without_back_card_no_phone_is_asked(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    await hurting(hass, set_up, phone)
    await move_to(DUE)
    assert questions(phone) == 0


async def test_action_answers_the_questions(hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move) -> None:
    entry = await hurting(hass, set_up, phone)
    await move_to(DUE - A_DAY)
    data = {"config_entry_id": ENTRY_ID, "pain": 6, "enjoyment": 3, "activity": 0}
    await hass.services.async_call(DOMAIN, "log_function_score", data, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert float(state_of(hass, "sensor", "function_score")) == 3
    assert not entry.runtime_data.runner.function_questions.is_due(DUE)
    await move_to(DUE)
    assert questions(phone) == 0
