"""Live updates on phones: one message on the lock screen that changes in place, with a countdown on the device.

Android calls it live update, iOS live activity. A phone without either shows an ordinary message.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import CONF_NOTIFY, LOGGER, SUBENTRY_SPEAKER
from ..entity_references import entity_id_of
from ..ha.mobile_app import async_message_phone, can_start_live_activity, is_apple, is_phone_known, os_version_of
from .phones import ATTR_TAG, CLEAR, phone_of

# The first version of Android with live updates, and its number among the versions of the system's interface.
ANDROID_FROM, ANDROID_API_FROM = 16, 36
# No phone with the companion app has an interface as old as this.
OLDEST_API = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveUpdate:
    """The state of a live update.

    `number` of `total` is the progress, `ends` the end of a countdown, `since` the beginning of a time that counts up;
    `buttons` are the labels by action. `detail` is a further sentence for a phone that is the runner's only guide.
    """

    title: str
    message: str
    icon: str
    number: int | None = None
    total: int | None = None
    ends: datetime | None = None
    since: datetime | None = None
    buttons: Mapping[str, str] = field(default_factory=dict)
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePhone:
    """A phone with one of a runner's live updates, by the id of its speaker; `is_live` is whether it can change one."""

    speaker: str
    entry: ConfigEntry
    is_live: bool


def live_phones(hass: HomeAssistant, runner: ConfigEntry, option: str, *, default: bool) -> Iterator[LivePhone]:
    """Yield the phones of a runner that show live updates by an option of their speaker."""
    for speaker in runner.get_subentries_of_type(SUBENTRY_SPEAKER):
        if speaker.data.get(option, default) and (phone := _phone_behind(hass, speaker)):
            yield LivePhone(speaker=speaker.subentry_id, entry=phone, is_live=_can_live(phone))


def _phone_behind(hass: HomeAssistant, speaker: ConfigSubentry) -> ConfigEntry | None:
    entity_id = entity_id_of(hass, speaker.data[CONF_NOTIFY]) if CONF_NOTIFY in speaker.data else None
    return phone_of(hass, entity_id) if entity_id else None


def _can_live(phone: ConfigEntry) -> bool:
    """Return whether a phone has live updates or live activities; an iPhone reports when they are switched on."""
    if is_apple(phone):
        return can_start_live_activity(phone)
    version = os_version_of(phone)
    return version >= ANDROID_API_FROM or ANDROID_FROM <= version < OLDEST_API


async def async_show_live(hass: HomeAssistant, phone: LivePhone, tag: str, update: LiveUpdate) -> None:
    """Show a live update, or the ordinary message of a phone without them; a phone that fails is logged."""
    actions = [{"action": action, "title": title} for action, title in update.buttons.items()]
    data: dict[str, Any] = {ATTR_TAG: tag, "actions": actions, "notification_icon": update.icon, "alert_once": True}
    message = update.message
    if phone.is_live:
        data |= {"live_update": True, **_progress_of(update), **_chronometer_of(update)}
    elif update.detail:
        message = f"{message}. {update.detail}"
    await _async_send(hass, phone, message, title=update.title, data=data)


async def async_end_live(hass: HomeAssistant, phone: LivePhone, tag: str) -> None:
    """End a live update or its message; a phone that fails is logged."""
    await _async_send(hass, phone, CLEAR, title=None, data={ATTR_TAG: tag})


def _progress_of(update: LiveUpdate) -> dict[str, int]:
    if update.number is None or update.total is None:
        return {}
    return {"progress": update.number, "progress_max": update.total}


def _chronometer_of(update: LiveUpdate) -> dict[str, Any]:
    """Return the fields of a time that passes on the device: a relative end, or the instant of a beginning."""
    if update.ends is not None:
        left = max(0, ceil((update.ends - dt_util.utcnow()).total_seconds()))
        return {"chronometer": True, "when": left, "when_relative": True}
    if update.since is not None:
        return {"chronometer": True, "when": int(update.since.timestamp())}
    return {}


async def _async_send(
    hass: HomeAssistant, phone: LivePhone, message: str, *, title: str | None, data: Mapping[str, Any]
) -> None:
    if not is_phone_known(hass, phone.entry):
        return
    try:
        await async_message_phone(hass, phone.entry, message, title=title, data=data)
    except HomeAssistantError as error:
        LOGGER.warning("%s got no live update: %s", phone.entry.title, error)
