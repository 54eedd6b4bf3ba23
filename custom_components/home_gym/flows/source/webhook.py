"""Screens of a webhook for phones and services."""

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import Any, override

import voluptuous as vol

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntryState,
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.selector import TextSelector

from ...const import CONF_LOCAL_ONLY, CONF_RUNS, CONF_SECRET, CONF_WEBHOOK
from ...gym.recordings.phone_json import RUN_NAMES
from ...ha import webhook
from ...languages import async_phrases
from ...options.field import form
from ...options.source import APP, WEBHOOK, with_unnamed_runs
from ...sources import SourceConfig
from ...sources.webhook.address import new_secret, url_of
from ...sources.webhook.endpoint import PostResponse, listen, on_answer

# Seconds for the user to send a first post.
WAIT = 300

MENU_OPTIONS = ["webhook_test", "webhook_finish"]


class WebhookSteps(ConfigSubentryFlow):
    """Flow steps for a webhook: its secret address, the instructions, and a first post.

    Posts during the test are real: they are recorded like any later one.
    """

    _webhook_title = ""
    _webhook_data: dict[str, Any]
    _webhook_waiting: asyncio.Task[None] | None = None
    _webhook_answer: PostResponse | None = None
    _webhook_shown: tuple[str, dict[str, str]]
    _webhook_arrived: asyncio.Event
    _webhook_hang_up: CALLBACK_TYPE | None = None
    _webhook_give_up: CALLBACK_TYPE | None = None

    async def async_step_webhook(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the app or service that posts."""
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="runner_not_loaded")
        if user_input is None:
            return self._webhook_form("webhook", {CONF_RUNS: list(RUN_NAMES)})
        errors = self._webhook_errors_of(user_input)
        if errors:
            return self._webhook_form("webhook", user_input, errors)
        self._webhook_save(user_input, {CONF_SECRET: new_secret(), CONF_WEBHOOK: webhook.async_generate_id()})
        config = SourceConfig(
            subentry_id="",
            runner=entry.title,
            data=self._webhook_data,
            phrases=await async_phrases(self.hass, self.hass.config.language),
        )
        self._webhook_close()
        self._webhook_give_up = listen(self.hass, config, entry.runtime_data.coordinator.async_deliver)
        return self._webhook_open()

    async def async_step_reconfigure_webhook(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask again for the app or service; the address stays."""
        subentry = self._get_reconfigure_subentry()
        if user_input is None:
            return self._webhook_form("reconfigure_webhook", {CONF_NAME: subentry.title, **subentry.data})
        errors = self._webhook_errors_of(user_input, subentry)
        if errors:
            return self._webhook_form("reconfigure_webhook", user_input, errors)
        addresses = {key: subentry.data[key] for key in (CONF_SECRET, CONF_WEBHOOK) if key in subentry.data}
        self._webhook_save(user_input, addresses)
        self._webhook_close()
        return self._webhook_open()

    async def _async_webhook_address(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the address and the instructions, in the words of the app."""
        return self._webhook_address()

    async_step_address_health_auto_export = _async_webhook_address
    async_step_address_health_connect = _async_webhook_address
    async_step_address_shortcuts = _async_webhook_address
    async_step_address_service = _async_webhook_address
    async_step_address_other = _async_webhook_address

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
        """Save the source."""
        # The address keeps answering until the runner, with this source, is reloaded.
        self._webhook_give_up = None
        if self.source == SOURCE_RECONFIGURE:
            entry, subentry = self._get_entry(), self._get_reconfigure_subentry()
            return self.async_update_and_abort(entry, subentry, title=self._webhook_title, data=self._webhook_data)
        return self.async_create_entry(title=self._webhook_title, data=self._webhook_data)

    @callback
    @override
    def async_remove(self) -> None:
        """Give up an address that was not saved."""
        self._webhook_close()

    async def _async_webhook_wait(self) -> None:
        """Wait for a post, up to a time limit."""
        with suppress(TimeoutError):
            async with asyncio.timeout(WAIT):
                await self._webhook_arrived.wait()

    def _webhook_form(
        self, step: str, values: dict[str, Any], errors: dict[str, str] | None = None
    ) -> SubentryFlowResult:
        fields = vol.Schema({vol.Required(CONF_NAME): TextSelector(), **form(self.hass, WEBHOOK)})
        schema = self.add_suggested_values_to_schema(fields, values)
        return self.async_show_form(step_id=step, data_schema=schema, errors=errors)

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

    def _webhook_errors_of(self, user_input: dict[str, Any], changed: ConfigSubentry | None = None) -> dict[str, str]:
        name = user_input[CONF_NAME].strip().casefold()
        if not name:
            return {CONF_NAME: "name_missing"}
        others = (subentry for subentry in self._get_entry().subentries.values() if subentry is not changed)
        if any(CONF_WEBHOOK in other.data and other.title.casefold() == name for other in others):
            return {CONF_NAME: "name_taken"}
        return {}

    def _webhook_save(self, user_input: dict[str, Any], addresses: dict[str, str]) -> None:
        """Save the input."""
        self._webhook_title = user_input[CONF_NAME].strip()
        chosen = {field: user_input[field] for field in (APP.key, CONF_RUNS, CONF_LOCAL_ONLY)}
        self._webhook_data = with_unnamed_runs({**addresses, **chosen}, user_input)

    def _webhook_open(self) -> SubentryFlowResult:
        """Listen to the responses of the address, and show it."""

        @callback
        def hear(answer: PostResponse) -> None:
            self._webhook_answer = answer
            self._webhook_arrived.set()

        self._webhook_arrived = asyncio.Event()
        self._webhook_hang_up = on_answer(self.hass, self._webhook_data[CONF_WEBHOOK], hear)
        return self._webhook_address()

    def _webhook_address(self) -> SubentryFlowResult:
        return self._webhook_menu(f"address_{self._webhook_data[APP.key]}", {"url": self._webhook_url()})

    @callback
    def _webhook_close(self) -> None:
        """Stop listening, and give up an address that was not saved."""
        for end in filter(None, (self._webhook_hang_up, self._webhook_give_up)):
            end()
        self._webhook_hang_up = self._webhook_give_up = None

    def _webhook_url(self) -> str:
        return url_of(self.hass, self._webhook_data)
