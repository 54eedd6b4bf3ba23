"""The cards on show: in the real frontend of a real home, but with a runner whose figures and clock stand still."""

from .runner import NOW, RUNNER_ID, Answers, answers_of, many_runs, showcase
from .stage import CARDS, Stage

__all__ = ["CARDS", "NOW", "RUNNER_ID", "Answers", "Stage", "answers_of", "many_runs", "showcase"]
