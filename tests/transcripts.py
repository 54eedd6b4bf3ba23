"""Writes down what the coach says in whole routines, in every language, for people to judge.

`python -m tests.transcripts`, from the project's folder, writes docs/transcripts.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path

from custom_components.home_gym.gym.habit import Habit
from custom_components.home_gym.gym.phrases import Phrases
from custom_components.home_gym.gym.player import Player, PlayerState
from custom_components.home_gym.gym.player_events import PlayerEvent, Speak
from custom_components.home_gym.gym.player_lines import words
from custom_components.home_gym.gym.routine import Length, Routine, routine_for

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "transcripts"
PHRASES = ROOT / "custom_components" / "home_gym" / "gym" / "phrases"
LANGUAGES = sorted(file.stem for file in PHRASES.glob("*.json"))
BEGINNING = datetime(2026, 1, 5, 18, tzinfo=UTC)
HABITS = (Habit.WARM_UP, Habit.CORE, Habit.STRETCH, Habit.FOAM_ROLL)


def transcript(language: str) -> str:
    """Return a page with the routines of a language: at what time of the routine what is said."""
    phrases: Phrases = json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))
    parts = [f"# {language}"]
    for habit in HABITS:
        routine = routine_for(habit, length=Length.SHORT)
        parts.append("\n".join([f"## `{habit}`", "", "| | |", "| --- | --- |", *_rows(routine, phrases)]))
    return "\n\n".join(parts) + "\n"


def _rows(routine: Routine, phrases: Phrases) -> list[str]:
    """Return what is said in a routine from its beginning to its end."""
    player, now, rows = Player(routine), BEGINNING, []
    turns: Counter[str] = Counter()

    def say(events: list[PlayerEvent]) -> None:
        said = [event for event in events if isinstance(event, Speak)]
        highest = max((event.priority for event in said), default=None)
        texts = []
        for line in (event.line for event in said if event.priority is highest):
            texts.append(words(phrases, line, turn=turns[line.key]))
            turns[line.key] += 1
        if texts:
            minutes, seconds = divmod(round((now - BEGINNING).total_seconds()), 60)
            rows.append(f"| {minutes}:{seconds:02} | {' '.join(texts)} |")

    say(player.start(now))
    while player.state is PlayerState.RUNNING:
        deadline = player.deadline()
        now = deadline if deadline is not None else now + timedelta(seconds=1)
        say(player.tick(now))
    return rows


def main() -> None:
    """Write one page for each language."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        (FOLDER / f"{language}.md").write_text(transcript(language), encoding="utf-8")


if __name__ == "__main__":
    main()
