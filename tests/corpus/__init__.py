"""The collection of real recordings beside the project, and the judgement of a reader's results.

The collection is no part of the project: it is read in place, and without it there is nothing to try.
"""

from .collection import FOLDER, Recorded, collection
from .judge import Seen, SeenRun, deviations

__all__ = ["FOLDER", "Recorded", "Seen", "SeenRun", "collection", "deviations"]
