"""Actions of the user with the entities of a runner."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from tests.support.integration.entities import act
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, OLD_SHOE, SetUp, entity_id_of, state_of

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize("habit", [Habit.WARM_UP, Habit.COOL_DOWN, Habit.CORE, Habit.STRETCH, Habit.FOAM_ROLL])
async def test_a_button_logs_its_habit(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, habit: Habit
) -> None:
    await set_up(entry)

    await act(hass, "button", f"log_{habit}", "press")

    assert state_of(hass, "sensor", f"last_{habit}") == NOW.isoformat()


@pytest.mark.parametrize("habit", [Habit.MASSAGE, Habit.HEAT_OR_ICE])
async def test_button_logs_habit_without_sensor(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, habit: Habit
) -> None:
    coordinator = await set_up(entry)

    await act(hass, "button", f"log_{habit}", "press")

    assert [session.habit for session in coordinator.runner.journal.sessions.values()] == [habit]


async def test_button_undoes_last_entry(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory
) -> None:
    await set_up(entry)
    await act(hass, "button", "log_core", "press")
    clock.tick(60)
    await act(hass, "button", "log_core", "press")
    assert state_of(hass, "sensor", "core_sessions_this_week") == "2"
    assert state_of(hass, "sensor", "core_streak") == "1"

    await act(hass, "button", "undo_last", "press")
    assert state_of(hass, "sensor", "core_sessions_this_week") == "1"
    assert state_of(hass, "sensor", "last_core") == NOW.isoformat()
    assert state_of(hass, "sensor", "core_streak") == "0"
    await act(hass, "button", "undo_last", "press")

    with pytest.raises(HomeAssistantError, match="nothing to undo"):
        await act(hass, "button", "undo_last", "press")


async def test_the_next_run_counts_for_the_chosen_pair(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    assert state_of(hass, "select", "shoe") == "New trainers"

    await act(hass, "select", "shoe", "select_option", option="Daily trainers")
    assert state_of(hass, "select", "shoe") == "Daily trainers"
    await coordinator.async_deliver([RUN], live=True)
    await hass.async_block_till_done()

    # It had run 480 km before, and the run was 8012.34 m.
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{OLD_SHOE}") == "488.01234"
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{NEW_SHOE}") == "0.0"
    run = hass.states.get(entity_id_of(hass, "event", "run"))
    assert run is not None
    assert run.attributes["shoe"] == "Daily trainers"


async def test_a_run_without_a_pair(hass: HomeAssistant, set_up: SetUp) -> None:
    entry = MockConfigEntry(domain="home_gym", title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"})
    coordinator = await set_up(entry)
    assert state_of(hass, "select", "shoe") == "unknown"

    await coordinator.async_deliver([RUN], live=True)
    await hass.async_block_till_done()

    run = hass.states.get(entity_id_of(hass, "event", "run"))
    assert run is not None
    assert run.attributes["shoe"] is None
    assert run.attributes["distance"] == 8012.34


async def test_switch_turns_voice_off_and_on(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)

    await act(hass, "switch", "voice", "turn_off")
    assert state_of(hass, "switch", "voice") == "off"
    assert coordinator.runner.journal.may_speak is False
    await act(hass, "switch", "voice", "turn_on")
    assert state_of(hass, "switch", "voice") == "on"


async def test_history_is_silent(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)

    await coordinator.async_deliver([RUN], live=False)
    await hass.async_block_till_done()

    assert state_of(hass, "sensor", "last_run_distance") == "8.01234"
    assert state_of(hass, "event", "run") == "unknown"
    assert state_of(hass, "event", "prompt") == "unknown"


async def test_sensors_change_with_time_alone(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=False)
    await act(hass, "button", "log_stretch", "press")
    assert state_of(hass, "binary_sensor", "stretch_due") == "off"
    assert state_of(hass, "binary_sensor", "foam_roll_due") == "on"

    # It is 20:00 in Berlin, so 4:00, when the day of habits ends, is eight hours away.
    clock.move_to(NOW + timedelta(hours=8))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert state_of(hass, "binary_sensor", "stretch_due") == "on"
    assert state_of(hass, "sensor", "stretch_streak") == "1"
    assert state_of(hass, "binary_sensor", "foam_roll_due") == "on"

    clock.move_to(RUN.end + timedelta(hours=24) if RUN.end else NOW)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert state_of(hass, "binary_sensor", "foam_roll_due") == "off"
