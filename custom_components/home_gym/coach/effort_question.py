"""The question about an outing's effort on the runner's phones, after a prompt that was answered there."""

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..data import RunnerData
from ..gym import verbs
from ..gym.back.typed_score import typed_score
from ..gym.runs.exertion import EASIEST, HARDEST
from ..gym.speech.phrases import line
from ..speech.phones import Notification, async_notify_phones

EFFORT = "effort"
TYPED = "typed"
# Scores of the buttons, where a phone shows only some.
COMMONEST = (3, 5, 7)
SCORES = range(EASIEST, HARDEST + 1)


async def async_ask_effort(hass: HomeAssistant, gym: RunnerData) -> None:
    """Ask about the effort of the latest outing, unless that was asked or isn't wanted."""
    if not gym.runner.effort.may_ask(dt_util.utcnow()):
        return
    await gym.coordinator.async_apply(verbs.ask_effort())
    tag = f"{DOMAIN}_prompt/{gym.entry.entry_id}/{EFFORT}"
    phrases = gym.phrases
    await async_notify_phones(
        hass,
        gym.entry,
        Notification(
            title=line(phrases, "prompt.title"),
            message=line(phrases, "assist.effort_ask"),
            tag=tag,
            buttons={f"{tag}/{score}": line(phrases, f"answer.effort_{score}") for score in COMMONEST},
            reply={f"{tag}/{TYPED}": line(phrases, "answer.pain_typed")},
        ),
    )


def score_of(text: str) -> int | None:
    """Return the score of a button or of a typed reply, None for any other text."""
    score = typed_score(text, worst=())
    return int(score) if score is not None and score in SCORES else None
