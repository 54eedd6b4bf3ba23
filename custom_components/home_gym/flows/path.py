"""Set-up of a runner in one path: name, sources, speakers, shoes, dashboard.

The runner is a draft until the end of the path. The screens for sources, speakers and shoes are those of the subentry
flows, which work on the draft; what they would add is kept in it. After each, a menu leads on, back or to the end.
"""

from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from typing import Any, cast, override

import voluptuous as vol

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    FlowType,
    SubentryFlowContext,
    SubentryFlowResult,
)
from homeassistant.const import ATTR_FRIENDLY_NAME
from homeassistant.core import callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.selector import BooleanSelector, SelectOptionDict, SelectSelector, SelectSelectorConfig

from ..const import (
    CONF_NOTIFY,
    CONF_NOTIFY_ACTION,
    CONF_WEBHOOK,
    DOMAIN,
    LOGGER,
    SUBENTRY_SHOE,
    SUBENTRY_SOURCE,
    SUBENTRY_SPEAKER,
)
from ..markdown import escaped
from ..options.shoe import FIRST_USED
from ..sources.entities.snapshots import anchors
from .draft import RunnerDraft
from .found import FoundPair, FoundRun, async_found_pairs, async_found_runs
from .shoe import CONF_COUNTS_FOUND, ShoeFlow
from .source import SourceFlow
from .speaker import DOMAINS, SpeakerFlow, first_speaker
from .subentry import DASHBOARDS, RunnerSubentryFlow
from .upload import CONF_FILE, UPLOAD, UploadErrors

CONF_PAIRS = "pairs"

SCREENS: dict[str, type[RunnerSubentryFlow]] = {
    SUBENTRY_SOURCE: SourceFlow,
    SUBENTRY_SPEAKER: SpeakerFlow,
    SUBENTRY_SHOE: ShoeFlow,
}
"""The subentry flows with screens on the path."""

PASSED_ON = {
    **dict.fromkeys(("service", "online", "webhook", "folder", "entity"), SUBENTRY_SOURCE),
    **dict.fromkeys(("mapping", "preview", "preview_empty", "gear"), SUBENTRY_SOURCE),
    **dict.fromkeys(("satellite", "media_player", "notify_action", "notify"), SUBENTRY_SPEAKER),
    **dict.fromkeys(("did_you_hear", "heard", "too_quiet", "too_loud", "unheard", "change"), SUBENTRY_SPEAKER),
}
"""The steps of the path that are shown by a subentry flow."""

OPENING = {"service", "online", "webhook", "folder", "entity", "satellite", "media_player", "notify_action", "notify"}
"""The steps that begin with an empty form."""

BEFORE = {SUBENTRY_SOURCE: "sources", SUBENTRY_SPEAKER: "speakers", SUBENTRY_SHOE: "shoes"}
"""The menu before a new subentry, by its type."""

AFTER = {SUBENTRY_SOURCE: "speakers", SUBENTRY_SPEAKER: "shoes", SUBENTRY_SHOE: "shoes"}
"""The menu after a new subentry, by its type."""

type Step = Callable[..., Awaitable[ConfigFlowResult]]


