"""A temporarily full disk: nothing is lost, and nothing is published that a power cut would undo."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import JournalNotWrittenError
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.core import HomeAssistant
from homeassistant.util.file import WriteError
from tests.support.integration import answers, coach, planned_runs, shoe_question
from tests.support.integration.example_runs import RUN
from tests.support.integration.full_disk import full_disk
from tests.support.integration.runner_entry import ENTRY_ID, NOW, OLD_SHOE, SetUp, state_of
from tests.support.integration.stored import slow_disk, stored_journal

pytestmark = pytest.mark.usefixtures("clock")
lines, phone, plan = coach.lines, answers.phone, planned_runs.plan


@pytest.fixture
def wait(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> Any:
    """Return the function to let minutes pass."""

    async def wait(minutes: int) -> None:
        clock.tick(timedelta(minutes=minutes))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return wait


async def test_caller_gets_error_on_full_disk(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)

    with full_disk(), pytest.raises(JournalNotWrittenError, match=r"Alex .*\(no space left on device\)"):
        await coordinator.async_deliver([RUN], live=True)

    assert state_of(hass, "event", "run") == "unknown"
    assert state_of(hass, "sensor", "last_run_distance") == "unknown"
    # The next change writes and publishes it, too.
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    assert state_of(hass, "event", "run") != "unknown"
    assert state_of(hass, "sensor", "last_run_distance") == "8.01234"


async def test_it_is_written_as_soon_as_there_is_room(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    wait: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    coordinator = await set_up(entry)

    with full_disk() as write:
        with pytest.raises(JournalNotWrittenError):
            await coordinator.async_apply(verbs.log_session(Habit.CORE))
        await wait(minutes=6)
        await wait(minutes=6)
        assert write.call_count >= 3
    assert state_of(hass, "sensor", "core_sessions_this_week") == "0"
    assert caplog.text.count("The journal of Alex can't be written: no space left on device") == 1

    await wait(minutes=6)
    assert state_of(hass, "sensor", "core_sessions_this_week") == "1"
    assert [session.habit for session in stored_journal(hass).sessions.values()] == [Habit.CORE]
    assert "The journal of Alex can be written again" in caplog.text
    # After that, without a change there is nothing to write.
    with full_disk() as write:
        await wait(minutes=6)
        assert write.call_count == 0


async def test_the_coach_asks_when_there_is_room(
    hass: HomeAssistant, set_up: SetUp, lines: coach.Lines, wait: Any
) -> None:
    entry = coach.runner(coach.speaker(), prompts=["foam_roll"])
    coordinator = await set_up(entry)

    with full_disk(), pytest.raises(JournalNotWrittenError):
        await coordinator.async_deliver([RUN], live=True)
    assert lines.heard == []
    await wait(minutes=6)
    assert len(lines.heard) == 1
    await wait(minutes=60)
    assert len(lines.heard) == 1


async def test_prompt_after_full_disk_respects_quiet_hours(
    hass: HomeAssistant, set_up: SetUp, lines: coach.Lines, wait: Any
) -> None:
    """It is 20:00 in Berlin; the disk has room again at 20:35."""
    hours = {"quiet_start": "20:30:00", "quiet_end": "20:50:00"}
    coordinator = await set_up(coach.runner(coach.speaker(), prompts=["foam_roll"], **hours))

    with full_disk():
        with pytest.raises(JournalNotWrittenError):
            await coordinator.async_deliver([RUN], live=True)
        await wait(minutes=35)
    await wait(minutes=10)
    assert lines.heard == []
    await wait(minutes=10)
    assert len(lines.heard) == 1
    [fact] = coordinator.runner.journal.prompts.values()
    assert (fact.state, fact.attempts) == ("spoken", 1)


@pytest.mark.parametrize("fails", [False, True])
async def test_prompt_is_spoken_once_in_spite_of_full_disk(
    hass: HomeAssistant, set_up: SetUp, lines: coach.Lines, wait: Any, fails: bool
) -> None:
    """The disk is full from the moment of speaking, or of the speaker's failure."""
    entry = coach.runner(coach.speaker(), prompts=["foam_roll"])
    coordinator = await set_up(entry)
    lines.player_fault = WriteError("no speaker") if fails else None
    play = lines.make

    with full_disk() as write:
        write.side_effect = None

        async def make(hass: HomeAssistant, media_id: str) -> tuple[str, bytes]:
            write.side_effect = WriteError("no space left on device")
            return await play(hass, media_id)

        with patch("custom_components.home_gym.speech.voice.tts.async_get_media_source_audio", make):
            await coordinator.async_deliver([RUN], live=True)
            await hass.async_block_till_done(wait_background_tasks=True)
    lines.player_fault = None
    await wait(minutes=6)
    await wait(minutes=60)
    assert len(lines.heard) == 1
    [fact] = coordinator.runner.journal.prompts.values()
    assert fact.state == "spoken"


