"""A household with a treadmill on a smart plug, two runners, and a phone for each."""

from collections.abc import AsyncIterator
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from tests.rig.peripheral import Air, SoftwareProxy, SoftwareTreadmill
from tests.support.integration.radio import Heard
from tests.support.integration.runner_entry import ENTRY_ID, with_id
from tests.support.integration.treadmill_home import BILLIE_ID, Phones, Plug


@pytest.fixture
def plug(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> Plug:
    """Return the treadmill's plug, at zero watts."""
    plug = Plug(hass, clock)
    plug.say(0)
    return plug


@pytest.fixture
def phones(hass: HomeAssistant) -> Phones:
    """Return the phones."""
    return Phones(hass)


def person(name: str, entry_id: str, **options: Any) -> MockConfigEntry:
    """Return the entry of a runner with a person and a phone."""
    speaker = ConfigSubentryData(
        data={"notify": f"notify.{name.lower()}"}, subentry_type="speaker", title="Phone", unique_id=None
    )
    return MockConfigEntry(
        domain=DOMAIN,
        title=name,
        entry_id=entry_id,
        data={"name": name, "person": f"person.{name.lower()}"},
        options=options,
        subentries_data=[with_id(speaker, f"01PHONE{name.upper()}")],
    )


@pytest.fixture
def alex() -> MockConfigEntry:
    """Return the entry of a runner."""
    return person("Alex", ENTRY_ID)


@pytest.fixture
def billie() -> MockConfigEntry:
    """Return the entry of another runner."""
    return person("Billie", BILLIE_ID)


@pytest.fixture
async def air() -> AsyncIterator[Air]:
    """Return the air shared by the radios."""
    air = Air()
    yield air
    await air.quieten()


@pytest.fixture
async def machine(air: Air) -> AsyncIterator[SoftwareTreadmill]:
    """Return a switched-on treadmill."""
    machine = SoftwareTreadmill()
    await machine.start(air)
    yield machine
    await machine.stop()


@pytest.fixture
async def proxy(hass: HomeAssistant, enable_bluetooth: None, air: Air) -> AsyncIterator[SoftwareProxy]:
    """Return Home Assistant's proxy."""
    proxy = SoftwareProxy()
    await proxy.start(hass, air)
    yield proxy
    proxy.stop()


@pytest.fixture
def heard() -> Heard:
    """Return a listener's record."""
    return Heard()
