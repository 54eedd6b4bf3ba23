"""View of a guided routine: the present step in the runner's language, and the routines on offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..habits.habit import Habit
from ..speech.phrases import Phrases, line
from .exercise import Side, Variant, catalogue
from .level import Length, Level
from .player import Player, PlayerState
from .playhead import PlaybackPosition
from .progression import Progress
from .routine import Routine, Step, has_exercises, routine_for
from .timing import duration


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step in words; `drawing` is the name of a file without its ending, None for a step of an own routine.

    `easier` and `harder` are its other variants, `way` is the one being done, None for the usual form.
    """

    title: str
    side: Side | None
    drawing: str | None
    cue: str | None
    tip: str | None
    stop: str | None
    repetitions: int | None
    way: Variant | None = None
    easier: str | None = None
    harder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineView:
    """The present routine; all but the state is None while idle. `note` says why it is gentler than usual."""

    state: PlayerState
    habit: Habit | None = None
    title: str | None = None
    note: str | None = None
    number: int | None = None
    steps: int | None = None
    step: StepView | None = None
    coming: StepView | None = None
    place: PlaybackPosition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOffer:
    """An own routine on offer."""

    id: str
    name: str
    habit: Habit | None
    seconds: float


def routine_view(player: Player | None, phrases: Phrases) -> RoutineView:
    """Return the view of a player, in the words of these phrases."""
    if player is None or player.step is None:
        return RoutineView(state=PlayerState.IDLE)
    routine = player.routine
    return RoutineView(
        state=player.state,
        habit=routine.habit,
        title=routine.name or line(phrases, f"routine.{routine.habit}.name"),
        note=_note(player, phrases),
        number=player.number,
        steps=player.steps,
        step=_step(player.step, phrases),
        coming=_step(player.coming, phrases) if player.coming else None,
        place=player.place,
    )


def _note(player: Player, phrases: Phrases) -> str | None:
    """Return the reason of a pause that needs the runner, the choice after pain, or the reason of a gentler routine."""
    if player.is_unheard and player.state is PlayerState.PAUSED:
        return line(phrases, "player.unheard")
    if player.hurt is not None:
        return line(phrases, "player.hurt")
    because = player.routine.because
    return line(phrases, f"player.gentle.{because}") if because else None


def offers(progress: Mapping[Habit, Progress], level: Level) -> Mapping[Habit, Mapping[Length, float]]:
    """Return the seconds of each habit's routine for a runner of a level, by length; none without an exercise left."""
    return {
        habit: {
            length: duration(routine_for(habit, length=length, level=level, progress=reached)).total_seconds()
            for length in Length
        }
        for habit, reached in progress.items()
        if has_exercises(habit, reached.all_limits)
    }


def own_offers(routines: Iterable[Routine]) -> tuple[OwnOffer, ...]:
    """Return the offers of own routines."""
    return tuple(
        OwnOffer(
            id=routine.id,
            name=routine.name or routine.id,
            habit=routine.habit,
            seconds=duration(routine).total_seconds(),
        )
        for routine in routines
    )


def _step(step: Step, phrases: Phrases) -> StepView:
    if not step.exercise:
        return StepView(
            title=step.name or "", side=step.side, drawing=None, cue=None, tip=None, stop=None, repetitions=None
        )

    exercise = catalogue()[step.exercise]

    def words(part: str) -> str:
        return line(phrases, f"exercise.{exercise.id}.{part}")

    def form(way: Variant) -> str | None:
        if other := exercise.other(way):
            return line(phrases, f"exercise.{other}.name")
        return words(way) if way in exercise.ways else None

    return StepView(
        title=words("name"),
        side=step.side,
        drawing=exercise.drawing.removesuffix(".svg"),
        cue=words("cue"),
        tip=words("tip"),
        stop=words("stop"),
        repetitions=step.repetitions,
        way=step.way,
        easier=form(Variant.EASIER),
        harder=form(Variant.HARDER),
    )
