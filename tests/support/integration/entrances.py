"""Entrances to a runner, and visitors with different rights."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket

from custom_components.home_gym.assist.intents import intent_type
from custom_components.home_gym.assist.tools import TOOLS
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.voice_commands import VoiceCommand
from custom_components.home_gym.ha.web import KEY_HASS_USER
from custom_components.home_gym.issues.repair_issue import (
    ADVICE,
    ASKED_TWICE,
    DOUBTFUL_RUNS,
    JOURNAL_DAMAGED,
    OLD_ADDRESS,
    UNCLAIMED_SESSIONS,
)
from custom_components.home_gym.permissions import Right
from custom_components.home_gym.repairs import async_create_fix_flow
from custom_components.home_gym.services.exports import HOME_ACTIONS
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import entity_registry as er, intent, llm
from homeassistant.helpers.http import current_request
from tests.support.integration.runner_entry import ENTRY_ID, OLD_SHOE

PHONE = "01PHONE"
REFUSED_IN_WORDS = {
    Right.SEE: "You are not allowed to hear that.",
    Right.ACT: "You are not allowed to do that for this runner.",
}


class Way(StrEnum):
    """Kind of entrance."""

    ACTION = "action"
    WEBSOCKET = "websocket"
    ENTITY = "entity"
    INTENT = "intent"
    TOOL = "tool"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Someone at an entrance; the home itself has no user, and only users connect by websocket."""

    hass: HomeAssistant
    user: User | None
    client: MockHAClientWebSocket | None
    device_id: str | None = None

    @property
    def context(self) -> Context:
        """A new context of the visitor."""
        return Context(user_id=self.user.id if self.user else None)


type Attempt = Callable[[Visitor, str, Mapping[str, Any]], Awaitable[bool]]
"""Tries an entrance by name with data, and returns whether it was refused."""


async def call_action(visitor: Visitor, name: str, data: Mapping[str, Any]) -> bool:
    """Call an action of Home Gym; other errors than a refusal don't count."""
    runner = {} if name in HOME_ACTIONS else {"config_entry_id": ENTRY_ID}
    return await _call(visitor, DOMAIN, name, {**runner, **data})


async def use_entity(visitor: Visitor, name: str, data: Mapping[str, Any]) -> bool:
    """Call an action on an entity, named by domain, action and unique id."""
    domain, action, unique_id = name.split(" ")
    entity_id = er.async_get(visitor.hass).async_get_entity_id(domain, DOMAIN, unique_id)
    assert entity_id, unique_id
    return await _call(visitor, domain, action, {"entity_id": entity_id, **data})


async def _call(visitor: Visitor, domain: str, name: str, data: Mapping[str, Any]) -> bool:
    hass = visitor.hass
    returns = hass.services.supports_response(domain, name) == "only"
    try:
        await hass.services.async_call(
            domain, name, dict(data), blocking=True, context=visitor.context, return_response=returns
        )
    except Unauthorized:
        return True
    except HomeAssistantError:
        return False
    return False


async def send_command(visitor: Visitor, name: str, data: Mapping[str, Any]) -> bool:
    """Send a websocket command."""
    assert visitor.client
    await visitor.client.send_json_auto_id({"type": name, "config_entry_id": ENTRY_ID, **data})
    while (answer := await visitor.client.receive_json())["type"] != "result":
        pass
    return bool(not answer["success"] and answer["error"]["code"] == "unauthorized")


async def say_intent(visitor: Visitor, name: str, data: Mapping[str, Any]) -> bool:
    """Handle an intent."""
    slots = {"runner": "Alex", **data}
    response = await intent.async_handle(
        visitor.hass,
        "test",
        name,
        {slot: {"value": value} for slot, value in slots.items()},
        context=visitor.context,
        device_id=visitor.device_id,
    )
    return response.speech["plain"]["speech"] in REFUSED_IN_WORDS.values()


