"""The question about an outing's effort on the runner's phones, after a prompt that was answered there."""

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..data import RunnerData
from ..gym import verbs
from ..gym.back.typed_score import typed_score
from ..gym.coaching.effort_questions import RATED_WITHIN
from ..gym.journal.held import A_MOMENT
from ..gym.runs.exertion import EASIEST, HARDEST
from ..gym.speech.phrases import line
from ..speech.phones import Notification, async_notify_phones
from .phone_messages import FollowedMessage, PhoneMessages, prefix_of

EFFORT = "effort"
TYPED = "typed"
# Scores of the buttons, where a phone shows only some.
COMMONEST = (3, 5, 7)
SCORES = range(EASIEST, HARDEST + 1)


async def async_ask_effort(hass: HomeAssistant, gym: RunnerData, messages: PhoneMessages) -> None:
    """Ask about the effort of the latest outing, unless that was asked or isn't wanted."""
    now, effort = dt_util.utcnow(), gym.runner.effort
    if not effort.may_ask(now):
        return
    run = effort.unrated(now)[-1]
    await gym.coordinator.async_apply(verbs.ask_effort())
    tag = f"{prefix_of(gym.entry.entry_id)}{EFFORT}"
    phrases = gym.phrases
    await async_notify_phones(
        hass,
        gym.entry,
        Notification(
            title=line(phrases, "prompt.title"),
            message=line(phrases, "assist.effort_ask"),
            tag=tag,
            buttons={f"{tag}/{score}/{run.id}": line(phrases, f"answer.effort_{score}") for score in COMMONEST},
            reply={f"{tag}/{TYPED}/{run.id}": line(phrases, "answer.pain_typed")},
        ),
    )
    messages.async_follow(
        tag,
        FollowedMessage(
            is_open=lambda then: bool(effort.unrated_with(run.id, then)), ends=run.end + RATED_WITHIN + A_MOMENT
        ),
    )


def score_of(text: str) -> int | None:
    """Return the score of a button or of a typed reply, None for any other text."""
    score = typed_score(text, worst=())
    return int(score) if score is not None and score in SCORES else None
