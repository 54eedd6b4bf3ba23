"""Messages on a runner's phones, each cleared once its question is answered anywhere, expired or past."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..component import OnUnload
from ..const import DOMAIN
from ..data import RunnerData
from ..deadline import Deadline
from ..gym.coaching.messages import is_message_current, message_ends
from ..gym.coaching.turns import WITHOUT_REPLY
from ..gym.events import Event, PromptSpoken
from ..gym.prompts.prompt import PromptFact
from ..gym.prompts.topic import Topic
from ..speech.phones import async_clear


def prefix_of(entry_id: str) -> str:
    """Return the prefix of the tags and buttons of a runner's prompts."""
    return f"{DOMAIN}_prompt/{entry_id}/"


def tag_of(entry_id: str, topic: Topic) -> str:
    """Return the notification tag of a topic's prompts: a later one replaces the one before."""
    return f"{prefix_of(entry_id)}{topic}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedMessage:
    """A message on the phones: the check of its question, and the instant at which that changes by time alone."""

    is_open: Callable[[datetime], bool]
    ends: datetime | None = None


class PhoneMessages:
    """Clears messages on one runner's phones; those of prompts are found again after a restart."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Follow the messages to a runner."""
        self._hass = hass
        self._gym = gym
        self._deadline = Deadline(hass, self._async_handle_time)
        self._followed: dict[str, FollowedMessage] = {}

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_listen(self._async_handle_event))
        on_unload(self._gym.coordinator.async_add_listener(self._async_update))
        on_unload(self._deadline.async_cancel)
        now = dt_util.utcnow()
        for fact in sorted(self._gym.runner.journal.prompts.values(), key=lambda fact: fact.at):
            if is_message_current(fact, now) and fact.channel in self._gym.runner.settings.prompts.phones:
                self._async_follow_prompt(fact)

    @callback
    def async_follow(self, tag: str, message: FollowedMessage) -> None:
        """Follow a message by its tag, in place of an earlier one with it."""
        self._followed[tag] = message
        self._async_update()

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if isinstance(event, PromptSpoken) and event.channel in self._gym.runner.settings.prompts.phones:
            prompt = event.prompt
            if fact := self._gym.runner.replies.fact_of(prompt.topic, prompt.id, dt_util.utcnow()):
                self._async_follow_prompt(fact)

    @callback
    def _async_follow_prompt(self, fact: PromptFact) -> None:
        if fact.topic in WITHOUT_REPLY:
            return

        def is_open(now: datetime) -> bool:
            latest = self._gym.runner.journal.prompts.get(fact.key)
            return latest is not None and is_message_current(latest, now)

        tag = tag_of(self._gym.entry.entry_id, fact.topic)
        self.async_follow(tag, FollowedMessage(is_open=is_open, ends=message_ends(fact)))

    async def _async_handle_time(self, _now: datetime) -> None:
        self._async_update()

    @callback
    def _async_update(self) -> None:
        """Clear the messages without an open question, and set the timer."""
        now, entry = dt_util.utcnow(), self._gym.entry
        for tag, message in list(self._followed.items()):
            if not message.is_open(now):
                del self._followed[tag]
                entry.async_create_background_task(
                    self._hass, async_clear(self._hass, entry, tag), f"{entry.title}: message cleared"
                )
        ends = (message.ends for message in self._followed.values())
        self._deadline.async_set(min((end for end in ends if end and end > now), default=None))
