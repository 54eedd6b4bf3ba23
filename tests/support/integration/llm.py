"""Calls of the tools for language models."""

from typing import Any

from custom_components.home_gym.const import DOMAIN
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm
from homeassistant.helpers.llm import ToolResult
from homeassistant.setup import async_setup_component


def asked_in(language: str = "en") -> llm.LLMContext:
    """Return the context of a request."""
    return llm.LLMContext(
        platform="test", context=Context(), language=language, assistant="conversation", device_id=None
    )


async def tools_of(hass: HomeAssistant, language: str = "en") -> llm.APIInstance:
    """Return a model's view of Assist."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    assert await async_setup_component(hass, "llm", {})
    return await llm.async_get_api(hass, llm.LLM_API_ASSIST, asked_in(language))


async def call(hass: HomeAssistant, tool: str, *, language: str = "en", **arguments: Any) -> ToolResult:
    """Call a tool as a model does."""
    assist = await tools_of(hass, language)
    result = await assist.async_call_tool(llm.ToolInput(tool_name=f"{DOMAIN}__{tool}", tool_args=arguments))
    await hass.async_block_till_done()
    return result
