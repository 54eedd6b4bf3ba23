"""The room in a guided routine: lights that count down, and screens that show it, on doubles of their integrations."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from homeassistant.components.light.const import ColorMode, LightEntityFeature
from homeassistant.components.light.entity import LightEntity
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_component import EntityComponent
from homeassistant.setup import async_setup_component
from tests.support.integration import coach, routines
from tests.support.integration.coach import Lines, runner, speaker
from tests.support.integration.routines import SHORT, Pass, act, begin, settle
from tests.support.integration.runner_entry import SetUp

let_pass = routines.let_pass
lines = coach.lines

pytestmark = pytest.mark.usefixtures("clock", "lines")

# SHORT: 15 s of introduction and 20 s held, 10 s of rest, 10 s of introduction and 20 s held.
HOLDS = (35, 10, 30)
PAGE = "lovelace/gym"


class Ring(LightEntity):
    """A light that records its commands and obeys at once, as most do while they still change."""

    _attr_should_poll = False
    _attr_supported_color_modes = {ColorMode.BRIGHTNESS}
    _attr_color_mode = ColorMode.BRIGHTNESS
    _attr_effect_list = ["fire"]

    def __init__(self, name: str, *, is_slow: bool = True, brightness: int | None = None) -> None:
        """Begin on with a brightness, or off."""
        self._attr_name = self._attr_unique_id = name
        self._attr_is_on = brightness is not None
        self._attr_brightness = brightness
        self._attr_supported_features = LightEntityFeature.EFFECT
        if is_slow:
            self._attr_supported_features |= LightEntityFeature.TRANSITION
        self.commands: list[tuple[int | None, float | None] | str] = []
        self.fault: Exception | None = None

    async def async_turn_on(self, **how: Any) -> None:
        """Record brightness and transition."""
        if self.fault:
            raise self.fault
        self.commands.append((how.get("brightness"), how.get("transition")))
        self._attr_is_on = True
        self._attr_brightness = how.get("brightness", self._attr_brightness)
        self._attr_effect = how.get("effect")
        self.async_write_ha_state()

    async def async_turn_off(self, **_how: Any) -> None:
        """Record it."""
        self.commands.append("off")
        self._attr_is_on = False
        self.async_write_ha_state()


async def add(hass: HomeAssistant, *rings: Ring) -> None:
    """Add lights to the home."""
    assert await async_setup_component(hass, "light", {})
    component: EntityComponent[LightEntity] = hass.data["light"]
    await component.async_add_entities(rings)


def with_lights(*rings: Ring) -> MockConfigEntry:
    """Return a runner with these lights in the options."""
    return runner(speaker(), routine_lights=[ring.entity_id for ring in rings])


async def test_light_dims_until_end_of_each_hold_and_is_off_again(
    hass: HomeAssistant, set_up: SetUp, let_pass: Pass
) -> None:
    ring = Ring("ring")
    await add(hass, ring)
    entry = with_lights(ring)
    await set_up(entry)

    await begin(hass, entry, SHORT)
    await let_pass(90)

    assert ring.commands == [command for seconds in HOLDS for command in ((255, None), (3, seconds))] + ["off"]


async def test_light_without_transition_dims_in_steps(hass: HomeAssistant, set_up: SetUp, let_pass: Pass) -> None:
    ring = Ring("ring", is_slow=False)
    await add(hass, ring)
    entry = with_lights(ring)
    await set_up(entry)

    await begin(hass, entry, SHORT)
    await let_pass(34)
    shown = [command[0] or 0 for command in ring.commands if isinstance(command, tuple)]

    # Ten steps of 3.5 s, seen by a clock of whole seconds.
    assert shown[0] == 255
    assert shown == sorted(shown, reverse=True)
    assert 8 <= len(shown) <= 11
    assert shown[-1] <= 255 / 10 + 1


async def test_light_is_as_before_in_pauses_and_afterwards(hass: HomeAssistant, set_up: SetUp, let_pass: Pass) -> None:
    """A stop and a reload restore brightness and effect; a restored light counts down again."""
    ring = Ring("ring", brightness=120)
    ring._attr_effect = "fire"
    await add(hass, ring)
    entry = with_lights(ring)
    await set_up(entry)

    def shown() -> tuple[Any, Any, Any]:
        state = hass.states.get(ring.entity_id)
        assert state
        return state.state, state.attributes["brightness"], state.attributes["effect"]

    for end in ("stop_routine", "reload"):
        await begin(hass, entry, SHORT)
        await let_pass(5)
        assert shown()[1] == 3
        await act(hass, "pause_routine")
        assert shown() == ("on", 120, "fire")
        await act(hass, "resume_routine")
        assert ring.commands[-2:] == [(120, None), (3, 30)]
        if end == "reload":
            await hass.config_entries.async_reload(entry.entry_id)
            await settle(hass)
        else:
            await act(hass, end)
        assert shown() == ("on", 120, "fire")


async def test_light_that_is_switched_off_meanwhile_stays_off(
    hass: HomeAssistant, set_up: SetUp, let_pass: Pass
) -> None:
    ring = Ring("ring", brightness=200)
    await add(hass, ring)
    entry = with_lights(ring)
    await set_up(entry)
    await begin(hass, entry, SHORT)
    await let_pass(5)

    await hass.services.async_call("light", "turn_off", {"entity_id": ring.entity_id}, blocking=True)
    await let_pass(90)

    assert ring.commands[-1] == "off"


async def test_light_that_fails_or_is_elsewhere_disturbs_nothing(
    hass: HomeAssistant, set_up: SetUp, let_pass: Pass, lines: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken, a removed and a distant light leave the routine and the others alone."""
    broken, elsewhere, here = Ring("broken"), Ring("elsewhere"), Ring("here")
    broken.fault = HomeAssistantError("no answer")
    await add(hass, broken, elsewhere, here)
    areas, entities = ar.async_get(hass), er.async_get(hass)
    gym, living = areas.async_create("Gym"), areas.async_create("Living room")
    for name, area in (("light.elsewhere", living), ("light.here", gym)):
        entities.async_update_entity(name, area_id=area.id)
    guide = speaker()
    guide["data"]["area"] = gym.id
    entry = runner(guide, routine_lights=["light.broken", "light.elsewhere", "light.here", "light.gone"])
    await set_up(entry)

    await begin(hass, entry, SHORT)
    await let_pass(90)

    assert elsewhere.commands == []
    assert here.commands[-1] == "off"
    assert caplog.text.count("no answer") == 1
    assert len(lines.heard) > 5


