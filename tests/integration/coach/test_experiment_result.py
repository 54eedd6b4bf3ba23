"""An experiment of one through its actions, and its end on the phone."""

from datetime import date
import json
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.home_gym.experiment_words import experiment_in_words
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.experiment import ExperimentEnd, ExperimentResult, ExperimentStatus
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.speech import phrases as phrases_module
from custom_components.home_gym.gym.speech.formats import formats_for
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from tests.support.integration import shoe_question
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.shoe_question import Phone, runner

phone = shoe_question.phone
ENGLISH = json.loads((Path(phrases_module.__file__).parent / "en.json").read_text())

pytestmark = pytest.mark.usefixtures("clock")


async def act(hass: HomeAssistant, action: str, **data: object) -> None:
    """Perform an action for the runner."""
    await hass.services.async_call("home_gym", action, {"config_entry_id": ENTRY_ID, **data}, blocking=True)


async def test_end_by_pain_is_a_message_on_the_phone(hass: HomeAssistant, set_up: SetUp, phone: Phone) -> None:
    sent = async_mock_service(hass, "notify", "send_message")
    coordinator = await set_up(runner(phone.entity.id))
    await act(hass, "start_experiment", habit="core")
    assert coordinator.data.experiment is not None
    assert (coordinator.data.experiment.habit, coordinator.data.experiment.day) == (Habit.CORE, 1)
    with pytest.raises(ServiceValidationError, match="already running"):
        await act(hass, "start_experiment", habit="stretch")

    await coordinator.async_apply(verbs.report_pain(6))
    await hass.async_block_till_done(wait_background_tasks=True)

    [told] = [call.data for call in sent if "experiment" in call.data["title"]]
    assert told["message"] == "The experiment with Core strength has ended, because of the pain reported."
    with pytest.raises(ServiceValidationError, match="without complaints"):
        await act(hass, "start_experiment", habit="core")


async def test_experiment_is_stopped_in_silence(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await set_up(runner(phone.entity.id))
    with pytest.raises(ServiceValidationError, match="no experiment"):
        await act(hass, "stop_experiment")
    await act(hass, "start_experiment", habit="stretch")
    await act(hass, "stop_experiment")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert coordinator.data.experiment is not None
    assert coordinator.data.experiment.end is ExperimentEnd.STOPPED
    assert phone.asked == []


def result(difference: float, low: float, high: float) -> ExperimentResult:
    """Return a result of all days."""
    return ExperimentResult(difference=difference, low=low, high=high, days_after_drawn=28, days_after_others=28)


@pytest.mark.parametrize(
    ("end", "found", "expected"),
    [
        (None, None, ""),
        (ExperimentEnd.STOPPED, None, ""),
        (ExperimentEnd.BACK, None, "because your back comes first"),
        (ExperimentEnd.PAIN, None, "because of the pain reported"),
        (ExperimentEnd.REST, None, "because you are resting"),
        (ExperimentEnd.COMPLETED, None, "too few days had a report"),
        (ExperimentEnd.COMPLETED, result(-0.8, -1.3, -0.3), "0.8 points lower, probably by 0.3 to 1.3"),
        (
            ExperimentEnd.COMPLETED,
            result(0.8, 0.3, 1.3),
            "0.8 points higher, probably by 0.3 to 1.3. It is one diary, and no",
        ),
        (ExperimentEnd.COMPLETED, result(-0.2, -0.7, 0.3), "between 0.7 points lower and 0.3 points higher"),
    ],
)
def test_end_in_words(end: ExperimentEnd | None, found: ExperimentResult | None, expected: str) -> None:
    status = ExperimentStatus(habit=Habit.CORE, first=date(2026, 5, 4), day=56, asks_today=False, end=end, result=found)
    words = experiment_in_words(ENGLISH, formats_for("en", "US"), status)
    assert expected in words
    assert bool(words) is bool(expected)
