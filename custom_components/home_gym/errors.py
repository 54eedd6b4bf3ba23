"""The one map from errors of the domain to translated errors of Home Assistant."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from homeassistant.exceptions import ServiceValidationError

from .const import DOMAIN
from .gym.back.advice import RedFlagError
from .gym.back.back import NotCoachedError
from .gym.back.experiment import ExperimentRunningError, NoExperimentError, NoTimeForExperimentError
from .gym.back.triage import NoOpenQuestionError, NothingToWithdrawError
from .gym.coaching.replies import NothingToAnswerError
from .gym.habits.rest import BackwardsRestError
from .gym.intake.manual_entries import NothingToRateError, NothingToUndoError, StateKeptError
from .gym.routines.routine import NothingLeftError
from .gym.runs.run_history import UnknownRunError
from .gym.settings import UnknownShoeError

ERRORS: Mapping[type[Exception], tuple[str, str | None]] = {
    UnknownRunError: ("unknown_run", "run"),
    UnknownShoeError: ("unknown_shoe", "shoe"),
    NothingToAnswerError: ("nothing_to_answer", None),
    NothingToUndoError: ("nothing_to_undo", None),
    NothingToRateError: ("nothing_to_rate", None),
    BackwardsRestError: ("backwards_rest", None),
    RedFlagError: ("red_flag", None),
    NotCoachedError: ("not_coached", None),
    NothingLeftError: ("nothing_left", None),
    NoOpenQuestionError: ("no_open_question", None),
    NothingToWithdrawError: ("nothing_to_withdraw", None),
    StateKeptError: ("state_kept", None),
    ExperimentRunningError: ("experiment_running", None),
    NoTimeForExperimentError: ("no_time_for_experiment", None),
    NoExperimentError: ("no_experiment", None),
    ValueError: ("impossible_figure", None),
}
"""Per error its translation key, and the placeholder for its text. The first class that fits counts."""


@contextmanager
def translated_errors(runner: str) -> Iterator[None]:
    """Turn errors of the domain into ServiceValidationError, with a message that names the runner."""
    try:
        yield
    except tuple(ERRORS) as error:
        key, text = next(found for kind, found in ERRORS.items() if isinstance(error, kind))
        placeholders = {"runner": runner} | ({text: str(error)} if text else {})
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders
        ) from error
