"""The cards in the real frontend of a real home, with a runner of fixed figures and a stopped clock."""

from .runner import NOW, RUNNER_ID, Answers, answers_of, many_runs, showcase
from .stage import CARDS, Stage

__all__ = ["CARDS", "NOW", "RUNNER_ID", "Answers", "Stage", "answers_of", "many_runs", "showcase"]
