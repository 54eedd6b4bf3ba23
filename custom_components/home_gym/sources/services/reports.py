"""Reports of a service: its failures, its stubs, and the end of its history."""

from datetime import datetime, timedelta

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...const import CONF_ONLINE, DOMAIN, LOGGER
from ...gym.speech.phrases import line
from ...ha import persistent_notification
from ...issues.repair_issue import SERVICE_FAILING, SERVICE_STUBS
from ...markdown import escaped
from .. import SourceConfig
from .errors import ServiceError, ServiceFault
from .ledger import ServiceLedger
from .registry import SERVICES

FAILING_FOR = timedelta(days=1)
"""Failures that end sooner only stand in the log."""


class ServiceReports:
    """Reports on one source."""

    def __init__(self, hass: HomeAssistant, config: SourceConfig, ledger: ServiceLedger) -> None:
        """Report on the ledger of a source."""
        self._hass = hass
        self._config = config
        self._ledger = ledger
        self._fails_since: datetime | None = None

    def note_failure(self, error: Exception, fault: ServiceFault | None) -> None:
        """Log the first of several failures, and raise an issue for those of a day."""
        now = dt_util.utcnow()
        if self._fails_since is None:
            self._fails_since = now
            unexpected = None if isinstance(error, ServiceError) else error
            LOGGER.warning("%s can't be read for now: %s", self._name, error, exc_info=unexpected)
        if now - self._fails_since >= FAILING_FOR and fault is not ServiceFault.REFUSED:
            reason = line(self._config.phrases, f"service.fault.{fault or ServiceFault.ODD}")
            placeholders = {"service": self._name, "runner": self._config.runner, "reason": reason}
            SERVICE_FAILING.async_raise(self._hass, self._config.subentry_id, placeholders)

    def end_failure(self) -> None:
        """Log that the service can be read again, and clear the issue."""
        if self._fails_since is not None:
            LOGGER.warning("%s can be read again", self._name)
            self._fails_since = None
        SERVICE_FAILING.async_clear(self._hass, self._config.subentry_id)

    def report_stubs(self) -> None:
        """Keep an issue while the service has activities that it may not pass on."""
        stubs = self._ledger.counts()["stubs"]
        if stubs:
            placeholders = {"service": self._name, "runner": self._config.runner, "count": str(stubs)}
            SERVICE_STUBS.async_raise(self._hass, self._config.subentry_id, placeholders)
        else:
            SERVICE_STUBS.async_clear(self._hass, self._config.subentry_id)

    def announce_history(self) -> None:
        """Notify of the end of the history, with its figures."""
        counts = self._ledger.counts()
        message = line(
            self._config.phrases,
            "service.history",
            service=self._name,
            runner=escaped(self._config.runner),
            activities=counts["activities"],
            recordings=counts["recordings"],
            runs=counts["runs"],
        )
        if stubs := counts["stubs"]:
            message = f"{message} {line(self._config.phrases, 'service.stubs', stubs=stubs)}"
        title = line(self._config.phrases, "history.title")
        persistent_notification.async_create(self._hass, message, title, f"{DOMAIN}_{self._config.subentry_id}")

    @property
    def _name(self) -> str:
        return SERVICES[self._config.data[CONF_ONLINE]].name
