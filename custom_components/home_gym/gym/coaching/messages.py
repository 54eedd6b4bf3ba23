"""Messages about prompts on phones: the time in which each is of use."""

from datetime import datetime

from ..habits.habit import Habit
from ..prompts.prompt import TRIGGER_LASTS, PromptFact, PromptState
from .answers import asked_at

CURRENT = frozenset({PromptState.SPEAKING, PromptState.SPOKEN})


def message_ends(fact: PromptFact) -> datetime | None:
    """Return the instant from which the message of a prompt is past, None while only its outcome ends it.

    A warm-up can be answered after the run, but the run has begun by then.
    """
    return asked_at(fact) + TRIGGER_LASTS if fact.topic is Habit.WARM_UP else None


def is_message_current(fact: PromptFact, now: datetime) -> bool:
    """Return whether the message of a prompt is of use: neither answered, expired, done nor past."""
    ends = message_ends(fact)
    return fact.state in CURRENT and (ends is None or now < ends)
