"""Details of the gate: contexts of entities, ended rights, red flags, paths, phones, and health entities."""

from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.home_gym.assist.intents import intent_type
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.voice_commands import VoiceCommand
from custom_components.home_gym.permissions import NotAllowedError
from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import entity_registry as er, intent
from homeassistant.helpers.entity_component import EntityComponent
from homeassistant.setup import async_setup_component
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of, with_id

pytestmark = pytest.mark.usefixtures("clock")

PERSON = "person.alex"
HEALTH = [("number", "back_pain"), ("sensor", "back_pain"), ("binary_sensor", "see_professional")]


@pytest.fixture
async def user(hass: HomeAssistant) -> MockUser:
    """Return a user without administrator rights."""
    group = await hass.auth.async_get_group(GROUP_ID_USER)
    assert group
    return MockUser(groups=[group]).add_to_hass(hass)


async def token_of(hass: HomeAssistant, user: MockUser) -> str:
    """Return an access token of a user."""
    refresh = await hass.auth.async_create_refresh_token(user, "https://example.org/app")
    return hass.auth.async_create_access_token(refresh)


def link(hass: HomeAssistant, entry: MockConfigEntry, user: MockUser | None) -> None:
    """Link the runner's person to a user, or to none."""
    hass.states.async_set(PERSON, "home", {"user_id": user.id if user else None, "device_trackers": []})
    hass.config_entries.async_update_entry(entry, data={**entry.data, "person": PERSON})


def sessions(entry: MockConfigEntry) -> int:
    """Return how many sessions the journal has."""
    return len(list(entry.runtime_data.runner.sessions.all()))


async def test_refusal_names_the_missing_right(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, user: MockUser
) -> None:
    await set_up(entry)
    data = {"config_entry_id": ENTRY_ID, "habit": "core"}
    with pytest.raises(NotAllowedError) as refusal:
        await hass.services.async_call(DOMAIN, "log_session", data, blocking=True, context=Context(user_id=user.id))
    assert refusal.value.translation_key == "not_allowed_act"
    assert str(refusal.value) == (
        "You are not allowed to log or change anything for Alex. Ask an administrator for access"
    )


async def test_inactive_user_has_no_rights(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, user: MockUser
) -> None:
    await set_up(entry)
    link(hass, entry, user)
    await hass.async_block_till_done()
    button = {"entity_id": entity_id_of(hass, "button", "log_core")}
    await hass.services.async_call("button", "press", button, blocking=True, context=Context(user_id=user.id))
    assert sessions(entry) == 1
    user.is_active = False
    with pytest.raises(Unauthorized):
        await hass.services.async_call("button", "press", button, blocking=True, context=Context(user_id=user.id))
    assert sessions(entry) == 1


async def test_automation_after_a_refused_user_is_not_taken_for_that_user(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, user: MockUser
) -> None:
    await set_up(entry)
    number = {"entity_id": entity_id_of(hass, "number", "back_pain"), "value": 3}
    with pytest.raises(Unauthorized):
        await hass.services.async_call("number", "set_value", number, blocking=True, context=Context(user_id=user.id))
    await hass.services.async_call("number", "set_value", number, blocking=True, context=Context())
    assert entry.runtime_data.coordinator.data.pain.latest == 3


@pytest.mark.parametrize("is_own", [False, True])
async def test_intent_of_the_to_do_list_is_judged_by_the_connection(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    user: MockUser,
    hass_ws_client: WebSocketGenerator,
    is_own: bool,
) -> None:
    """Home Assistant's own intent completes an item without a context."""
    for component in ("homeassistant", "intent", "conversation"):
        assert await async_setup_component(hass, component, {})
    await set_up(entry)
    link(hass, entry, user if is_own else None)
    await hass.async_block_till_done()
    client = await hass_ws_client(hass, await token_of(hass, user))
    [item, *_] = [item for item in todo_list(hass).todo_items if item.status == "needs_action"]
    await client.send_json_auto_id(
        {"type": "conversation/process", "text": f"complete {item.summary} on my Alex To do today list"}
    )
    await client.receive_json()
    await hass.async_block_till_done()
    assert sessions(entry) == (1 if is_own else 0)


def todo_list(hass: HomeAssistant) -> Any:
    """Return the entity of the to-do list."""
    component: EntityComponent[Any] = hass.data["entity_components"]["todo"]
    entity = component.get_entity(entity_id_of(hass, "todo", "today"))
    assert entity
    return entity


@pytest.mark.parametrize(("is_own", "shows"), [(False, False), (True, True)])
async def test_calendar_needs_the_right_to_see_for_a_web_request(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    user: MockUser,
    hass_client_no_auth: ClientSessionGenerator,
    is_own: bool,
    shows: bool,
) -> None:
    await set_up(entry)
    link(hass, entry, user if is_own else None)
    await hass.async_block_till_done()
    client = await hass_client_no_auth()
    answer = await client.get(
        f"/api/calendars/{entity_id_of(hass, 'calendar', 'journal')}",
        params={"start": "2026-05-01T00:00:00Z", "end": "2026-05-05T00:00:00Z"},
        headers={"Authorization": f"Bearer {await token_of(hass, user)}"},
    )
    assert (answer.status == 200) is shows


