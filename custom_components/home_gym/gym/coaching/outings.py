"""Outings as the coach sees them: the warm-up before, the cool-down at the end, and the habits after, one of each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from ..habits.habit import Habit
from ..journal.journal import Journal
from ..prompts.prompt import (
    COOL_DOWN_WITHIN,
    NO_DELAY,
    PAUSE_ON_BELT,
    TRIGGER_LASTS,
    Prompt,
    PromptFact,
    PromptState,
    PromptTrigger,
    prompt_on,
    prompts_after,
)
from ..runs.activity import Origin
from ..runs.effort.outing import APART, SHORTEST_TIME, Outing, outings_of, usual_pause, wait_for_more
from ..runs.run import Run
from ..runs.run_history import RunHistory
from ..settings import Settings
from ..timeline import Timeline

# Older events have no open prompts.
OPEN_PROMPT_WINDOW = timedelta(days=3)
# Pauses are learnt from so long a time.
LEARNT_OVER = timedelta(weeks=8)
# The belt slows down within this time of the run's end; a longer run went on.
RAN_ON = timedelta(minutes=1)
# A slower belt for a few steps is no pause.
SHORTEST_PAUSE = timedelta(seconds=15)
ON_A_BELT = frozenset({Origin.TREADMILL, Origin.POWER})
PARTS_OF_OUTING = frozenset({Habit.WARM_UP, Habit.COOL_DOWN})


class CoachedOutings:
    """Recent outings of one runner with their triggers, and the prompts that belong to them."""

    def __init__(self, settings: Settings, journal: Journal, runs: RunHistory) -> None:
        """Read these facts."""
        self._settings = settings.prompts
        self._journal = journal
        self._runs = runs
        self._triggers = Timeline[datetime]()
        self._triggers.fill((trigger.at, trigger.id) for trigger in journal.triggers.values())
        # The outings learnt from, cached until a run changes.
        self._learnt: tuple[int, list[Outing]] = -1, []

    def add_trigger(self, trigger: PromptTrigger) -> None:
        """Add a trigger, once."""
        if trigger.id not in self._journal.triggers:
            self._journal.add(trigger)
            self._triggers.add(trigger.at, trigger.id)

    def resume(self, at: datetime) -> None:
        """Note that the runner runs again after a pause; what looked like the end of the outing was none."""
        for trigger in self._since(at - APART):
            if trigger.habit is not Habit.COOL_DOWN or trigger.asked or trigger.resumed or trigger.at >= at:
                continue
            if at - trigger.at < SHORTEST_PAUSE:
                self._triggers.remove(trigger.at, trigger.id)
                self._journal.remove(trigger)
            else:
                self._journal.add(replace(trigger, resumed=at))

    def triggers(self, now: datetime) -> list[PromptTrigger]:
        """Return the recent triggers that call for a habit."""
        treadmill = self._settings.at_the_treadmill
        lately = self._since(now - OPEN_PROMPT_WINDOW)
        return [trigger for trigger in lately if trigger.asked or trigger.habit in treadmill]

    def recent(self, now: datetime) -> list[Outing]:
        """Return the outings of the last days, with the moments of their triggers."""
        triggers = (trigger for trigger in self._since(now - OPEN_PROMPT_WINDOW) if _is_part(trigger))
        return outings_of(self._runs.since(now - OPEN_PROMPT_WINDOW), (trigger.at for trigger in triggers))

    def prompts(self, now: datetime) -> list[Prompt]:
        """Return the prompts of triggers and outings, in no order."""
        outings, triggers = self.recent(now), self.triggers(now)
        prompts = [
            replace(prompt_on(trigger, self._settings), outing=_outing_at(outings, trigger.at))
            for trigger in triggers
            if trigger.asked or trigger.habit is not Habit.COOL_DOWN
        ]
        for outing in outings:
            slowed = [
                trigger
                for trigger in triggers
                if trigger.habit is Habit.COOL_DOWN and not trigger.asked and outing.includes(trigger.at)
            ]
            prompts += [replace(prompt, outing=outing.start) for prompt in self._of(outing, slowed, now)]
        return prompts

    def pause_on_belt(self, now: datetime) -> timedelta:
        """Return the time after which a slow belt is the end of the outing: longer than the runner's usual pause."""
        lately = [trigger for trigger in self._since(now - LEARNT_OVER) if _is_part(trigger)]
        walked = [trigger.resumed - trigger.at for trigger in lately if trigger.resumed]
        still = [pause for outing in self._earlier(now) for pause in outing.pauses]
        return max(PAUSE_ON_BELT, usual_pause(walked), usual_pause(still))

    def _earlier(self, now: datetime) -> list[Outing]:
        if self._learnt[0] != self._runs.changes:
            self._learnt = self._runs.changes, outings_of(self._runs.between(now - LEARNT_OVER, now))
        return self._learnt[1]

    def _since(self, start: datetime) -> list[PromptTrigger]:
        return [self._journal.triggers[key] for key in self._triggers.since(start)]

    def _of(self, outing: Outing, slowed: list[PromptTrigger], now: datetime) -> list[Prompt]:
        """Return the prompts at the end of an outing, and after it."""
        if outing.is_short:
            return []
        cool_down = self._at_the_end(outing, slowed, now)
        last = outing.last_run
        learned = [at for run in outing.runs if (at := self._journal.freshly_learned_at(run, self._settings.fresh_for))]
        if last is None or not learned:
            return cool_down
        after = prompts_after(last, self._over_at(outing, last, max(learned), now), self._settings)
        first_end = min(run.end for run in outing.runs)
        return [*cool_down, *(replace(prompt, names=outing.activities, since=first_end) for prompt in after)]

    def _at_the_end(self, outing: Outing, slowed: list[PromptTrigger], now: datetime) -> list[Prompt]:
        """Return the cool-down of an outing: as the belt stays slow, else as a run arrives soon after its end."""
        names = outing.activities.union(trigger.id for trigger in slowed)
        last, trigger = outing.last_run, slowed[-1] if slowed else None
        if known := self._announced(names):
            # What was announced stays, even if the runner runs on.
            begun = known.life[0].at if known.life else known.at
            cool_down = _cool_down(known.activity, names, since=begun, due=begun, lasts=TRIGGER_LASTS)
            return [replace(cool_down, run=last.id if last and known.activity in outing.activities else None)]
        if trigger and not trigger.resumed and not (last and last.end > trigger.at + RAN_ON):
            pause = max(self._settings.delays.get(Habit.COOL_DOWN, NO_DELAY), self.pause_on_belt(now))
            cool_down = _cool_down(trigger.id, names, since=trigger.at, due=trigger.at + pause, lasts=TRIGGER_LASTS)
            return [] if _is_brief(outing, trigger) else [cool_down]
        return self._as_run_arrives(outing, last, names, now) if last else []

    def _as_run_arrives(self, outing: Outing, last: Run, names: frozenset[str], now: datetime) -> list[Prompt]:
        """Return the cool-down of an outing, as its last run arrives soon after its end; the treadmill has its own."""
        learned = self._journal.freshly_learned_at(last, COOL_DOWN_WITHIN)
        if learned is None or Habit.COOL_DOWN not in self._settings.at_the_treadmill or self._is_on_belt(last):
            return []
        due = self._over_at(outing, last, learned, now)
        cool_down = _cool_down(last.id, names, since=outing.start, due=due, lasts=COOL_DOWN_WITHIN)
        return [replace(cool_down, run=last.id)] if due <= last.end + COOL_DOWN_WITHIN else []

    def _over_at(self, outing: Outing, last: Run, learned: datetime, now: datetime) -> datetime:
        """Return the instant at which an outing is over: no recording is likely to follow its last one."""
        wait = wait_for_more(outing, self._earlier(now))
        return max(learned, last.end + wait) if wait else learned

    def _announced(self, names: frozenset[str]) -> PromptFact | None:
        keys = ((name, Habit.COOL_DOWN) for name in names)
        facts = (self._journal.prompts[key] for key in keys if key in self._journal.prompts)
        return next((fact for fact in facts if fact.state is not PromptState.HELD), None)

    def _is_on_belt(self, run: Run) -> bool:
        return all(delivery.activity.origin in ON_A_BELT for delivery in self._journal.deliveries_of(run))


def _is_part(trigger: PromptTrigger) -> bool:
    return trigger.habit in PARTS_OF_OUTING and not trigger.asked


def _outing_at(outings: Iterable[Outing], instant: datetime) -> datetime | None:
    return next((outing.start for outing in outings if outing.includes(instant)), None)


def _is_brief(outing: Outing, trigger: PromptTrigger) -> bool:
    """Return whether a belt slows down too soon after the outing's start; a start that isn't known is no reason."""
    return timedelta(0) < trigger.at - outing.start < timedelta(seconds=SHORTEST_TIME)


def _cool_down(name: str, names: frozenset[str], *, since: datetime, due: datetime, lasts: timedelta) -> Prompt:
    return Prompt(
        topic=Habit.COOL_DOWN,
        id=name,
        names=names,
        run=None,
        since=since,
        due=due,
        expires=due + lasts,
        is_urgent=True,
    )
