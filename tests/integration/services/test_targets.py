"""Runners, pairs and speakers of an action, chosen as the editor offers them."""

from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.home_gym import targets as module
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.services.registry import ACTIONS
from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import area_registry as ar, device_registry as dr, label_registry as lr
from homeassistant.util.yaml import load_yaml_dict
from tests.support.integration.automations import device_of
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, OLD_SHOE, SetUp, entity_id_of, with_id
from tests.support.integration.websocket import join

pytestmark = pytest.mark.usefixtures("clock")

KIM_ID = "01KIM"
SPEAKER = "01SPEAKER"
DESCRIBED = load_yaml_dict(Path(module.__file__).parent / "services.yaml")


def kim() -> MockConfigEntry:
    """Return the entry of another runner, with a speaker."""
    data = {"media_player": "media_player.gym", "tts_engine": "tts.voice"}
    speaker = ConfigSubentryData(data=data, subentry_type="speaker", title="Gym", unique_id=None)
    return MockConfigEntry(
        domain=DOMAIN,
        title="Kim",
        entry_id=KIM_ID,
        data={"name": "Kim"},
        subentries_data=[with_id(speaker, SPEAKER)],
    )


def runner_device(hass: HomeAssistant, owner: str) -> str:
    """Return the device of a runner."""
    return device_of(hass, entity_id_of(hass, "todo", "today", owner))


async def call(hass: HomeAssistant, action: str, data: dict[str, Any], target: dict[str, Any], **more: Any) -> Any:
    """Perform an action on a target."""
    return await hass.services.async_call(DOMAIN, action, data, target=target, blocking=True, **more)


