"""The facts of one runner, and nothing that follows from them.

Facts are never changed in place: they are frozen, and a journal's copy can be read in another thread while the journal
goes on.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from operator import attrgetter

from ..back.advice import Advice
from ..back.pain import PainReport
from ..bounds import is_figure, is_instant, measured, seen
from ..habits.habit import Session
from ..habits.rest import Rest
from ..prompts.prompt import PromptFact, PromptState, PromptTrigger
from ..prompts.topic import Topic
from ..routines.position import PlayerMemory
from ..runs.activity import Activity, Lap, Origin, RunningDynamics
from ..runs.corrections import Correction
from ..runs.run import Run

type PromptKey = tuple[str, Topic]

ALL_OF = {
    kind: attrgetter(*(item.name for item in fields(kind) if item.init)) for kind in (Activity, Lap, RunningDynamics)
}
"""What gives all that an activity, a lap or a stride tells; asked of every one that comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An activity as it was learned of.

    `day` is the day on the runner's calendar on which it ended. `live` tells a delivery from history, which prompts
    nobody. `chosen_shoe` is the pair that was chosen for the next run when this one became known, `chosen_firmly` tells
    that somebody chose it after the run before.
    """

    activity: Activity
    learned: datetime
    day: date
    live: bool
    chosen_shoe: str | None = None
    chosen_firmly: bool = False


@dataclass(slots=True, kw_only=True)
class Journal:
    """All facts of one runner, each under the key that makes telling it twice harmless.

    `week_told` is the first day of the last week that an event told of.
    """

    deliveries: dict[str, Delivery] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    prompts: dict[PromptKey, PromptFact] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    occasions: dict[str, PromptTrigger] = field(default_factory=dict)
    rests: dict[str, Rest] = field(default_factory=dict)
    pains: dict[str, PainReport] = field(default_factory=dict)
    advice_acknowledged: dict[Advice, datetime] = field(default_factory=dict)
    chosen_shoe: str | None = None
    chosen_firmly: bool = False
    may_speak: bool = True
    routine: PlayerMemory | None = None
    week_told: date | None = None

    def copy(self) -> Journal:
        """Return a journal of the same facts that later changes to this one leave alone."""
        return Journal(
            deliveries=dict(self.deliveries),
            sessions=dict(self.sessions),
            prompts=dict(self.prompts),
            corrections=dict(self.corrections),
            occasions=dict(self.occasions),
            rests=dict(self.rests),
            pains=dict(self.pains),
            advice_acknowledged=dict(self.advice_acknowledged),
            chosen_shoe=self.chosen_shoe,
            chosen_firmly=self.chosen_firmly,
            may_speak=self.may_speak,
            routine=self.routine,
            week_told=self.week_told,
        )

    def deliver(self, delivery: Delivery) -> bool:
        """Keep an activity, and tell whether that changed anything.

        What was first known of it stays: when it was learned, whether live, and the pair chosen then. A recording that
        damage left incomplete never replaces a complete one.
        """
        activity = delivery.activity
        known = self.deliveries.get(activity.id)
        if known is None:
            self.deliveries[activity.id] = delivery
            return True
        if known.activity == activity or (activity.incomplete and not known.activity.incomplete):
            return False
        self.deliveries[activity.id] = replace(known, activity=activity, day=delivery.day)
        return True

    def told(self, run: Run) -> list[Delivery]:
        """Return what told of a run."""
        return [self.deliveries[activity] for activity in run.activities]

    def first_told(self, run: Run) -> Delivery:
        """Return the delivery by which a run first became known."""
        told = self.told(run)
        return told[0] if len(told) == 1 else min(told, key=lambda delivery: (delivery.learned, delivery.activity.id))

    def learned_fresh(self, run: Run, within: timedelta) -> datetime | None:
        """Return when a run was first learned of so shortly after its end, or None where that never happened."""
        return min(
            (
                delivery.learned
                for delivery in self.told(run)
                if delivery.live and abs(delivery.learned - run.end) <= within
            ),
            default=None,
        )

    def log(self, session: Session) -> None:
        """Keep a session logged by hand."""
        self.sessions[session_key(session)] = session

    def last_by_hand(self) -> Session | Correction | Delivery | Rest | PainReport | None:
        """Return what a person logged or said last, whenever it was done."""
        runs = (told for told in self.deliveries.values() if told.activity.origin is Origin.PERSON)
        facts: list[tuple[datetime, Session | Correction | Delivery | Rest | PainReport]] = [
            *((session.logged, session) for session in self.sessions.values() if session.logged),
            *((correction.at, correction) for correction in self.corrections.values()),
            *((rest.ended or rest.said, rest) for rest in self.rests.values()),
            *((report.said, report) for report in self.pains.values() if report.source is None),
            *((run.learned, run) for run in runs),
        ]
        return max(facts, key=lambda fact: fact[0])[1] if facts else None

    def note(self, fact: PromptFact) -> None:
        """Keep what became of a prompt."""
        self.prompts[fact.activity, fact.topic] = fact

    def settle_interrupted_prompts(self) -> None:
        """Count every prompt that was being spoken when all stopped as spoken: nobody is asked twice."""
        for key, fact in self.prompts.items():
            if fact.state is PromptState.SPEAKING:
                self.prompts[key] = replace(fact, state=PromptState.SPOKEN).lived(fact.at)


def session_key(session: Session) -> str:
    """Return what makes logging the same session again harmless."""
    logged = session.logged or session.end
    return f"{session.habit}@{session.end.timestamp()}/{logged.timestamp()}"


def countable_end(activity: Activity) -> datetime:
    """Return when an activity ended.

    Raises ValueError for one that a journal can't keep: undated, or with a figure that none can be.
    """
    parts: tuple[Activity | Lap, ...] = (activity, *activity.laps)
    values = [value for part in parts for value in ALL_OF[type(part)](part)]
    for value in (*values, *(activity.cadence_thirds or ()), *_measured(activity)):
        # A union of types would be asked at many times the cost.
        if isinstance(value, (int, float)) and not is_figure(value):
            raise ValueError(f"a figure was expected, not {value}")
    if not all(is_instant(part.start) for part in parts) or activity.end is None:
        raise ValueError(f"instants in UTC were expected, not {activity.start}")
    return activity.end


def countable(correction: Correction) -> None:
    """Raise ValueError for a word that a journal can't keep: with a figure or an instant that none can be."""
    for figure in (correction.distance, correction.moving_time, correction.cadence):
        if figure is not None:
            measured(figure)
    if correction.start is not None:
        seen(correction.start)


def _measured(activity: Activity) -> tuple[float | None, ...]:
    """Return the figures of an activity's stride."""
    return ALL_OF[RunningDynamics](activity.dynamics) if activity.dynamics else ()
