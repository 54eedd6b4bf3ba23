"""What all tools of language models share: they concern one runner, and do what could be said or return figures."""

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
from .intents import AnswerError, async_answer, async_meant
from .runner_lookup import async_voice_location


class HomeGymTool(Tool):
    """What all tools of the gym share: they concern one runner, and tell a model what went wrong."""

    integration = DOMAIN

    def __init__(self, runners: Sequence[str], fields: Mapping[vol.Marker, Any] | None = None) -> None:
        """Let a model choose among the runners."""
        runner = vol.Optional("runner", description="Whom it is about. Leave it out where nobody is named.")
        self.parameters = vol.Schema({runner: vol.In(list(runners)), **(fields or {})})

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Do what a model wants for somebody."""
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
        """Return what a model gets to know; raises AnswerError."""
        raise NotImplementedError


class CommandTool(HomeGymTool):
    """A tool that does what could be said, too, and returns what would be answered."""

    def wish(self, _arguments: Mapping[str, str]) -> VoiceCommand:
        """Return what is wanted."""
        raise NotImplementedError

    @override
    async def _async_perform(
        self, hass: HomeAssistant, arguments: Mapping[str, str], llm_context: LLMContext
    ) -> dict[str, Any]:
        answer = await async_answer(
            hass,
            self.wish(arguments),
            arguments,
            place=async_voice_location(hass, device_id=llm_context.device_id),
            phrases=await async_phrases(hass, llm_context.language or FALLBACK_LANGUAGE),
            context=llm_context.context,
        )
        return {"answer": answer}


class FiguresTool(HomeGymTool):
    """A tool that returns figures."""

    def figures(self, _hass: HomeAssistant, _gym: RunnerData) -> dict[str, Any]:
        """Return the figures of a runner."""
        raise NotImplementedError

    @override
    async def _async_perform(
        self, hass: HomeAssistant, arguments: Mapping[str, str], llm_context: LLMContext
    ) -> dict[str, Any]:
        gym = async_meant(
            hass,
            None,
            arguments.get("runner"),
            place=async_voice_location(hass, device_id=llm_context.device_id),
            phrases=await async_phrases(hass, llm_context.language or FALLBACK_LANGUAGE),
        )
        return {"runner": gym.entry.title, **self.figures(hass, gym)}
