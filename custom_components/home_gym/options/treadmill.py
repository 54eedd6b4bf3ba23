"""Fields of a treadmill: its plug or its entities, its runners, and the meaning of its figures."""

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import UnitOfPower, UnitOfTime

from ..const import CONF_ADDRESS, CONF_CADENCE_WORDS, CONF_CLAIM, CONF_POWER, CONF_RUNNERS, CONF_SPEED_UNIT
from ..gym.treadmill.log import ClaimMode
from ..gym.treadmill.presets import BeltFigure
from ..gym.treadmill.quirks import SpeedUnit
from ..gym.treadmill.settings import BeltSettings
from .field import OptionField, minutes, seconds
from .selectors import entity, filtered_entity, number, one_of, switch

NUMERIC = ["sensor", "number", "input_number"]
WATTS = number(0, 5000, UnitOfPower.WATT)

ADDRESS = OptionField(key=CONF_ADDRESS)
POWER = OptionField(key=CONF_POWER, selector=filtered_entity("sensor", device_class=SensorDeviceClass.POWER))
# The screen makes the list of runners.
RUNNERS = OptionField(key=CONF_RUNNERS)
SPEED_UNIT = OptionField(
    key=CONF_SPEED_UNIT,
    selector=one_of(SpeedUnit, "speed_unit"),
    prefilled=SpeedUnit.AS_SENT,
    default=SpeedUnit.AS_SENT,
    in_diagnostics=True,
)
CADENCE_WORDS = OptionField(
    key=CONF_CADENCE_WORDS, selector=switch, prefilled=False, default=False, in_diagnostics=True
)
ENTITIES = tuple(
    OptionField(
        key=figure,
        selector=entity(["sensor", "binary_sensor"] if figure is BeltFigure.STATE else NUMERIC),
        is_required=figure is BeltFigure.SPEED,
    )
    for figure in BeltFigure
)
"""Fields of the entities that show a treadmill's figures, in the order of their screen."""
CLAIM = OptionField(key=CONF_CLAIM, selector=one_of(ClaimMode, "claim"), in_diagnostics=True)

# The defaults guess a treadmill that draws little while waiting, and hundreds of watts once it moves.
STANDBY = OptionField(key="standby", selector=WATTS, default=1, in_diagnostics=True, settings=BeltSettings)
STOP = OptionField(key="stop", selector=WATTS, default=40, in_diagnostics=True, settings=BeltSettings)
START = OptionField(key="start", selector=WATTS, default=80, in_diagnostics=True, settings=BeltSettings)
RUN = OptionField(key="run", selector=WATTS, is_required=False, in_diagnostics=True, settings=BeltSettings)
START_HOLD = OptionField(
    key="start_hold",
    selector=number(1, 120, UnitOfTime.SECONDS),
    default=5,
    in_diagnostics=True,
    settings=BeltSettings,
    parse=seconds,
)
STOP_HOLD = OptionField(
    key="stop_hold",
    selector=number(2, 600, UnitOfTime.SECONDS),
    default=20,
    in_diagnostics=True,
    settings=BeltSettings,
    parse=seconds,
)
RUN_HOLD = OptionField(
    key="run_hold",
    selector=number(1, 120, UnitOfTime.SECONDS),
    default=10,
    in_diagnostics=True,
    settings=BeltSettings,
    parse=seconds,
)
PATIENCE = OptionField(
    key="patience",
    selector=number(0, 3600, UnitOfTime.SECONDS),
    default=300,
    in_diagnostics=True,
    settings=BeltSettings,
    parse=seconds,
)
LONGEST = OptionField(
    key="longest",
    selector=number(10, 1440, UnitOfTime.MINUTES),
    default=240,
    in_diagnostics=True,
    settings=BeltSettings,
    parse=minutes,
)

THRESHOLDS = (STANDBY, STOP, START, RUN, START_HOLD, STOP_HOLD, RUN_HOLD, PATIENCE, LONGEST)
"""Fields of the screen of thresholds, in its order."""
TREADMILL = (ADDRESS, POWER, *ENTITIES, SPEED_UNIT, CADENCE_WORDS, RUNNERS, CLAIM, *THRESHOLDS)
