"""Every reachable screen, opened in a Home Assistant with a runner and a treadmill."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from types import MappingProxyType
from typing import Any, cast
from unittest.mock import patch

from aiohttp.web import Request
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.home_gym.coach.asking_automations import AskedTwiceFlow
from custom_components.home_gym.config_flow import HomeGymConfigFlow
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.flows import calibration
from custom_components.home_gym.flows.source import service, webhook
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.integrations.efforts import RUNS
from custom_components.home_gym.gym.prompts.prompt import HoldReason, PromptFact, PromptState
from custom_components.home_gym.gym.runs.activity import Doubt, Sport
from custom_components.home_gym.issues.doubtful_flow import DoubtfulRunsFlow
from custom_components.home_gym.options.source import APPS
from custom_components.home_gym.repairs import AddressFlow, AdviceFlow, WhoRanFlow, async_create_fix_flow
from custom_components.home_gym.sources import Deliver, SourceConfig, watchers
from custom_components.home_gym.sources.webhook.address import PostView
from custom_components.home_gym.sources.webhook.endpoint import async_ask_to_repeat
from homeassistant.components.application_credentials import ClientCredential, async_import_client_credential
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.config_entries import SOURCE_USER, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.util import slugify
from homeassistant.util.aiohttp import MockRequest
from tests.support.integration.belt_device import QDOMYOS, BeltDevice
from tests.support.integration.garmin import GarminActions
from tests.support.integration.runner_entry import ENTRY_ID, NOW
from tests.support.integration.shoe import SHOE, in_form
from tests.support.integration.treadmill import (
    WHO,
    Plug,
    after,
    choose,
    discover,
    found as found_treadmill,
    go_on,
    open_form,
    open_menu,
    start_reconfigure,
)
from tests.support.unit.make import activity

type Plain = dict[str, Any]
# A section of the translations, and one of its screens.
type Screen = tuple[str, Any]

ADVICE = ("see_professional", "urgent_advice")
UNITS = {"distance_unit": "m", "duration_unit": "s", "one_foot": False}
PHONE: Plain = {"name": "Phone", "runs": ["Running"], "local_only": True}
# Paths through the flows with several screens, as the input to each.
WALKS: list[tuple[str, list[Plain]]] = [
    ("source", [{"next_step_id": "service"}, {"service": "sensor.garmin_lastactivity"}, {"runs": list(RUNS)}]),
    ("source", [{"next_step_id": "service"}, {"service": "sensor.garmin_idle"}]),
    ("source", [{"next_step_id": "entity"}, {"entity": "sensor.run"}, {"start": "start", **UNITS}]),
]
ECHO = "media_player.echo"
WALKS += [
    ("speaker", [{"next_step_id": "media_player"}, {"media_player": ECHO}, {"next_step_id": answer}])
    for answer in ("unheard", "too_quiet", "too_loud")
]
WALKS += [("source", [{"next_step_id": "webhook"}, PHONE | {"app": app, "name": app}]) for app in APPS]
WALKS += [
    ("source", [{"next_step_id": "webhook"}, PHONE | {"app": APPS[0], "name": step}, {"next_step_id": step}])
    for step in ("webhook_change", "webhook_code")
]

PATHS: list[list[Plain | str]] = [
    [
        *("speakers", "shoes", "shoe", SHOE, "speakers", "sources", "service"),
        *({"service": "sensor.garmin_lastactivity"}, {"runs": list(RUNS)}, {}),
        *("shoes", "found_pairs"),
    ],
    ["service", {"service": "sensor.garmin_lastactivity"}, {"runs": list(RUNS)}, "shoes", "shoe"],
    ["service", {"service": "sensor.garmin_idle"}],
    ["entity", {"entity": "sensor.run"}],
    ["speakers", "media_player", {"media_player": ECHO}, "unheard"],
    ["speakers", "satellite"],
    ["speakers", "notify_action"],
    ["speakers", "notify"],
    ["export"],
    ["online"],
    ["webhook"],
    ["folder"],
]
"""Ways along the path of a new runner, as choices in menus and input to forms."""


def flows(entry: MockConfigEntry) -> dict[str, type]:
    """Return the class behind each section of screens."""
    options = HomeGymConfigFlow.async_get_options_flow(entry)
    kinds = HomeGymConfigFlow.async_get_supported_subentry_types(entry)
    return {
        "config": HomeGymConfigFlow,
        "options": type(options),
        "unclaimed": WhoRanFlow,
        "old_address": AddressFlow,
        "doubtful_runs": DoubtfulRunsFlow,
        "asked_twice": AskedTwiceFlow,
        **dict.fromkeys(ADVICE, AdviceFlow),
        **kinds,
    }


def ask_in_vain(entry: MockConfigEntry) -> None:
    """Add as many questions without an answer as make the coach ask less."""
    for number in range(3):
        asked = PromptFact(
            activity=f"core/{number}",
            topic=Habit.CORE,
            state=PromptState.EXPIRED,
            at=NOW - timedelta(days=number),
            attempts=1,
            reason=HoldReason.UNANSWERED,
        )
        entry.runtime_data.runner.journal.add(asked)


async def screens(hass: HomeAssistant, entry: MockConfigEntry, treadmill: MockConfigEntry) -> list[Screen]:
    """Open every screen; the treadmill has an unclaimed session."""
    show_activities(hass)
    show_echo(hass)
    seen: list[Screen] = [("config", screen) for screen in await config_screens(hass, entry, treadmill)]
    options = hass.config_entries.options
    ask_in_vain(entry)
    seen.append(("options", await options.async_init(ENTRY_ID)))
    for choice in seen[-1][1]["menu_options"]:
        offered = await options.async_init(ENTRY_ID)
        seen.append(("options", await options.async_configure(offered["flow_id"], {"next_step_id": choice})))
        if choice == "change_routine":
            [routine] = entry.options["routines"]
            seen.append(("options", await options.async_configure(offered["flow_id"], {"routine": routine["name"]})))
    for kind in HomeGymConfigFlow.async_get_supported_subentry_types(entry):
        menu: Any = await open_subentry(hass, kind)
        seen.append((kind, menu))
        seen += [
            (kind, await subentry_after(hass, await open_subentry(hass, kind), {"next_step_id": choice}))
            for choice in menu.get("menu_options", [])
            # Its screens belong to the flow of an entry.
            if choice != "polar"
        ]
        seen += [
            (kind, await entry.start_subentry_reconfigure_flow(hass, subentry.subentry_id))
            for subentry in entry.get_subentries_of_type(kind)
        ]
    seen += await online_screens(hass, entry)
    seen += [("config", screen) for screen in await sign_in_screens(hass, entry)]
    # A run from before the first pair.
    await entry.runtime_data.coordinator.async_deliver([activity(NOW - timedelta(days=3000))], live=False)
    seen.append(("shoe", await open_subentry(hass, "shoe")))
    with patch.object(service, "anchors", lambda _: {}):
        seen += await walked(hass, "source", [{"next_step_id": "service"}])
    seen += [screen for walk in WALKS for screen in await walked(hass, *walk)]
    seen += [screen for body in (b"[]", b"{}", None) for screen in await tested(hass, body)]
    repairs = {"unclaimed": {"entry_id": treadmill.entry_id}}
    repairs |= {advice: {"entry_id": entry.entry_id, "advice": advice} for advice in ADVICE}
    seen += [(issue, (await repair(hass, issue, data))[0]) for issue, data in repairs.items()]
    for advice in ADVICE:
        # A sign of today, so that the menu with the clearance is shown.
        await entry.runtime_data.coordinator.async_apply(verbs.report_pain(8, red_flags=[RedFlag.FEVER]))
        menu, flow = await repair(hass, advice, {"entry_id": entry.entry_id})
        seen += [(advice, menu), (advice, await flow.async_step_cleared())]
    seen += [("doubtful_runs", screen) for screen in await doubtful_screens(hass, entry)]
    asked_twice = await repair(hass, f"asked_twice_{entry.entry_id}", {"entry_id": entry.entry_id})
    seen.append(("asked_twice", asked_twice[0]))
    phone = next(source for source in entry.get_subentries_of_type("source") if "webhook" in source.data)
    moved = await repair(hass, "old_address", {"entry_id": entry.entry_id, "subentry_id": phone.subentry_id})
    return [*seen, ("old_address", moved[0]), ("old_address", await moved[1].async_step_confirm({}))]


async def doubtful_screens(hass: HomeAssistant, entry: MockConfigEntry) -> list[Any]:
    """Open the repair about a recording for each reason."""
    # One more than is opened, so that each screen offers to decide all.
    several = [
        activity(NOW - timedelta(days=number), sport=Sport.OTHER, doubt=doubt)
        for number, doubt in enumerate([*Doubt, Doubt.NO_SPORT], 1)
    ]
    await entry.runtime_data.coordinator.async_deliver(several, live=False)
    screen, flow = await repair(hass, f"doubtful_runs_{ENTRY_ID}", {"entry_id": ENTRY_ID})
    seen = [screen]
    while len(seen) < len(Doubt):
        seen.append(await getattr(flow, f"async_step_{seen[-1]['step_id']}")({"decision": "no_run"}))
    return seen


async def online_screens(hass: HomeAssistant, entry: MockConfigEntry) -> list[Screen]:
    """Open the screens of a service with a key, without looks at it."""

    async def watch(_hass: HomeAssistant, _config: SourceConfig, _deliver: Deliver) -> Callable[[], None]:
        return lambda: None

    data = {"online": "intervals_icu", "key": "k", "account": "i1", "since": NOW.isoformat(), "gear": {}}
    online = ConfigSubentry(data=MappingProxyType(data), subentry_type="source", title="intervals.icu", unique_id=None)
    with patch.dict(watchers.SOURCES, {"online": watch}):
        hass.config_entries.async_add_subentry(entry, online)
        await hass.async_block_till_done()
        changed = await entry.start_subentry_reconfigure_flow(hass, online.subentry_id)
        again = await entry.start_reauth_flow(hass, data={"subentry": online.subentry_id})
        hass.config_entries.async_remove_subentry(entry, online.subentry_id)
        await hass.async_block_till_done()
    return [("source", changed), ("config", again)]


async def sign_in_screens(hass: HomeAssistant, entry: MockConfigEntry) -> list[Any]:
    """Open the screens before a sign-in at Polar, the first and another one."""
    await async_import_client_credential(hass, DOMAIN, ClientCredential("id", "secret"), "application")
    menu = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    form = await choose(hass, menu, "polar")
    seen = [form, await go_on(hass, form, {"runner": ENTRY_ID})]
    data = {"online": "polar_accesslink", "account": "475", "auth_implementation": "application", "token": {}}
    polar = ConfigSubentry(data=MappingProxyType(data), subentry_type="source", title="Polar", unique_id=None)

    async def watch(_hass: HomeAssistant, _config: SourceConfig, _deliver: Deliver) -> Callable[[], None]:
        return lambda: None

    with patch.dict(watchers.SOURCES, {"online": watch}):
        hass.config_entries.async_add_subentry(entry, polar)
        seen.append(await entry.start_reauth_flow(hass, data={"subentry": polar.subentry_id}))
        hass.config_entries.async_remove_subentry(entry, polar.subentry_id)
        await hass.async_block_till_done()
    return seen


async def config_screens(hass: HomeAssistant, entry: MockConfigEntry, treadmill: MockConfigEntry) -> list[Any]:
    """Add and reconfigure a runner and treadmills."""
    menu: Any = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    found = await go_on(hass, await discover(hass, found_treadmill("11:22:33:44:55:66")), WHO)
    return [
        menu,
        await start_reconfigure(hass, found["result"].entry_id),
        *await entity_screens(hass),
        await choose(hass, menu, "runner"),
        await entry.start_reconfigure_flow(hass),
        await treadmill.start_reconfigure_flow(hass),
        await discover(hass),
        *await calibrated(hass),
        *[screen for walk in PATHS for screen in await path_screens(hass, walk)],
    ]


async def entity_screens(hass: HomeAssistant) -> list[Any]:
    """Add a treadmill by the entities of a device, with a moving belt."""
    belt = BeltDevice(hass, "mqtt", QDOMYOS)
    belt.say(speed_current=8)
    menu = await open_menu(hass)
    devices = await choose(hass, menu, "treadmill_device")
    form = await go_on(hass, devices, {"device_id": belt.device_id})
    return [menu, devices, form, await go_on(hass, form, WHO | {"speed": belt.entity_id("speed_current")})]


async def path_screens(hass: HomeAssistant, filled_in: list[Plain | str]) -> list[Any]:
    """Go along the path of a new runner by choices and input, and return each screen."""
    seen = [
        await choose(hass, await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER}), "runner")
    ]
    for step in [{"name": "Kim"}, *filled_in]:
        if isinstance(step, str):
            seen.append(await choose(hass, seen[-1], step))
        else:
            seen.append(await go_on(hass, seen[-1], in_form(seen[-1], step)))
    return seen


async def calibrated(hass: HomeAssistant) -> list[Any]:
    """Add a treadmill, and measure the same power in each state."""
    seen = [await open_form(hass)]
    seen.append(await go_on(hass, seen[-1], WHO | {"power": Plug(hass).entity_id}))
    with patch.object(calibration, "OBSERVATION_TIME", timedelta(0)), patch.object(calibration, "REFRESH_INTERVAL", 0):
        for step in ("watch_asleep", "watch_still", "watch_walk", "watch_run"):
            seen.append(await choose(hass, seen[-1], step))
            seen.append(await after(hass, seen[-1]))
    return [*seen, await choose(hass, seen[-1], "thresholds")]


def show_activities(hass: HomeAssistant) -> None:
    """Set up an integration with an activity and a pair of shoes, and an entity without any."""
    shown: Plain = {"activityId": 1, "activityType": "running", "startTime": "2020-05-04T17:00:00+00:00"}
    for key, attributes in {"lastActivity": shown, "gear_1": {"custom_make_model": "Pegasus"}}.items():
        entity = er.async_get(hass).async_get_or_create(
            "sensor", "garmin_connect", f"account_{key}", suggested_object_id=slugify(f"garmin_{key}")
        )
        hass.states.async_set(entity.entity_id, "Evening run", attributes)
    hass.states.async_set("sensor.run", "Evening run")
    registry = er.async_get(hass)
    registry.async_get_or_create("sensor", "garmin_connect", "idle_lastActivity", suggested_object_id="garmin_idle")
    GarminActions(hass)


def show_echo(hass: HomeAssistant) -> None:
    """Set up a loudspeaker with a voice of its own, a satellite and a phone."""
    er.async_get(hass).async_get_or_create("media_player", "alexa_media", "echo", suggested_object_id="echo")
    features = MediaPlayerEntityFeature.VOLUME_SET
    hass.states.async_set(ECHO, "idle", {"supported_features": features, "volume_level": 0.3})
    hass.states.async_set("assist_satellite.hall", "idle", {"supported_features": 1})
    hass.states.async_set("notify.phone", "unknown")
    async_mock_service(hass, "notify", "alexa_media")
    async_mock_service(hass, "media_player", "volume_set")


async def open_subentry(hass: HomeAssistant, kind: str) -> Any:
    """Open the first screen of a kind of subentry."""
    return await hass.config_entries.subentries.async_init((ENTRY_ID, kind), context={"source": SOURCE_USER})


async def subentry_after(hass: HomeAssistant, screen: Any, values: Plain | None = None) -> Any:
    """Fill in a screen of a subentry, and return the next."""
    if values and screen["type"] is FlowResultType.FORM:
        values = in_form(screen, values)
    return await hass.config_entries.subentries.async_configure(screen["flow_id"], values)


async def walked(hass: HomeAssistant, kind: str, filled_in: list[Plain]) -> list[Screen]:
    """Go through the screens of a kind of subentry, and return each."""
    seen = [await open_subentry(hass, kind)]
    for values in filled_in:
        seen.append(await subentry_after(hass, seen[-1], values))
    return [(kind, screen) for screen in seen[1:]]


async def tested(hass: HomeAssistant, body: bytes | None) -> list[Screen]:
    """Wait for a test upload to a new webhook, and return the screens of the wait and of its result, if any."""
    phone = PHONE | {"app": APPS[0], "name": str(body)}
    screen = (await walked(hass, "source", [{"next_step_id": "webhook"}, phone]))[-1][1]
    await hass.async_block_till_done()
    if body is not None:
        secret = screen["description_placeholders"]["url"].rpartition("/")[2]
        request = MockRequest(body, "test", method="POST", remote="127.0.0.1")
        await PostView(hass, async_ask_to_repeat).post(cast("Request", request), secret)
    with patch.object(webhook, "WAIT", 0):
        waiting = screen = await subentry_after(hass, screen, {"next_step_id": "webhook_test"})
        while screen["type"] is FlowResultType.SHOW_PROGRESS:
            await asyncio.sleep(0.01)
            screen = await subentry_after(hass, screen)
    return [("source", waiting), ("source", await subentry_after(hass, screen))]


async def repair(hass: HomeAssistant, issue: str, data: dict[str, str]) -> tuple[Any, Any]:
    """Open a repair, and return its first screen and its flow."""
    flow: Any = await async_create_fix_flow(hass, issue, {**data})
    flow.hass, flow.handler, flow.flow_id = hass, DOMAIN, "repair"
    return await flow.async_step_init(), flow
