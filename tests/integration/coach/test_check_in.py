"""Check-in on the back the morning after a long run: one prompt, one tap."""

from collections.abc import Callable
import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from tests.support.integration import coach, shoe_question
from tests.support.integration.check_in import BEFORE, MORNING, run_and_sleep
from tests.support.integration.coach import Lines, Move, speaker
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, state_of
from tests.support.integration.shoe_question import Phone

pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines
move_to = coach.move_to
prompts = coach.prompts
phone = shoe_question.phone


def by_phone(hass: HomeAssistant, phone: Phone) -> MockConfigEntry:
    """Return the entry of a runner with prompts by phone."""
    entry = shoe_question.runner(phone.entity.id)
    object.__setattr__(entry, "options", {"prompts": [], "check_in": "always"})
    hass.states.async_set(phone.entity.entity_id, "unknown")
    return entry


async def test_check_in_is_spoken_in_the_morning(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = coach.runner(speaker(), prompts=[])
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(3))
    # A report from before the run's end is no answer.
    await coordinator.async_apply(verbs.undo_last())
    await coordinator.async_apply(verbs.report_pain(3, at=NOW - timedelta(days=9)))
    await run_and_sleep(hass, entry, move_to)
    [said] = lines.heard
    assert "back" in said
    assert "10" in said
    assert prompts() == [("due", "check_in"), ("spoken", "check_in", "Gym speaker 1")]

    await hass.services.async_call(DOMAIN, "log_pain", {"config_entry_id": ENTRY_ID, "score": 2}, blocking=True)
    await hass.async_block_till_done()
    assert prompts()[-1] == ("done", "check_in")
    assert coordinator.runner.replies.asked_lately(MORNING) == []


async def test_no_check_in_without_earlier_pain(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    entry = coach.runner(speaker(), prompts=[])
    await set_up(entry)
    await run_and_sleep(hass, entry, move_to)
    await move_to(MORNING + timedelta(hours=5))
    assert lines.heard == []


@pytest.mark.parametrize(
    ("button", "title", "score"), [(0, "No pain", "0.0"), (1, "A little (3)", "3.0"), (2, "A lot (6)", "6.0")]
)
async def test_one_tap_is_the_answer(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, button: int, title: str, score: str
) -> None:
    entry = by_phone(hass, phone)
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.choose_shoe("01NEWSHOE"))
    await run_and_sleep(hass, entry, move_to)
    [question] = phone.asked
    touched = question["data"]["actions"][button]
    assert touched["title"] == title
    await phone.touch(touched["action"])
    assert state_of(hass, "sensor", "back_pain") == score
    [fact] = coordinator.runner.journal.prompts.values()
    assert (fact.topic, fact.state) == ("check_in", "done")


async def test_second_tap_reports_nothing(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, caplog: pytest.LogCaptureFixture
) -> None:
    entry = by_phone(hass, phone)
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.choose_shoe("01NEWSHOE"))
    await run_and_sleep(hass, entry, move_to)
    none, little, _ = (button["action"] for button in phone.asked[0]["data"]["actions"])
    await phone.touch(little)
    await phone.touch(none)
    await phone.touch(little)
    assert [report.score for report in coordinator.runner.journal.pains.values()] == [3]
    assert caplog.text.count("an answer came too late") == 2


async def test_a_red_flag_silences_it(hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move) -> None:
    entry = coach.runner(speaker(), prompts=[], check_in="always")
    await set_up(entry)
    flagged = {"config_entry_id": ENTRY_ID, "score": 2, "red_flags": ["fever"], "time": NOW - timedelta(days=1)}
    await hass.services.async_call(DOMAIN, "log_pain", flagged, blocking=True)
    await run_and_sleep(hass, entry, move_to)
    await move_to(MORNING + timedelta(hours=5))
    assert lines.heard == []


async def test_a_warm_up_comes_with_a_cue(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    """160 steps a minute are less than 170, so the cue is that of the cadence, in the next line's variant."""
    entry = coach.runner(speaker())
    coordinator = await set_up(entry)
    await coordinator.async_deliver([dataclasses.replace(BEFORE, cadence=160)], live=False)
    await hass.services.async_call(DOMAIN, "prompt", {"config_entry_id": ENTRY_ID, "habit": "warm_up"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    [said] = lines.heard
    assert said.endswith("Today, take short, quick steps.")


async def test_no_cue_with_cues_switched_off(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    await set_up(coach.runner(speaker(), form_cue=False))
    await hass.services.async_call(DOMAIN, "prompt", {"config_entry_id": ENTRY_ID, "habit": "warm_up"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    [said] = lines.heard
    assert "Today" not in said


@pytest.mark.parametrize("answer", ["done", "start"])
async def test_button_without_score_is_rejected(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, answer: str
) -> None:
    entry = by_phone(hass, phone)
    coordinator = await set_up(entry)
    await run_and_sleep(hass, entry, move_to)
    said = {"config_entry_id": ENTRY_ID, "answer": answer}
    with pytest.raises(ServiceValidationError, match="only a score"):
        await hass.services.async_call(DOMAIN, "answer_prompt", said, blocking=True)
    assert [prompt.topic for prompt in coordinator.runner.replies.unanswered(MORNING)] == ["check_in"]

    await hass.services.async_call(DOMAIN, "answer_prompt", said | {"answer": "not_today"}, blocking=True)
    assert coordinator.runner.replies.unanswered(MORNING) == []
