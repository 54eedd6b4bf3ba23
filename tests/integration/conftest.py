"""Shared fixtures of the integration tests: a runner with shoes, in a Home Assistant of the test's own."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import PropertyMock, patch

from freezegun.api import FrozenDateTimeFactory
from hassil.intents import Intents
import orjson
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.data import RunnerData
from custom_components.home_gym.entity import RunnerEntity, SubentryEntity
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL, UrlManager
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import Entity
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, OLD_SHOE, SetUp, shoe_data, with_id
from tests.support.snapshots import SnapshotExtension


@pytest.fixture(autouse=True, scope="session")
def parsed_once() -> Iterator[None]:
    """Parse the sentences of a language once: each home would take two seconds for it, and none changes them."""
    parse = Intents.from_dict
    known: dict[bytes, Intents] = {}

    def parsed(document: dict[str, Any]) -> Intents:
        try:
            key = orjson.dumps(document)
        except TypeError:
            return parse(document)
        if key not in known:
            known[key] = parse(document)
        return known[key]

    with patch.object(Intents, "from_dict", parsed):
        yield


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return a snapshot without random values and Home Assistant's own."""
    return snapshot.use_extension(SnapshotExtension)


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Give each test its own configuration folder, since the journal is a real file."""
    return hass_tmp_config_dir


@pytest.fixture(autouse=True)
def frontend(request: pytest.FixtureRequest) -> None:
    """Mark the frontend as set up: the real one would bring a recorder and much else."""
    # The recorder must be set up before anything else.
    if "recorder_mock" in request.fixturenames:
        request.getfixturevalue("recorder_mock")
    if "hass" in request.fixturenames:
        hass: HomeAssistant = request.getfixturevalue("hass")
        hass.config.components.add("frontend")
        hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda _change, _url: None, [])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the runner's source."""
    return tmp_path / "recordings"


@pytest.fixture
def clock(freezer: FrozenDateTimeFactory) -> FrozenDateTimeFactory:
    """Stop the clock on a Monday evening."""
    freezer.move_to(NOW)
    return freezer


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return the entry of a runner with two pairs of shoes, the second of them newer."""
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[
            with_id(shoe_data("Daily trainers", initial_distance=480_000), OLD_SHOE),
            with_id(shoe_data("New trainers", first_used="2026-05-01", fitted="2026-05-01"), NEW_SHOE),
        ],
    )


class Everything:
    """A container of all keys."""

    def __contains__(self, key: object) -> bool:
        """Contain a key."""
        return True


@pytest.fixture(autouse=True)
def usual_entities(request: pytest.FixtureRequest) -> Iterator[None]:
    """Enable the entities that are a click away for a new runner, except in tests of the first ones."""
    if request.node.get_closest_marker("enabled_at_first"):
        yield
        return
    kinds = (RunnerEntity, SubentryEntity)
    with ExitStack() as stack:
        for kind in kinds:
            stack.enter_context(patch.object(kind, "_enabled_at_first", Everything()))
        yield


@pytest.fixture
def entity_registry_enabled_by_default() -> Iterator[None]:
    """Enable every entity, including those disabled at first."""
    with patch.object(Entity, "entity_registry_enabled_default", new_callable=PropertyMock, return_value=True):
        yield


@pytest.fixture
async def set_up(hass: HomeAssistant, enable_custom_integrations: None) -> AsyncIterator[SetUp]:
    """Return the function to set up an entry and get its coordinator."""
    await hass.config.async_set_time_zone("Europe/Berlin")

    async def set_up(entry: MockConfigEntry) -> HomeGymCoordinator:
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        data = entry.runtime_data
        coordinator: HomeGymCoordinator = data.coordinator if isinstance(data, RunnerData) else data
        return coordinator

    yield set_up
    # A test may end during a reload of an entry.
    await hass.async_block_till_done()
