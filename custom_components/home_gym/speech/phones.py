"""Notifications with buttons on the runners' phones."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID, Platform
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import slugify

from ..const import CONF_NOTIFY, LOGGER, SUBENTRY_SPEAKER
from ..entity_references import entity_id_of
from ..permissions import Right, async_caller

# The companion app's event for a touched button.
ANSWERED = "mobile_app_notification_action"
COMPANION = "mobile_app"
SERVICE_SEND_MESSAGE = "send_message"
ATTR_DATA = "data"
ATTR_MESSAGE = "message"
ATTR_TITLE = "title"
ATTR_USER_ID = "user_id"
# Most buttons that every phone shows.
MOST = 3


def phones_of(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Return the actions that send notifications with buttons to the phones of a runner."""
    references = (speaker.data.get(CONF_NOTIFY) for speaker in entry.get_subentries_of_type(SUBENTRY_SPEAKER))
    entity_ids = (entity_id_of(hass, reference) for reference in references if reference)
    actions = (phone_of(hass, entity_id) for entity_id in entity_ids if entity_id)
    return [action for action in actions if action]


def phone_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the action for notifications with buttons behind a notify entity, None without one."""
    entity = er.async_get(hass).async_get(entity_id)
    device = dr.async_get(hass).async_get(entity.device_id) if entity and entity.device_id else None
    # Notify entities have no buttons; the companion app's own action, named after the device, does.
    if entity is None or device is None or not device.name or entity.platform != COMPANION:
        return None
    action = f"{COMPANION}_{slugify(device.name)}"
    return action if hass.services.has_service(Platform.NOTIFY, action) else None


async def async_notify(
    hass: HomeAssistant,
    entity_id: str,
    *,
    title: str,
    message: str,
    buttons: Mapping[str, str],
    tag: str | None = None,
) -> None:
    """Notify by an entity, with buttons on a phone; raise HomeAssistantError after a failure."""
    action = phone_of(hass, entity_id) if buttons else None
    if action:
        await _async_send(hass, action, title=title, message=message, buttons=buttons, tag=tag)
        return
    written = {ATTR_ENTITY_ID: entity_id, ATTR_MESSAGE: message, ATTR_TITLE: title}
    await hass.services.async_call(Platform.NOTIFY, SERVICE_SEND_MESSAGE, written, blocking=True)


async def async_ask(
    hass: HomeAssistant, phones: Iterable[str], *, title: str, message: str, tag: str, buttons: Mapping[str, str]
) -> None:
    """Ask on phones; `buttons` are the labels by action. A later question with the same `tag` replaces this one."""
    for action in phones:
        try:
            await _async_send(hass, action, title=title, message=message, buttons=buttons, tag=tag)
        except HomeAssistantError as error:
            LOGGER.warning("%s could not be asked: %s", action, error)


@callback
def async_listen_for_answers(
    hass: HomeAssistant,
    prefix: str,
    handle: Callable[[str], Awaitable[None]],
    *,
    runners: Callable[[], Sequence[ConfigEntry]],
) -> CALLBACK_TYPE:
    """Handle the answers with a prefix, each passed on without it; return the removal.

    Answers come from users who may act on one of the runners, and from the phones of these runners.
    """

    async def async_handle_touch(event: Event[dict[str, Any]]) -> None:
        answer = str(event.data.get("action", ""))
        if not answer.startswith(prefix):
            return
        caller = await async_caller(hass, event.context)
        entries = runners()
        is_phone = any(event.context.user_id in _users_of_phones(hass, entry) for entry in entries)
        if is_phone or caller.may_any(Right.ACT, entries):
            await handle(answer.removeprefix(prefix))
        else:
            LOGGER.warning("A notification was answered by a user who may not act for its runner")

    return hass.bus.async_listen(ANSWERED, async_handle_touch)


def _users_of_phones(hass: HomeAssistant, entry: ConfigEntry) -> set[str]:
    """Return the users of the phones that a runner is notified on."""
    references = (speaker.data.get(CONF_NOTIFY) for speaker in entry.get_subentries_of_type(SUBENTRY_SPEAKER))
    entity_ids = (entity_id_of(hass, reference) for reference in references if reference)
    phones = (er.async_get(hass).async_get(entity_id) for entity_id in entity_ids if entity_id)
    entries = (hass.config_entries.async_get_entry(phone.config_entry_id or "") for phone in phones if phone)
    return {entry.data[ATTR_USER_ID] for entry in entries if entry and ATTR_USER_ID in entry.data}


async def _async_send(
    hass: HomeAssistant, action: str, *, title: str, message: str, buttons: Mapping[str, str], tag: str | None
) -> None:
    data: dict[str, Any] = {"actions": [{"action": answer, "title": text} for answer, text in buttons.items()]}
    if tag:
        data["tag"] = tag
    await hass.services.async_call(
        Platform.NOTIFY, action, {ATTR_TITLE: title, ATTR_MESSAGE: message, ATTR_DATA: data}, blocking=True
    )
