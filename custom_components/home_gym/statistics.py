"""Long-term statistics of the distance of a runner and of each pair, dated by the run.

The recorder's own statistics of a sensor go by the time of import. These are right at any time of import: a late or
removed run corrects all later values. They are kept in the home's unit, since charts show external statistics without
conversion.
"""

from datetime import UTC, datetime
from math import nan

from homeassistant.const import EVENT_HOMEASSISTANT_STOP, UnitOfLength
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.debounce import Debouncer
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import slugify
from homeassistant.util.unit_conversion import DistanceConverter

from .component import OnUnload
from .const import DOMAIN, LOGGER, SUBENTRY_SHOE
from .coordinator import HomeGymCoordinator
from .gym.shoes.distance_curves import Curve, corrections, distances
from .gym.speech.phrases import Phrases, line
from .ha.recorder import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
    async_add_external_statistics,
    get_metadata,
    statistics_during_period,
)

RECORDER = "recorder"
# Seconds between a change and the update, so that an import causes one update.
FOLLOW_AFTER = 10
EPOCH = datetime.fromtimestamp(0, UTC)


class DistanceStatistics:
    """Keeps the distance statistics of one runner in step with the runs."""

    def __init__(self, hass: HomeAssistant, coordinator: HomeGymCoordinator, phrases: Phrases) -> None:
        """Follow the runs of a runner."""
        self._hass = hass
        self._coordinator = coordinator
        self._phrases = phrases
        self._unit = hass.config.units.length_unit
        self._recorded: dict[str, Curve] = {}
        self._debouncer = Debouncer(
            hass, LOGGER, cooldown=FOLLOW_AFTER, immediate=False, function=self.async_follow, background=True
        )

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Follow the runs from now on, if there is a recorder."""
        if RECORDER not in self._hass.config.components:
            return
        on_unload(self._coordinator.async_add_listener(self._debouncer.async_schedule_call))
        on_unload(self._debouncer.async_shutdown)
        on_unload(self._hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._async_stop))
        self._debouncer.async_schedule_call()

    @callback
    def _async_stop(self, _event: Event) -> None:
        """Leave pending updates to the next start, since the recorder has stopped."""
        self._debouncer.async_shutdown()

    async def async_follow(self) -> None:
        """Write missing and changed values to the recorder."""
        runner, entry = self._coordinator.runner, self._coordinator.config_entry
        runs = [(run, runner.rack.shoe_of(run)) for run in runner.runs.all()]
        run_in = await self._hass.async_add_executor_job(distances, runs)
        await self._async_follow(
            statistic_id_of(entry.entry_id), line(self._phrases, "statistics.runner", runner=entry.title), run_in[None]
        )
        for shoe in entry.get_subentries_of_type(SUBENTRY_SHOE):
            name = line(self._phrases, "statistics.shoe", shoe=shoe.title, runner=entry.title)
            await self._async_follow(statistic_id_of(shoe.subentry_id), name, run_in.get(shoe.subentry_id, {}))

    async def _async_follow(self, statistic_id: str, name: str, run_in: dict[datetime, int]) -> None:
        if statistic_id not in self._recorded:
            recorder = get_instance(self._hass)
            self._recorded[statistic_id] = await recorder.async_add_executor_job(
                _recorded_curve, self._hass, statistic_id, self._unit
            )
        recorded = self._recorded[statistic_id]
        corrected = await self._hass.async_add_executor_job(corrections, run_in, recorded)
        if not corrected:
            return
        metadata = StatisticMetaData(
            source=DOMAIN,
            statistic_id=statistic_id,
            name=name,
            mean_type=StatisticMeanType.NONE,
            has_sum=True,
            unit_class=DistanceConverter.UNIT_CLASS,
            unit_of_measurement=self._unit,
        )
        in_unit = DistanceConverter.converter_factory(UnitOfLength.METERS, self._unit)
        rows = [
            StatisticData(start=hour, state=in_unit(total), sum=in_unit(total)) for hour, total in corrected.items()
        ]
        async_add_external_statistics(self._hass, metadata, rows)
        recorded |= corrected


@callback
def async_forget(hass: HomeAssistant, owner: str) -> None:
    """Remove the statistics of a runner's entry or of a pair's subentry."""
    if RECORDER in hass.config.components:
        get_instance(hass).async_clear_statistics([statistic_id_of(owner)])


def statistic_id_of(owner: str) -> str:
    """Return the id of the distance of a runner's entry or of a pair's subentry."""
    return f"{DOMAIN}:{slugify(owner)}_distance"


@callback
def async_statistic_of(hass: HomeAssistant, owner: str) -> str | None:
    """Return the statistic id of a runner's distance, None without a recorder."""
    return statistic_id_of(owner) if RECORDER in hass.config.components else None


def _recorded_curve(hass: HomeAssistant, statistic_id: str, unit: str) -> Curve:
    """Return the recorded metres; values in another unit count as missing."""
    units: dict[str, str] = {DistanceConverter.UNIT_CLASS: UnitOfLength.METERS}
    found = statistics_during_period(hass, EPOCH, None, {statistic_id}, "hour", units, {"sum"})
    known = get_metadata(hass, statistic_ids={statistic_id}).get(statistic_id)
    is_current = known is not None and known[1]["unit_of_measurement"] == unit
    return {
        # Rounded to millimetres, since the conversion to miles and back loses less.
        datetime.fromtimestamp(row["start"], UTC): round(total, 3) if is_current else nan
        for row in found.get(statistic_id, [])
        if (total := row.get("sum")) is not None
    }
