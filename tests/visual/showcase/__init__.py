"""The cards in the real frontend of a real home, with a runner of fixed figures and a stopped clock."""

from .runner import HARDER, NOW, RUNNER_ID, Answers, answers_of, many_runs, showcase
from .stage import CARDS, Stage

__all__ = ["CARDS", "HARDER", "NOW", "RUNNER_ID", "Answers", "Stage", "answers_of", "many_runs", "showcase"]
