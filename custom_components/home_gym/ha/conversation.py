"""The built-in conversation agent. Import this only once the `conversation` component is set up."""

from collections.abc import Awaitable, Callable
from copy import copy
from dataclasses import replace
from typing import Any

from homeassistant.components.conversation import (
    HOME_ASSISTANT_AGENT,
    ChatLog,
    ConversationInput,
    agent_manager,  # integrations have no public way to register sentences; sentence triggers use this one
    async_converse,  # hands a sentence on to a model; the public action has no satellite
    async_handle_intents,  # hands a sentence on to the agent; the public action would call us again
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.intent import IntentResponse

__all__ = [
    "HOME_ASSISTANT_AGENT",
    "SentenceRegistrar",
    "async_answer_by_agent",
    "async_converse",
    "async_handle_intents",
    "async_prepare_sentences",
    "async_sentence_registrar",
]

type SentenceRegistrar = Callable[
    [list[str], Callable[[ConversationInput, Any], Awaitable[str | None]]],
    CALLBACK_TYPE,
]


@callback
def async_sentence_registrar(hass: HomeAssistant) -> SentenceRegistrar | None:
    """Return the agent's function that registers sentences with a handler, or None if it no longer has one."""
    get_manager = getattr(agent_manager, "get_agent_manager", None)
    return getattr(get_manager(hass), "register_trigger", None) if get_manager else None


async def async_answer_by_agent(
    hass: HomeAssistant, user_input: ConversationInput, chat_log: ChatLog, *, guesses: bool
) -> IntentResponse | None:
    """Let the built-in agent answer as if no sentence were registered, or return None if it no longer can.

    The public function for intents drops the agent's own words about a wrong name and about an unknown sentence. With
    `guesses` the agent may guess the meaning of a sentence that it doesn't know.
    """
    agent = agent_manager.get_agent_manager(hass).default_agent
    process = getattr(agent, "_async_process_intent_result", None)
    if agent is None or process is None:
        return None
    # The agent remembers that a text is none of its intents, and then looks no further; with a space it is another one.
    result = await agent.async_recognize_intent(replace(user_input, text=f"{user_input.text} "))
    guess = getattr(agent, "_async_gazetteer_fallback", None)
    response: IntentResponse | None = None
    if guesses and guess and (result is None or result.unmatched_entities):
        response = await guess(result, user_input, chat_log)
    return response or await process(result, user_input, chat_log)


async def async_prepare_sentences(hass: HomeAssistant) -> None:
    """Compile the registered sentences in the executor.

    Otherwise the agent compiles them in the event loop with the next sentence, for more than half a second.
    """
    agent = agent_manager.get_agent_manager(hass).default_agent
    config = getattr(agent, "_trigger_intents_config", None)
    if agent is None or not config or not hasattr(agent, "_rebuild_trigger_intents"):
        return
    if agent._trigger_intents is not None:  # noqa: SLF001
        return
    # The manager changes its sentences in place, also while they are compiled: a stale result would name handlers that
    # are gone, and each sentence would be answered by "Done". So a copy of the agent compiles a copy of the sentences.
    sentences = dict(config.get("intents", {}))
    compiler = copy(agent)
    compiler._trigger_intents_config = {**config, "intents": sentences}  # noqa: SLF001
    await hass.async_add_executor_job(compiler._rebuild_trigger_intents)  # noqa: SLF001
    if agent._trigger_intents is None and sentences.keys() == config["intents"].keys():  # noqa: SLF001
        agent._trigger_intents = compiler._trigger_intents  # noqa: SLF001
