"""The kinds of facts in a journal: one table, the base of reading, writing, copying and undoing."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from ..back.advice import NoticeRead
from ..back.experiment import Experiment
from ..back.function_score import FunctionScore
from ..back.pain import PainReport
from ..back.triage import Clearance, TriageAnswer, Withdrawal
from ..codec.codec import Codec
from ..codec.schema import Dialect, stored
from ..habits.habit import Session
from ..habits.milestone import Milestone
from ..habits.rest import Rest
from ..prompts.effort import EffortAsked
from ..prompts.form_check import FormCheck
from ..prompts.prompt import PromptFact, PromptTrigger
from ..prompts.restored import RestoredTopic
from ..runs.activity import Activity, Origin
from ..runs.corrections import Correction

FACTS = Dialect(omitted=(None, ()))
"""Dialect of facts: fields without a value are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An activity as it was delivered.

    `learned_at` is the instant of the first delivery, `day` the day that the activity counts for on the runner's
    calendar.
    `live` is False for imported history, which prompts nothing. `chosen_shoe` is the pair chosen for the next run at
    that instant; `explicitly_chosen` means that the runner chose it after the run before. `sources` are the ids of the
    sources of a doubtful activity.
    """

    activity: Activity
    learned_at: datetime = field(metadata=stored("learned"))
    day: date
    live: bool
    chosen_shoe: str | None = None
    explicitly_chosen: bool = field(default=False, metadata=stored("chosen_firmly"))
    sources: tuple[str, ...] = ()


type Fact = (
    Delivery
    | Session
    | PromptFact
    | Correction
    | PromptTrigger
    | Rest
    | PainReport
    | TriageAnswer
    | Clearance
    | NoticeRead
    | Withdrawal
    | FunctionScore
    | Experiment
    | RestoredTopic
    | Milestone
    | EffortAsked
    | FormCheck
)
type ManualEntry = Delivery | Session | Correction | Rest | PainReport | FunctionScore | FormCheck
"""Facts that a person can enter by hand, and undo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind[T]:
    """One kind of fact: its class, its collection in the journal, and its key.

    The key makes adding a fact twice harmless. `at` is the instant that a fact is about. `entered` returns the instant
    of the latest entry or change of a fact by hand, or None; kinds without it are never entered by hand.
    `in_every_file` marks the kinds of the first version; `collection_key` is the collection's key in JSON if that isn't
    its name.
    """

    kind: type[T]
    collection: str
    key: Callable[[T], Hashable]
    at: Callable[[T], datetime | None]
    entered: Callable[[T], datetime | None] | None = None
    in_every_file: bool = False
    collection_key: str | None = None
    codec: Codec[T] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Derive the codec."""
        object.__setattr__(self, "codec", Codec(self.kind, FACTS))

    @property
    def stored_as(self) -> str:
        """Key of the collection in a stored journal."""
        return self.collection_key or self.collection

    def row_key(self, key: Hashable) -> str:
        """Return the text of a fact's key; of a key with parts, only the first may contain a slash."""
        text = "/".join(reversed(key)) if isinstance(key, tuple) else str(key)
        # A source's name may have half a character, which no file can hold.
        return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def _run_entered(delivery: Delivery) -> datetime | None:
    return delivery.learned_at if delivery.activity.origin is Origin.PERSON else None


def _rest_entered(rest: Rest) -> datetime | None:
    return rest.ended or rest.recorded_at


def _pain_entered(report: PainReport) -> datetime | None:
    return report.recorded_at if report.source is None else None


# In the order of the file.
FACT_KINDS: tuple[FactKind[Any], ...] = (
    FactKind(
        kind=Delivery,
        collection="deliveries",
        key=attrgetter("activity.id"),
        at=attrgetter("activity.start"),
        entered=_run_entered,
        in_every_file=True,
    ),
    FactKind(
        kind=Session,
        collection="sessions",
        key=attrgetter("key"),
        at=attrgetter("end"),
        entered=attrgetter("logged"),
        in_every_file=True,
    ),
    FactKind(kind=PromptFact, collection="prompts", key=attrgetter("key"), at=attrgetter("at"), in_every_file=True),
    FactKind(
        kind=Correction,
        collection="corrections",
        key=attrgetter("key"),
        at=attrgetter("at"),
        entered=attrgetter("at"),
    ),
    FactKind(
        kind=PromptTrigger,
        collection="triggers",
        collection_key="occasions",
        key=attrgetter("id"),
        at=attrgetter("at"),
    ),
    FactKind(kind=Rest, collection="rests", key=attrgetter("key"), at=attrgetter("recorded_at"), entered=_rest_entered),
    FactKind(kind=PainReport, collection="pains", key=attrgetter("key"), at=attrgetter("at"), entered=_pain_entered),
    FactKind(kind=TriageAnswer, collection="triage_answers", key=attrgetter("key"), at=attrgetter("at")),
    FactKind(kind=Clearance, collection="clearances", key=attrgetter("key"), at=attrgetter("recorded_at")),
    FactKind(kind=NoticeRead, collection="notices_read", key=attrgetter("advice"), at=attrgetter("at")),
    FactKind(kind=Withdrawal, collection="withdrawals", key=attrgetter("key"), at=attrgetter("recorded_at")),
    FactKind(
        kind=FunctionScore,
        collection="function_scores",
        key=attrgetter("key"),
        at=attrgetter("recorded_at"),
        entered=attrgetter("recorded_at"),
    ),
    FactKind(kind=Experiment, collection="experiments", key=attrgetter("key"), at=attrgetter("started")),
    FactKind(kind=RestoredTopic, collection="restored_topics", key=attrgetter("topic"), at=attrgetter("at")),
    FactKind(kind=Milestone, collection="milestones", key=attrgetter("key"), at=attrgetter("at")),
    FactKind(kind=EffortAsked, collection="efforts_asked", key=attrgetter("activity"), at=attrgetter("at")),
    FactKind(
        kind=FormCheck,
        collection="form_checks",
        key=attrgetter("key"),
        at=attrgetter("at"),
        entered=attrgetter("at"),
    ),
)
KIND_OF: Mapping[type, FactKind[Any]] = {kind.kind: kind for kind in FACT_KINDS}
KIND_STORED_AS: Mapping[str, FactKind[Any]] = {kind.stored_as: kind for kind in FACT_KINDS}
