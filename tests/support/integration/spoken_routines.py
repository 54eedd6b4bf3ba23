"""Recordings of the first and the tenth core routine, as espeak-ng speaks them, for people to listen to.

`python -m tests.support.integration.spoken_routines FOLDER`, from the project's folder, writes a WAV for each and
prints its times: how much is spoken, and how late the latest line ends after its hold began.
"""

from array import array
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
import json
from pathlib import Path
from subprocess import run
import sys
import wave

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.routines.player_events import Speak, StepStarted
from custom_components.home_gym.gym.routines.player_lines import words
from custom_components.home_gym.gym.routines.routine import Routine
from custom_components.home_gym.gym.routines.timing import duration
from custom_components.home_gym.gym.speech.phrases import Phrases

from ..unit.practising import FIRST, routines_of
from .transcripts import LANGUAGES, PHRASES, PRACTISED

WORDS_A_MINUTE = 138
# Seconds from a line's instant to its first word: rendering it, and starting to play.
REACTION = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLine:
    """A line of a routine: seconds from the start to its instant, its text, and seconds to its hold, None without."""

    at: float
    text: str
    hold: float | None


def lines_of(routine: Routine, phrases: Phrases) -> list[SpokenLine]:
    """Return the lines of a routine from start to end."""
    player, now = Player(routine), FIRST
    events, lines, turns = player.start(now), [], Counter[str]()
    while True:
        said = [event for event in events if isinstance(event, Speak)]
        highest = max((event.priority for event in said), default=None)
        texts = []
        for line in (event.line for event in said if event.priority is highest):
            texts.append(words(phrases, line, turn=turns[line.key]))
            turns[line.key] += 1
        begins = next((event.begins for event in events if isinstance(event, StepStarted)), None)
        hold = (begins - FIRST).total_seconds() if begins else None
        if texts:
            lines.append(SpokenLine(at=(now - FIRST).total_seconds(), text=" ".join(texts), hold=hold))
        if (due := player.deadline()) is None:
            return lines
        now, events = due, player.tick(due)


def rendered(text: str, language: str) -> tuple[array[int], int]:
    """Return the samples of a spoken text, and their rate."""
    command = ["espeak-ng", "-v", language, "-s", str(WORDS_A_MINUTE), "--stdout", text]
    sound = run(command, check=True, capture_output=True).stdout
    with wave.open(BytesIO(sound)) as file:
        rate = file.getframerate()
        frames = file.readframes(file.getnframes())
    return array("h", frames[: len(frames) // 2 * 2]), rate


def record(routine: Routine, phrases: Phrases, language: str, path: Path) -> str:
    """Write the recording of a routine, and return its times in a line of text."""
    seconds = duration(routine).total_seconds() + 10
    track, spoken, latest, overlaps, free = array("h"), 0.0, 0.0, 0, 0.0
    rate = 22050
    lines = lines_of(routine, phrases)
    for line in lines:
        samples, rate = rendered(line.text, language)
        if not track:
            track = array("h", bytes(2 * int(seconds * rate)))
        # A line waits for the one before.
        overlaps += line.at + REACTION < free
        begins = max(line.at + REACTION, free)
        free = begins + len(samples) / rate
        spoken += len(samples) / rate
        if line.hold is not None:
            latest = max(latest, free - line.hold)
        start = int(begins * rate)
        track[start : start + len(samples)] = samples[: len(track) - start]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(track.tobytes())
    count = sum(len(line.text.split()) for line in lines)
    minutes = (seconds - 10) / 60
    return (
        f"{path.name}: {minutes:.1f} min, {len(lines)} lines, {count} words ({count / minutes:.1f} a minute), "
        f"{spoken:.0f} s spoken, {overlaps} late starts, latest end {latest:+.1f} s after its hold began"
    )


def main(folder: Path) -> None:
    """Write two recordings for each language, and print their times."""
    for language in LANGUAGES:
        phrases: Phrases = json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))
        routines = routines_of(Habit.CORE, phrases, PRACTISED)
        for number in (1, PRACTISED):
            path = folder / f"core-{language}-{number}.wav"
            sys.stdout.write(record(routines[number - 1], phrases, language, path) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
