"""The monthly questions about how much the back limits, on the runner's phones: a notification that opens the card."""

from datetime import datetime

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..component import OnUnload
from ..const import DOMAIN
from ..data import RunnerData
from ..deadline import Deadline
from ..gym.speech.phrases import line
from ..speech.phones import Notification, async_notify_phones
from .back_link import async_back_card
from .phone_messages import FollowedMessage, PhoneMessages


class FunctionQuestion:
    """Asks once a month in the morning, while the runner is at home; the card asks until there is an answer."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData, messages: PhoneMessages) -> None:
        """Ask a runner."""
        self._hass = hass
        self._gym = gym
        self._messages = messages
        self._deadline = Deadline(hass, self._async_handle_time)
        self._turn: datetime | None = None

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_add_listener(self._async_update))
        on_unload(self._deadline.async_cancel)
        self._async_update()

    async def _async_handle_time(self, _now: datetime) -> None:
        self._async_update()

    @callback
    def _async_update(self) -> None:
        """Ask if the turn has come, and set the timer for the next one."""
        now, questions, entry = dt_util.utcnow(), self._gym.runner.function_questions, self._gym.entry
        has_come = self._turn is not None and self._turn <= now
        self._turn = questions.next_turn(now)
        self._deadline.async_set(self._turn)
        if has_come and questions.is_due(now) and self._gym.coordinator.home:
            entry.async_create_background_task(self._hass, self._async_ask(), f"{entry.title}: monthly questions")

    async def _async_ask(self) -> None:
        phrases, entry = self._gym.phrases, self._gym.entry
        # Only the back card has the questions.
        card = await async_back_card(self._hass, entry)
        if card is None:
            return
        tag = f"{DOMAIN}_function/{entry.entry_id}"
        await async_notify_phones(
            self._hass,
            entry,
            Notification(
                title=line(phrases, "prompt.title"),
                message=line(phrases, "function.ask", runner=entry.title),
                tag=tag,
                pages={card: line(phrases, "function.open")},
                link=card,
            ),
        )
        self._messages.async_follow(tag, FollowedMessage(is_open=self._gym.runner.function_questions.is_due))
