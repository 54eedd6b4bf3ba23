"""Lines of the player at each point of a routine."""

from collections.abc import Sequence

from ..exercises.exercise import Side, Variant, catalogue
from ..habits.habit import Habit
from ..speech.phrases import Phrases, line
from .player_events import PhraseRef
from .routine import Guide, Routine, Step, WarningPoint
from .timing import SHORTEST_HALVED, is_further_set, other_side

HALVED_FROM = SHORTEST_HALVED.total_seconds()
TIME_FOR_BOTH = 60
"""Seconds of a hold from which its second half has time for both a tip and the warning."""
HALF_SAID_FROM = 45
"""Seconds of a hold of a built-in routine from which its half is said."""
SHORTEST_REST = 10
"""Seconds of a rest that is said."""
COUNTS = (
    PhraseRef(key="player.five"),
    PhraseRef(key="player.four"),
    PhraseRef(key="player.three"),
    PhraseRef(key="player.two"),
    PhraseRef(key="player.one"),
)
LAST_COUNTS = COUNTS[-3:]
REST = PhraseRef(key="player.rest_brief")
LET_GO = PhraseRef(key="player.let_go")
PAUSED = PhraseRef(key="player.paused")
AGAIN = PhraseRef(key="player.again")
RESUMED = PhraseRef(key="player.resumed")
RESUMED_EASED = PhraseRef(key="player.resumed_eased")
RESTORED = PhraseRef(key="player.restored_paused")
WAYS = {Variant.EASIER: PhraseRef(key="player.easier"), Variant.HARDER: PhraseRef(key="player.harder")}
SWITCHES = {Side.LEFT: PhraseRef(key="player.switch_left"), Side.RIGHT: PhraseRef(key="player.switch_right")}
SIDES = {Side.LEFT: PhraseRef(key="player.side_left"), Side.RIGHT: PhraseRef(key="player.side_right")}


def greeting(routine: Routine, seconds: float) -> PhraseRef:
    """Return the line that announces the routine and its duration."""
    name = routine.name or PhraseRef(key=f"routine.{routine.id}.name")
    minutes = round(seconds / 60)
    if minutes <= 1:
        return PhraseRef(key="player.begin_short", values={"routine": name})
    return PhraseRef(key="player.begin", values={"routine": name, "minutes": minutes})


def gentle_lines(routine: Routine) -> list[PhraseRef]:
    """Return the line with the reason of a gentler routine, none for a usual one."""
    return [PhraseRef(key=f"player.gentle.{routine.because}")] if routine.because else []


def name_lines(step: Step) -> list[PhraseRef]:
    """Return the lines with the name and the side of a step."""
    name = step.name or PhraseRef(key=f"exercise.{step.exercise}.name")
    named = PhraseRef(key="player.next", values={"exercise": name})
    return [named, SIDES[step.side]] if step.side else [named]


def guided_lines(step: Step, before: Step | None) -> list[PhraseRef]:
    """Return the lines before the hold of a step with a guide: a name and a word where that is enough."""
    guide = step.guide or Guide(planned=step.exercise)
    switched, stops = other_side(before, step), guide.warning is WarningPoint.BEGINNING
    if switched:
        lines = [SWITCHES[switched]]
    elif is_further_set(before, step):
        lines = [AGAIN]
    elif not guide.brief:
        return cue_lines(step, stops=stops)
    else:
        lines = [PhraseRef(key="player.named", values={"exercise": PhraseRef(key=f"exercise.{step.exercise}.name")})]
        lines += [SIDES[step.side]] if step.side else []
        lines += [PhraseRef(key=f"exercise.{step.exercise}.brief")]
        lines += [PhraseRef(key="player.times", values={"count": step.repetitions})] if step.repetitions else []
    return [*lines, PhraseRef(key=f"exercise.{step.exercise}.stop")] if stops else lines


def end_lines(step: Step) -> list[PhraseRef]:
    """Return the lines at the end of the hold of a step with a guide, none before a moment that is no rest."""
    exercise = catalogue()[step.exercise]
    if Habit.STRETCH in exercise.habits and exercise.is_held:
        return [LET_GO]
    return [REST] if step.rest >= SHORTEST_REST else []


def explanation_lines(step: Step) -> list[PhraseRef]:
    """Return the whole text of a step: its name, cue, variant, tip and stop line."""
    if not step.exercise:
        return name_lines(step)[:1]
    way = [f"exercise.{step.exercise}.{step.way}"] if step.way else []
    keys = [f"exercise.{step.exercise}.{part}" for part in ("cue", "tip", "stop")]
    return [*name_lines(step), *(PhraseRef(key=key) for key in (keys[0], *way, *keys[1:]))]


def cue_lines(step: Step, *, is_first: bool = True, stops: bool = False) -> list[PhraseRef]:
    """Return the lines before the hold of a step.

    `is_first` means that its exercise didn't come before, so that its variant is described; `stops` that the warning is
    not spoken later.
    """
    lines = name_lines(step)
    if step.exercise:
        lines.append(PhraseRef(key=f"exercise.{step.exercise}.cue"))
    if is_first and step.exercise and step.way:
        lines += [WAYS[step.way], PhraseRef(key=f"exercise.{step.exercise}.{step.way}")]
    if step.repetitions:
        lines.append(PhraseRef(key="player.repetitions", values={"count": step.repetitions}))
    if stops and step.exercise:
        lines.append(PhraseRef(key=f"exercise.{step.exercise}.stop"))
    return lines


def stops_in_the_middle(holds: Sequence[float]) -> bool:
    """Return whether an exercise's warning comes in the middle of a hold, by the seconds of each of its holds."""
    first, *others = holds
    return first >= TIME_FOR_BOTH or bool(others and HALVED_FROM <= others[0] < TIME_FOR_BOTH)


def half_lines(step: Step, *, before: int) -> list[PhraseRef]:
    """Return the lines in the middle of a hold: the half-way mark, and a tip or the warning.

    `before` counts the earlier holds of the exercise in this routine. The warning is spoken once: after the tip if time
    allows, else in place of the tip when that was heard already, on the other side or in the next round.
    """
    half = PhraseRef(key="player.half")
    if not step.exercise:
        return [half]
    tip, stop = (PhraseRef(key=f"exercise.{step.exercise}.{part}") for part in ("tip", "stop"))
    if step.guide:
        warned = [stop] if step.guide.warning is WarningPoint.HALFWAY else []
        marked = [half] if step.seconds >= HALF_SAID_FROM else []
        if step.guide.brief:
            return [*marked, *warned]
        return [*marked, *([] if warned and step.seconds < TIME_FOR_BOTH else [tip]), *warned]
    if step.seconds >= TIME_FOR_BOTH:
        return [half, tip] if before else [half, tip, stop]
    return [half, stop if before == 1 else tip]


def words(phrases: Phrases, phrase: PhraseRef, *, turn: int = 0) -> str:
    """Return the text of a line, including the lines in its placeholders."""
    values = {
        name: words(phrases, value, turn=turn) if isinstance(value, PhraseRef) else value
        for name, value in phrase.values.items()
    }
    return line(phrases, phrase.key, turn=turn, **values)
