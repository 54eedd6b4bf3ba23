"""The path of a new runner: from a name to the first spoken word, the first pair and the dashboard."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.home_gym.const import DOMAIN
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntry, ConfigEntryState, FlowType
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from tests.builders import run_recording
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.shoe import in_form, suggested
from tests.support.integration.uploads import upload
from tests.support.integration.voice_home import VoiceHome

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

HELLO = "Hello, Alex. This is your coach. You'll hear from me after your runs."
RUN = {"activityId": 1, "activityType": "running", "startTime": "2026-04-20T17:00:00+00:00"}


@pytest.fixture
async def home(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> VoiceHome:
    """Return a home with a voice, a media player, a satellite and a phone, without a runner."""
    home = VoiceHome(hass, clock)
    await home.move_in()
    return home


class OpenPath:
    """The open path."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Count the screens that are left by a choice or a filled-in form."""
        self._hass = hass
        self.screen: Any = None
        self.clicks = 0

    async def open(self) -> OpenPath:
        """Open "Add integration"."""
        self.screen = await self._hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
        return self

    async def fill_in(self, **values: Any) -> OpenPath:
        """Submit a form with values beside those suggested."""
        shown = {name: value for name, value in suggested(self.screen).items() if value is not None}
        return await self._go_on(in_form(self.screen, shown | values))

    async def choose(self, *options: str) -> OpenPath:
        """Choose from one menu after the other."""
        for option in options:
            assert option in self.screen["menu_options"]
            await self._go_on({"next_step_id": option})
        return self

    async def _go_on(self, values: dict[str, Any]) -> OpenPath:
        self.clicks += 1
        self.screen = await self._hass.config_entries.flow.async_configure(self.screen["flow_id"], values)
        return self

    @property
    def made(self) -> ConfigEntry:
        """The new runner."""
        assert self.screen["type"] is FlowResultType.CREATE_ENTRY
        entry: ConfigEntry = self.screen["result"]
        return entry


def titles(entry: ConfigEntry, kind: str) -> list[str]:
    """Return the names of a runner's subentries of a type."""
    return [subentry.title for subentry in entry.get_subentries_of_type(kind)]


async def test_hello_is_spoken_before_the_runner_is_added(hass: HomeAssistant, home: VoiceHome, tmp_path: Path) -> None:
    er.async_get(hass).async_get_or_create("person", "person", "alex", suggested_object_id="alex")
    hass.states.async_set("person.alex", "home", {"friendly_name": "Alex"})
    path = await OpenPath(hass).open()
    assert suggested(path.screen) == {"name": "Alex", "person": "person.alex"}
    await path.fill_in()
    assert path.screen["menu_options"] == [
        "online",
        "webhook",
        "folder",
        "export",
        "treadmill_later",
        "entity",
        "speakers",
        "finish",
    ]

    await (await path.choose("folder")).fill_in(folder=str(tmp_path / "runs"))
    assert path.screen["step_id"] == "speakers"
    assert path.screen["description_placeholders"]["sources"] == "runs"
    await path.choose("hello")

    assert path.screen["step_id"] == "did_you_hear"
    assert home.asker.said == [(HELLO, True)]
    assert hass.config_entries.async_entries(DOMAIN) == []
    # Two clicks come before: the button and the name of the integration.
    assert path.clicks <= 10 - 2

    await path.choose("unheard", "change")
    assert path.screen["step_id"] == "satellite"
    await home.wait(10)
    await path.fill_in()
    await path.choose("heard", "speakers", "sources", "speakers", "shoes", "shoe")
    await path.fill_in(name=" ")
    assert path.screen["errors"] == {"name": "name_missing"}
    assert path.screen["step_id"] == "shoe"
    await path.fill_in(name="Racers")
    assert path.screen["description_placeholders"]["shoes"] == "Racers"
    await path.choose("shoe")
    await path.fill_in(name="racers")
    assert path.screen["errors"] == {"name": "name_taken"}
    await path.fill_in(name="Trainers")
    await path.choose("finish")
    await hass.async_block_till_done()

    assert path.made.state is ConfigEntryState.LOADED
    assert path.made.data["name"] == "Alex"
    assert [titles(path.made, kind) for kind in ("source", "speaker", "shoe")] == [
        ["runs"],
        ["Gym"],
        ["Racers", "Trainers"],
    ]
    assert "next_flow" not in path.screen
    assert path.screen["description_placeholders"]["dashboards"] == "/config/lovelace/dashboards"