@pytest.mark.parametrize("change", ["person", "user"])
async def test_open_subscription_ends_with_the_right(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    user: MockUser,
    hass_ws_client: WebSocketGenerator,
    change: str,
) -> None:
    await set_up(entry)
    link(hass, entry, user)
    await hass.async_block_till_done()
    client = await hass_ws_client(hass, await token_of(hass, user))
    await client.send_json_auto_id({"type": "home_gym/subscribe", "config_entry_id": ENTRY_ID})
    assert (await client.receive_json())["success"]
    assert (await client.receive_json())["event"]["whole"]["name"] == "Alex"
    if change == "person":
        hass.states.async_set(PERSON, "home", {"user_id": None, "device_trackers": []})
    else:
        await hass.auth.async_update_user(user, group_ids=[])
    await hass.async_block_till_done()
    assert (await client.receive_json())["event"]["whole"] == {"state": "unauthorized"}


async def test_issue_data_names_no_red_flag(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, user: MockUser, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(hass, "repairs", {})
    await set_up(entry)
    pain = {"config_entry_id": ENTRY_ID, "score": 3, "red_flags": ["fever"]}
    await hass.services.async_call(DOMAIN, "log_pain", pain, blocking=True)
    client = await hass_ws_client(hass, await token_of(hass, user))
    await client.send_json_auto_id(
        {"type": "repairs/get_issue_data", "domain": DOMAIN, "issue_id": f"urgent_advice_{ENTRY_ID}"}
    )
    assert (await client.receive_json())["result"] == {"issue_data": {"entry_id": ENTRY_ID}}


async def test_user_imports_from_the_own_folders_only(
    hass: HomeAssistant, set_up: SetUp, user: MockUser, tmp_path: Path
) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    for folder in (own, other):
        folder.mkdir()
    (own / "link").symlink_to(other)
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    source = ConfigSubentryData(
        data={"folder": str(own), "since": NOW.isoformat()}, subentry_type="source", title="Own", unique_id=None
    )
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[with_id(source, "01FOLDER")],
    )
    await set_up(entry)
    link(hass, entry, user)
    await hass.async_block_till_done()

    async def is_refused(path: Path) -> bool:
        data = {"config_entry_id": ENTRY_ID, "path": str(path)}
        try:
            await hass.services.async_call(
                DOMAIN, "import_files", data, blocking=True, context=Context(user_id=user.id)
            )
        except Unauthorized:
            return True
        return False

    tried = [own, own / "..", own / "link", other, tmp_path]
    assert [await is_refused(path) for path in tried] == [False, True, True, True, True]
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_sentence_of_a_user_means_the_runner_of_that_user(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, user: MockUser
) -> None:
    other = MockConfigEntry(domain=DOMAIN, title="Sam", entry_id="02RUNNER", data={"name": "Sam"})
    for component in ("homeassistant", "intent"):
        assert await async_setup_component(hass, component, {})
    await set_up(entry)
    await set_up(other)
    link(hass, entry, user)
    await hass.async_block_till_done()

    async def log(user_id: str | None) -> str:
        slots = {"habit": {"value": Habit.CORE.value}}
        kind = intent_type(VoiceCommand.LOG_SESSION)
        answer = await intent.async_handle(hass, "test", kind, slots, context=Context(user_id=user_id))
        return str(answer.speech["plain"]["speech"])

    assert "Alex or Sam" in await log(None)
    assert sessions(entry) == 0
    await log(user.id)
    assert (sessions(entry), sessions(other)) == (1, 0)


@pytest.mark.parametrize(("is_phone", "is_own", "count"), [(False, False, 0), (True, False, 1), (False, True, 1)])
async def test_notification_is_answered_by_the_phones_and_users_of_the_runner(
    hass: HomeAssistant, set_up: SetUp, user: MockUser, is_phone: bool, is_own: bool, count: int
) -> None:
    app = MockConfigEntry(domain="mobile_app", data={"user_id": user.id if is_phone else "another"})
    app.add_to_hass(hass)
    phone = er.async_get(hass).async_get_or_create("notify", "mobile_app", "phone", config_entry=app)
    speaker = ConfigSubentryData(
        data={"notify": phone.entity_id}, subentry_type="speaker", title="Phone", unique_id=None
    )
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[with_id(speaker, "01PHONE")],
    )
    await set_up(entry)
    link(hass, entry, user if is_own else None)
    await hass.async_block_till_done()
    answer = {"action": f"home_gym_prompt/{ENTRY_ID}/core/done"}
    hass.bus.async_fire("mobile_app_notification_action", answer, context=Context(user_id=user.id))
    await hass.async_block_till_done()
    assert sessions(entry) == count


@pytest.mark.parametrize(
    ("users", "persons", "is_enabled"), [(1, 1, True), (2, 1, False), (1, 2, False)], ids=["alone", "users", "persons"]
)
async def test_health_entities_are_opt_in_where_several_people_live(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, users: int, persons: int, is_enabled: bool
) -> None:
    for number in range(users):
        MockUser(id=f"user {number}").add_to_hass(hass)
    MockUser(id="service", system_generated=True).add_to_hass(hass)
    MockUser(id="former", is_active=False).add_to_hass(hass)
    for number in range(persons):
        hass.states.async_set(f"person.number_{number}", "home")
    await set_up(entry)
    registry = er.async_get(hass)
    for platform, key in HEALTH:
        known = registry.async_get(entity_id_of(hass, platform, key))
        assert known
        assert (known.disabled_by is None) is is_enabled, key


async def test_known_health_entities_stay_enabled_when_another_person_moves_in(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    for number in range(2):
        hass.states.async_set(f"person.number_{number}", "home")
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    registry = er.async_get(hass)
    known = [registry.async_get(entity_id_of(hass, platform, key)) for platform, key in HEALTH]
    assert [one.disabled_by for one in known if one] == [None] * len(HEALTH)
