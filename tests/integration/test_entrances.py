"""One gate at every entrance to a runner, for every kind of visitor."""

from collections.abc import Collection
from pathlib import Path

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.home_gym.assist.tools import TOOLS
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.guarded_entity import GuardedEntity
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.issues.repair_issue import ALL_ISSUES
from custom_components.home_gym.permissions import Right
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, intent
from homeassistant.helpers.entity_platform import async_get_platforms
from homeassistant.setup import async_setup_component
from tests.support.integration.entrances import PHONE, Entrance, Visitor, Way, entrances
from tests.support.integration.repairs import PLUG, TREADMILL, keep, treadmill_entry
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, OLD_SHOE, SetUp, shoe_data, with_id

pytestmark = pytest.mark.usefixtures("clock", "entity_registry_enabled_by_default")

# Entities of these platforms only show.
SHOWING = {"binary_sensor", "event", "sensor"}
EVERYTHING, NOTHING = frozenset(Right), frozenset[Right]()
USE = EVERYTHING - {Right.ADMINISTER}


@pytest.fixture
async def doors(hass: HomeAssistant, set_up: SetUp, tmp_path: Path) -> list[Entrance]:
    """Set up a runner with a watched folder, and a treadmill, and return the entrances to them."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    source = ConfigSubentryData(
        data={"folder": str(folder), "since": NOW.isoformat()}, subentry_type="source", title="Folder", unique_id=None
    )
    data = {"webhook": "e" * 64, "app": "other", "local_only": True, "runs": []}
    phone = ConfigSubentryData(data=data, subentry_type="source", title="Phone", unique_id=None)
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[
            with_id(shoe_data("Daily trainers"), OLD_SHOE),
            with_id(shoe_data("New trainers"), NEW_SHOE),
            with_id(source, "01FOLDER"),
            with_id(phone, PHONE),
        ],
    )
    hass.states.async_set(PLUG, "0", {"unit_of_measurement": "W"})
    await keep(hass, TREADMILL)
    coordinator = await set_up(entry)
    # A habit that was done today stands on the to-do list.
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    await set_up(treadmill_entry(ENTRY_ID))
    for component in ("homeassistant", "intent", "repairs"):
        assert await async_setup_component(hass, component, {})
    assert await async_setup_component(hass, "websocket_api", {})
    return entrances(TREADMILL, str(folder))


async def visitor(hass: HomeAssistant, group: str, hass_ws_client: WebSocketGenerator) -> Visitor:
    """Return a user of a group, connected by websocket."""
    found = await hass.auth.async_get_group(group)
    assert found
    user = MockUser(groups=[found]).add_to_hass(hass)
    refresh = await hass.auth.async_create_refresh_token(user, "https://example.org/app")
    client = await hass_ws_client(hass, hass.auth.async_create_access_token(refresh))
    return Visitor(hass=hass, user=user, client=client)


def entry_of(hass: HomeAssistant) -> MockConfigEntry:
    """Return the runner's entry."""
    entry = hass.config_entries.async_get_entry(ENTRY_ID)
    assert isinstance(entry, MockConfigEntry)
    return entry


