"""Asks on the runner's phone which pair a run counts for, where nothing but habit says so."""

from collections.abc import Callable
from typing import Any

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE, DOMAIN as NOTIFY
from homeassistant.core import CALLBACK_TYPE, Event as BusEvent, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import slugify

from .const import CONF_NOTIFY, DOMAIN, LOGGER, SUBENTRY_SPEAKER
from .coordinator import HomeGymCoordinator
from .gym.events import Event, RunFinished
from .gym.phrases import Phrases, line
from .gym.run import Run
from .gym.runner import UnknownRunError, UnknownShoeError
from .references import entity_id_of

# What the companion app fires when a button of a notification is touched.
ANSWERED = "mobile_app_notification_action"
COMPANION = "mobile_app"
# As many buttons as every phone shows.
MOST = 3


class ShoeQuestion:
    """Asks once after a fresh run, and takes the answer however late it comes."""

    def __init__(self, hass: HomeAssistant, coordinator: HomeGymCoordinator, phrases: Phrases) -> None:
        """Ask the runner of a coordinator."""
        self._hass = hass
        self._coordinator = coordinator
        self._phrases = phrases
        self._prefix = f"{DOMAIN}_shoe/{coordinator.config_entry.entry_id}/"

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Begin, and hand over all that ends it."""
        on_unload(self._coordinator.async_listen(self._async_handle_event))
        on_unload(self._hass.bus.async_listen(ANSWERED, self._async_handle_answer))

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if isinstance(event, RunFinished) and self._coordinator.runner.possible_shoes(event.run):
            entry = self._coordinator.config_entry
            entry.async_create_background_task(self._hass, self._async_ask(event.run), f"{entry.title}: shoes")

    async def _async_ask(self, run: Run) -> None:
        runner = self._coordinator.runner
        counts_for = runner.shoe_of(run)
        # The pair that it counts for needs no button.
        others = [shoe for shoe in runner.possible_shoes(run) if shoe.id != counts_for][:MOST]
        names = {shoe.id: shoe.name for shoe in runner.settings.shoes}
        message = {
            ATTR_TITLE: line(self._phrases, "shoes.title"),
            ATTR_MESSAGE: line(
                self._phrases,
                "shoes.message",
                runner=self._coordinator.config_entry.title,
                shoe=names[counts_for or others[0].id],
            ),
            ATTR_DATA: {
                "tag": f"{self._prefix}{run.id}",
                "actions": [{"action": f"{self._prefix}{run.id}/{shoe.id}", "title": shoe.name} for shoe in others],
            },
        }
        for action in self._phones():
            try:
                await self._hass.services.async_call(NOTIFY, action, message, blocking=True)
            except HomeAssistantError as error:
                LOGGER.warning("%s could not be asked for the shoes: %s", self._coordinator.config_entry.title, error)

    def _phones(self) -> list[str]:
        """Return the actions that send notifications with buttons to the runner's phones."""
        entities, devices = er.async_get(self._hass), dr.async_get(self._hass)
        found = []
        for speaker in self._coordinator.config_entry.get_subentries_of_type(SUBENTRY_SPEAKER):
            entity_id = entity_id_of(self._hass, speaker.data[CONF_NOTIFY]) if CONF_NOTIFY in speaker.data else None
            entity = entities.async_get(entity_id) if entity_id else None
            device = devices.async_get(entity.device_id) if entity and entity.device_id else None
            # Entities that notify take no buttons; the companion app's own action, named after the device, does.
            if entity and device and device.name and entity.platform == COMPANION:
                found.append(f"{COMPANION}_{slugify(device.name)}")
        return [action for action in found if self._hass.services.has_service(NOTIFY, action)]

    async def _async_handle_answer(self, event: BusEvent[dict[str, Any]]) -> None:
        answer = str(event.data.get("action", ""))
        if not answer.startswith(self._prefix):
            return
        run, _, shoe = answer.removeprefix(self._prefix).partition("/")
        try:
            await self._coordinator.async_correct(run, shoe=shoe)
        except (UnknownRunError, UnknownShoeError) as error:
            LOGGER.warning("An answer on shoes came too late: %r", error)
