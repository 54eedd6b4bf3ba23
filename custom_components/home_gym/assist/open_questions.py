"""Open questions: recent prompts that a spoken answer may mean, by the room that asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, callback

from ..data import RunnerData
from ..gym.prompts.topic import Topic
from ..gym.voice_commands import spoken
from .runner_lookup import VoiceLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open prompt and the speaker that asked; None for a speaker removed since."""

    gym: RunnerData
    topic: Topic
    speaker: ConfigSubentry | None


@callback
def async_open_questions(runners: Iterable[RunnerData], now: datetime) -> list[Question]:
    """Return the recent prompts, each runner's latest first."""
    return [
        Question(
            gym=gym,
            topic=prompt.topic,
            speaker=gym.entry.subentries.get(gym.runner.replies.channel_of(prompt) or ""),
        )
        for gym in runners
        # A runner in a routine has answered already; its end reports the session as done.
        if not gym.routines.is_running
        for prompt in gym.runner.replies.asked_lately(now)
    ]


@callback
def async_answerable(
    hass: HomeAssistant, questions: Sequence[Question], place: VoiceLocation, *, name: str | None = None
) -> list[Question]:
    """Return the questions that an answer spoken at a place may mean.

    These are the questions asked there. If the place of asking is unknown, they are those of the only runner with an
    open question, or of the named runner.
    """
    candidates = [question for question in questions if name is None or _is_called(question.gym, name)]
    if here := [question for question in candidates if place.hears(hass, question.speaker)]:
        return here
    if len({id(question.gym) for question in candidates}) > 1:
        return []
    return [question for question in candidates if place.hears(hass, question.speaker) is None]


def _is_called(gym: RunnerData, name: str) -> bool:
    return spoken(gym.entry.title) == spoken(name)
