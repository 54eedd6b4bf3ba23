"""Dialogue about a back or a form check: the latest spoken question to each runner, and the room of the question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..data import RunnerData
from ..gym.back.signs import Question
from ..gym.back.words import BodySentence
from ..gym.prompts.prompt import ANSWERABLE_FOR
from ..gym.voice_commands import RestPeriod, spoken
from .runner_lookup import VoiceLocation

SIGNAL_BACK_DIALOGUE = f"{DOMAIN}_back_dialogue"


class Expected(StrEnum):
    """Answer that a spoken question expects."""

    SCORE = "score"
    ANSWER = "answer"
    CONFIRMATION = "confirmation"
    NOTICE = "notice"
    FORM = "form"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDialogue:
    """A spoken question to a runner.

    `answered` is the question whose answer is to be confirmed, None for a report; `unrated` is a sentence without its
    score, or of an illness with the `period` of its rest, until the runner has confirmed it.
    """

    gym: RunnerData
    expected: Expected
    place: VoiceLocation
    at: datetime
    answered: Question | None = None
    unrated: BodySentence | None = None
    period: RestPeriod | None = None


_DIALOGUES: HassKey[dict[str, OpenDialogue]] = HassKey(f"{DOMAIN}_back_dialogues")


@callback
def async_open_dialogue(
    hass: HomeAssistant,
    gym: RunnerData,
    expected: Expected,
    place: VoiceLocation,
    *,
    answered: Question | None = None,
    unrated: BodySentence | None = None,
    period: RestPeriod | None = None,
) -> None:
    """Open a dialogue with a runner, in place of an earlier one."""
    hass.data.setdefault(_DIALOGUES, {})[gym.entry.entry_id] = OpenDialogue(
        gym=gym,
        expected=expected,
        place=place,
        at=dt_util.utcnow(),
        answered=answered,
        unrated=unrated,
        period=period,
    )
    async_dispatcher_send(hass, SIGNAL_BACK_DIALOGUE)


@callback
def async_close_dialogue(hass: HomeAssistant, gym: RunnerData) -> None:
    """Close the dialogue with a runner."""
    if hass.data.get(_DIALOGUES, {}).pop(gym.entry.entry_id, None):
        async_dispatcher_send(hass, SIGNAL_BACK_DIALOGUE)


@callback
def async_open_dialogues(hass: HomeAssistant, runners: Iterable[RunnerData], now: datetime) -> list[OpenDialogue]:
    """Return the recent dialogues with runners that are loaded."""
    loaded = {id(gym) for gym in runners}
    dialogues = hass.data.get(_DIALOGUES, {}).values()
    return [each for each in dialogues if id(each.gym) in loaded and now - each.at <= ANSWERABLE_FOR]


@callback
def async_dialogue_at(
    hass: HomeAssistant, runners: Iterable[RunnerData], place: VoiceLocation, *, name: str | None = None
) -> OpenDialogue | None:
    """Return the dialogue that an answer spoken at a place belongs to.

    It is the latest of this room; if a room is unknown, the only one, or that of the named runner.
    """
    now = dt_util.utcnow()
    candidates = [
        each
        for each in async_open_dialogues(hass, runners, now)
        if name is None or spoken(each.gym.entry.title) == spoken(name)
    ]
    if here := [each for each in candidates if _is_same(each.place, place)]:
        return max(here, key=lambda each: each.at)
    unknown = [each for each in candidates if _is_same(each.place, place) is None]
    return unknown[0] if len(unknown) == len(candidates) == 1 else None


def _is_same(asked: VoiceLocation, here: VoiceLocation) -> bool | None:
    """Return whether two places are one room; None if either is unknown."""
    if asked.satellite and asked.satellite == here.satellite:
        return True
    if asked.area and here.area:
        return asked.area == here.area
    return None
