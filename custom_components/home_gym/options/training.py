"""Options of training: medical history, level of the routines, hints about load, heart rates and the target cadence."""

from collections.abc import Iterable

from homeassistant.const import PERCENTAGE, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig

from ..gym.back.history import AgeBand, Condition, MedicalHistory
from ..gym.back.limits import SPARABLE, Limit
from ..gym.exercises.exercise_facts import Kit
from ..gym.exercises.level import ROUTINE_MINUTES, Level
from ..gym.habits.habit import Habit
from ..gym.runs.activity import QUICKEST, SLOWEST
from ..gym.runs.form import Band
from ..gym.runs.load import LoadSettings, Weighting
from ..gym.settings import Settings
from .field import OptionField
from .selectors import number, one_of, some_of, switch

PER_MINUTE = "/min"
ROUTINES, LOAD, HEART, FORM, HISTORY = "routines", "load", "heart", "form", "history"


def _monotony(_: HomeAssistant) -> NumberSelector:
    return NumberSelector(NumberSelectorConfig(min=1, max=10, step="any"))


def _conditions(names: Iterable[str]) -> frozenset[Condition]:
    return frozenset(map(Condition, names))


def _spared(names: Iterable[str]) -> frozenset[Limit]:
    return frozenset(map(Limit, names))


def _kit(names: Iterable[str]) -> frozenset[Kit]:
    return frozenset(map(Kit, names))


LEVEL = OptionField(
    key="level",
    section=ROUTINES,
    selector=one_of(Level, "level"),
    in_diagnostics=True,
    settings=Settings,
    parse=Level,
)
ROLL_LOWER_BACK = OptionField(
    key="roll_lower_back",
    section=ROUTINES,
    selector=switch,
    is_required=False,
    in_diagnostics=True,
    settings=Settings,
    parse=bool,
)
KIT = OptionField(
    key="kit",
    section=ROUTINES,
    selector=some_of(Kit, "kit"),
    is_required=False,
    in_diagnostics=True,
    settings=Settings,
    parse=_kit,
)
MINUTES = {
    habit: OptionField(
        key=f"minutes_{habit}",
        section=ROUTINES,
        selector=one_of(map(str, ROUTINE_MINUTES), "routine_minutes"),
        is_required=False,
        in_diagnostics=True,
        parse=int,
    )
    for habit in (
        *(Habit.WARM_UP, Habit.COOL_DOWN, Habit.FOAM_ROLL, Habit.STRETCH, Habit.CORE),
        *(Habit.MASSAGE, Habit.WALK),
    )
}
FULL_CUES = OptionField(
    key="full_cues",
    section=ROUTINES,
    selector=switch,
    is_required=False,
    in_diagnostics=True,
    settings=Settings,
    parse=bool,
)
RAMP = OptionField(
    key="ramp", section=LOAD, selector=number(1, 500, PERCENTAGE), in_diagnostics=True, settings=LoadSettings
)
LONGEST_RUN = OptionField(
    key="longest_run", section=LOAD, selector=number(1, 500, PERCENTAGE), in_diagnostics=True, settings=LoadSettings
)
DAYS_WITHOUT_REST = OptionField(
    key="days_without_rest",
    section=LOAD,
    selector=number(1, 365, UnitOfTime.DAYS),
    in_diagnostics=True,
    settings=LoadSettings,
    parse=round,
)
MONOTONY = OptionField(key="monotony", section=LOAD, selector=_monotony, in_diagnostics=True, settings=LoadSettings)
RESTING_HEART_RATE = OptionField(
    key="resting_heart_rate",
    section=HEART,
    selector=number(25, 120, PER_MINUTE),
    is_required=False,
    settings=LoadSettings,
)
MAX_HEART_RATE = OptionField(
    key="max_heart_rate",
    section=HEART,
    selector=number(100, 240, PER_MINUTE),
    is_required=False,
    settings=LoadSettings,
)
WEIGHTING = OptionField(
    key="weighting", section=HEART, selector=one_of(Weighting, "weighting"), settings=LoadSettings, parse=Weighting
)
CADENCE_LOW = OptionField(
    key="cadence_low",
    section=FORM,
    selector=number(SLOWEST, QUICKEST, PER_MINUTE),
    in_diagnostics=True,
    settings=Band,
    attribute="low",
)
CADENCE_HIGH = OptionField(
    key="cadence_high",
    section=FORM,
    selector=number(SLOWEST, QUICKEST, PER_MINUTE),
    in_diagnostics=True,
    settings=Band,
    attribute="high",
)
CADENCE_BASELINE = OptionField(
    key="cadence_baseline", section=FORM, selector=number(SLOWEST, QUICKEST, PER_MINUTE), is_required=False
)
FOLLOW_OWN_CADENCE = OptionField(
    key="follow_own_cadence",
    section=FORM,
    selector=switch,
    is_required=False,
    in_diagnostics=True,
    settings=Settings,
    attribute="follows_own_cadence",
    parse=bool,
)
AGE_BAND = OptionField(
    key="age_band",
    section=HISTORY,
    selector=one_of(AgeBand, "age_band"),
    is_required=False,
    settings=MedicalHistory,
    attribute="age",
    parse=AgeBand,
)
CONDITIONS = OptionField(
    key="conditions",
    section=HISTORY,
    selector=some_of(Condition, "conditions"),
    is_required=False,
    settings=MedicalHistory,
    parse=_conditions,
)
SPARED = OptionField(
    key="spared",
    section=HISTORY,
    selector=some_of(SPARABLE, "spared"),
    is_required=False,
    settings=Settings,
    parse=_spared,
)

TRAINING = (
    *(LEVEL, ROLL_LOWER_BACK, KIT, *MINUTES.values(), FULL_CUES),
    *(RAMP, LONGEST_RUN, DAYS_WITHOUT_REST, MONOTONY),
    *(RESTING_HEART_RATE, MAX_HEART_RATE, WEIGHTING),
    *(CADENCE_LOW, CADENCE_HIGH, CADENCE_BASELINE, FOLLOW_OWN_CADENCE),
    *(AGE_BAND, CONDITIONS, SPARED),
)
"""Fields of the screen of training, in its order."""
