"""Every path through the set-up of a runner; that of a treadmill is in `flows`."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from homeassistant.config_entries import SOURCE_IGNORE, SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from tests.support.integration.runner_entry import SetUp
from tests.support.integration.shoe import suggested


@pytest.fixture
def person(hass: HomeAssistant) -> er.RegistryEntry:
    """Return a person at home."""
    entry = er.async_get(hass).async_get_or_create("person", "person", "alex", suggested_object_id="alex")
    hass.states.async_set(entry.entity_id, "home")
    return entry


@pytest.mark.parametrize(("name", "error"), [("  ", "name_missing"), ("ALEX", "name_taken")])
async def test_invalid_name_is_rejected(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, name: str, error: str
) -> None:
    await set_up(entry)
    menu = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert menu["menu_options"] == ["runner", "treadmill", "polar"]
    form = await hass.config_entries.flow.async_configure(menu["flow_id"], {"next_step_id": "runner"})

    again = await hass.config_entries.flow.async_configure(form["flow_id"], {"name": name})

    assert again["type"] is FlowResultType.FORM
    assert again["errors"] == {"name": error}
    menu = await hass.config_entries.flow.async_configure(form["flow_id"], {"name": "Robin"})
    assert menu["step_id"] == "sources"


async def test_a_runner_is_reconfigured(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, person: er.RegistryEntry
) -> None:
    await set_up(entry)

    form = await entry.start_reconfigure_flow(hass)
    await hass.config_entries.flow.async_configure(form["flow_id"], {"name": "Sam", "person": person.entity_id})
    await hass.async_block_till_done()
    assert entry.title == "Sam"
    assert entry.data == {"name": "Sam", "person": person.id}

    er.async_get(hass).async_update_entity(person.entity_id, new_entity_id="person.renamed")
    form = await entry.start_reconfigure_flow(hass)
    assert suggested(form) == {"name": "Sam", "person": "person.renamed"}
    done = await hass.config_entries.flow.async_configure(form["flow_id"], {"name": "Sam"})
    await hass.async_block_till_done()

    assert done["reason"] == "reconfigure_successful"
    assert entry.data == {"name": "Sam"}


async def test_a_runner_cannot_take_anothers_name(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    await set_up(MockConfigEntry(domain=DOMAIN, title="Robin", data={"name": "Robin"}))

    form = await entry.start_reconfigure_flow(hass)
    again = await hass.config_entries.flow.async_configure(form["flow_id"], {"name": "robin"})

    assert again["errors"] == {"name": "name_taken"}


async def test_only_runners_take_names(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """A treadmill may have a runner's name, and so may an ignored Bluetooth discovery."""
    await set_up(entry)
    MockConfigEntry(domain=DOMAIN, title="Robin", data={"runners": [], "address": "AA"}).add_to_hass(hass)
    MockConfigEntry(domain=DOMAIN, title="Kim", source=SOURCE_IGNORE).add_to_hass(hass)

    for name in ("Robin", "Kim"):
        form = await entry.start_reconfigure_flow(hass)
        done = await hass.config_entries.flow.async_configure(form["flow_id"], {"name": name})
        await hass.async_block_till_done()
        assert done["reason"] == "reconfigure_successful"
        assert entry.title == name


async def test_the_first_runner_is_asked_for_at_once(hass: HomeAssistant, enable_custom_integrations: None) -> None:
    """Without a runner there is no choice, in spite of ignored Bluetooth discoveries."""
    MockConfigEntry(domain=DOMAIN, title="Horizon", source=SOURCE_IGNORE).add_to_hass(hass)
    form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert form["step_id"] == "runner"
