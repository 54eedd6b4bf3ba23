"""Notifications with buttons on the runners' phones."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID, Platform
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..const import CONF_NOTIFY, LOGGER, SUBENTRY_SPEAKER
from ..entity_references import entity_id_of
from ..ha.mobile_app import async_message_phone, is_phone_known
from ..permissions import Right, async_caller

# The companion app's event for a touched button.
ANSWERED = "mobile_app_notification_action"
COMPANION = "mobile_app"
SERVICE_SEND_MESSAGE = "send_message"
ATTR_MESSAGE = "message"
ATTR_TITLE = "title"
ATTR_USER_ID = "user_id"
ATTR_TAG = "tag"
# The text of a reply, in the companion app's event.
ATTR_REPLY_TEXT = "reply_text"
ATTR_OS_NAME = "os_name"
ATTR_MANUFACTURER = "manufacturer"
# Most buttons that every phone shows.
MOST = 3
# The systems of phones that show more.
MORE_ON = {"ios", "ipados"}
MORE_BY = "apple"
CLEAR = "clear_notification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification on a phone.

    `buttons` are the labels of its buttons by action, `reply` those of fields for a reply in words: together at most
    three. `more_buttons` replace both on a phone that shows more. `calls` are the labels of buttons that call a
    telephone number, `pages` those of buttons that open a page; `link` is the page that a tap opens. A later
    notification with the same `tag` replaces this one.
    """

    title: str
    message: str
    tag: str | None = None
    buttons: Mapping[str, str] = field(default_factory=dict)
    reply: Mapping[str, str] = field(default_factory=dict)
    more_buttons: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None

    @property
    def has_actions(self) -> bool:
        """Whether there is anything to touch."""
        return bool(self.buttons or self.reply or self.calls or self.pages)


