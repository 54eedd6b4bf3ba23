"""Rights of callers on runners: see, act and administer, decided from the context of a call.

A call without a user is the home's own doing: an automation, a script that it starts, a voice satellite.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, Event, HomeAssistant, callback
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event

from .const import CONF_PERSON, DOMAIN
from .entity_references import entity_id_of
from .ha.auth import EVENT_USER_REMOVED, EVENT_USER_UPDATED, POLICY_CONTROL, POLICY_READ, User
from .ha.person import user_id_of
from .options.coach import SHARED


class Right(StrEnum):
    """Right on a runner; the values are parts of translation keys."""

    SEE = "see"
    ACT = "act"
    ADMINISTER = "administer"


POLICIES = {Right.SEE: POLICY_READ, Right.ACT: POLICY_CONTROL}


class NotAllowedError(Unauthorized):
    """Translated refusal of a call without the right on a runner."""

    def __init__(self, right: Right, entry: ConfigEntry[Any], context: Context | None) -> None:
        """Name the right and the runner."""
        super().__init__(context=context, config_entry_id=entry.entry_id, permission=POLICIES.get(right))
        self.generate_message = True
        self.translation_domain = DOMAIN
        self.translation_key = f"not_allowed_{right}"
        self.translation_placeholders = {"runner": entry.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The user behind a call; a context without a user is the home itself, which may do everything."""

    hass: HomeAssistant
    context: Context
    user: User | None

    def may(self, right: Right, entry: ConfigEntry[Any]) -> bool:
        """Return whether the caller has a right on a runner."""
        if self.user is None:
            return self.context.user_id is None
        return may(self.hass, self.user, entry, right)

    def may_any(self, right: Right, entries: Iterable[ConfigEntry[Any]]) -> bool:
        """Return whether the caller has a right on one of the runners; the home and administrators also without any."""
        if self.context.user_id is None or (self.user is not None and self.user.is_active and self.user.is_admin):
            return True
        return any(self.may(right, entry) for entry in entries)

    def require(self, right: Right, *entries: ConfigEntry[Any]) -> None:
        """Raise Unauthorized unless the caller has a right on one of the runners, as `may_any` says."""
        if self.may_any(right, entries):
            return
        if self.user is None:
            raise UnknownUser(context=self.context)
        raise NotAllowedError(right, entries[0], self.context) if entries else Unauthorized(context=self.context)


async def async_caller(hass: HomeAssistant, context: Context | None) -> Caller:
    """Return the caller behind a context."""
    context = context or Context()
    user = await hass.auth.async_get_user(context.user_id) if context.user_id else None
    return Caller(hass=hass, context=context, user=user)


def may(hass: HomeAssistant, user: User, entry: ConfigEntry[Any], right: Right) -> bool:
    """Return whether a user has a right on a runner.

    Administrators have every right. Others see and act on the runner of their person and on shared runners, as far as
    Home Assistant's own permissions reach: read-only users see.
    """
    if not user.is_active:
        return False
    if user.is_admin:
        return True
    if right is Right.ADMINISTER:
        return False
    is_meant = bool(entry.options.get(SHARED.key)) or is_own(hass, user, entry)
    return is_meant and _is_permitted(hass, user, entry, POLICIES[right])


def is_own(hass: HomeAssistant, user: User, entry: ConfigEntry[Any]) -> bool:
    """Return whether the runner's person is linked to a user."""
    person = _person_of(hass, entry)
    state = hass.states.get(person) if person else None
    return state is not None and user_id_of(state) == user.id


@callback
def async_track_rights(hass: HomeAssistant, entry: ConfigEntry[Any], action: Callable[[], None]) -> CALLBACK_TYPE:
    """Call an action whenever a user or the runner's person changes, until the returned function is called.

    Changes of the entry have their own signal.
    """

    @callback
    def handle(_event: Event[Any]) -> None:
        action()

    person = _person_of(hass, entry)
    ends: Iterable[CALLBACK_TYPE] = (
        hass.bus.async_listen(EVENT_USER_UPDATED, handle),
        hass.bus.async_listen(EVENT_USER_REMOVED, handle),
        async_track_state_change_event(hass, [person] if person else [], handle),
    )

    @callback
    def end() -> None:
        for each in ends:
            each()

    return end


async def async_is_shared_home(hass: HomeAssistant) -> bool:
    """Return whether more than one person or user is known to the home."""
    users = [one for one in await hass.auth.async_get_users() if one.is_active and not one.system_generated]
    return len(users) > 1 or hass.states.async_entity_ids_count("person") > 1


def _person_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> str | None:
    return entity_id_of(hass, entry.data[CONF_PERSON]) if CONF_PERSON in entry.data else None


def _is_permitted(hass: HomeAssistant, user: User, entry: ConfigEntry[Any], policy: str) -> bool:
    """Return whether Home Assistant's own permissions give a user access to one of the runner's entities."""
    permissions = user.permissions
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return permissions.access_all_entities(policy) or any(
        permissions.check_entity(entity.entity_id, policy) for entity in entities
    )
