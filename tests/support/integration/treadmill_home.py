"""A treadmill on a plug, its runners, and the events of both."""

from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, ServiceCall, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util
from tests.support.integration.companion_app import register_phone
from tests.support.integration.runner_entry import ENTRY_ID, entity_id_of

TREADMILL_ID = "01TREADMILL"
BILLIE_ID = "01BILLIE"
POWER = "sensor.treadmill_power"
DATA: dict[str, Any] = {
    "power": POWER,
    "runners": [ENTRY_ID],
    "claim": "only",
    "standby": 1,
    "stop": 40,
    "start": 80,
    "run": 300,
    "start_hold": 2,
    "stop_hold": 10,
    "run_hold": 3,
    "patience": 300,
    "longest": 240,
}
# Watts of the machine at rest, at a walk, and at a run.
AWAKE, WALKS, RUNS = 6, 150, 500


def treadmill(**data: Any) -> MockConfigEntry:
    """Return the entry of a treadmill, with Alex as its only runner by default."""
    return MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL_ID, data=DATA | data)


def shared(claim: str) -> MockConfigEntry:
    """Return the entry of a treadmill with Alex and Billie as its runners."""
    return treadmill(runners=[ENTRY_ID, BILLIE_ID], claim=claim)


class Plug:
    """A smart plug that reports each second."""

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
        """Start without a report."""
        self.hass = hass
        self.clock = clock
        self.entity_id = POWER
        self.unit = "W"

    async def draw(self, watts: float | str, seconds: float = 0, *, every: float = 1) -> None:
        """Report a power for a while."""
        self.say(watts)
        await self.hass.async_block_till_done(wait_background_tasks=True)
        for _ in range(round(seconds / every)):
            await self.wait(every, says=watts)

    async def wait(self, seconds: float, *, says: float | str | None = None) -> None:
        """Let time pass in one step, and report at its end if `says` is given."""
        self.clock.tick(timedelta(seconds=seconds))
        if says is not None:
            self.say(says)
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def run(self, minutes: float = 20) -> datetime:
        """Run and stop, and return the start of the run."""
        start = dt_util.utcnow()
        await self.draw(RUNS, minutes * 60, every=10)
        await self.draw(AWAKE, 15)
        return start

    def say(self, watts: float | str) -> None:
        """Report once."""
        self.hass.states.async_set(self.entity_id, str(watts), {"unit_of_measurement": self.unit})


class Phones:
    """The phones of Alex and Billie, with the companion app."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register the companion apps' devices, entities and actions."""
        self._hass = hass
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.cleared: list[tuple[str, str]] = []
        for name in ("Alex", "Billie"):
            app = MockConfigEntry(domain="mobile_app", title=name, data={"webhook_id": name})
            app.add_to_hass(hass)
            device = dr.async_get(hass).async_get_or_create(
                config_entry_id=app.entry_id, identifiers={("mobile_app", name)}, name=f"{name}'s phone"
            )
            er.async_get(hass).async_get_or_create(
                "notify", "mobile_app", name, config_entry=app, device_id=device.id, suggested_object_id=name
            )
            register_phone(hass, app, f"mobile_app_{name.lower()}_s_phone", self._ask)

    async def _ask(self, call: ServiceCall) -> None:
        if call.data["message"] == "clear_notification":
            self.cleared.append((call.service, call.data["data"]["tag"]))
        else:
            self.asked.append((call.service, dict(call.data)))

    def buttons(self) -> dict[str, str]:
        """Return the answers of the last question's buttons, by label."""
        _, question = self.asked[-1]
        return {button["title"]: button["action"] for button in question["data"]["actions"]}

    async def touch(self, answer: str) -> None:
        """Touch the button of an answer."""
        self._hass.bus.async_fire("mobile_app_notification_action", {"action": answer})
        await self._hass.async_block_till_done(wait_background_tasks=True)


def go(hass: HomeAssistant, name: str, where: str) -> None:
    """Set a person's state."""
    hass.states.async_set(f"person.{name}", where, {"device_trackers": [f"device_tracker.{name}"]})


async def press(hass: HomeAssistant, key: str) -> None:
    """Press a button of the treadmill."""
    entity_id = entity_id_of(hass, "button", key, TREADMILL_ID)
    await hass.services.async_call("button", "press", {"entity_id": entity_id}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)


def watch(start: datetime, minutes: float = 20, *, km: float | None = 4, **rest: Any) -> Activity:
    """Return a watch's activity of a run."""
    return Activity(
        sport=Sport.RUN,
        start=start,
        elapsed_time=minutes * 60,
        moving_time=minutes * 60,
        distance=None if km is None else km * 1000,
        **{"origin": Origin.FILE, "manufacturer": "garmin"} | rest,
    )


def events_of(hass: HomeAssistant, key: str, owner: str = ENTRY_ID) -> list[str]:
    """Return a list that collects the types of a runner's events from now on."""
    told: list[str] = []
    seen: set[tuple[str, str]] = set()
    entity_id = entity_id_of(hass, "event", key, owner)

    @callback
    def keep(event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        is_known = event.data["entity_id"] == entity_id and new and new.state not in {"unknown", "unavailable"}
        # A restored event after a reload is not a new one.
        if new and is_known and (new.state, new.attributes["event_type"]) not in seen:
            seen.add((new.state, new.attributes["event_type"]))
            told.append(new.attributes["event_type"])

    hass.bus.async_listen(EVENT_STATE_CHANGED, keep)
    return told


def minutes_of(runner: HomeGymCoordinator) -> list[float]:
    """Return the minutes of each run."""
    return [round((run.duration or 0) / 60, 1) for run in runner.runner.runs.all()]


async def settled(hass: HomeAssistant) -> None:
    """Wait for all pending tasks."""
    await hass.async_block_till_done(wait_background_tasks=True)
