"""The collection of real recordings beside the project, and whether a reader reads them right.

The collection is no part of the project: it is read where it is, and where it is missing there is nothing to try.
"""

from .collection import FOLDER, Recorded, collection
from .judge import Seen, SeenRun, deviations

__all__ = ["FOLDER", "Recorded", "Seen", "SeenRun", "collection", "deviations"]