async def test_runs_and_pairs_of_a_source_are_taken_over(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
    days = [RUN | {"activityId": day, "startTime": f"2026-04-{day:02}T17:00:00+00:00"} for day in (2, 9)]
    shown: dict[str, dict[str, Any]] = {
        "lastActivity": RUN,
        "lastActivities": {"last_activities": [*days, RUN | {"activityId": 4, "activityType": "cycling"}]},
        "gear_1": {"custom_make_model": "Pegasus", "default_for_activity": ["running"]},
        "gear_2": {"custom_make_model": "Gravel bike"},
    }
    for key, attributes in shown.items():
        entity = er.async_get(hass).async_get_or_create("sensor", "garmin_connect", f"account_{key}")
        hass.states.async_set(entity.entity_id, "Evening run", attributes)
    path = await (await OpenPath(hass).open()).fill_in(name="Alex")
    assert path.screen["menu_options"][0] == "service"
    await path.choose("service")
    [account] = path.screen["data_schema"].schema["service"].config["include_entities"]
    await (await path.fill_in(service=account)).fill_in()
    await path.choose("shoes", "shoe")
    # Three runs, the first on the 2nd of April, and a ride.
    assert path.screen["description_placeholders"] == {"runs": "3", "day": "April 2, 2026"}
    await path.fill_in(name="Trainers", counts_found=True)
    await path.choose("shoe")
    assert "counts_found" not in path.screen["data_schema"].schema
    await path.fill_in(name="Racers")
    await path.choose("found_pairs")
    await path.fill_in(pairs=["garmin_connect:1"], counts_found=True)
    assert path.screen["description_placeholders"]["pairs"] == "Gravel bike"
    await path.choose("finish")
    await hass.async_block_till_done()

    pairs = {pair.title: pair for pair in path.made.get_subentries_of_type("shoe")}
    first_used = {title: pair.data["first_used"] for title, pair in pairs.items()}
    assert first_used == {"Trainers": "2026-04-02", "Racers": "2026-05-04", "Pegasus": "2026-04-02"}
    [source] = path.made.get_subentries_of_type("source")
    assert source.data["gear"] == {"garmin_connect:1": pairs["Pegasus"].subentry_id}


@pytest.mark.parametrize(
    ("choices", "follows"),
    [
        (["treadmill_later"], (FlowType.CONFIG_FLOW, "treadmill")),
        (["speakers"], None),
    ],
)
async def test_set_up_of_a_treadmill_follows_that_of_its_runner(
    hass: HomeAssistant, choices: list[str], follows: tuple[FlowType, str] | None
) -> None:
    path = await (await OpenPath(hass).open()).fill_in(name="Alex")
    await path.choose(*choices, "finish")
    await hass.async_block_till_done()
    assert path.made.title == "Alex"
    if follows is None:
        assert "next_flow" not in path.screen
        return
    kind, flow_id = path.screen["next_flow"]
    shown = hass.config_entries.flow.async_get(flow_id)
    assert (kind, shown["step_id"]) == follows


async def test_address_of_a_webhook_is_shown_after_it_is_saved(hass: HomeAssistant) -> None:
    path = await (await OpenPath(hass).open()).fill_in(name="Alex")
    await path.choose("webhook")
    await path.fill_in(app="health_connect", local_only=True)
    await path.choose("finish")
    await hass.async_block_till_done()

    [phone] = path.made.get_subentries_of_type("source")
    assert phone.title == "Health Connect"
    kind, flow_id = path.screen["next_flow"]
    assert kind is FlowType.CONFIG_SUBENTRIES_FLOW
    shown = hass.config_entries.subentries.async_get(flow_id)
    assert shown["context"]["source"] == SOURCE_RECONFIGURE
    assert shown["step_id"] == "address_health_connect"


async def test_export_is_imported_once_the_runner_is_added(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, caplog: pytest.LogCaptureFixture
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    path = await (await OpenPath(hass).open()).fill_in(name="Alex")
    file = await upload(hass_client, "export.fit", run_recording(datetime(2026, 4, 1, 17, tzinfo=UTC), 5000, 1800))
    await path.choose("export")
    await path.fill_in(file=file)
    await path.choose("sources")
    assert "export" not in path.screen["menu_options"]
    await path.choose("finish")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert [run.distance for run in path.made.runtime_data.runner.runs.all()] == [pytest.approx(5000)]

    lost = await (await (await OpenPath(hass).open()).choose("runner")).fill_in(name="Sam")
    await lost.choose("export")
    await lost.fill_in(file="0" * 32)
    await lost.choose("finish")
    assert lost.made.title == "Sam"
    assert "An upload for Sam was lost" in caplog.text


async def test_export_is_imported_for_a_runner_beside_sources(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    await set_up(entry)
    flows = hass.config_entries.subentries
    menu = await flows.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    form = await flows.async_configure(menu["flow_id"], {"next_step_id": "export"})
    again = await flows.async_configure(form["flow_id"], {"file": "0" * 32})
    assert again["errors"] == {"file": "upload_lost"}
    file = await upload(hass_client, "export.fit", run_recording(datetime(2026, 4, 1, 17, tzinfo=UTC), 5000, 1800))
    done = await flows.async_configure(form["flow_id"], {"file": file})
    assert done["reason"] == "import_begun"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(entry.runtime_data.runner.runs) == 1


async def test_a_closed_path_leaves_nothing(hass: HomeAssistant) -> None:
    path = await (await OpenPath(hass).open()).fill_in(name="Alex")
    await path.choose("webhook")
    hass.config_entries.flow.async_abort(path.screen["flow_id"])
    await hass.async_block_till_done()
    assert hass.config_entries.async_entries(DOMAIN) == []
