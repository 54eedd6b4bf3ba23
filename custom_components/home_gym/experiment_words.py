"""The end of an experiment of one as sentences, alike on phones and in the back report."""

from .gym.back.experiment import ExperimentEnd, ExperimentResult, ExperimentStatus
from .gym.speech.formats import Formats
from .gym.speech.phrases import Phrases, line


def experiment_in_words(phrases: Phrases, formats: Formats, status: ExperimentStatus) -> str:
    """Return the end of an experiment as sentences; empty for one that runs or was stopped by the runner."""
    habit = line(phrases, f"routine.{status.habit}.name")
    if status.end in {None, ExperimentEnd.STOPPED}:
        return ""
    if status.end is not ExperimentEnd.COMPLETED:
        return line(phrases, f"experiment.ended_{status.end}", habit=habit)
    if status.result is None:
        return line(phrases, "experiment.too_few", habit=habit)
    return _result(phrases, formats, habit, status.result)


def _result(phrases: Phrases, formats: Formats, habit: str, result: ExperimentResult) -> str:
    is_open = result.low <= 0 <= result.high
    way = "open" if is_open else "less" if result.difference < 0 else "more"
    bounds = [abs(result.low), abs(result.high)]
    low, high = bounds if is_open else sorted(bounds)
    return line(
        phrases,
        f"experiment.{way}",
        habit=habit,
        difference=formats.number(abs(result.difference), 1),
        low=formats.number(low, 1),
        high=formats.number(high, 1),
    )