class Screens:
    """Devices of the three integrations, and their actions as records."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register the devices with the entities that their integrations make."""
        self.hass = hass
        self.loaded = async_mock_service(hass, "fully_kiosk", "load_url")
        self.navigated = async_mock_service(hass, "browser_mod", "navigate")
        self.cast = async_mock_service(hass, "cast", "show_lovelace_view")
        self.turned_off = async_mock_service(hass, "media_player", "turn_off")
        self.tablet = self._device("fully_kiosk", "tablet")
        self.browser = self._device("browser_mod", "kitchen browser")
        self.television = self._device("cast", "television")
        entities = er.async_get(hass)
        for platform, domain, unique_id, device in (
            ("fully_kiosk", "sensor", "id-currentPage", self.tablet),
            ("fully_kiosk", "button", "id-loadStartUrl", self.tablet),
            ("browser_mod", "sensor", "kitchen browser-Browser_path", self.browser),
            ("cast", "media_player", "television", self.television),
        ):
            entities.async_get_or_create(domain, platform, unique_id, device_id=device, suggested_object_id=unique_id)

    def _device(self, domain: str, name: str) -> str:
        entry = MockConfigEntry(domain=domain)
        entry.add_to_hass(self.hass)
        devices = dr.async_get(self.hass)
        return devices.async_get_or_create(config_entry_id=entry.entry_id, identifiers={(domain, name)}).id

    def show(self, *, page: str = "http://home.test/lovelace/0", path: str = "/lovelace/0", tv: str = "off") -> None:
        """Show the states of the devices before a routine; an empty page is unknown."""
        states = self.hass.states
        states.async_set("sensor.id_currentpage", page or "unknown", {"full_url": page} if page else {})
        states.async_set("sensor.kitchen_browser_browser_path", path, {"pathSegments": path.split("/")})
        states.async_set("media_player.television", tv)

    @property
    def all(self) -> list[str]:
        """The devices."""
        return [self.tablet, self.browser, self.television]


@pytest.fixture
async def screens(hass: HomeAssistant) -> Screens:
    """Return the screens of a home with addresses of its own."""
    await hass.config.async_update(internal_url="http://home.test:8123", external_url="https://home.test")
    return Screens(hass)