@pytest.mark.parametrize(
    ("group", "is_own", "is_shared", "rights"),
    [
        pytest.param(GROUP_ID_ADMIN, False, False, EVERYTHING, id="administrator"),
        pytest.param(GROUP_ID_USER, True, False, USE, id="own user"),
        pytest.param(GROUP_ID_READ_ONLY, True, False, {Right.SEE}, id="own read-only user"),
        pytest.param(GROUP_ID_USER, False, False, NOTHING, id="another user"),
        pytest.param(GROUP_ID_USER, False, True, USE, id="another user of a shared runner"),
        pytest.param(GROUP_ID_READ_ONLY, False, True, {Right.SEE}, id="read-only user of a shared runner"),
        pytest.param(GROUP_ID_READ_ONLY, False, False, NOTHING, id="read-only user"),
    ],
)
async def test_every_entrance_asks_for_the_rights_of_a_user(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    doors: list[Entrance],
    group: str,
    is_own: bool,
    is_shared: bool,
    rights: Collection[Right],
) -> None:
    someone = await visitor(hass, group, hass_ws_client)
    assert someone.user
    if is_own:
        hass.states.async_set("person.alex", "home", {"user_id": someone.user.id, "device_trackers": []})
        hass.config_entries.async_update_entry(entry_of(hass), data={"name": "Alex", "person": "person.alex"})
    if is_shared:
        hass.config_entries.async_update_entry(entry_of(hass), options={"shared": True})
    await hass.async_block_till_done()
    before = entry_of(hass).runtime_data.runner.projections.revision
    refusals = [await door.refuses(someone) for door in doors]
    await hass.async_block_till_done()
    wrong = [
        (door.way.value, door.name)
        for door, is_refused in zip(doors, refusals, strict=True)
        if is_refused is (door.right in rights)
    ]
    assert wrong == []
    is_changed = entry_of(hass).runtime_data.runner.projections.revision != before
    assert is_changed is (Right.ACT in rights)


@pytest.mark.parametrize("has_device", [False, True], ids=["automation", "satellite"])
async def test_the_home_itself_may_do_everything(hass: HomeAssistant, doors: list[Entrance], has_device: bool) -> None:
    device_id = dr.async_get_device_id_by_identifier(hass, (DOMAIN, ENTRY_ID), config_entry_id=ENTRY_ID)
    assert device_id
    home = Visitor(hass=hass, user=None, client=None, device_id=device_id if has_device else None)
    ways = {Way.INTENT, Way.TOOL} if has_device else {Way.ACTION, Way.ENTITY, Way.INTENT, Way.TOOL, Way.REPAIR}
    assert [door.name for door in doors if door.way in ways and await door.refuses(home)] == []


def names(doors: list[Entrance], way: Way) -> set[str]:
    """Return the names of the entrances of a kind."""
    return {door.name for door in doors if door.way is way}


async def test_no_entrance_is_missing_from_the_list(hass: HomeAssistant, doors: list[Entrance]) -> None:
    assert names(doors, Way.ACTION) == hass.services.async_services()[DOMAIN].keys()
    commands = {name for name in hass.data["websocket_api"] if name.startswith(f"{DOMAIN}/")}
    # The list of runners leaves out those who may not be seen.
    assert names(doors, Way.WEBSOCKET) == commands - {"home_gym/runners"}
    handlers = {one.intent_type for one in intent.async_get(hass) if type(one).__module__.startswith("custom_")}
    assert names(doors, Way.INTENT) == handlers
    assert names(doors, Way.TOOL) == {tool.name for tool in TOOLS}
    fixable = {issue.prefix for issue in ALL_ISSUES if issue.is_fixable}
    assert {name.rpartition("_")[0] for name in names(doors, Way.REPAIR)} == fixable


async def test_no_entity_that_writes_is_missing_from_the_list(hass: HomeAssistant, doors: list[Entrance]) -> None:
    entities = [
        entity
        for platform in async_get_platforms(hass, DOMAIN)
        for entity in platform.entities.values()
        if platform.domain not in SHOWING
    ]
    assert names(doors, Way.ENTITY)
    assert {name.split(" ")[2] for name in names(doors, Way.ENTITY)} == {one.unique_id for one in entities}
    assert [one.entity_id for one in entities if not isinstance(one, GuardedEntity)] == []


async def test_list_of_runners_leaves_out_runners_without_the_right_to_see(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, doors: list[Entrance]
) -> None:
    assert doors
    for group, shown in ((GROUP_ID_ADMIN, ["Alex"]), (GROUP_ID_USER, [])):
        client = (await visitor(hass, group, hass_ws_client)).client
        assert client
        await client.send_json_auto_id({"type": "home_gym/runners"})
        assert [one["name"] for one in (await client.receive_json())["result"]["runners"]] == shown