class PathSteps(UploadErrors, ConfigFlow):
    """Flow steps from a runner's name to the first spoken word and the first pair."""

    _draft: RunnerDraft
    _open: RunnerSubentryFlow | None = None
    _wants_treadmill = False
    _found_runs: list[FoundRun]
    _found_pairs: dict[str, FoundPair]
    _uploads: list[str]

    def begin(self, name: str, data: dict[str, Any]) -> ConfigFlowResult:
        """Draft a runner, and ask for the sources."""
        self._found_runs, self._found_pairs, self._uploads = [], {}, []
        self._draft = RunnerDraft(name, data)
        return self._sources()

    async def async_step_sources(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the source of runs, those of installed integrations first."""
        return self._sources()

    def _sources(self) -> ConfigFlowResult:
        installed = ["service"] if anchors(self.hass) else []
        export = [] if self._uploads else ["export"]
        treadmill = [] if self._wants_treadmill else ["treadmill_later"]
        return self._menu(
            "sources", [*installed, "online", "webhook", "folder", *export, *treadmill, "entity", "speakers", "finish"]
        )

    async def async_step_export(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for an export of past runs, which is imported once the runner is added."""
        if user_input is None:
            return self.async_show_form(step_id="export", data_schema=UPLOAD)
        self._uploads.append(user_input[CONF_FILE])
        return await self.async_step_speakers()

    async def async_step_treadmill_later(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Note a treadmill, to be set up after the runner."""
        self._wants_treadmill = True
        return await self.async_step_speakers()

    async def async_step_speakers(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the speaker, the likeliest first."""
        states = self.hass.states
        kinds = [kind for kind, domain in DOMAINS.items() if states.async_entity_ids(domain)]
        phones = [CONF_NOTIFY] if states.async_entity_ids(CONF_NOTIFY) else []
        first = ["hello"] if first_speaker(self.hass) else []
        return self._menu("speakers", [*first, *kinds, CONF_NOTIFY_ACTION, *phones, "shoes", "sources", "finish"])

    async def async_step_hello(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Say hello on the likeliest speaker."""
        likeliest = first_speaker(self.hass)
        if likeliest is None:
            return await self.async_step_speakers()
        kind, filled_in = likeliest
        self._open = None
        return await self.async_pass_on(SUBENTRY_SPEAKER, kind, filled_in)

    async def async_step_shoes(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the pairs, those that a source knows first."""
        found = ["found_pairs"] if self._new_pairs() else []
        return self._menu("shoes", [*found, "shoe", "finish", "speakers"])

    async def async_step_shoe(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a pair."""
        if user_input is None:
            self._open = None
        result = await self.async_pass_on(SUBENTRY_SHOE, "user", user_input)
        if result["type"] is FlowResultType.FORM:
            result["step_id"] = "shoe"
        return result

    async def async_step_found_pairs(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the pairs worn among those of the sources; each is added and linked."""
        found = self._new_pairs()
        if user_input is not None:
            for gear in user_input[CONF_PAIRS]:
                self._add_found(gear, found[gear], counts=user_input[CONF_COUNTS_FOUND])
            return await self.async_step_shoes()
        pairs = [SelectOptionDict(value=gear, label=pair.name) for gear, pair in found.items()]
        fields = {
            vol.Required(CONF_PAIRS, default=list(found)): SelectSelector(
                SelectSelectorConfig(options=pairs, multiple=True)
            ),
            vol.Required(CONF_COUNTS_FOUND, default=True): BooleanSelector(),
        }
        return self.async_show_form(step_id="found_pairs", data_schema=vol.Schema(fields))

    async def async_step_finish(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Add the runner with everything set up so far."""
        return self.async_create_entry(
            title=self._draft.entry.title,
            data=dict(self._draft.entry.data),
            description="runner",
            description_placeholders={"runner": escaped(self._draft.entry.title), "dashboards": DASHBOARDS},
            subentries=self._draft.subentries,
        )

    async def async_follow_up(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Continue with the address of a webhook, or with the treadmill; closing the screen loses nothing."""
        entry = result["result"]
        if entry.state is ConfigEntryState.LOADED:
            for upload in self._uploads:
                if await self._async_upload_errors_of(entry, upload):
                    LOGGER.warning("An upload for %s was lost, and can be repeated in the options", entry.title)
        for source in entry.get_subentries_of_type(SUBENTRY_SOURCE):
            if CONF_WEBHOOK in source.data:
                context = SubentryFlowContext(source=SOURCE_RECONFIGURE, subentry_id=source.subentry_id)
                shown = await self.hass.config_entries.subentries.async_init(
                    (entry.entry_id, SUBENTRY_SOURCE), context=context
                )
                result["next_flow"] = FlowType.CONFIG_SUBENTRIES_FLOW, shown["flow_id"]
                return result
        if self._wants_treadmill:
            menu = await self.hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
            await self.hass.config_entries.flow.async_configure(menu["flow_id"], {"next_step_id": "treadmill"})
            result["next_flow"] = FlowType.CONFIG_FLOW, menu["flow_id"]
        return result

    @callback
    @override
    def async_remove(self) -> None:
        """End the screen that is open."""
        super().async_remove()
        if self._open:
            self._open.async_remove()

    def _menu(self, step_id: str, options: list[str]) -> ConfigFlowResult:
        """Show a menu with the names of all subentries so far."""
        titles = {kind: [escaped(title) for title in self._titles(kind)] for kind in SCREENS}
        found = first_speaker(self.hass) if step_id == "speakers" else None
        return self.async_show_menu(
            step_id=step_id,
            menu_options=options,
            description_placeholders={
                "runner": escaped(self._draft.entry.title),
                "speaker": self._name_of(found[1][found[0]]) if found else "",
                "accounts": ", ".join(self._name_of(entity_id) for entity_id in sorted(anchors(self.hass))),
                "pairs": ", ".join(pair.name for pair in self._new_pairs().values()),
                **{f"{kind}s": ", ".join(titles[kind]) or "\N{EN DASH}" for kind in SCREENS},
            },
        )

    def _name_of(self, entity_id: str) -> str:
        state = self.hass.states.get(entity_id)
        name: str = state.attributes.get(ATTR_FRIENDLY_NAME, entity_id) if state else entity_id
        return name

    def _titles(self, kind: str) -> Iterator[str]:
        for subentry in self._draft.of_type(kind):
            yield subentry.title

    async def async_pass_on(self, kind: str, step: str, user_input: dict[str, Any] | None) -> ConfigFlowResult:
        """Let a subentry flow show a step, and keep its new subentry."""
        if self._open is None or (user_input is None and step in OPENING):
            self._open = self._opened(kind)
        result: SubentryFlowResult = await getattr(self._open, f"async_step_{step}")(user_input)
        if result["type"] is FlowResultType.CREATE_ENTRY:
            return await self._async_keep(kind, result["title"] or "", dict(result["data"]))
        if "step_id" not in result or not (kind == SUBENTRY_SHOE or result["step_id"] in PASSED_ON):
            # The screen leads nowhere on this path, such as one about an integration that was just removed.
            return await self._async_menu(BEFORE[kind])
        return cast("ConfigFlowResult", {**result, "flow_id": self.flow_id, "handler": self.handler})

    def _opened(self, kind: str) -> RunnerSubentryFlow:
        flow = self._shoe_flow() if kind == SUBENTRY_SHOE else SCREENS[kind]()
        flow.hass, flow.flow_id, flow.handler = self.hass, self.flow_id, (self._draft.entry.entry_id, kind)
        flow.context = SubentryFlowContext(source=SOURCE_USER)
        flow.draft = self._draft.entry
        return flow

    def _shoe_flow(self) -> ShoeFlow:
        flow = ShoeFlow()
        flow.hass = self.hass
        since = [shoe.data[FIRST_USED.key] for shoe in self._draft.of_type(SUBENTRY_SHOE)]
        first = min(since, default=date.max.isoformat())
        flow.found = [run.day for run in self._found_runs if run.day.isoformat() < first]
        return flow

    async def _async_keep(self, kind: str, title: str, data: dict[str, Any]) -> ConfigFlowResult:
        """Add a subentry to the draft, and show the next menu."""
        self._open = None
        self._draft.add(kind, title, data)
        if kind == SUBENTRY_SOURCE:
            sources = self._draft.of_type(SUBENTRY_SOURCE)
            self._found_runs = await async_found_runs(self.hass, sources)
            self._found_pairs = await async_found_pairs(self.hass, sources)
        return await self._async_menu(AFTER[kind])

    async def _async_menu(self, step: str) -> ConfigFlowResult:
        menu: ConfigFlowResult = await getattr(self, f"async_step_{step}")()
        return menu

    def _new_pairs(self) -> dict[str, FoundPair]:
        """Return the pairs that sources know and that are not here yet; one of the same name needs no link."""
        known = {title.casefold() for title in self._titles(SUBENTRY_SHOE)}
        return {gear: pair for gear, pair in self._found_pairs.items() if pair.name.casefold() not in known}

    def _add_found(self, gear: str, pair: FoundPair, *, counts: bool) -> None:
        """Add a pair that a source knows, and link it there; runs in it may count from the first."""
        if pair.name.casefold() in {title.casefold() for title in self._titles(SUBENTRY_SHOE)}:
            return
        flow = self._shoe_flow()
        values = flow.unworn()
        if counts and (days := [run.day for run in self._found_runs if run.gear == gear]):
            values[FIRST_USED.key] = days[0].isoformat()
        shoe = self._draft.add(SUBENTRY_SHOE, pair.name, flow.stored(values))
        self._draft.link(pair.source, gear, shoe)


def _passed_on(kind: str, step: str) -> Step:
    async def show(flow: PathSteps, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        return await flow.async_pass_on(kind, step, user_input)

    return show


for _step, _kind in PASSED_ON.items():
    setattr(PathSteps, f"async_step_{_step}", _passed_on(_kind, _step))
