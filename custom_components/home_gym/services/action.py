"""The description of an action, and helpers for times given by the user."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, override

import voluptuous as vol

from homeassistant.core import HomeAssistant, ServiceResponse, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..data import RunnerData
from ..gym.speech.formats import formats_for
from ..permissions import Right

ATTR_END = "end"
ATTR_START = "start"

PERIOD = {vol.Optional(ATTR_START): cv.datetime, vol.Optional(ATTR_END): cv.datetime}

type Handler = Callable[[RunnerData, Mapping[str, Any]], Awaitable[ServiceResponse]]
type HomeHandler = Callable[[HomeAssistant, Mapping[str, Any]], Awaitable[ServiceResponse]]
type RightOf = Callable[[RunnerData, Mapping[str, Any]], Awaitable[Right]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action: its fields beside the runner's config entry, and its handler.

    `private` are the fields hidden from the event log; see `Withholding`. `right_of` returns the right that some data
    need beyond `right`.
    """

    fields: dict[vol.Marker, Any]
    handler: Handler
    answers: SupportsResponse = SupportsResponse.NONE
    private: tuple[str, ...] = ()
    right_of: RightOf | None = None

    @property
    def right(self) -> Right:
        """Right on the runner that every call needs; an action called for its response only is a query."""
        return Right.SEE if self.answers is SupportsResponse.ONLY else Right.ACT


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAction:
    """An action on the home, not on one runner; only administrators and the home itself may call it."""

    fields: dict[vol.Marker, Any]
    handler: HomeHandler
    answers: SupportsResponse = SupportsResponse.NONE


class Withholding(vol.Schema):  # type: ignore[misc]  # voluptuous has no types
    """A schema that removes private fields from its input, and leaves them in its result.

    Home Assistant fires an event for every action with the original data, and the recorder stores it. It validates the
    data by the schema first, and a caller makes new data for each call. Should either of that change, the event has the
    fields again, and everything else works as before.
    """

    def __init__(self, fields: Mapping[vol.Marker, Any], private: tuple[str, ...]) -> None:
        """Take the fields, and the names of the private ones."""
        super().__init__(dict(fields))
        self._private = private

    @override
    def __call__(self, data: dict[str, Any]) -> Any:
        complete = dict(data)
        # Read-only data keeps its private fields in the event; the report itself matters more.
        with suppress(RuntimeError):
            for field in self._private:
                data.pop(field, None)
        return super().__call__(complete)


def instant(moment: datetime) -> datetime:
    """Return an instant in UTC; one without a time zone is in the home's.

    Raises ValueError for one outside the calendar's range.
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt_util.get_default_time_zone())
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"an instant was expected, not {moment}") from error


def past(gym: RunnerData, moment: datetime) -> datetime:
    """Return a past instant in UTC; raises ServiceValidationError for a future one, ValueError as `instant`.

    The error shows the instant as the home's language and country write it.
    """
    result = instant(moment)
    if result > dt_util.utcnow():
        config = gym.coordinator.hass.config
        formats = formats_for(config.language, config.country)
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="in_the_future",
            translation_placeholders={"moment": formats.moment(dt_util.as_local(result))},
        )
    return result


def period(data: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Return the instants of a requested period, unlimited on a side without one."""
    start, end = data.get(ATTR_START), data.get(ATTR_END)
    return (
        instant(start) if start else datetime.min.replace(tzinfo=UTC),
        instant(end) if end else datetime.max.replace(tzinfo=UTC),
    )


def plain(value: Any) -> Any:
    """Return a value's JSON form."""
    match value:
        case Mapping():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else value
