"""A milestone in words."""

from homeassistant.core import HomeAssistant

from ..data import RunnerData
from ..gym.coaching.milestones import A_LONG_WAY
from ..gym.habits.milestone import Milestone, MilestoneKind
from ..gym.speech.phrases import line
from ..languages import formats_of
from ..words import distance


def milestone_in_words(hass: HomeAssistant, gym: RunnerData, milestone: Milestone, turn: int = 0) -> str:
    """Return the line with a milestone; `turn` chooses its wording."""
    phrases = gym.phrases
    if milestone.kind is not MilestoneKind.HUNDRED_KILOMETRES:
        return line(phrases, f"milestone.{milestone.kind}.{milestone.subject}", turn=turn)
    spoken = distance(phrases, formats_of(hass, phrases), A_LONG_WAY, hass.config.units)
    shoe = gym.entry.subentries[milestone.subject].title
    return line(phrases, f"milestone.{milestone.kind}", turn=turn, distance=spoken, shoe=shoe)
