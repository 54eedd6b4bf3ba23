"""The table of repair issues: id, text and severity of each, and the functions to raise and clear them."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..gym.back.advice import Advice


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairIssue:
    """A kind of repair issue; its owner is a config entry or a subentry, by id.

    `placeholders` are the names of the figures in its text.
    """

    prefix: str
    translation_key: str
    placeholders: tuple[str, ...]
    severity: ir.IssueSeverity = ir.IssueSeverity.WARNING
    is_fixable: bool = False

    def id_of(self, owner: str | None) -> str:
        """Return the id of the issue of an owner; None for the home."""
        return self.prefix if owner is None else f"{self.prefix}_{owner}"

    @callback
    def async_raise(
        self,
        hass: HomeAssistant,
        owner: str | None,
        placeholders: Mapping[str, str],
        *,
        data: Mapping[str, str] | None = None,
    ) -> None:
        """Raise the issue, or change its text; every placeholder needs a value."""
        ir.async_create_issue(
            hass,
            DOMAIN,
            self.id_of(owner),
            data={**data} if data else None,
            is_fixable=self.is_fixable,
            severity=self.severity,
            translation_key=self.translation_key,
            translation_placeholders={name: placeholders[name] for name in self.placeholders},
        )

    @callback
    def async_clear(self, hass: HomeAssistant, owner: str | None) -> None:
        """Remove the issue, if it was raised."""
        ir.async_delete_issue(hass, DOMAIN, self.id_of(owner))


CRITICAL = ir.IssueSeverity.CRITICAL

JOURNAL_UNREADABLE = RepairIssue(
    prefix="journal",
    translation_key="journal_unreadable",
    placeholders=("runner", "path", "error"),
    severity=CRITICAL,
)
JOURNAL_TOO_NEW = RepairIssue(
    prefix="journal", translation_key="journal_too_new", placeholders=("runner", "path", "error"), severity=CRITICAL
)
# The same place as for an unreadable journal, with a way back to a daily copy.
JOURNAL_DAMAGED = RepairIssue(
    prefix="journal",
    translation_key="journal_damaged",
    placeholders=("runner", "error"),
    severity=CRITICAL,
    is_fixable=True,
)
ROWS_SET_ASIDE = RepairIssue(
    prefix="set_aside", translation_key="rows_set_aside", placeholders=("runner", "count", "rows", "path")
)
LOG_NOT_WRITTEN = RepairIssue(
    prefix="log_not_written", translation_key="log_not_written", placeholders=("treadmill", "error")
)
FOLDER_UNREADABLE = RepairIssue(
    prefix="unreadable", translation_key="unreadable_recordings", placeholders=("folder", "count", "files")
)
OLD_ADDRESS = RepairIssue(
    prefix="old_address", translation_key="old_address", placeholders=("source", "runner"), is_fixable=True
)
ENTITIES_GONE = RepairIssue(prefix="entities_gone", translation_key="entities_gone", placeholders=("runner",))
SERVICE_FAILING = RepairIssue(
    prefix="service_failing", translation_key="service_failing", placeholders=("service", "runner", "reason")
)
SERVICE_STUBS = RepairIssue(
    prefix="service_stubs", translation_key="service_stubs", placeholders=("service", "runner", "count")
)
RECORDINGS_FAILING = RepairIssue(
    prefix="recordings_failing", translation_key="recordings_failing", placeholders=("service", "runner")
)
CARDS_MISSING = RepairIssue(prefix="cards_missing", translation_key="cards_missing", placeholders=("path",))
REPLACE_SHOES = RepairIssue(
    prefix="replace", translation_key="replace_shoes", placeholders=("shoe", "runner", "distance", "limit")
)
UNCLAIMED_SESSIONS = RepairIssue(
    prefix="unclaimed", translation_key="unclaimed", placeholders=("treadmill", "count"), is_fixable=True
)
DOUBTFUL_RUNS = RepairIssue(
    prefix="doubtful_runs", translation_key="doubtful_runs", placeholders=("runner", "count"), is_fixable=True
)
ASKED_TWICE = RepairIssue(
    prefix="asked_twice",
    translation_key="asked_twice",
    placeholders=("runner", "automations", "habits"),
    is_fixable=True,
)
# Each reason has its own issue, so that ignoring one ignores no other.
ADVICE: Mapping[Advice, RepairIssue] = {
    **{
        advice: RepairIssue(
            prefix=f"see_professional_{advice}",
            translation_key="see_professional",
            placeholders=("runner",),
            is_fixable=True,
        )
        for advice in Advice
    },
    Advice.RED_FLAG: RepairIssue(
        prefix="urgent_advice",
        translation_key="urgent_advice",
        placeholders=("runner",),
        severity=CRITICAL,
        is_fixable=True,
    ),
}

OF_RUNNERS = (JOURNAL_UNREADABLE, ROWS_SET_ASIDE, DOUBTFUL_RUNS, ASKED_TWICE, *ADVICE.values())
OF_SUBENTRIES = (
    FOLDER_UNREADABLE,
    ENTITIES_GONE,
    SERVICE_FAILING,
    SERVICE_STUBS,
    RECORDINGS_FAILING,
    OLD_ADDRESS,
    REPLACE_SHOES,
)
OF_TREADMILLS = (UNCLAIMED_SESSIONS, LOG_NOT_WRITTEN)
ALL_ISSUES = (*OF_RUNNERS, *OF_SUBENTRIES, *OF_TREADMILLS, JOURNAL_TOO_NEW, JOURNAL_DAMAGED, CARDS_MISSING)
