"""Which prompt a word is meant for: answers belong to the room in which was asked."""

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
    """A prompt that a word may answer, and the speaker that asked; None where that was removed since."""

    gym: RunnerData
    topic: Topic
    speaker: ConfigSubentry | None


@callback
def async_questions(runners: Iterable[RunnerData], now: datetime) -> list[Question]:
    """Return what was asked lately, of each runner the latest first."""
    return [
        Question(
            gym=gym,
            topic=prompt.topic,
            speaker=gym.entry.subentries.get(gym.runner.replies.channel_of(prompt) or ""),
        )
        for gym in runners
        # Who is doing what was asked for has answered; "done" is then told by the routine's own end.
        if not gym.routines.is_running
        for prompt in gym.runner.replies.asked_lately(now)
    ]


@callback
def async_answered(
    hass: HomeAssistant, questions: Sequence[Question], place: VoiceLocation, *, name: str | None = None
) -> list[Question]:
    """Return the questions of which a word that is said at a place may answer one.

    These are the ones that were asked there. Where nothing tells where that was, they are the ones of the only runner
    who was asked, or is named.
    """
    of_named = [one for one in questions if name is None or _is_called(one.gym, name)]
    if here := [one for one in of_named if place.hears(hass, one.speaker)]:
        return here
    if len({id(one.gym) for one in of_named}) > 1:
        return []
    return [one for one in of_named if place.hears(hass, one.speaker) is None]


def _is_called(gym: RunnerData, name: str) -> bool:
    return spoken(gym.entry.title) == spoken(name)
