"""Replies to prompts on the phone."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.core import HomeAssistant
from tests.support.integration import answers
from tests.support.integration.answers import asked
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.shoe_question import Phone

phone = answers.phone


pytestmark = pytest.mark.usefixtures("clock")


def states(entry: MockConfigEntry) -> list[str]:
    """Return the states of the prompts."""
    return [fact.state.value for fact in entry.runtime_data.runner.journal.prompts.values()]


async def test_a_prompt_has_buttons(hass: HomeAssistant, set_up: SetUp, phone: Phone) -> None:
    entry = await asked(hass, set_up, phone)
    [question] = phone.asked
    assert [button["title"] for button in question["data"]["actions"]] == ["Done", "Later", "Not today"]
    assert states(entry) == ["spoken"]


@pytest.mark.parametrize(("button", "state"), [(0, "done"), (1, "snoozed"), (2, "declined")])
async def test_button_answers_prompt(hass: HomeAssistant, set_up: SetUp, phone: Phone, button: int, state: str) -> None:
    entry = await asked(hass, set_up, phone)
    await phone.touch(phone.asked[0]["data"]["actions"][button]["action"])
    assert states(entry) == [state]
    logged = [session.habit for session in entry.runtime_data.runner.sessions.all() if session.logged]
    assert logged == ([Habit.FOAM_ROLL] if state == "done" else [])


async def test_an_answer_that_comes_too_late(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    entry = await asked(hass, set_up, phone)
    _, later, no = (button["action"] for button in phone.asked[0]["data"]["actions"])
    await phone.touch(no)
    await phone.touch(later)
    assert states(entry) == ["declined"]
    assert "Alex: an answer came too late" in caplog.text


@pytest.mark.parametrize(
    "action",
    ["", "home_gym_prompt/other/foam_roll/done", f"home_gym_prompt/{ENTRY_ID}/chess/done", "later"],
)
async def test_unknown_button_changes_nothing(hass: HomeAssistant, set_up: SetUp, phone: Phone, action: str) -> None:
    entry = await asked(hass, set_up, phone)
    await phone.touch(action)
    await phone.touch(f"home_gym_prompt/{ENTRY_ID}/foam_roll/perhaps")
    assert states(entry) == ["spoken"]


async def test_answer_leads_to_question_about_effort(hass: HomeAssistant, set_up: SetUp, phone: Phone) -> None:
    """Once, if it is wanted; a button or a number in words answers it."""
    entry = await asked(hass, set_up, phone, effort=True)
    await phone.touch(phone.action("Done"))
    assert phone.asked[-1]["message"] == "How hard was the outing, from one to ten?"
    assert phone.titles[:3] == ["3, moderate", "5, hard", "7, very hard"]
    tag = f"home_gym_prompt/{ENTRY_ID}/effort"
    await phone.touch(f"{tag}/hard")
    await phone.touch(f"{tag}/typed", reply_text="eleven")
    figures = entry.runtime_data.coordinator.data.last_run.figures
    assert figures.perceived_exertion is None
    await phone.touch(f"{tag}/typed", reply_text=" 8/10 ")
    figures = entry.runtime_data.coordinator.data.last_run.figures
    assert figures.perceived_exertion == 8
    await phone.touch(f"{tag}/3")
    assert entry.runtime_data.coordinator.data.last_run.figures == figures
