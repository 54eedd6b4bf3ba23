"""Base classes of the language-model tools, each for one runner."""

from collections.abc import Mapping, Sequence
from typing import Any, override

import voluptuous as vol

from homeassistant.core import HomeAssistant
from homeassistant.helpers.llm import LLMContext, Tool, ToolInput, ToolResult

from ..const import DOMAIN
from ..data import RunnerData
from ..gym.speech.phrases import FALLBACK_LANGUAGE
from ..gym.voice_commands import VoiceCommand
from ..languages import async_phrases
from ..permissions import async_caller
from .intents import AnswerError, async_answer, async_runner_of
from .runner_lookup import async_voice_location


class HomeGymTool(Tool):
    """Tool for one runner, with errors reported to the model."""

    integration = DOMAIN

    def __init__(self, runners: Sequence[str], fields: Mapping[vol.Marker, Any] | None = None) -> None:
        """Offer the runners' names as an argument."""
        runner = vol.Optional("runner", description="The runner. Leave it out if no runner is named.")
        self.parameters = vol.Schema({runner: vol.In(list(runners)), **(fields or {})})

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Perform the tool for a runner."""
        try:
            arguments = self.parameters(tool_input.tool_args)
        except vol.Invalid as error:
            return ToolResult(data={"error": str(error)}, error=True)
        try:
            return ToolResult(data=await self._async_perform(hass, arguments, llm_context))
        except AnswerError as error:
            return ToolResult(data={"error": str(error)}, error=True)

    async def _async_perform(
        self, hass: HomeAssistant, arguments: Mapping[str, str], llm_context: LLMContext
    ) -> dict[str, Any]:
        """Return the tool's result; raises AnswerError."""
        raise NotImplementedError


class CommandTool(HomeGymTool):
    """Tool that performs a voice command and returns the spoken answer."""

    def command(self, _arguments: Mapping[str, str]) -> VoiceCommand:
        """Return the voice command."""
        raise NotImplementedError

    @override
    async def _async_perform(
        self, hass: HomeAssistant, arguments: Mapping[str, str], llm_context: LLMContext
    ) -> dict[str, Any]:
        answer = await async_answer(
            hass,
            self.command(arguments),
            arguments,
            place=async_voice_location(hass, device_id=llm_context.device_id),
            phrases=await async_phrases(hass, llm_context.language or FALLBACK_LANGUAGE),
            context=llm_context.context,
        )
        return {"answer": answer}


class FiguresTool(HomeGymTool):
    """Tool that returns figures."""

    def figures(self, _hass: HomeAssistant, _gym: RunnerData) -> dict[str, Any]:
        """Return a runner's figures."""
        raise NotImplementedError

    @override
    async def _async_perform(
        self, hass: HomeAssistant, arguments: Mapping[str, str], llm_context: LLMContext
    ) -> dict[str, Any]:
        gym = async_runner_of(
            hass,
            None,
            arguments.get("runner"),
            place=async_voice_location(hass, device_id=llm_context.device_id),
            phrases=await async_phrases(hass, llm_context.language or FALLBACK_LANGUAGE),
            caller=await async_caller(hass, llm_context.context),
        )
        return {"runner": gym.entry.title, **self.figures(hass, gym)}
