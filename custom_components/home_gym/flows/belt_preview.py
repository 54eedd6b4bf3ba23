"""The preview of a treadmill's entities while they are chosen: their figures now, and each time they change."""

from typing import Any

import voluptuous as vol

from homeassistant.const import PERCENTAGE, UnitOfSpeed, UnitOfTime
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.unit_conversion import SpeedConverter
from homeassistant.util.unit_system import METRIC_SYSTEM

from ..const import DOMAIN
from ..gym.treadmill.ftms import TreadmillData
from ..gym.treadmill.presets import BeltFigure
from ..ha.websocket_api import ActiveConnection, event_message, require_admin, websocket_command
from ..languages import formats_at_home
from ..treadmill.entity_source import BeltEntities
from ..words import in_unit

COMMAND = f"{DOMAIN}/start_preview"
NOTHING, BETWEEN = "-", " · "


@require_admin
@websocket_command(
    {
        vol.Required("type"): COMMAND,
        vol.Required("flow_id"): str,
        vol.Required("flow_type"): str,
        vol.Required("user_input"): dict,
    }
)
@callback
def handle_preview(hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]) -> None:
    """Send the figures of the chosen entities, and send them again with each of their reports."""
    chosen = message["user_input"]
    entities = BeltEntities(hass, {figure: chosen[figure] for figure in BeltFigure if chosen.get(figure)})

    @callback
    def send(*_report: object) -> None:
        state = {"state": figures_in_words(hass, entities.data()), "attributes": {"friendly_name": chosen.get("name")}}
        connection.send_message(event_message(message["id"], state))

    connection.subscriptions[message["id"]] = entities.async_listen(send)
    connection.send_result(message["id"])
    send()


def figures_in_words(hass: HomeAssistant, data: TreadmillData) -> str:
    """Return the known figures in the home's units, a dash without any."""
    formats, units = formats_at_home(hass), hass.config.units
    parts = []
    if data.speed is not None:
        unit = UnitOfSpeed.KILOMETERS_PER_HOUR if units is METRIC_SYSTEM else UnitOfSpeed.MILES_PER_HOUR
        speed = SpeedConverter.convert(data.speed, UnitOfSpeed.METERS_PER_SECOND, unit)
        parts.append(f"{formats.number(speed, 1)} {unit}")
    if data.total_distance is not None:
        distance, length = in_unit(data.total_distance, units)
        parts.append(f"{formats.number(distance, 2)} {length}")
    if data.elapsed_time is not None:
        parts.append(f"{formats.number(data.elapsed_time / 60, 1)} {UnitOfTime.MINUTES}")
    if data.inclination is not None:
        parts.append(f"{formats.number(data.inclination, 1)} {PERCENTAGE}")
    parts += [f"{formats.number(figure, 0)}/min" for figure in (data.cadence, data.heart_rate) if figure is not None]
    return BETWEEN.join(parts) or NOTHING
