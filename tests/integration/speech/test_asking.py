"""Satellites that listen ask instead of announcing, and the answer counts like any other sentence."""

import asyncio
from datetime import timedelta
import time

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.components.assist_satellite import SatelliteBusyError
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from tests.support.integration import shoe_prompt
from tests.support.integration.assist import runner
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, with_id

from ...support.integration.voice_home import VoiceHome

pytestmark = pytest.mark.usefixtures("clock")

SPEAKER = "01SATELLITE"


@pytest.fixture
async def home(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> VoiceHome:
    """Return a home with a speech-to-text engine."""
    home = VoiceHome(hass, clock)
    await home.move_in()
    await home.give_ears()
    return home


@pytest.fixture
async def alex(home: VoiceHome, set_up: SetUp) -> MockConfigEntry:
    """Return a runner with a listening satellite."""
    subentry = ConfigSubentryData(
        data={"satellite": home.asker.entity_id}, subentry_type="speaker", title="Gym", unique_id=None
    )
    entry = runner("Alex", ENTRY_ID, with_id(subentry, SPEAKER))
    await set_up(entry)
    return entry


async def ask(home: VoiceHome, habit: str = "stretch") -> None:
    """Prompt a habit."""
    data = {"config_entry_id": ENTRY_ID, "habit": habit}
    await home.hass.services.async_call(DOMAIN, "prompt", data, blocking=True)
    await all_happens(home)


async def all_happens(home: VoiceHome) -> None:
    """Run everything that doesn't wait for a later time, file access included."""
    for _ in range(10):
        await home.settle()
        # Work outside the event loop doesn't know the frozen clock.
        await asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.01)


def state_of(entry: MockConfigEntry) -> str:
    """Return the state of the prompt."""
    [fact] = entry.runtime_data.runner.journal.prompts.values()
    return str(fact.state.value)


@pytest.mark.parametrize(
    ("heard", "state", "reply"),
    [
        ("Later.", "snoozed", "All right, I will ask again later."),
        ("Not now", "snoozed", "All right, I will ask again later."),
        ("In half an hour", "snoozed", "All right, I will ask again in 30 minutes."),
        ("Give me one minute", "snoozed", "All right, I will ask again in a minute."),
        ("No, thanks!", "declined", "All right, not today."),
        ("skip it", "declined", "All right, not today."),
        ("I'm already done", "done", "Noted: stretching."),
        ("Später", "snoozed", "All right, I will ask again later."),
        # Any other sentence of the gym works here, too.
        ("I did my core workout", "spoken", "Noted: core work."),
    ],
)
async def test_an_answer_is_done_and_replied_to(
    home: VoiceHome, alex: MockConfigEntry, heard: str, state: str, reply: str
) -> None:
    home.asker.hears = heard
    await ask(home)

    [(question, has_chime)] = home.asker.asked
    assert "Alex" in question
    assert has_chime
    assert home.asker.said == [(reply, False)]
    assert state_of(alex) == state


async def test_yes_starts_the_routine_there(home: VoiceHome, alex: MockConfigEntry) -> None:
    """The routine is the first sound after that."""
    home.asker.hears = "Yes, please."
    await ask(home)

    player = alex.runtime_data.routines.player
    assert player is not None
    assert (player.routine.habit, player.speaker) == (Habit.STRETCH, SPEAKER)
    [(greeting, has_chime)] = home.asker.said
    assert "minutes" in greeting
    assert not has_chime


async def test_yes_to_new_shoes(hass: HomeAssistant, home: VoiceHome, set_up: SetUp) -> None:
    """Without a routine, the reply is the only sound after that."""
    speaker = ConfigSubentryData(
        data={"satellite": home.asker.entity_id}, subentry_type="speaker", title="Gym", unique_id=None
    )
    entry = shoe_prompt.runner(with_id(speaker, SPEAKER))
    coordinator = await set_up(entry)
    home.asker.hears = "okay"
    await coordinator.async_deliver([RUN], live=True)
    # An hour and a half after the outing.
    for _ in range(12):
        await home.wait(600)
        await all_happens(home)

    assert len(home.asker.asked) == 1
    assert home.asker.said == [("Good. I won't mention it again.", False)]
    assert state_of(entry) == "done"