async def call_tool(visitor: Visitor, name: str, data: Mapping[str, Any]) -> bool:
    """Call a tool as a language model does."""
    tool = next(tool for tool in TOOLS if tool.name == name)(["Alex"])
    context = llm.LLMContext(
        platform="test",
        context=visitor.context,
        language="en",
        assistant="conversation",
        device_id=visitor.device_id,
    )
    result = await tool.async_call(visitor.hass, llm.ToolInput(tool_name=name, tool_args=dict(data)), context)
    return any(words in str(result.data) for words in REFUSED_IN_WORDS.values())


async def open_repair(visitor: Visitor, name: str, data: Mapping[str, Any]) -> bool:
    """Open the first screen of a repair within a web request."""
    flow = await async_create_fix_flow(visitor.hass, name, dict(data))
    flow.hass = visitor.hass
    flow.flow_id, flow.handler = "test", DOMAIN
    token = current_request.set({KEY_HASS_USER: visitor.user})  # type: ignore[arg-type]  # all that is read of it
    try:
        result = await flow.async_step_init()  # type: ignore[attr-defined]  # every flow begins with it
    finally:
        current_request.reset(token)
    return bool(result.get("reason") == "not_allowed")


ATTEMPTS: Mapping[Way, Attempt] = {
    Way.ACTION: call_action,
    Way.WEBSOCKET: send_command,
    Way.ENTITY: use_entity,
    Way.INTENT: say_intent,
    Way.TOOL: call_tool,
    Way.REPAIR: open_repair,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """One entrance, with data that gets as far as the gate, and the right that it asks for."""

    way: Way
    name: str
    right: Right
    data: Mapping[str, Any]

    async def refuses(self, visitor: Visitor) -> bool:
        """Return whether a visitor is refused."""
        return await ATTEMPTS[self.way](visitor, self.name, self.data)


def _entrances(
    way: Way, right: Right, data_of: Mapping[str, Mapping[str, Any]] | None = None, **more: Mapping[str, Any]
) -> list[Entrance]:
    named = {**(data_of or {}), **more}
    return [Entrance(way=way, name=name, right=right, data=data) for name, data in named.items()]


def _intents(right: Right, **data_of: Mapping[str, Any]) -> list[Entrance]:
    return _entrances(
        Way.INTENT, right, **{intent_type(VoiceCommand(command)): data for command, data in data_of.items()}
    )


def entrances(treadmill: str, own_folder: str) -> list[Entrance]:
    """Return every entrance to the runner of `ENTRY_ID`, also on their treadmill."""
    habit = {"habit": "core"}
    return [
        *_entrances(
            Way.ACTION, Right.SEE, get_runs={}, get_doubtful_runs={}, get_journal={}, get_summary={}, get_back_report={}
        ),
        *_entrances(
            Way.ACTION,
            Right.ACT,
            log_run={"start": "2026-05-04 17:00:00", "duration": {"minutes": 30}},
            edit_run={"run": "x"},
            remove_run={"run": "x"},
            decide_run={"run": "x", "is_run": True},
            assign_shoe={"run": "x", "shoe": OLD_SHOE},
            rate_run={"score": 7},
            log_form_check={"good": ["arms"]},
            log_session=habit,
            rest={},
            prompt=habit,
            snooze_prompt={},
            dismiss_prompt={},
            restore_prompt=habit,
            move_prompt={"habit": "shoes"},
            answer_prompt={"answer": "done"},
            log_pain={"score": 2},
            acknowledge_advice={},
            play_cadence={},
            start_routine=habit,
            pause_routine={},
            resume_routine={},
            next_step={},
            previous_step={},
            repeat_step={},
            rate_routine={"effort": "easy"},
            stop_routine={},
            import_files={"path": own_folder},
            answer_triage={"answer": "no"},
            clear_back={},
            log_function_score={"pain": 3, "enjoyment": 2, "activity": 1},
            start_experiment={"habit": "core"},
            stop_experiment={},
            withdraw_pain_report={},
        ),
        *_entrances(
            Way.ACTION,
            Right.ADMINISTER,
            import_files={"path": "recordings of another runner"},
            export_runner={},
            import_runner={"path": "missing.json"},
            erase_removed_runners={},
        ),
        *_entrances(
            Way.WEBSOCKET,
            Right.SEE,
            {
                "home_gym/subscribe": {},
                "home_gym/runs": {},
                "home_gym/run": {"run": "x"},
                "home_gym/run_curve": {"run": "x"},
                "home_gym/trends": {},
                "home_gym/back": {},
            },
        ),
        *_entrances(
            Way.WEBSOCKET,
            Right.ACT,
            {
                "home_gym/choose_shoe": {"shoe": OLD_SHOE},
                "home_gym/read_shoe_hint": {"shoe": OLD_SHOE, "hint": "arch_support"},
                "home_gym/retire_shoe": {"shoe": OLD_SHOE, "retired": False},
                "home_gym/undo": {},
                "home_gym/upload": {"upload": "01234567", "name": "export.zip", "size": 8},
            },
        ),
        *_entrances(
            Way.ENTITY,
            Right.ACT,
            {
                # Home Assistant itself asks for control of an entity before any action on it, also before this one.
                f"calendar get_events {ENTRY_ID}_journal": {
                    "start_date_time": "2026-05-01 00:00:00",
                    "end_date_time": "2026-05-05 00:00:00",
                },
                f"number set_value {ENTRY_ID}_back_pain": {"value": 2},
                f"switch turn_on {ENTRY_ID}_voice": {},
                f"switch turn_off {ENTRY_ID}_voice": {},
                f"switch toggle {ENTRY_ID}_voice": {},
                f"select select_option {ENTRY_ID}_shoe": {"option": "New trainers"},
                f"todo update_item {ENTRY_ID}_today": {"item": "core", "status": "completed"},
                **{
                    f"button press {ENTRY_ID}_log_{name}": {}
                    for name in (
                        "warm_up",
                        "cool_down",
                        "foam_roll",
                        "stretch",
                        "core",
                        "massage",
                        "heat_or_ice",
                        "walk",
                        "compression",
                    )
                },
                f"button press {ENTRY_ID}_undo_last": {},
                f"button press {treadmill}_claim_{ENTRY_ID}": {},
                f"button press {treadmill}_claim_guest": {},
            },
        ),
        *_intents(Right.SEE, shoes={}, last_session=habit, today={}, why_silent={}, wise_distance={}, explain_step={}),
        *_intents(
            Right.ACT,
            start_routine=habit,
            pause_routine={},
            resume_routine={},
            next_step={},
            previous_step={},
            repeat_step={},
            rate_routine={"effort": "easy"},
            stop_routine={},
            log_session=habit,
            pain={"score": 2},
            check_in={"score": 2},
            rest={},
            end_rest={},
            agree={},
            done={},
            later={},
            decline={},
            answer_triage={"answer": "no"},
            clear_back={},
            withdraw_report={},
            start_form_check={},
            film_form={},
        ),
        *_entrances(Way.TOOL, Right.SEE, home_gym__get_summary={}, home_gym__get_shoes={}),
        *_entrances(
            Way.TOOL,
            Right.ACT,
            home_gym__log_session=habit,
            home_gym__log_pain={"score": 2},
            home_gym__answer_back_question={"answer": "no"},
            home_gym__report_clearance={"day": "2026-05-04"},
            home_gym__withdraw_pain_report={},
            home_gym__start_routine=habit,
            home_gym__control_routine={"command": "stop"},
            home_gym__rest={"command": "end"},
        ),
        *_entrances(
            Way.REPAIR,
            Right.ACT,
            {
                UNCLAIMED_SESSIONS.id_of(treadmill): {"entry_id": treadmill},
                DOUBTFUL_RUNS.id_of(ENTRY_ID): {"entry_id": ENTRY_ID},
                **{issue.id_of(ENTRY_ID): {"entry_id": ENTRY_ID} for issue in ADVICE.values()},
            },
        ),
        *_entrances(
            Way.REPAIR,
            Right.ADMINISTER,
            {issue.id_of(ENTRY_ID): {"entry_id": ENTRY_ID} for issue in (JOURNAL_DAMAGED, ASKED_TWICE)},
        ),
        *_entrances(
            Way.REPAIR,
            Right.ADMINISTER,
            {OLD_ADDRESS.id_of(PHONE): {"entry_id": ENTRY_ID, "subentry_id": PHONE}},
        ),
    ]
