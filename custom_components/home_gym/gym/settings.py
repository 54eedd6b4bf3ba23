"""A runner's settings: goals, prompts, calendar, load, band, routines and pairs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .back.history import MedicalHistory
from .back.limits import Limit
from .calendar import Calendar
from .exercises.exercise_facts import USUAL_KIT, Kit
from .exercises.level import Level
from .habits.habit import Habit
from .prompts.settings import PromptSettings
from .routines.routine import Routine
from .runs.form import Band
from .runs.load import LoadSettings
from .shoes.shoe import Shoe

# Sessions a week; two or three are recommended.
CORE_GOAL = 2


class UnknownShoeError(Exception):
    """An id without a pair in the rack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings that turn a journal's facts into figures and prompts.

    `core_goal` is sessions a week; `follows_own_cadence` puts a band around the runner's own cadence in place of the
    usual one; `gear` has the ids of pairs by their names at other services. `routines` are the runner's own, `level` is
    that of the others. `roll_lower_back` adds rolling beside the spine, `kit` is what exercises may need, `full_cues`
    keeps explaining practised ones; `minutes` are those of the short routine of some habits; `spared` has the limits of
    exercise that the runner chose. `unnamed_runs` are the
    ids of the sources whose recordings without a sport are runs.
    """

    calendar: Calendar
    core_goal: int = CORE_GOAL
    prompts: PromptSettings = field(default_factory=PromptSettings)
    shoes: tuple[Shoe, ...] = ()
    load: LoadSettings = field(default_factory=LoadSettings)
    band: Band = field(default_factory=Band)
    follows_own_cadence: bool = True
    gear: Mapping[str, str] = field(default_factory=dict)
    routines: tuple[Routine, ...] = ()
    level: Level = Level.BEGINNER
    roll_lower_back: bool = False
    kit: frozenset[Kit] = USUAL_KIT
    full_cues: bool = False
    minutes: Mapping[Habit, int] = field(default_factory=dict)
    history: MedicalHistory = field(default_factory=MedicalHistory)
    spared: frozenset[Limit] = frozenset()
    unnamed_runs: frozenset[str] = frozenset()

    def routine(self, name: str) -> Routine | None:
        """Return the runner's own routine with a name, in any case."""
        wanted = name.strip().casefold()
        return next((routine for routine in self.routines if routine.id.casefold() == wanted), None)

    def shoe(self, shoe: str) -> Shoe:
        """Return the pair with an id; raises UnknownShoeError."""
        found = next((known for known in self.shoes if known.id == shoe), None)
        if found is None:
            raise UnknownShoeError(shoe)
        return found
