"""Who may see a runner, and who may change what is kept of one: by websocket, and by actions that a user calls."""

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
    """Tell whether somebody may see a runner: administrators, the person who it is, all where the runner likes that."""
    return user.is_admin or (_is_meant(hass, user, entry) and _is_permitted(hass, user, entry, POLICY_READ))


def may_change(hass: HomeAssistant, user: User, entry: ConfigEntry) -> bool:
    """Tell whether somebody may log, correct and start things: who may see, unless they may only look at this home."""
    return user.is_admin or (_is_meant(hass, user, entry) and _is_permitted(hass, user, entry, POLICY_CONTROL))


def is_own(hass: HomeAssistant, user: User, entry: ConfigEntry) -> bool:
    """Tell whether a runner is the person who somebody is."""
    person = entity_id_of(hass, entry.data[CONF_PERSON]) if CONF_PERSON in entry.data else None
    state = hass.states.get(person) if person else None
    return state is not None and user_id_of(state) == user.id


async def async_check(hass: HomeAssistant, context: Context, entry: ConfigEntry, *, reads: bool) -> None:
    """Refuse what a user has no right to; what happens without one, as in automations, is the home's own doing.

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


def _is_meant(hass: HomeAssistant, user: User, entry: ConfigEntry) -> bool:
    return bool(entry.options.get(SHARED.key)) or is_own(hass, user, entry)


def _is_permitted(hass: HomeAssistant, user: User, entry: ConfigEntry, policy: str) -> bool:
    """Tell whether Home Assistant's own permissions let somebody at what the runner consists of there."""
    permissions = user.permissions
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return permissions.access_all_entities(policy) or any(
        permissions.check_entity(entity.entity_id, policy) for entity in entities
    )
