"""A home with one blueprint in use, its input states set by the test, and its actions recorded."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)

from custom_components.home_gym.const import DOMAIN, SIGNAL_RUNNER_NEWS
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.runner_news import RunnerNews
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.setup import async_setup_component

from .automations import Plain, device_of, register, show

ACTIONS = [
    ("assist_satellite", "announce"),
    ("browser_mod", "navigate"),
    ("cast", "show_lovelace_view"),
    (DOMAIN, "answer_prompt"),
    ("fully_kiosk", "load_url"),
    ("homeassistant", "turn_off"),
    ("homeassistant", "turn_on"),
    ("light", "turn_off"),
    ("light", "turn_on"),
    ("media_player", "turn_off"),
    ("notify", "send_message"),
    ("persistent_notification", "create"),
    ("scene", "turn_on"),
    ("switch", "turn_off"),
    ("todo", "add_item"),
    ("tts", "speak"),
]


class Home:
    """A home with a runner, a treadmill and a pair of shoes, for one blueprint."""

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
        """Register Home Gym's entities, and those of other integrations."""
        self.hass = hass
        self.clock = clock
        self.calls: dict[str, list[ServiceCall]] = {
            f"{domain}.{name}": async_mock_service(hass, domain, name) for domain, name in ACTIONS
        }
        entry = MockConfigEntry(domain=DOMAIN)
        self.entry_id = entry.entry_id
        # The habits that are due, None while the runner is not loaded.
        self.due: set[Habit] | None = set()
        self.run = register(hass, entry, "event", "run", owner=self.entry_id).entity_id
        self.prompt = register(hass, entry, "event", "prompt", owner=self.entry_id).entity_id
        self.routine = register(hass, entry, "sensor", "routine", owner=self.entry_id).entity_id
        self.in_use = register(hass, entry, "binary_sensor", "in_use", owner="Treadmill").entity_id
        self.worn_out = register(hass, entry, "binary_sensor", "replacement_due", owner="Trainers").entity_id
        self.runner = device_of(hass, self.run)
        self.treadmill = device_of(hass, self.in_use)
        self.shoes = device_of(hass, self.worn_out)

    async def use(self, file: str, **inputs: Any) -> None:
        """Set up an automation from a blueprint."""
        automation = {"id": "test", "use_blueprint": {"path": f"{DOMAIN}/{file}", "input": inputs}}
        assert await async_setup_component(self.hass, "automation", {"automation": automation})
        await self.hass.async_block_till_done()
        assert [state.state for state in self.hass.states.async_all("automation")] == ["on"]

    async def show(self, entity_id: str, *states: str, **attributes: Any) -> None:
        """Set states one after the other."""
        await show(self.hass, entity_id, *states, **attributes)

    async def tell(self, entity_id: str, event_type: str, **attributes: Any) -> None:
        """Send the runner's news that an event entity shows."""
        entity = er.async_get(self.hass).async_get(entity_id)
        assert entity
        assert entity.translation_key
        news = RunnerNews(
            config_entry_id=self.entry_id, kind=entity.translation_key, event_type=event_type, facts=attributes
        )
        async_dispatcher_send(self.hass, SIGNAL_RUNNER_NEWS, news)
        await self.hass.async_block_till_done()

    async def wait(self, **duration: float) -> None:
        """Let time pass."""
        self.clock.tick(timedelta(**duration))
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done()

    def loaded_runners(self, _hass: HomeAssistant) -> list[SimpleNamespace]:
        """Return the runner as conditions ask for it: its entry, and the states that it is in."""
        if self.due is None:
            return []
        states = SimpleNamespace(since=dict.fromkeys(self.due, self.clock()).get)
        return [SimpleNamespace(entry=SimpleNamespace(entry_id=self.entry_id), states=states)]

    def done(self) -> list[tuple[str, Plain]]:
        """Return the actions so far, each with its data, and clear them."""
        done = [(action, dict(call.data)) for action, calls in self.calls.items() for call in calls]
        for calls in self.calls.values():
            calls.clear()
        return done

    def said(self) -> list[str]:
        """Return the spoken texts, of any speaker."""
        return [data["message"] for _, data in self.done()]

    def name(self, device: str, name: str) -> None:
        """Give a device a user's name."""
        dr.async_get(self.hass).async_update_device(device, name_by_user=name)