async def test_nothing_is_asked_while_a_routine_is_going_on(home: VoiceHome, alex: MockConfigEntry) -> None:
    data = {"config_entry_id": ENTRY_ID, "habit": "core"}
    await home.hass.services.async_call(DOMAIN, "start_routine", data, blocking=True)
    await home.settle()
    home.asker.said.clear()

    home.asker.hears = "yes"
    await ask(home)
    assert home.asker.asked == []

    await home.hass.services.async_call(DOMAIN, "stop_routine", {"config_entry_id": ENTRY_ID}, blocking=True)
    # This satellite returns at once, so each line of the routine keeps it for its length.
    for _ in range(4):
        await all_happens(home)
        await home.wait(10)
    await all_happens(home)
    assert len(home.asker.asked) == 1
    assert alex.runtime_data.routines.player.routine.habit is Habit.STRETCH


@pytest.mark.parametrize("heard", [None, "", "turn on the light"])
async def test_unrelated_sentence_leaves_prompt_open(
    home: VoiceHome, alex: MockConfigEntry, caplog: pytest.LogCaptureFixture, heard: str | None
) -> None:
    home.asker.hears = heard
    await ask(home)

    assert len(home.asker.asked) == 1
    assert home.asker.said == []
    assert state_of(alex) == "spoken"
    assert "WARNING" not in caplog.text.replace("custom integration", "")


async def test_silence_leaves_prompt_open(home: VoiceHome, alex: MockConfigEntry) -> None:
    """Listening that long counts as asked."""
    home.asker.is_heard.clear()
    await ask(home)
    assert state_of(alex) == "speaking"

    await home.wait(150)
    await all_happens(home)
    assert state_of(alex) == "spoken"
    assert home.asker.said == []


async def test_satellite_without_reaction_counts_as_failed(home: VoiceHome, alex: MockConfigEntry) -> None:
    home.asker.is_heard.clear()
    home.asker.listens = False
    await ask(home)
    await home.wait(150)
    await all_happens(home)

    assert state_of(alex) == "due"


@pytest.mark.parametrize(
    ("hindrance", "why"),
    [
        ("no ears", "has no speech-to-text engine"),
        ("ears are gone", "has no speech-to-text engine"),
        ("fault", "no connection"),
        ("did not listen", "o answer"),  # Home Assistant has worded this differently before
    ],
)
async def test_hindrance_is_logged_once(
    home: VoiceHome, alex: MockConfigEntry, caplog: pytest.LogCaptureFixture, hindrance: str, why: str
) -> None:
    """Then the line is announced instead."""
    match hindrance:
        case "no ears":
            await home.lose_ears()
        case "ears are gone":
            await home.give_ears("stt.gone")
        case "fault":
            home.asker.fault_of_asking = HomeAssistantError("no connection")
        case "did not listen":
            home.asker.listens = False
    await ask(home)
    assert state_of(alex) == "spoken"
    assert len(home.asker.said) == 1
    home.clock.tick(timedelta(minutes=1))
    await ask(home, "core")

    assert len(home.asker.said) == 2
    assert all("Alex" in line and has_chime for line, has_chime in home.asker.said)
    [told] = [record.message for record in caplog.records if "can't answer a prompt" in record.message]
    assert why in told


@pytest.mark.parametrize("busy", ["talked to", "announcing"])
async def test_a_satellite_that_is_busy_is_asked_again(home: VoiceHome, alex: MockConfigEntry, busy: str) -> None:
    if busy == "talked to":
        state = home.hass.states.get(home.asker.entity_id)
        assert state is not None
        home.hass.states.async_set(home.asker.entity_id, "listening", state.attributes)
    else:
        home.asker.fault_of_asking = SatelliteBusyError()
    await ask(home)
    assert state_of(alex) == "due"
    assert home.asker.said == []

    home.asker.async_write_ha_state()
    home.asker.fault_of_asking, home.asker.hears = None, "later"
    await home.wait(10)
    await all_happens(home)
    assert state_of(alex) == "snoozed"


async def test_answer_counts_though_its_reply_fails(home: VoiceHome, alex: MockConfigEntry) -> None:
    home.asker.hears = "later"
    home.asker.fault = HomeAssistantError("no connection")
    await ask(home)
    assert state_of(alex) == "snoozed"


async def test_a_satellite_that_only_announces(home: VoiceHome, alex: MockConfigEntry) -> None:
    home.asker._attr_supported_features = home.satellite._attr_supported_features
    home.asker.async_write_ha_state()
    home.asker.hears = "later"
    await ask(home)

    assert home.asker.asked == []
    assert len(home.asker.said) == 1
    assert state_of(alex) == "spoken"
