"""Home Gym as tools for language models."""

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.llm import LLM_API_ASSIST, LLMContext

from .assist.tools import TOOLS
from .data import async_loaded_runners


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tools while a runner is set up; Assist alone gets them."""
    runners = [runner.entry.title for runner in async_loaded_runners(hass)]
    if api_id != LLM_API_ASSIST or not runners:
        return None
    return LLMTools(tools=[tool(runners) for tool in TOOLS])
