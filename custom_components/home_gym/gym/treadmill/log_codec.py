"""JSON form of a treadmill's log; reading validates everything."""

from collections.abc import Mapping
from typing import Any

from ..json_values import Plain, expect, figure, flag, instant, optional, text, text_of, tuple_of
from .log import BeltLog, BeltRecord, Certainty, OpenClaim
from .session import BeltSession, BeltState, Phase
from .speed_model import Sample

LEVELS = tuple_of(optional(figure))


def to_plain(log: BeltLog) -> Plain:
    """Return a log as JSON objects, with instants in ISO 8601."""
    return {
        "records": [_record_to_plain(record) for record in log.records.values()],
        "samples": {
            runner: [[one.run, text_of(one.at), one.level, one.speed, one.duration] for one in samples]
            for runner, samples in log.samples.items()
        },
        "withdrawals": {runner: list(activities) for runner, activities in log.withdrawals.items()},
        "open": _open_to_plain(log.open) if log.open else None,
        "warm_up_called_for": text_of(log.warm_up_called_for) if log.warm_up_called_for else None,
    }


def from_plain(plain: object) -> BeltLog:
    """Read a log; raises ValueError for an invalid one."""
    try:
        return _read(expect(dict, plain))
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _read(plain: Mapping[str, Any]) -> BeltLog:
    records = [_record(item) for item in expect(list, plain["records"])]
    return BeltLog(
        records={record.id: record for record in records},
        samples={
            text(runner): tuple(_sample(*expect(list, row)) for row in expect(list, rows))
            for runner, rows in expect(dict, plain["samples"]).items()
        },
        withdrawals={
            text(runner): [text(one) for one in expect(list, activities)]
            for runner, activities in expect(dict, plain["withdrawals"]).items()
        },
        open=optional(_open)(plain.get("open")),
        warm_up_called_for=optional(instant)(plain.get("warm_up_called_for")),
    )


def _record_to_plain(record: BeltRecord) -> Plain:
    session = record.session
    return {
        "start": text_of(session.start),
        "end": text_of(session.end),
        "phases": [[phase.state.value, text_of(phase.start), text_of(phase.end)] for phase in session.phases],
        "levels": list(session.levels),
        "distance": record.distance,
        "runner": record.runner,
        "certainty": record.certainty,
        "delivered": record.delivered,
        "asked": record.asked,
    }


def _record(plain: object) -> BeltRecord:
    fields = expect(dict, plain)
    phases = [
        Phase(state=BeltState(state), start=instant(start), end=instant(end))
        for state, start, end in expect(list, fields["phases"])
    ]
    return BeltRecord(
        session=BeltSession(
            start=instant(fields["start"]),
            end=instant(fields["end"]),
            phases=tuple(phases),
            levels=LEVELS(fields["levels"]),
        ),
        distance=optional(figure)(fields["distance"]),
        runner=optional(text)(fields["runner"]),
        certainty=optional(Certainty)(fields["certainty"]),
        delivered=flag(fields["delivered"]),
        asked=flag(fields["asked"]),
    )


def _sample(run: object, at: object, level: object, speed: object, duration: object) -> Sample:
    return Sample(run=text(run), at=instant(at), level=figure(level), speed=figure(speed), duration=figure(duration))


def _open_to_plain(claim: OpenClaim) -> Plain:
    return {
        "start": text_of(claim.start),
        "runner": claim.runner,
        "certainty": claim.certainty,
        "told": claim.told,
        "has_run": claim.has_run,
        "runs_until": text_of(claim.runs_until) if claim.runs_until else None,
    }


def _open(plain: object) -> OpenClaim:
    fields = expect(dict, plain)
    return OpenClaim(
        start=instant(fields["start"]),
        runner=optional(text)(fields["runner"]),
        certainty=optional(Certainty)(fields["certainty"]),
        told=flag(fields["told"]),
        has_run=flag(fields["has_run"]),
        runs_until=optional(instant)(fields["runs_until"]),
    )
