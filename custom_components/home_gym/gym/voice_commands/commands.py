"""Voice commands, their contexts and parameters."""

from dataclasses import dataclass
from enum import StrEnum

from ..exercises.level import Length
from ..habits.habit import Habit
from ..habits.practice import Effort


class VoiceCommand(StrEnum):
    """Commands that a sentence can give."""

    START_ROUTINE = "start_routine"
    PAUSE_ROUTINE = "pause_routine"
    RESUME_ROUTINE = "resume_routine"
    NEXT_STEP = "next_step"
    PREVIOUS_STEP = "previous_step"
    REPEAT_STEP = "repeat_step"
    STOP_ROUTINE = "stop_routine"
    LOG_SESSION = "log_session"
    SHOES = "shoes"
    LAST_SESSION = "last_session"
    PAIN = "pain"
    CHECK_IN = "check_in"
    TODAY = "today"
    WHY_SILENT = "why_silent"
    WISE_DISTANCE = "wise_distance"
    REST = "rest"
    END_REST = "end_rest"
    AGREE = "agree"
    DONE = "done"
    LATER = "later"
    DECLINE = "decline"
    ANSWER_TRIAGE = "answer_triage"
    CLEAR_BACK = "clear_back"
    WITHDRAW_REPORT = "withdraw_report"
    RATE_ROUTINE = "rate_routine"
    EXPLAIN_STEP = "explain_step"
    START_FORM_CHECK = "start_form_check"
    FILM_FORM = "film_form"


FREELY_SPOKEN = frozenset({VoiceCommand.ANSWER_TRIAGE, VoiceCommand.CLEAR_BACK, VoiceCommand.WITHDRAW_REPORT})
"""Commands without sentences here: free sentences of `gym.back.words` give them."""


class SentenceContext(StrEnum):
    """Contexts of sentences; outside of its context a sentence is not meant for the gym."""

    ALWAYS = "always"
    WHILE_ASKED = "while_asked"
    WHILE_CHECKED_IN = "while_checked_in"
    WHILE_GUIDED = "while_guided"
    WHILE_RESTING = "while_resting"
    WHILE_RATED = "while_rated"


class RestPeriod(StrEnum):
    """Duration of a rest period."""

    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCommand:
    """Command of a sentence, with its parameters; None for those left open. Names are as given to `Sentences`.

    With a `routine`, the `habit` is the meaning of the same words for a runner without a routine of that name.
    """

    command: VoiceCommand
    habit: Habit | None = None
    length: Length | None = None
    period: RestPeriod | None = None
    runner: str | None = None
    routine: str | None = None
    score: int | None = None
    effort: Effort | None = None
    minutes: int | None = None
    tomorrow: bool | None = None
