"""Users' permissions in actions: the same as in the cards."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.services.exports import HOME_ACTIONS
from homeassistant.auth.const import GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.core import Context, HomeAssistant, SupportsResponse
from homeassistant.exceptions import HomeAssistantError, Unauthorized, UnknownUser
from tests.support.integration.runner_entry import ENTRY_ID, OLD_SHOE, SetUp
from tests.support.integration.websocket import join

pytestmark = pytest.mark.usefixtures("clock")

READING: dict[str, dict[str, Any]] = {
    "get_runs": {},
    "get_doubtful_runs": {},
    "get_journal": {},
    "get_summary": {},
    "get_back_report": {},
}
CHANGING: dict[str, dict[str, Any]] = {
    "log_run": {"start": "2026-05-04 17:00:00", "duration": {"minutes": 30}},
    "edit_run": {"run": "x"},
    "remove_run": {"run": "x"},
    "decide_run": {"run": "x", "is_run": True},
    "assign_shoe": {"run": "x", "shoe": OLD_SHOE},
    "log_session": {"habit": "core"},
    "rate_run": {"score": 7, "run": "unknown"},
    "log_form_check": {"good": ["arms"]},
    "rest": {},
    "prompt": {"habit": "core"},
    "snooze_prompt": {},
    "dismiss_prompt": {},
    "restore_prompt": {"habit": "core"},
    # Without another speaker nothing moves, so that the runner stays loaded.
    "move_prompt": {"habit": "shoes"},
    "answer_prompt": {"answer": "done"},
    "log_pain": {"score": 2},
    "acknowledge_advice": {},
    "answer_triage": {"answer": "no"},
    "clear_back": {},
    "start_experiment": {"habit": "core"},
    "stop_experiment": {},
    "withdraw_pain_report": {},
    "log_function_score": {"pain": 3, "enjoyment": 2, "activity": 1},
    "play_cadence": {},
    "start_routine": {"habit": "core"},
    "pause_routine": {},
    "resume_routine": {},
    "next_step": {},
    "previous_step": {},
    "repeat_step": {},
    "rate_routine": {"effort": "easy"},
    "stop_routine": {},
}
# A path can hold the recordings of another runner.
ADMINISTERING: dict[str, dict[str, Any]] = {
    "import_files": {"path": "recordings"},
    "export_runner": {},
    "import_runner": {"path": "missing.json"},
    "erase_removed_runners": {},
}
ALL = {**READING, **CHANGING, **ADMINISTERING}


async def user_of(hass: HomeAssistant, group: str) -> MockUser:
    """Return a user of a group."""
    found = await hass.auth.async_get_group(group)
    assert found
    return MockUser(groups=[found]).add_to_hass(hass)


async def refused(hass: HomeAssistant, user: str | None, actions: dict[str, dict[str, Any]]) -> set[str]:
    """Return the actions that a user may not perform; other errors don't count."""
    found = set()
    for name, data in actions.items():
        request = data if name in HOME_ACTIONS else {"config_entry_id": ENTRY_ID, **data}
        returns = hass.services.supports_response(DOMAIN, name) is SupportsResponse.ONLY
        try:
            await hass.services.async_call(
                DOMAIN, name, request, blocking=True, context=Context(user_id=user), return_response=returns
            )
        except Unauthorized:
            found.add(name)
        except HomeAssistantError:
            pass
    return found


def test_no_action_is_forgotten(hass: HomeAssistant, loaded: None) -> None:
    assert hass.services.async_services()[DOMAIN].keys() == ALL.keys()


@pytest.fixture
async def loaded(set_up: SetUp, entry: MockConfigEntry) -> None:
    """Set the runner up."""
    await set_up(entry)


@pytest.mark.usefixtures("loaded")
async def test_a_stranger_is_refused_everything(hass: HomeAssistant) -> None:
    stranger = await user_of(hass, GROUP_ID_USER)
    assert await refused(hass, stranger.id, ALL) == ALL.keys()


@pytest.mark.usefixtures("loaded")
async def test_read_only_user_may_change_nothing(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    guest = await user_of(hass, GROUP_ID_READ_ONLY)
    hass.config_entries.async_update_entry(entry, options={"shared": True})
    await hass.async_block_till_done()
    assert await refused(hass, guest.id, ALL) == {*CHANGING, *ADMINISTERING}


@pytest.mark.usefixtures("loaded")
async def test_every_user_may_see_and_log_for_shared_runner(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    guest = await user_of(hass, GROUP_ID_USER)
    hass.config_entries.async_update_entry(entry, options={"shared": True})
    await hass.async_block_till_done()
    assert await refused(hass, guest.id, ALL) == ADMINISTERING.keys()


@pytest.mark.usefixtures("loaded")
async def test_runners_own_user_may_do_everything(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    own = await user_of(hass, GROUP_ID_USER)
    await join(hass, own, entry)
    await hass.async_block_till_done()
    assert await refused(hass, own.id, ALL) == ADMINISTERING.keys()


@pytest.mark.usefixtures("loaded")
async def test_automations_are_the_home_itself_and_administrators_run_it(
    hass: HomeAssistant, hass_admin_user: MockUser
) -> None:
    for user in (None, hass_admin_user.id):
        assert await refused(hass, user, ALL) == set()


@pytest.mark.usefixtures("loaded")
async def test_unknown_user_is_refused(hass: HomeAssistant) -> None:
    with pytest.raises(UnknownUser):
        await hass.services.async_call(
            DOMAIN,
            "log_session",
            {"config_entry_id": ENTRY_ID, "habit": "core"},
            blocking=True,
            context=Context(user_id="nobody"),
        )
