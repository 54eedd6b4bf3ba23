"""Short builders for tests: activities, settings, runners, and a household with a clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
import json
from typing import Any
from zoneinfo import ZoneInfo

from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.events import Event, SpeakPrompt
from custom_components.home_gym.gym.journal.codec import from_plain, to_plain
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Lap, Origin, Sport
from custom_components.home_gym.gym.runs.run import Run, run_of
from custom_components.home_gym.gym.settings import Settings
from custom_components.home_gym.gym.shoes.shoe import Shoe

BERLIN = Calendar(timezone=ZoneInfo("Europe/Berlin"))
# A Monday in winter, when Berlin is one hour ahead of UTC.
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
A_SECOND = timedelta(seconds=1)

WATCH: dict[str, Any] = {"origin": Origin.FILE, "manufacturer": "garmin", "device": "fr255", "serial_number": "1"}
PHONE: dict[str, Any] = {"origin": Origin.CLOUD, "device": "phone"}
TREADMILL: dict[str, Any] = {"origin": Origin.TREADMILL}


def at(text: str) -> datetime:
    """Return an instant in UTC from ISO 8601."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def activity(start: datetime = NOON, *, km: float | None = 5, **rest: Any) -> Activity:
    """Return a watch's run by default, of `minutes`: half an hour, or longer if nobody runs as far in it."""
    minutes: float | None = rest.pop("minutes", 30 if km is None or km <= 12 else 3 * km)
    figures: dict[str, Any] = {
        "sport": Sport.RUN,
        "start": start,
        "elapsed_time": None if minutes is None else minutes * 60,
        "distance": None if km is None else km * 1000,
    }
    source = WATCH if "origin" not in rest else {}
    return Activity(**{**figures, **source, **rest})


def lap(minutes: float, intensity: Intensity | None = None, *, start: datetime = NOON) -> Lap:
    """Return a lap of some minutes."""
    return Lap(start=start, elapsed_time=minutes * 60, intensity=intensity)


def run(start: datetime = NOON, *, day: date | None = None, **rest: Any) -> Run:
    """Return the run of one activity."""
    one = activity(start, **rest)
    return run_of([one], day or BERLIN.day_of(one.end or start))


def shoe(name: str, first_used: str = "2026-01-01", **rest: Any) -> Shoe:
    """Return a pair."""
    return Shoe(id=name, name=name, first_used=date.fromisoformat(first_used), **rest)


def settings(**rest: Any) -> Settings:
    """Return the settings of a runner in Berlin with one speaker and one phone."""
    defaults: dict[str, Any] = {
        "calendar": BERLIN,
        "prompts": PromptSettings(speakers=("kitchen",), phones=("phone",)),
    }
    return Settings(**{**defaults, **rest})


def through_json(journal: Journal) -> Journal:
    """Return a journal after a round trip through JSON."""
    return from_plain(json.loads(json.dumps(to_plain(journal))))


def restarted(runner: Runner) -> Runner:
    """Return the runner after a restart of Home Assistant."""
    return Runner(runner.settings, through_json(runner.journal))


class Household:
    """A runner, a clock, and channels that work or fail; it acts like the coach and records the events."""

    def __init__(self, runner: Runner, now: datetime, *, works: Callable[[int], bool] = lambda _: True) -> None:
        """Start at an instant; `works` decides by a line's number whether it can be spoken."""
        self.runner = runner
        self.now = now
        self.home = True
        self.heard: tuple[str, ...] | None = None
        self.takes = timedelta(seconds=4)
        self.events: list[tuple[datetime, Event]] = []
        self.spoken: list[tuple[datetime, str, str]] = []
        self._works = works
        self._lines = 0
        self._speaking: list[tuple[datetime, SpeakPrompt]] = []

    def learn(self, *activities: Activity, live: bool = True) -> None:
        """Deliver activities now."""
        self.keep(self.runner.deliveries.learn(activities, now=self.now, live=live))

    def keep(self, events: list[Event]) -> None:
        """Record events, and tick at once, as after any change."""
        events = [*events, *self.runner.tick(self.now, home=self.home, speakers=self.heard)]
        self.events += [(self.now, event) for event in events]
        self._speaking += [(self.now + self.takes, event) for event in events if isinstance(event, SpeakPrompt)]

    def restart(self) -> None:
        """Lose everything but the journal, and every line in progress."""
        self._speaking = []
        self.runner = restarted(self.runner)
        self.keep([])

    def go_on(self, until: datetime, *, every: timedelta | None = None) -> None:
        """Let time pass, with a tick at each deadline, or every so often."""
        while self.now < until:
            turns = [until, *(end for end, _ in self._speaking)]
            turns.append(self.runner.deadline(self.now) if every is None else self.now + every)
            self.now = min(turns)
            for line in [line for line in self._speaking if line[0] <= self.now]:
                self._speaking.remove(line)
                self._report(line[1])
            self.keep([])

    def _report(self, line: SpeakPrompt) -> None:
        self._lines += 1
        if self._works(self._lines - 1):
            spoken = self.runner.replies.spoken(line.prompt, now=self.now)
            self.spoken.append((self.now, line.prompt.topic, line.channel))
            self.keep([spoken])
        else:
            self.runner.replies.not_spoken(line.prompt, now=self.now)

    def told(self) -> list[str]:
        """Return the names of the events so far."""
        return [type(event).__name__ for _, event in self.events]