async def test_action_is_done_for_each_runner_in_its_target(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    runners = {"Alex": await set_up(entry), "Kim": await set_up(kim())}
    alex, other = (runner_device(hass, owner) for owner in (ENTRY_ID, KIM_ID))
    area = ar.async_get(hass).async_get_or_create("Gym")
    label = lr.async_get(hass).async_create("Runners")
    dr.async_get(hass).async_update_device(alex, area_id=area.id, labels={label.label_id})
    dr.async_get(hass).async_update_device(other, labels={label.label_id})
    targets: list[tuple[dict[str, Any], list[str]]] = [
        ({"device_id": alex}, ["Alex"]),
        ({"device_id": [alex, other]}, ["Alex", "Kim"]),
        ({"area_id": area.id}, ["Alex"]),
        ({"label_id": label.label_id}, ["Alex", "Kim"]),
        ({"entity_id": entity_id_of(hass, "todo", "today", KIM_ID)}, ["Kim"]),
        ({"entity_id": entity_id_of(hass, "binary_sensor", "stretch_due", KIM_ID)}, ["Kim"]),
    ]

    for target, expected in targets:
        before = {name: len(runner.runner.journal.sessions) for name, runner in runners.items()}
        await call(hass, "log_session", {"habit": Habit.CORE}, target)
        after = {name: len(runner.runner.journal.sessions) for name, runner in runners.items()}
        assert [name for name in runners if after[name] > before[name]] == expected, target
        for runner in runners.values():
            if runner.runner.journal.sessions:
                await runner.async_apply(verbs.undo_last())


async def test_target_without_runner_is_an_error(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    pair = device_of(hass, entity_id_of(hass, "sensor", "distance", f"{ENTRY_ID}_{OLD_SHOE}"))
    for target in ({}, {"device_id": "gone"}, {"device_id": pair}, {"entity_id": "light.gym"}):
        with pytest.raises(ServiceValidationError, match="Choose a runner"):
            await call(hass, "log_session", {"habit": "core"}, target)


async def test_runner_that_is_not_loaded_is_an_error(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    other = await set_up(kim())
    devices = [runner_device(hass, owner) for owner in (ENTRY_ID, KIM_ID)]
    assert await hass.config_entries.async_unload(ENTRY_ID)

    with pytest.raises(ServiceValidationError, match="Alex"):
        await call(hass, "log_session", {"habit": "core"}, {"device_id": devices})

    assert not other.runner.journal.sessions


async def test_response_is_that_of_one_runner(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    await set_up(kim())
    devices = [runner_device(hass, owner) for owner in (ENTRY_ID, KIM_ID)]

    answer = await call(hass, "get_runs", {}, {"device_id": devices[0]}, return_response=True)
    assert answer == {"runs": []}
    with pytest.raises(ServiceValidationError, match="Alex, Kim"):
        await call(hass, "get_runs", {}, {"device_id": devices}, return_response=True)


async def test_nothing_is_done_without_the_right_on_each_runner(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    other = kim()
    await set_up(entry)
    await set_up(other)

    def sessions() -> list[int]:
        return [len(each.runtime_data.runner.journal.sessions) for each in (entry, other)]

    group = await hass.auth.async_get_group(GROUP_ID_USER)
    assert group
    user = MockUser(groups=[group]).add_to_hass(hass)
    await join(hass, user, entry)
    await hass.async_block_till_done()
    devices = [runner_device(hass, owner) for owner in (ENTRY_ID, KIM_ID)]

    with pytest.raises(Unauthorized):
        await call(hass, "log_session", {"habit": "core"}, {"device_id": devices}, context=Context(user_id=user.id))

    assert sessions() == [0, 0]
    await call(hass, "log_session", {"habit": "core"}, {"device_id": devices[0]}, context=Context(user_id=user.id))
    assert sessions() == [1, 0]


async def test_pair_is_chosen_by_device_entity_name_or_id(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    sensor = entity_id_of(hass, "sensor", "replace_by", f"{ENTRY_ID}_{OLD_SHOE}")
    device = device_of(hass, sensor)
    newer = device_of(hass, entity_id_of(hass, "sensor", "distance", f"{ENTRY_ID}_{NEW_SHOE}"))
    hass.config_entries.async_update_subentry(entry, entry.subentries[NEW_SHOE], title="Racers")
    await hass.async_block_till_done()
    data = {"start": "2026-05-04 17:00:00", "duration": {"minutes": 30}}
    logged = await call(hass, "log_run", data, {"device_id": runner_device(hass, ENTRY_ID)}, return_response=True)
    worn = {}
    for chosen in (device, newer, sensor, "racers", "Daily trainers", NEW_SHOE):
        await call(hass, "assign_shoe", {"config_entry_id": ENTRY_ID, "run": logged["run"], "shoe": chosen}, target={})
        worn[chosen] = coordinator.runner.rack.shoe_of(coordinator.runner.runs.named(logged["run"]))

    assert worn == {
        device: OLD_SHOE,
        newer: NEW_SHOE,
        sensor: OLD_SHOE,
        "racers": NEW_SHOE,
        "Daily trainers": OLD_SHOE,
        NEW_SHOE: NEW_SHOE,
    }


async def test_pair_of_another_runner_is_unknown(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    await set_up(kim())
    pair = device_of(hass, entity_id_of(hass, "sensor", "distance", f"{ENTRY_ID}_{OLD_SHOE}"))
    data = {"start": "2026-05-04 17:00:00", "duration": {"minutes": 30}, "shoe": pair}
    with pytest.raises(ServiceValidationError):
        await call(hass, "log_run", data, {"device_id": runner_device(hass, KIM_ID)})


async def test_speaker_is_chosen_by_its_device(hass: HomeAssistant, set_up: SetUp) -> None:
    coordinator = await set_up(kim())
    button = entity_id_of(hass, "button", "say_hello", f"{KIM_ID}_{SPEAKER}")
    hass.states.async_set("media_player.gym", "idle")
    for speaker in (device_of(hass, button), button, "gym", SPEAKER):
        target = {"device_id": runner_device(hass, KIM_ID)}
        await call(hass, "start_routine", {"habit": "core", "speaker": speaker}, target)
        assert coordinator.config_entry.runtime_data.routines.busy_speaker == "media_player.gym"
        await call(hass, "stop_routine", {}, target)


def test_every_field_of_every_action_has_an_example_and_a_target() -> None:
    for name in ACTIONS:
        description = DESCRIBED[name]
        assert description["target"]["entity"] == {"integration": DOMAIN, "domain": "todo"}
        for field, details in description["fields"].items():
            assert details.get("example") not in (None, ""), f"{name}.{field}"
