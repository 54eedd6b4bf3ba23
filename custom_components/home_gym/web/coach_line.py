"""The coach's state in words, as the answer to "why didn't you ask?" has it."""

from datetime import datetime

from homeassistant.core import HomeAssistant

from ..data import RunnerData
from ..gym.coaching.silence import SilenceStatus
from ..gym.prompts.topic import Topic
from ..gym.speech.phrases import Phrases
from ..languages import formats_of
from ..words import say, topic_name
from .documents import CoachLine


def coach_line(hass: HomeAssistant, gym: RunnerData, phrases: Phrases, now: datetime) -> CoachLine:
    """Return the reason for the coach's present silence, and that for its latest question left out."""
    explanations = gym.runner.explanations
    waits, unasked = explanations.waits(now), explanations.unasked(now)
    return CoachLine(
        silence=_explained(hass, gym, phrases, waits) if waits else None,
        unasked=_explained(hass, gym, phrases, unasked[1], unasked[0].topic) if unasked else None,
        topic=topic_name(phrases, unasked[0].topic) if unasked else None,
        at=unasked[0].at if unasked else None,
    )


def _explained(
    hass: HomeAssistant, gym: RunnerData, phrases: Phrases, status: SilenceStatus, topic: Topic | None = None
) -> str:
    calendar = gym.runner.settings.calendar
    time = formats_of(hass, phrases).spoken_time(calendar.time_of(status.until)) if status.until else ""
    habit = topic_name(phrases, topic) if topic else ""
    return say(phrases, f"silent.{status.reason}", habit=habit, time=time)
