"""Permissions to see and change a runner, for websocket commands and for actions called by a user."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er

from .const import CONF_PERSON
from .entity_references import entity_id_of
from .ha.auth import POLICY_CONTROL, POLICY_READ, User
from .ha.person import user_id_of
from .options.coach import SHARED


def may_see(hass: HomeAssistant, user: User, entry: ConfigEntry) -> bool:
    """Return whether a user may see a runner: administrators, the runner's user, and all with the runner's consent."""
    return user.is_admin or (_has_access(hass, user, entry) and _is_permitted(hass, user, entry, POLICY_READ))


def may_change(hass: HomeAssistant, user: User, entry: ConfigEntry) -> bool:
    """Return whether a user may change a runner: any user with a view of it, unless read-only in this home."""
    return user.is_admin or (_has_access(hass, user, entry) and _is_permitted(hass, user, entry, POLICY_CONTROL))


def is_own(hass: HomeAssistant, user: User, entry: ConfigEntry) -> bool:
    """Return whether a user is the runner's own person."""
    person = entity_id_of(hass, entry.data[CONF_PERSON]) if CONF_PERSON in entry.data else None
    state = hass.states.get(person) if person else None
    return state is not None and user_id_of(state) == user.id


async def async_check(hass: HomeAssistant, context: Context, entry: ConfigEntry, *, reads: bool) -> None:
    """Check a user's permission; calls without a user, as in automations, are the home's own.

    Raises Unauthorized.
    """
    if context.user_id is None:
        return
    user = await hass.auth.async_get_user(context.user_id)
    if user is None:
        raise UnknownUser(context=context, config_entry_id=entry.entry_id)
    if not (may_see if reads else may_change)(hass, user, entry):
        raise Unauthorized(
            context=context,
            config_entry_id=entry.entry_id,
            permission=POLICY_READ if reads else POLICY_CONTROL,
        )


def _has_access(hass: HomeAssistant, user: User, entry: ConfigEntry) -> bool:
    return bool(entry.options.get(SHARED.key)) or is_own(hass, user, entry)


def _is_permitted(hass: HomeAssistant, user: User, entry: ConfigEntry, policy: str) -> bool:
    """Return whether Home Assistant's own permissions give a user access to the runner's entities."""
    permissions = user.permissions
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return permissions.access_all_entities(policy) or any(
        permissions.check_entity(entity.entity_id, policy) for entity in entities
    )
