"""A runner with a routine every second day, each rated as right."""

from datetime import UTC, datetime, timedelta

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.exercises.level import Length
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.practice import Effort
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.routines.player_events import RoutineFinished
from custom_components.home_gym.gym.routines.routine import Routine
from custom_components.home_gym.gym.routines.speech_lengths import SpeechLengths
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.settings import Settings
from custom_components.home_gym.gym.speech.phrases import Phrases

FIRST = datetime(2026, 1, 5, 18, tzinfo=UTC)
EVERY = timedelta(days=2)


def routines_of(habit: Habit, phrases: Phrases, sessions: int) -> list[Routine]:
    """Return the routines of so many sessions of a habit."""
    runner = Runner(Settings(calendar=Calendar(timezone=UTC)), Journal())
    speech, routines = SpeechLengths(phrases), []
    for number in range(sessions):
        now = FIRST + number * EVERY
        routine = routine_for(habit, length=Length.SHORT, progress=runner.progress(habit, now), speech=speech)
        routines.append(routine)
        player = Player(routine)
        events = player.start(now)
        while due := player.deadline():
            now, events = due, player.tick(due)
        (finished,) = [event for event in events if isinstance(event, RoutineFinished)]
        verbs.log_session(habit, duration=finished.seconds_done, practice=finished.practice)(runner, now)
        verbs.rate(Effort.RIGHT)(runner, now)
    return routines