async def test_screens_show_page_and_go_back(
    hass: HomeAssistant, set_up: SetUp, let_pass: Pass, screens: Screens
) -> None:
    screens.show()
    entry = runner(speaker(), routine_screens=screens.all, routine_page=f"/{PAGE}/")
    await set_up(entry)

    await begin(hass, entry, SHORT)
    await act(hass, "pause_routine")
    await act(hass, "resume_routine")
    shown = [call.data for call in (*screens.loaded, *screens.navigated, *screens.cast)]
    await let_pass(90)

    assert shown == [
        {"device_id": [screens.tablet], "url": f"http://home.test:8123/{PAGE}"},
        {"browser_id": ["kitchen browser"], "path": f"/{PAGE}"},
        {"entity_id": "media_player.television", "dashboard_path": "lovelace", "view_path": "gym"},
    ]
    assert screens.loaded[1:][0].data["url"] == "http://home.test/lovelace/0"
    assert screens.navigated[1:][0].data["path"] == "/lovelace/0"
    assert [call.data["entity_id"] for call in screens.turned_off] == ["media_player.television"]
    assert (len(screens.loaded), len(screens.navigated)) == (2, 2)


async def test_busy_or_unknown_screens_are_treated_with_care(
    hass: HomeAssistant, set_up: SetUp, let_pass: Pass, screens: Screens
) -> None:
    """A television that plays is left alone, and a tablet without a known page goes to its start page."""
    screens.show(page="", tv="playing")
    entry = runner(speaker(), routine_screens=[*screens.all, "01REMOVED"], routine_page=PAGE)
    await set_up(entry)
    pressed = async_mock_service(hass, "button", "press")

    await begin(hass, entry, SHORT)
    await let_pass(90)

    assert (screens.cast, screens.turned_off) == ([], [])
    assert [call.data["entity_id"] for call in pressed] == ["button.id_loadstarturl"]


async def test_display_that_speaks_routine_does_not_show_it(
    hass: HomeAssistant, set_up: SetUp, screens: Screens
) -> None:
    screens.show()
    television = ConfigSubentryData(
        data={"media_player": "media_player.television", "tts_engine": coach.ENGINE},
        subentry_type="speaker",
        title="Television",
        unique_id=None,
    )
    entry = runner(television, routine_screens=[screens.television], routine_page=PAGE)
    await set_up(entry)

    await begin(hass, entry, SHORT)

    assert screens.cast == []


async def configured(hass: HomeAssistant, entry: MockConfigEntry, chosen: dict[str, Any]) -> Any:
    """Return the result of the screen about the room."""
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    form = await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": "room"})
    return await hass.config_entries.options.async_configure(form["flow_id"], chosen)


async def test_unsuitable_lights_and_screens_are_refused(hass: HomeAssistant, set_up: SetUp, screens: Screens) -> None:
    dim, plain = Ring("dim"), Ring("plain")
    plain._attr_supported_color_modes, plain._attr_color_mode = {ColorMode.ONOFF}, ColorMode.ONOFF
    await add(hass, dim, plain)
    entry = runner(speaker(), core_goal=3)
    await set_up(entry)
    lit, all_screens = {"routine_lights": [dim.entity_id]}, {"routine_screens": screens.all, "routine_page": PAGE}

    for chosen, error in (
        ({"routine_lights": [dim.entity_id, plain.entity_id]}, {"routine_lights": "light_without_brightness"}),
        ({"routine_screens": [screens.tablet], "routine_page": " / "}, {"routine_page": "page_missing"}),
    ):
        assert (await configured(hass, entry, chosen))["errors"] == error
    await hass.config.async_update(external_url=None)
    assert (await configured(hass, entry, all_screens))["errors"] == {"routine_screens": "cast_without_https"}
    await hass.config.async_update(internal_url=None)
    hass.config.api = None
    tablet = {"routine_screens": [screens.tablet], "routine_page": PAGE}
    assert (await configured(hass, entry, tablet))["errors"] == {"routine_screens": "home_without_url"}
    await hass.config.async_update(internal_url="http://home.test:8123", external_url="https://home.test")

    saved = await configured(hass, entry, lit | all_screens)

    light = er.async_get(hass).async_get(dim.entity_id)
    assert light
    assert saved["data"] == all_screens | {"routine_lights": [light.id], "core_goal": 3}
    # Cleared, they are gone, and the other screens' options stay.
    await settle(hass)
    assert (await configured(hass, entry, {}))["data"] == {"core_goal": 3}
