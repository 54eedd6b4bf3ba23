"""Screens of a webhook for phones and services."""

import asyncio
from contextlib import suppress
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, override

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentry, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.selector import QrCodeSelector, QrCodeSelectorConfig, TextSelector
from homeassistant.helpers.translation import async_get_translations

from ...const import (
    CONF_LOCAL_ONLY,
    CONF_RUNS,
    CONF_SECRET,
    CONF_UNNAMED_RUNS,
    CONF_WEBHOOK,
    DOMAIN,
    SUBENTRY_SOURCE,
)
from ...gym.recordings.phone_json import RUN_NAMES
from ...ha import webhook
from ...options.field import form_in_sections, in_sections, out_of_sections
from ...options.source import APP, WEBHOOK, with_unnamed_runs
from ...sources.webhook.address import new_secret, url_of
from ...sources.webhook.endpoint import PostResponse, on_answer
from ..subentry import DASHBOARDS, RunnerSubentryFlow

# Seconds for the user to send a first post.
WAIT = 300

MENU_OPTIONS = ["webhook_code", "webhook_test", "webhook_change", "webhook_finish"]

CONF_ADDRESS, CONF_CODE = "address", "code"
"""Fields of the screen to copy an address from."""

NAMED_APPS = {"health_auto_export", "health_connect", "shortcuts"}
"""The apps with a name that suits a source."""