def phones_of(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Return the phones of a runner that show buttons, by the ids of the companion app's config entries."""
    phones = (phone_of(hass, entity_id) for entity_id in _notify_entities(hass, entry))
    return list(dict.fromkeys(phone.entry_id for phone in phones if phone))


def phone_of(hass: HomeAssistant, entity_id: str) -> ConfigEntry | None:
    """Return the companion app's config entry behind a notify entity, None for another recipient."""
    entity = er.async_get(hass).async_get(entity_id)
    if entity is None or entity.platform != COMPANION or entity.config_entry_id is None:
        return None
    entry = hass.config_entries.async_get_entry(entity.config_entry_id)
    return entry if entry and is_phone_known(hass, entry) else None


def shows_more(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether the phone behind a notify entity shows more than three buttons, False if that is unknown."""
    entity = er.async_get(hass).async_get(entity_id)
    entry = hass.config_entries.async_get_entry(entity.config_entry_id or "") if entity else None
    if entry is None or entry.domain != COMPANION:
        return False
    system, maker = (str(entry.data.get(key, "")).lower() for key in (ATTR_OS_NAME, ATTR_MANUFACTURER))
    return system in MORE_ON or (not system and maker == MORE_BY)


async def async_notify(hass: HomeAssistant, entity_id: str, notification: Notification) -> None:
    """Notify by an entity, with buttons on a phone; raise HomeAssistantError after a failure."""
    # Notify entities have no buttons; the companion app's own action does.
    phone = phone_of(hass, entity_id) if notification.has_actions else None
    if phone:
        await _async_send(hass, phone, notification, more=shows_more(hass, entity_id))
        return
    written = {ATTR_ENTITY_ID: entity_id, ATTR_MESSAGE: notification.message, ATTR_TITLE: notification.title}
    await hass.services.async_call(Platform.NOTIFY, SERVICE_SEND_MESSAGE, written, blocking=True)


async def async_notify_phones(hass: HomeAssistant, entry: ConfigEntry, notification: Notification) -> None:
    """Notify on every phone of a runner; a phone that fails is logged."""
    for entity_id in _notify_entities(hass, entry):
        if phone_of(hass, entity_id) is None:
            continue
        try:
            await async_notify(hass, entity_id, notification)
        except HomeAssistantError as error:
            LOGGER.warning("%s could not be notified: %s", entity_id, error)


async def async_clear(hass: HomeAssistant, entry: ConfigEntry, tag: str) -> None:
    """Clear a notification on every phone of a runner; a phone that fails is logged."""
    for phone in _entries(hass, phones_of(hass, entry)):
        try:
            await async_message_phone(hass, phone, CLEAR, title=None, data={ATTR_TAG: tag})
        except HomeAssistantError as error:
            LOGGER.warning("%s keeps a notification: %s", phone.title, error)


async def async_ask(
    hass: HomeAssistant, phones: Iterable[str], *, title: str, message: str, tag: str, buttons: Mapping[str, str]
) -> None:
    """Ask on phones of `phones_of`; `buttons` are the labels by action.

    A later question with the same `tag` replaces this one.
    """
    for phone in _entries(hass, phones):
        try:
            await _async_send(hass, phone, Notification(title=title, message=message, tag=tag, buttons=buttons))
        except HomeAssistantError as error:
            LOGGER.warning("%s could not be asked: %s", phone.title, error)


@callback
def async_listen_for_answers(
    hass: HomeAssistant,
    prefix: str,
    handle: Callable[[str], Awaitable[None]],
    *,
    runners: Callable[[], Sequence[ConfigEntry]],
    handle_reply: Callable[[str, str], Awaitable[None]] | None = None,
) -> CALLBACK_TYPE:
    """Handle the answers with a prefix, each passed on without it; return the removal.

    `handle_reply` gets answers with a text. Answers come from users who may act on one of the runners, and from the
    phones of these runners.
    """

    async def async_handle_touch(event: Event[dict[str, Any]]) -> None:
        answer = str(event.data.get("action", ""))
        if not answer.startswith(prefix):
            return
        caller = await async_caller(hass, event.context)
        entries = runners()
        is_phone = any(event.context.user_id in _users_of_phones(hass, entry) for entry in entries)
        if is_phone or caller.may_any(Right.ACT, entries):
            text = event.data.get(ATTR_REPLY_TEXT)
            if handle_reply and text is not None:
                await handle_reply(answer.removeprefix(prefix), str(text))
            else:
                await handle(answer.removeprefix(prefix))
        else:
            LOGGER.warning("A notification was answered by a user who may not act for its runner")

    return hass.bus.async_listen(ANSWERED, async_handle_touch)


def _notify_entities(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Return the notify entities of a runner's speakers."""
    references = (speaker.data.get(CONF_NOTIFY) for speaker in entry.get_subentries_of_type(SUBENTRY_SPEAKER))
    entity_ids = (entity_id_of(hass, reference) for reference in references if reference)
    return [entity_id for entity_id in entity_ids if entity_id]


def _users_of_phones(hass: HomeAssistant, entry: ConfigEntry) -> set[str]:
    """Return the users of the phones that a runner is notified on."""
    phones = (er.async_get(hass).async_get(entity_id) for entity_id in _notify_entities(hass, entry))
    entries = (hass.config_entries.async_get_entry(phone.config_entry_id or "") for phone in phones if phone)
    return {entry.data[ATTR_USER_ID] for entry in entries if entry and ATTR_USER_ID in entry.data}


def _entries(hass: HomeAssistant, phones: Iterable[str]) -> Iterator[ConfigEntry]:
    """Yield the config entries of phones that are still registered."""
    for phone in phones:
        entry = hass.config_entries.async_get_entry(phone)
        if entry and is_phone_known(hass, entry):
            yield entry


async def _async_send(
    hass: HomeAssistant, phone: ConfigEntry, notification: Notification, *, more: bool = False
) -> None:
    data: dict[str, Any] = {"actions": list(_actions_of(notification, more=more))}
    if notification.tag:
        data[ATTR_TAG] = notification.tag
    if notification.link:
        # Android reads the first, iOS the second.
        data |= {"clickAction": notification.link, "url": notification.link}
    await async_message_phone(hass, phone, notification.message, title=notification.title, data=data)


def _actions_of(notification: Notification, *, more: bool) -> Iterator[dict[str, str]]:
    """Yield the actions of a notification in the companion app's form."""
    shows_more_buttons = more and bool(notification.more_buttons)
    buttons = notification.more_buttons if shows_more_buttons else notification.buttons
    for answer, text in buttons.items():
        yield {"action": answer, "title": text}
    for answer, text in notification.reply.items() if not shows_more_buttons else ():
        yield {"action": answer, "title": text, "behavior": "textInput"}
    for number, text in notification.calls.items():
        yield {"action": "URI", "title": text, "uri": f"tel:{number}"}
    for page, text in notification.pages.items():
        yield {"action": "URI", "title": text, "uri": page}
