"""The table of all actions, and the function to perform them: for services, Assist and phones alike."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import Context, HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.target import TargetSelection

from ..const import DOMAIN
from ..data import RunnerData, async_runner_data
from ..errors import translated_errors
from ..permissions import Right, async_caller
from ..targets import runner_in
from ..treadmill import is_treadmill
from .action import Action, HomeAction, Withholding
from .back import BACK_ACTIONS
from .cadence import CADENCE_ACTIONS
from .exports import EXPORT_ACTIONS, HOME_ACTIONS
from .form import FORM_ACTIONS
from .habits import HABIT_ACTIONS
from .imports import IMPORT_ACTIONS
from .prompts import PROMPT_ACTIONS
from .routines import ROUTINE_ACTIONS
from .runs import RUN_ACTIONS

ACTIONS: Mapping[str, Action] = {
    **HABIT_ACTIONS,
    **RUN_ACTIONS,
    **PROMPT_ACTIONS,
    **BACK_ACTIONS,
    **CADENCE_ACTIONS,
    **FORM_ACTIONS,
    **ROUTINE_ACTIONS,
    **IMPORT_ACTIONS,
    **EXPORT_ACTIONS,
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register all actions."""
    for name, action in ACTIONS.items():
        runners = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string, **cv.TARGET_FIELDS}
        schema = Withholding({**runners, **action.fields}, action.private)
        hass.services.async_register(
            DOMAIN, name, _service_of(hass, action), schema=schema, supports_response=action.answers
        )
    for name, home_action in HOME_ACTIONS.items():
        hass.services.async_register(
            DOMAIN,
            name,
            _home_service_of(hass, home_action),
            schema=vol.Schema(home_action.fields),
            supports_response=home_action.answers,
        )


async def async_perform(
    gym: RunnerData, name: str, data: Mapping[str, Any], *, context: Context | None
) -> ServiceResponse:
    """Perform an action for a runner, with the permissions of a context and data for its schema.

    Raises vol.Invalid for other fields, Unauthorized, and HomeAssistantError as the action does.
    """
    action = ACTIONS[name]
    return await _perform(gym, action, vol.Schema(action.fields)(dict(data)), context)


def _service_of(hass: HomeAssistant, action: Action) -> Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]:
    async def perform(call: ServiceCall) -> ServiceResponse:
        runners = _runners_of(hass, call)
        for gym in runners:
            await _require(gym, action, call.data, call.context)
        answers = [await _perform(gym, action, call.data, call.context) for gym in runners]
        return answers[0] if len(answers) == 1 else None

    return perform


def _runners_of(hass: HomeAssistant, call: ServiceCall) -> list[RunnerData]:
    """Return the runners of a call, by a config entry or by a target.

    Raises ServiceValidationError for none, for one that isn't loaded, and for several in a call that asks for a
    response.
    """
    if entry_id := call.data.get(ATTR_CONFIG_ENTRY_ID):
        return [async_runner_data(hass, entry_id)]
    target = TargetSelection(dict(call.data))
    entries = hass.config_entries.async_entries(DOMAIN)
    chosen = [entry for entry in entries if not is_treadmill(entry) and runner_in(hass, target, entry.entry_id)]
    runners = [async_runner_data(hass, entry.entry_id) for entry in chosen]
    if not runners:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_runner_chosen")
    if len(runners) > 1 and call.return_response:
        names = ", ".join(gym.entry.title for gym in runners)
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="several_runners_chosen",
            translation_placeholders={"runners": names},
        )
    return runners


def _home_service_of(
    hass: HomeAssistant, action: HomeAction
) -> Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]:
    async def perform(call: ServiceCall) -> ServiceResponse:
        (await async_caller(hass, call.context)).require(Right.ADMINISTER)
        return await action.handler(hass, call.data)

    return perform


async def _perform(
    gym: RunnerData, action: Action, data: Mapping[str, Any], context: Context | None
) -> ServiceResponse:
    await _require(gym, action, data, context)
    with translated_errors(gym.entry.title):
        return await action.handler(gym, data)


async def _require(gym: RunnerData, action: Action, data: Mapping[str, Any], context: Context | None) -> None:
    """Raise Unauthorized if a context has no right to an action with its data."""
    caller = await async_caller(gym.coordinator.hass, context)
    caller.require(action.right, gym.entry)
    if action.right_of:
        caller.require(await action.right_of(gym, data), gym.entry)
