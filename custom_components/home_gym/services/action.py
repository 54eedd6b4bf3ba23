"""What all actions share: how one is described, and how the times that people give are read."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, override

import voluptuous as vol

from homeassistant.core import ServiceResponse, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..data import RunnerData
from ..permissions import Right

ATTR_END = "end"
ATTR_START = "start"

PERIOD = {vol.Optional(ATTR_START): cv.datetime, vol.Optional(ATTR_END): cv.datetime}

type Handler = Callable[[RunnerData, Mapping[str, Any]], Awaitable[ServiceResponse]]
type RightOf = Callable[[RunnerData, Mapping[str, Any]], Awaitable[Right]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What an action takes beside the runner's config entry, and who does it.

    `private` are the fields that are nobody else's business; see `Withholding`. `right_of` returns the right that some
    data need beyond `right`.
    """

    fields: dict[vol.Marker, Any]
    handler: Handler
    answers: SupportsResponse = SupportsResponse.NONE
    private: tuple[str, ...] = ()
    right_of: RightOf | None = None

    @property
    def right(self) -> Right:
        """Right on the runner that every call needs; an action that only answers changes nothing."""
        return Right.SEE if self.answers is SupportsResponse.ONLY else Right.ACT


class Withholding(vol.Schema):  # type: ignore[misc]  # voluptuous has no types
    """A schema that takes private fields out of what was given, and leaves them in what it returns.

    Home Assistant tells of every action by an event with the very data that was given, and the recorder keeps that.
    It looks at the data by the schema first, and a caller makes that data anew for each call. Should one of that
    change, an event has the fields again, and everything else goes on.
    """

    def __init__(self, fields: Mapping[vol.Marker, Any], private: tuple[str, ...]) -> None:
        """Take the fields, and which of them are private."""
        super().__init__(dict(fields))
        self._private = private

    @override
    def __call__(self, data: dict[str, Any]) -> Any:
        told = dict(data)
        # Data that can't be written to can't be kept quiet; what is reported counts for more.
        with suppress(RuntimeError):
            for field in self._private:
                data.pop(field, None)
        return super().__call__(told)


def instant(moment: datetime) -> datetime:
    """Return an instant in UTC; what says no time zone is meant in the home's.

    Raises ValueError for one before or after all calendars.
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt_util.get_default_time_zone())
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"an instant was expected, not {moment}") from error


def past(moment: datetime) -> datetime:
    """Return an instant in UTC; raises ServiceValidationError for one that is yet to come, ValueError as `instant`."""
    told = instant(moment)
    if told > dt_util.utcnow():
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="in_the_future",
            translation_placeholders={"moment": moment.isoformat()},
        )
    return told


def period(data: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Return the instants between which something was asked for; where none was given, all there are."""
    start, end = data.get(ATTR_START), data.get(ATTR_END)
    return (
        instant(start) if start else datetime.min.replace(tzinfo=UTC),
        instant(end) if end else datetime.max.replace(tzinfo=UTC),
    )


def plain(value: Any) -> Any:
    """Return what JSON knows."""
    match value:
        case Mapping():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else value