class WebhookSteps(RunnerSubentryFlow):
    """Flow steps for a webhook: its secret address, the instructions, and a first post.

    The source is saved before its address is shown, so that closing the screen loses nothing. Posts during the test
    are real: they are recorded like any later one.
    """

    _webhook_source: ConfigSubentry
    _webhook_waiting: asyncio.Task[None] | None = None
    _webhook_answer: PostResponse | None = None
    _webhook_shown: tuple[str, dict[str, str]]
    _webhook_arrived: asyncio.Event
    _webhook_hang_up: CALLBACK_TYPE | None = None

    async def async_step_webhook(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the app or service that posts, and save the source."""
        if user_input is None:
            return self._webhook_form("webhook", {CONF_RUNS: list(RUN_NAMES)})
        filled_in = out_of_sections(WEBHOOK, user_input)
        title = await self._async_webhook_title(filled_in)
        if errors := self._webhook_errors_of(title):
            return self._webhook_form("webhook", filled_in, errors)
        data = _data_of(filled_in, {CONF_SECRET: new_secret(), CONF_WEBHOOK: webhook.async_generate_id()})
        if self.draft:
            return self.async_create_entry(title=title, data=data)
        self._webhook_source = ConfigSubentry(
            data=MappingProxyType(data), subentry_type=SUBENTRY_SOURCE, title=title, unique_id=None
        )
        self.hass.config_entries.async_add_subentry(self._get_entry(), self._webhook_source)
        return self._webhook_open()

    async def async_step_reconfigure_webhook(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the address again; a form for the rest is one choice away."""
        self._webhook_source = self._get_reconfigure_subentry()
        return self._webhook_open()

    async def async_step_webhook_change(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask again for the app or service; the address stays."""
        source = self._webhook_source
        if user_input is None:
            return self._webhook_form("webhook_change", {CONF_NAME: source.title, **source.data})
        filled_in = out_of_sections(WEBHOOK, user_input)
        title = await self._async_webhook_title(filled_in)
        if errors := self._webhook_errors_of(title, source):
            return self._webhook_form("webhook_change", filled_in, errors)
        addresses = {key: source.data[key] for key in (CONF_SECRET, CONF_WEBHOOK) if key in source.data}
        entry = self._get_entry()
        self.hass.config_entries.async_update_subentry(entry, source, title=title, data=_data_of(filled_in, addresses))
        return self._webhook_open()

    async def _async_webhook_address(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the address and the instructions, in the words of the app."""
        return self._webhook_address()

    async_step_address_health_auto_export = _async_webhook_address
    async_step_address_health_connect = _async_webhook_address
    async_step_address_shortcuts = _async_webhook_address
    async_step_address_service = _async_webhook_address
    async_step_address_other = _async_webhook_address

    async def async_step_webhook_code(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the address as a code for the camera of a phone, and as a text to copy."""
        if user_input is not None:
            return self._webhook_address()
        url = self._webhook_url()
        fields = {
            vol.Optional(CONF_CODE): QrCodeSelector(QrCodeSelectorConfig(data=url, scale=5)),
            vol.Optional(CONF_ADDRESS, default=url): TextSelector(),
        }
        return self.async_show_form(step_id="webhook_code", data_schema=vol.Schema(fields))

    async def async_step_webhook_test(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Wait for a post."""
        if self._webhook_waiting is None:
            self._webhook_waiting = self.hass.async_create_task(self._async_webhook_wait())
        if not self._webhook_waiting.done():
            return self.async_show_progress(
                step_id="webhook_test", progress_action="webhook_test", progress_task=self._webhook_waiting
            )
        self._webhook_waiting = None
        return self.async_show_progress_done(next_step_id="webhook_result")

    async def async_step_webhook_result(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the result of the test post; the next test waits for another post."""
        answer, self._webhook_answer = self._webhook_answer, None
        self._webhook_arrived.clear()
        self._webhook_shown = self._webhook_result_of(answer)
        return self._webhook_menu(*self._webhook_shown)

    async def _async_webhook_again(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the result of the last test again."""
        return self._webhook_menu(*self._webhook_shown)

    async_step_webhook_heard = _async_webhook_again
    async_step_webhook_misheard = _async_webhook_again
    async_step_webhook_silent = _async_webhook_again

    async def async_step_webhook_finish(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """End; the source is saved."""
        return self.async_abort(reason="webhook_ready", description_placeholders={"dashboards": DASHBOARDS})

    @callback
    @override
    def async_remove(self) -> None:
        """Stop listening to the responses of the address."""
        self._webhook_close()

    async def _async_webhook_wait(self) -> None:
        """Wait for a post, up to a time limit."""
        with suppress(TimeoutError):
            async with asyncio.timeout(WAIT):
                await self._webhook_arrived.wait()

    def _webhook_form(
        self, step: str, values: dict[str, Any], errors: dict[str, str] | None = None
    ) -> SubentryFlowResult:
        used = {CONF_UNNAMED_RUNS} & values.keys()
        fields = {vol.Optional(CONF_NAME): TextSelector(), **form_in_sections(self.hass, WEBHOOK, used)}
        schema = self.add_suggested_values_to_schema(vol.Schema(fields), in_sections(WEBHOOK, values))
        return self.async_show_form(step_id=step, data_schema=schema, errors=errors)

    async def _async_webhook_title(self, filled_in: dict[str, Any]) -> str:
        """Return the name of a source, that of its app unless another is given."""
        if name := filled_in.get(CONF_NAME, "").strip():
            return str(name)
        kind = "config_subentries"
        texts = await async_get_translations(self.hass, self.hass.config.language, kind, {DOMAIN})
        app: str = filled_in[APP.key]
        step = f"address_{app}" if app in NAMED_APPS else "webhook"
        return texts.get(f"component.{DOMAIN}.{kind}.{SUBENTRY_SOURCE}.step.{step}.title", app)

    def _webhook_result_of(self, answer: PostResponse | None) -> tuple[str, dict[str, str]]:
        """Return the screen for a response, and its placeholders."""
        if answer is None:
            return "webhook_silent", {"url": self._webhook_url()}
        if answer.status is not HTTPStatus.OK:
            return "webhook_misheard", {"reason": answer.message or ""}
        refused = str(len(answer.refused))
        figures = {"taken": str(answer.taken), "runs": str(answer.runs), "doubtful": str(answer.doubtful)}
        return "webhook_heard", {**figures, "refused": refused}

    def _webhook_menu(self, step: str, placeholders: dict[str, str]) -> SubentryFlowResult:
        return self.async_show_menu(step_id=step, menu_options=MENU_OPTIONS, description_placeholders=placeholders)

    def _webhook_errors_of(self, title: str, changed: ConfigSubentry | None = None) -> dict[str, str]:
        mine = changed.subentry_id if changed else None
        others = (each for each in self._get_entry().subentries.values() if each.subentry_id != mine)
        if any(CONF_WEBHOOK in other.data and other.title.casefold() == title.casefold() for other in others):
            return {CONF_NAME: "name_taken"}
        return {}

    def _webhook_open(self) -> SubentryFlowResult:
        """Listen to the responses of the address, and show it."""

        @callback
        def hear(answer: PostResponse) -> None:
            self._webhook_answer = answer
            self._webhook_arrived.set()

        self._webhook_close()
        self._webhook_arrived = asyncio.Event()
        self._webhook_hang_up = on_answer(self.hass, self._webhook_source.data[CONF_WEBHOOK], hear)
        return self._webhook_address()

    def _webhook_address(self) -> SubentryFlowResult:
        return self._webhook_menu(f"address_{self._webhook_source.data[APP.key]}", {"url": self._webhook_url()})

    @callback
    def _webhook_close(self) -> None:
        """Stop listening to the responses of the address."""
        if self._webhook_hang_up:
            self._webhook_hang_up()
        self._webhook_hang_up = None

    def _webhook_url(self) -> str:
        return url_of(self.hass, self._webhook_source.data)


def _data_of(filled_in: dict[str, Any], addresses: dict[str, str]) -> dict[str, Any]:
    """Return the data of a source with its addresses."""
    chosen = {field: filled_in[field] for field in (APP.key, CONF_RUNS, CONF_LOCAL_ONLY)}
    return with_unnamed_runs({**addresses, **chosen}, filled_in)
