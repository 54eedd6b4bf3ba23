"""The kinds of facts that a journal keeps: one table, from which reading, writing, copying and undoing follow."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from ..back.pain import PainReport
from ..codec.codec import Codec
from ..codec.schema import Dialect
from ..habits.habit import Session
from ..habits.rest import Rest
from ..prompts.prompt import PromptFact, PromptTrigger
from ..runs.activity import Activity, Origin
from ..runs.corrections import Correction

FACTS = Dialect(omitted=(None, ()))
"""Facts are stored without the fields that have nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An activity as it was learned of.

    `day` is the day on the runner's calendar on which it ended. `live` tells a delivery from history, which prompts
    nothing. `chosen_shoe` is the pair that was chosen for the next run when this one became known, `chosen_firmly`
    means that the runner chose it after the run before.
    """

    activity: Activity
    learned: datetime
    day: date
    live: bool
    chosen_shoe: str | None = None
    chosen_firmly: bool = False


type Fact = Delivery | Session | PromptFact | Correction | PromptTrigger | Rest | PainReport
type ManualEntry = Delivery | Session | Correction | Rest | PainReport
"""The facts that a person may have entered, and may take back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind[T]:
    """One kind of fact: its class, the journal's collection of it, and its key.

    The key makes adding a fact twice harmless. `entered` returns when a person entered or last changed a fact by hand,
    or None; kinds without it are never entered by hand. `in_every_file` means that the first version wrote it too.
    """

    kind: type[T]
    collection: str
    key: Callable[[T], Hashable]
    entered: Callable[[T], datetime | None] | None = None
    in_every_file: bool = False
    codec: Codec[T] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Derive the codec."""
        object.__setattr__(self, "codec", Codec(self.kind, FACTS))


def _run_entered(delivery: Delivery) -> datetime | None:
    return delivery.learned if delivery.activity.origin is Origin.PERSON else None


def _rest_entered(rest: Rest) -> datetime | None:
    return rest.ended or rest.said


def _pain_entered(report: PainReport) -> datetime | None:
    return report.said if report.source is None else None


# In the order in which a file has them.
FACT_KINDS: tuple[FactKind[Any], ...] = (
    FactKind(
        kind=Delivery,
        collection="deliveries",
        key=attrgetter("activity.id"),
        entered=_run_entered,
        in_every_file=True,
    ),
    FactKind(
        kind=Session,
        collection="sessions",
        key=attrgetter("key"),
        entered=attrgetter("logged"),
        in_every_file=True,
    ),
    FactKind(kind=PromptFact, collection="prompts", key=attrgetter("key"), in_every_file=True),
    FactKind(kind=Correction, collection="corrections", key=attrgetter("key"), entered=attrgetter("at")),
    FactKind(kind=PromptTrigger, collection="occasions", key=attrgetter("id")),
    FactKind(kind=Rest, collection="rests", key=attrgetter("key"), entered=_rest_entered),
    FactKind(kind=PainReport, collection="pains", key=attrgetter("key"), entered=_pain_entered),
)
KIND_OF: Mapping[type, FactKind[Any]] = {kind.kind: kind for kind in FACT_KINDS}
