"""The journal: the facts of one runner, without anything derived from them.

Facts are frozen and never changed in place, so that another thread can read a copy while the journal goes on.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from ..back.advice import Advice, NoticeRead
from ..back.experiment import Experiment
from ..back.function_score import FunctionScore
from ..back.pain import PainReport
from ..back.triage import Clearance, TriageAnswer, Withdrawal
from ..bounds import valid_figure, valid_instant
from ..habits.core_goal import CoreGoal, merged
from ..habits.habit import Session
from ..habits.milestone import Milestone
from ..habits.rest import Rest
from ..prompts.effort import EffortAsked
from ..prompts.form_check import FormCheck
from ..prompts.prompt import PromptFact, PromptState, PromptTrigger
from ..prompts.restored import RestoredTopic
from ..prompts.topic import Topic
from ..routines.position import PlayerMemory
from ..runs.activity import Activity
from ..runs.corrections import Correction
from ..runs.exertion import HARDEST
from ..runs.run import Run
from .changes import Changes
from .facts import FACT_KINDS, KIND_OF, Delivery, Fact, FactKind, ManualEntry

type PromptKey = tuple[str, Topic]


@dataclass(slots=True, kw_only=True)
class Journal:
    """All facts of one runner, each kind in a collection by the keys of `FACT_KINDS`.

    `reported_week` is the first day of the last week reported by an event, `core_goals` are the goals so far. `held`
    are facts dated after now, see `held`. `unsaved` are the changes of facts that are not on disk yet.
    """

    deliveries: dict[str, Delivery] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    prompts: dict[PromptKey, PromptFact] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    triggers: dict[str, PromptTrigger] = field(default_factory=dict)
    rests: dict[str, Rest] = field(default_factory=dict)
    pains: dict[str, PainReport] = field(default_factory=dict)
    triage_answers: dict[str, TriageAnswer] = field(default_factory=dict)
    clearances: dict[str, Clearance] = field(default_factory=dict)
    notices_read: dict[Advice, NoticeRead] = field(default_factory=dict)
    withdrawals: dict[str, Withdrawal] = field(default_factory=dict)
    function_scores: dict[str, FunctionScore] = field(default_factory=dict)
    experiments: dict[str, Experiment] = field(default_factory=dict)
    restored_topics: dict[Topic, RestoredTopic] = field(default_factory=dict)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    efforts_asked: dict[str, EffortAsked] = field(default_factory=dict)
    form_checks: dict[str, FormCheck] = field(default_factory=dict)
    advice_acknowledged: dict[Advice, datetime] = field(default_factory=dict)
    chosen_shoe: str | None = None
    explicitly_chosen: bool = False
    may_speak: bool = True
    routine: PlayerMemory | None = None
    reported_week: date | None = None
    core_goals: tuple[CoreGoal, ...] = ()
    held: list[Fact] = field(default_factory=list, compare=False, repr=False)
    unsaved: Changes = field(default_factory=Changes, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether the journal has no fact."""
        return not any(self.facts(kind) for kind in FACT_KINDS)

    def copy(self) -> Journal:
        """Return a journal with the same facts, independent of later changes."""
        facts: dict[str, Any] = {kind.collection: dict(self.facts(kind)) for kind in FACT_KINDS}
        acknowledged = dict(self.advice_acknowledged)
        return replace(self, **facts, advice_acknowledged=acknowledged, unsaved=self.unsaved.copy())

    def facts[T: Fact](self, kind: FactKind[T]) -> dict[Hashable, T]:
        """Return the facts of one kind by their keys."""
        facts: dict[Hashable, T] = getattr(self, kind.collection)
        return facts

    def add(self, fact: Fact) -> None:
        """Add a fact, or replace the one with its key."""
        kind = KIND_OF[type(fact)]
        key = kind.key(fact)
        self.facts(kind)[key] = fact
        self.unsaved.note(kind, key, fact)

    def hold(self, fact: Fact) -> None:
        """Hold back a fact dated after now: it stays on disk, but counts for nothing until it is loaded again."""
        kind = KIND_OF[type(fact)]
        del self.facts(kind)[kind.key(fact)]
        self.held.append(fact)

    def remove(self, fact: Fact) -> None:
        """Remove a fact."""
        kind = KIND_OF[type(fact)]
        key = kind.key(fact)
        del self.facts(kind)[key]
        self.unsaved.note(kind, key, None)
        if isinstance(fact, Delivery):
            self.unsaved.note_curve(fact.activity.id, None)

    def withdraw(self, activity: str) -> bool:
        """Remove an activity by its id, and return whether it was in the journal."""
        delivery = self.deliveries.get(activity)
        if delivery is not None:
            self.remove(delivery)
        return delivery is not None

    def merge(self, other: Journal) -> int:
        """Add the facts of another journal that this one lacks, and return their number.

        An empty journal also takes over the settings and states.
        """
        if self.is_empty:
            self.chosen_shoe, self.explicitly_chosen = other.chosen_shoe, other.explicitly_chosen
            self.may_speak, self.reported_week = other.may_speak, other.reported_week
            self.advice_acknowledged = dict(other.advice_acknowledged)
        self.core_goals = merged(self.core_goals, other.core_goals)
        missing = [
            fact for kind in FACT_KINDS for key, fact in other.facts(kind).items() if key not in self.facts(kind)
        ]
        curves = other.unsaved.curves()
        for fact in missing:
            self.add(fact)
            if isinstance(fact, Delivery) and (curve := curves.get(fact.activity.id)):
                self.unsaved.note_curve(fact.activity.id, curve)
        return len(missing)

    def deliver(self, delivery: Delivery) -> bool:
        """Add or update an activity, and return whether that changed anything.

        The circumstances of the first delivery stay: its instant, `live`, and the chosen pair. A recording that damage
        left incomplete never replaces a complete one, and a doubtful one never replaces one that counts. The curve of
        the recording goes to disk alone.
        """
        activity, curve = delivery.activity, delivery.activity.curve
        known = self.deliveries.get(activity.id)
        if known and _is_lesser(activity, known.activity):
            return False
        # The setting of any of its sources decides about a doubtful one.
        earlier = known.sources if known else ()
        sources = tuple(sorted({*earlier, *delivery.sources})) if activity.doubt else ()
        if known and known.activity == activity and known.sources == sources:
            return False
        if curve is not None:
            activity = replace(activity, curve=None)
            self.unsaved.note_curve(activity.id, curve)
        self.add(replace(known or delivery, activity=activity, day=delivery.day, sources=sources))
        return True

    def deliveries_of(self, run: Run) -> list[Delivery]:
        """Return the deliveries of a run's activities."""
        return [self.deliveries[activity] for activity in run.activities]

    def first_delivery_of(self, run: Run) -> Delivery:
        """Return the first delivery of a run."""
        deliveries = self.deliveries_of(run)
        # Most runs have a single delivery.
        if len(deliveries) == 1:
            return deliveries[0]
        return min(deliveries, key=lambda delivery: (delivery.learned_at, delivery.activity.id))

    def is_unsaved(self, run: Run) -> bool:
        """Return whether a run has an activity or a correction that is not on disk."""
        changed = self.unsaved.all()
        corrected = {fact.activity for _, _, fact in changed if isinstance(fact, Correction)}
        return not corrected.isdisjoint(run.activities) or any(
            self.unsaved.affects("deliveries", activity) for activity in run.activities
        )

    def freshly_learned_at(self, run: Run, within: timedelta) -> datetime | None:
        """Return the instant of a run's first live delivery within this time of its end, or None without one."""
        return min(
            (
                learned_at
                for delivery in self.deliveries_of(run)
                if delivery.live and abs((learned_at := self._counted_from(delivery)) - run.end) <= within
            ),
            default=None,
        )

    def _counted_from(self, delivery: Delivery) -> datetime:
        """Return the instant of a delivery; a doubtful activity is delivered as it is taken."""
        if delivery.activity.doubt is None:
            return delivery.learned_at
        taken = (each.at for each in self.corrections.values() if each.taken and each.activity == delivery.activity.id)
        return max(taken, default=delivery.learned_at)

    def last_by_hand(self) -> ManualEntry | None:
        """Return the latest manual entry or change, regardless of the time that it is about."""
        # Of facts entered in one instant the first counts, and runs come after all else.
        kinds = sorted(FACT_KINDS, key=lambda kind: kind.kind is Delivery)
        entered = [
            (at, fact)
            for kind in kinds
            if kind.entered
            for fact in self.facts(kind).values()
            if (at := kind.entered(fact)) and not self._is_withdrawn(fact)
        ]
        return max(entered, key=lambda each: each[0])[1] if entered else None

    def _is_withdrawn(self, fact: Fact) -> bool:
        return isinstance(fact, PainReport) and fact.key in self.withdrawals

    def settle_interrupted_prompts(self) -> None:
        """Mark prompts that were being spoken at a shutdown as spoken, so that they are not repeated."""
        for fact in [fact for fact in self.prompts.values() if fact.state is PromptState.SPEAKING]:
            self.add(replace(fact, state=PromptState.SPOKEN).with_step(fact.at))


def _is_lesser(activity: Activity, known: Activity) -> bool:
    """Return whether a version of an activity must not replace the known one."""
    if (activity.doubt is None) is not (known.doubt is None):
        return activity.doubt is not None
    return activity.incomplete and not known.incomplete


def check_correction(correction: Correction) -> None:
    """Raise ValueError for an invalid correction: with an impossible figure or instant."""
    for figure in (correction.distance, correction.moving_time, correction.cadence):
        if figure is not None:
            valid_figure(figure)
    if correction.perceived is not None and not 0 <= correction.perceived <= HARDEST:
        raise ValueError(f"an exertion from 0 to {HARDEST} was expected, not {correction.perceived}")
    if correction.start is not None:
        valid_instant(correction.start)
