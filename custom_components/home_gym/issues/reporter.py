"""Repair issues of one runner, in step with the summary."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.dt import now

from ..component import OnUnload
from ..coordinator import HomeGymCoordinator
from ..gym.back.advice import Advice
from ..gym.back.pain import RedFlag
from ..gym.shoes.shoe import Shoe
from ..words import in_unit
from .repair_issue import ADVICE, DOUBTFUL_RUNS, REPLACE_SHOES


class IssueReporter:
    """Raises and clears issues whenever the summary changes.

    An issue stays as it is until its cause is settled, so that ignoring it holds through restarts.
    """

    def __init__(self, hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
        """Report on a runner."""
        self._hass = hass
        self._coordinator = coordinator
        # Every user can ask Home Assistant for an issue's data, so red flags are remembered here.
        self._reported_flags: dict[Advice, tuple[RedFlag, ...]] = {}

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Report now and after every change."""
        on_unload(self._coordinator.async_add_listener(self._async_report))
        self._async_report()

    @callback
    def _async_report(self) -> None:
        for shoe in self._coordinator.runner.settings.shoes:
            self._report_wear(shoe)
        self._report_advice()
        self._report_doubts()

    def _report_wear(self, shoe: Shoe) -> None:
        """Report a worn-out pair in use."""
        wear = self._coordinator.data.shoes[shoe.id]
        if not (wear.replacement_due and shoe.in_use_on(now().date())):
            REPLACE_SHOES.async_clear(self._hass, shoe.id)
            return
        REPLACE_SHOES.async_raise(
            self._hass,
            shoe.id,
            {
                "shoe": shoe.name,
                "runner": self._coordinator.config_entry.title,
                "distance": self._distance(wear.distance),
                "limit": self._distance(shoe.replace_at),
            },
        )

    def _distance(self, metres: float) -> str:
        figure, unit = in_unit(metres, self._hass.config.units)
        return f"{figure:.0f} {unit}"

    def _report_doubts(self) -> None:
        """Report doubtful recordings until all of them are decided on."""
        entry, found = self._coordinator.config_entry, self._coordinator.runner.projections.doubts.open()
        if not found:
            DOUBTFUL_RUNS.async_clear(self._hass, entry.entry_id)
            return
        figures = {"runner": entry.title, "count": str(len(found))}
        DOUBTFUL_RUNS.async_raise(self._hass, entry.entry_id, figures, data={"entry_id": entry.entry_id})

    def _report_advice(self) -> None:
        """Report the current advice to see a professional unless its notice was read, and clear any other."""
        entry, pain = self._coordinator.config_entry, self._coordinator.data.pain
        for advice, issue in ADVICE.items():
            if advice is not pain.advice or pain.is_read:
                issue.async_clear(self._hass, entry.entry_id)
        if pain.advice is None or pain.is_read:
            return
        # An ignored issue is about its own red flags; others raise it again.
        if self._reported_flags.get(pain.advice, pain.red_flags) != pain.red_flags:
            ADVICE[pain.advice].async_clear(self._hass, entry.entry_id)
        self._reported_flags = {pain.advice: pain.red_flags}
        ADVICE[pain.advice].async_raise(
            self._hass,
            entry.entry_id,
            {"runner": entry.title},
            data={"entry_id": entry.entry_id},
        )
