"""How the log of a treadmill is written down, as values that JSON knows; reading trusts nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from .belt_log import BeltLog, BeltRecord, Certainty, OpenClaim
from .belt_session import BeltSession, BeltState, Phase
from .belt_speed import Sample
from .journal import YEARS

type Plain = dict[str, Any]


def to_plain(log: BeltLog) -> Plain:
    """Return a log as JSON objects, with instants in ISO 8601."""
    return {
        "records": [_record_to_plain(record) for record in log.records.values()],
        "samples": {
            runner: [[one.run, _text(one.at), one.level, one.speed, one.duration] for one in samples]
            for runner, samples in log.samples.items()
        },
        "withdrawals": {runner: list(activities) for runner, activities in log.withdrawals.items()},
        "open": _open_to_plain(log.open) if log.open else None,
        "warm_up_called_for": _text(log.warm_up_called_for) if log.warm_up_called_for else None,
    }


def from_plain(plain: object) -> BeltLog:
    """Read a log; raises ValueError where something in it is not what it should be."""
    try:
        return _read(_is(dict, plain))
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _read(plain: Mapping[str, Any]) -> BeltLog:
    records = [_record(item) for item in _is(list, plain["records"])]
    called_for = plain.get("warm_up_called_for")
    return BeltLog(
        records={record.id: record for record in records},
        samples={
            _is(str, runner): tuple(_sample(*_is(list, row)) for row in _is(list, rows))
            for runner, rows in _is(dict, plain["samples"]).items()
        },
        withdrawals={
            _is(str, runner): [_is(str, one) for one in _is(list, activities)]
            for runner, activities in _is(dict, plain["withdrawals"]).items()
        },
        open=_open(_is(dict, plain["open"])) if plain.get("open") is not None else None,
        warm_up_called_for=_instant(called_for) if called_for is not None else None,
    )


def _record_to_plain(record: BeltRecord) -> Plain:
    session = record.session
    return {
        "start": _text(session.start),
        "end": _text(session.end),
        "phases": [[phase.state.value, _text(phase.start), _text(phase.end)] for phase in session.phases],
        "levels": list(session.levels),
        "distance": record.distance,
        "runner": record.runner,
        "certainty": record.certainty,
        "delivered": record.delivered,
        "asked": record.asked,
    }


def _record(plain: object) -> BeltRecord:
    told = _is(dict, plain)
    phases = [
        Phase(state=BeltState(state), start=_instant(start), end=_instant(end))
        for state, start, end in _is(list, told["phases"])
    ]
    levels = [None if level is None else _figure(level) for level in _is(list, told["levels"])]
    runner, certainty, distance = told["runner"], told["certainty"], told["distance"]
    return BeltRecord(
        session=BeltSession(
            start=_instant(told["start"]), end=_instant(told["end"]), phases=tuple(phases), levels=tuple(levels)
        ),
        distance=None if distance is None else _figure(distance),
        runner=None if runner is None else _is(str, runner),
        certainty=None if certainty is None else Certainty(certainty),
        delivered=_is(bool, told["delivered"]),
        asked=_is(bool, told["asked"]),
    )


def _sample(run: object, at: object, level: object, speed: object, duration: object) -> Sample:
    return Sample(
        run=_is(str, run), at=_instant(at), level=_figure(level), speed=_figure(speed), duration=_figure(duration)
    )


def _open_to_plain(claim: OpenClaim) -> Plain:
    return {
        "start": _text(claim.start),
        "runner": claim.runner,
        "certainty": claim.certainty,
        "told": claim.told,
        "has_run": claim.has_run,
        "runs_until": _text(claim.runs_until) if claim.runs_until else None,
    }


def _open(told: Mapping[str, Any]) -> OpenClaim:
    runner, certainty = told["runner"], told["certainty"]
    return OpenClaim(
        start=_instant(told["start"]),
        runner=None if runner is None else _is(str, runner),
        certainty=None if certainty is None else Certainty(certainty),
        told=_is(bool, told["told"]),
        has_run=_is(bool, told["has_run"]),
        runs_until=None if told["runs_until"] is None else _instant(told["runs_until"]),
    )


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _is[T](kind: type[T], plain: object) -> T:
    if not isinstance(plain, kind):
        raise TypeError(f"{kind.__name__} was expected, not {type(plain).__name__}")
    return plain


def _figure(plain: object) -> float:
    if isinstance(plain, bool) or not isinstance(plain, int | float) or not isfinite(plain) or plain < 0:
        raise TypeError(f"a figure was expected, not {plain!r}")
    return float(plain)


def _instant(plain: object) -> datetime:
    instant = datetime.fromisoformat(_is(str, plain))
    if instant.tzinfo is None or instant.year not in YEARS:
        raise ValueError(f"an instant that nobody can have seen: {instant}")
    return instant.astimezone(UTC)