async def test_an_answer_on_the_phone_is_kept(
    hass: HomeAssistant, set_up: SetUp, phone: shoe_question.Phone, wait: Any, caplog: pytest.LogCaptureFixture
) -> None:
    entry = await answers.asked(hass, set_up, phone)
    with full_disk():
        await phone.touch(phone.asked[0]["data"]["actions"][0]["action"])
    assert "Traceback" not in caplog.text
    await wait(minutes=6)
    assert Habit.FOAM_ROLL in entry.runtime_data.coordinator.data.done_today


async def test_an_answer_on_shoes_is_kept(
    hass: HomeAssistant, set_up: SetUp, phone: shoe_question.Phone, wait: Any, caplog: pytest.LogCaptureFixture
) -> None:
    entry = shoe_question.runner(phone.entity.id)
    await set_up(entry)
    await shoe_question.deliver(hass, entry)
    with full_disk():
        await phone.touch(phone.asked[0]["data"]["actions"][0]["action"])
    assert "Traceback" not in caplog.text
    await wait(minutes=6)
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{OLD_SHOE}") == "8.01234"


async def test_a_planned_run_is_warmed_up_for(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    clock: FrozenDateTimeFactory,
    plan: planned_runs.Plan,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The run is 32 minutes away, and the warm-up prompt comes a quarter of an hour before."""
    coordinator = await set_up(planned_runs.with_calendar(entry))
    with full_disk():
        await planned_runs.go_on(hass, clock, 17)
    assert "Traceback" not in caplog.text
    await planned_runs.go_on(hass, clock, 6)
    assert Habit.WARM_UP in coordinator.data.due


async def test_unsaved_runs_are_not_among_the_runs(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)

    async def runs() -> list[Any]:
        answer = await hass.services.async_call(
            DOMAIN, "get_runs", {"config_entry_id": ENTRY_ID}, blocking=True, return_response=True
        )
        assert answer
        found: Any = answer["runs"]
        return list(found)

    earlier = replace(RUN, start=NOW - timedelta(days=3), origin_id="earlier")
    await coordinator.async_deliver([earlier], live=False)
    with full_disk(), pytest.raises(JournalNotWrittenError):
        await coordinator.async_deliver([RUN], live=True)
    assert [run["sources"] for run in await runs()] == [1]
    with full_disk(), pytest.raises(JournalNotWrittenError):
        await coordinator.async_apply(verbs.correct_run(earlier.id, distance=5000.0))
    assert await runs() == []
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    assert len(await runs()) == 2


async def test_run_is_listed_after_its_write_only(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    data = {"config_entry_id": ENTRY_ID}
    with slow_disk() as disk:
        delivery = hass.async_create_task(coordinator.async_deliver([RUN], live=True))
        for _ in range(20):
            await asyncio.sleep(0)
        asking = hass.async_create_task(
            hass.services.async_call(DOMAIN, "get_runs", data, blocking=True, return_response=True)
        )
        for _ in range(20):
            await asyncio.sleep(0)
        assert not asking.done()
        disk.set()
        await delivery
        answer: Any = await asking
    assert len(answer["runs"]) == 1
    assert len(stored_journal(hass).deliveries) == 1
