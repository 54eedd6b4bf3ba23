"""Transcripts of the coach in whole routines, in every language, for people to judge.

`python -m tests.support.integration.transcripts`, from the project's folder, writes docs/transcripts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
import json
from pathlib import Path

from custom_components.home_gym.gym.exercises.exercise import Variant, catalogue
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.player import Player, PlayerState
from custom_components.home_gym.gym.routines.player_events import PhraseRef, PlayerEvent, Speak
from custom_components.home_gym.gym.routines.player_lines import words
from custom_components.home_gym.gym.routines.routine import Routine
from custom_components.home_gym.gym.routines.timing import duration
from custom_components.home_gym.gym.speech.phrases import Phrases

from ..unit.practising import FIRST, routines_of

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "transcripts"
PHRASES = ROOT / "custom_components" / "home_gym" / "gym" / "speech" / "phrases"
LANGUAGES = sorted(file.stem for file in PHRASES.glob("*.json"))
HABITS = (Habit.WARM_UP, Habit.CORE, Habit.STRETCH, Habit.FOAM_ROLL)
PRACTISED = 10
"""The number of the session that is written beside the first one."""


def transcript(language: str) -> str:
    """Return a language's page: the lines of a routine by time, and the other forms of each exercise."""
    phrases: Phrases = json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))
    parts = [f"# {language}"]
    for habit in HABITS:
        routines = routines_of(habit, phrases, PRACTISED)
        for number in (1, PRACTISED):
            rows = rows_of(routines[number - 1], phrases)
            parts.append(_table(f"`{habit}` {number}", ("", ""), rows))
    parts.append(_table("`easier`, `harder`", ("", "`easier`", "`harder`"), _forms(phrases)))
    return "\n\n".join(parts) + "\n"


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table under its title."""
    lines = [_row(heads), _row(["---"] * len(heads)), *map(_row, rows)]
    return "\n".join([f"## {title}", "", *lines])


def _row(cells: Iterable[str]) -> str:
    """Return a line of a table."""
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"


def _forms(phrases: Phrases) -> Iterator[tuple[str, ...]]:
    """Yield each exercise with its spoken variants, or the names of its replacements."""
    for exercise in catalogue().values():
        others = {way: f"exercise.{exercise.other(way)}.name" for way in Variant if exercise.other(way)}
        keys = [others.get(way, f"exercise.{exercise.id}.{way}") for way in Variant]
        told = [words(phrases, PhraseRef(key=key)) if key in phrases else "" for key in keys]
        yield words(phrases, PhraseRef(key=f"exercise.{exercise.id}.name")), *told


def rows_of(routine: Routine, phrases: Phrases) -> list[tuple[str, str]]:
    """Return the lines of a routine from start to end."""
    player, now = Player(routine), FIRST
    rows: list[tuple[str, str]] = []
    turns: Counter[str] = Counter()

    def say(events: list[PlayerEvent]) -> None:
        said = [event for event in events if isinstance(event, Speak)]
        highest = max((event.priority for event in said), default=None)
        texts = []
        for line in (event.line for event in said if event.priority is highest):
            texts.append(words(phrases, line, turn=turns[line.key]))
            turns[line.key] += 1
        if texts:
            minutes, seconds = divmod(round((now - FIRST).total_seconds()), 60)
            rows.append((f"{minutes}:{seconds:02}", " ".join(texts)))

    say(player.start(now))
    while player.state is PlayerState.RUNNING:
        deadline = player.deadline()
        now = deadline if deadline is not None else now + timedelta(seconds=1)
        say(player.tick(now))
    return rows


def words_a_minute(routine: Routine, phrases: Phrases) -> float:
    """Return the spoken words a minute of a routine."""
    spoken = sum(len(text.split()) for _, text in rows_of(routine, phrases))
    return spoken / (duration(routine) / timedelta(minutes=1))


def main() -> None:
    """Write one page for each language."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        (FOLDER / f"{language}.md").write_text(transcript(language), encoding="utf-8")


if __name__ == "__main__":
    main()
