"""A runner with a fixed past, and a home's responses for the runner's cards."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
import json
from math import sin
from typing import Any

from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.exercises.exercise import Variant
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.exercises.standing import Standing
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.routines.speech_lengths import SpeechLengths
from custom_components.home_gym.gym.routines.view import offers, routine_view
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Lap, Sport, Surface
from custom_components.home_gym.gym.settings import Settings
from custom_components.home_gym.gym.shoes.shoe import Shoe
from custom_components.home_gym.gym.views.back import back_view
from custom_components.home_gym.gym.views.dashboard import dashboard_of, run_view
from custom_components.home_gym.gym.views.patches import document_of
from custom_components.home_gym.gym.views.run_list import found, months_of
from custom_components.home_gym.gym.views.trends import Period, trends_view
from custom_components.home_gym.languages import PHRASES

type Json = dict[str, Any]

# A Thursday evening.
NOW = datetime(2026, 5, 7, 18, 20, tzinfo=UTC)
RUNNER_ID = "01ALEX"
A_DAY = timedelta(days=1)
MILE = 1609.344
WEEKS = 52


@dataclass(frozen=True, slots=True)
class Answers:
    """A home's responses by type of the command, and for runs by page."""

    document: Json
    runs: list[Json]
    months: list[Json]
    back: Json
    trends: Json

    def changed(self, **parts: Any) -> Answers:
        """Return these responses with other parts of the document."""
        return replace(self, document={**self.document, **parts})


def showcase() -> Runner:
    """Return a runner with a year of runs, habits, four pairs, and an improving back."""
    today = NOW.date()
    shoes = (
        Shoe(
            id="road",
            name="Daily trainers",
            first_used=today - 220 * A_DAY,
            initial_distance=60_000,
            price=140,
            color="#2f5bb7",
        ),
        Shoe(id="new", name="Light racers", first_used=today - 40 * A_DAY, price=180),
        Shoe(id="trail", name="Trail grippers", first_used=today - 300 * A_DAY, surfaces=frozenset({Surface.TRAIL})),
        Shoe(
            id="old",
            name="Faithful old pair",
            first_used=today - 700 * A_DAY,
            initial_distance=790_000,
            retired=today - 221 * A_DAY,
        ),
    )
    runner = Runner(Settings(calendar=Calendar(timezone=UTC), core_goal=2, shoes=shoes), Journal())
    runner.deliveries.learn(_runs(), now=NOW - timedelta(minutes=20), live=False)
    runner.manual_entries.choose_shoe("new")
    for back in range(1, 7 * WEEKS):
        _live(runner, back, NOW - back * A_DAY)
    # A professional looked at the worse pain of before.
    runner.manual_entries.clear_back(today - 40 * A_DAY, now=NOW)
    return runner


def _runs() -> Iterable[Activity]:
    """Yield a year of runs: Tuesdays, Thursdays, Saturdays and Sundays, more in spring."""
    for week in range(WEEKS):
        for number, back in enumerate((0, 2, 4, 5)):
            start = NOW - (7 * week + back) * A_DAY - timedelta(minutes=55)
            metres = (6_200, 8_400, 5_300, 13_100)[number] * (1 + 0.25 * sin((week + number) / 5))
            seconds = metres / 1000 * (318 + 9 * number)
            trail = number == 2 and week % 2 == 0
            yield Activity(
                sport=Sport.RUN,
                start=start,
                elapsed_time=seconds + 20,
                moving_time=seconds,
                distance=round(metres, 2),
                cadence=round(172 + 4 * sin(week + number), 1),
                heart_rate=146 + 3 * number,
                surface=Surface.TRAIL if trail else Surface.ROAD,
                device="Forerunner",
                manufacturer="garmin",
                laps=(
                    Lap(start=start, elapsed_time=330, intensity=Intensity.WARM_UP),
                    Lap(start=start + timedelta(seconds=330), elapsed_time=seconds - 310, cadence=173),
                ),
            )


def _live(runner: Runner, back: int, evening: datetime) -> None:
    """Add a day's sessions and pain: habits mostly kept, and less and less pain."""
    if back % 7 in (1, 4):
        runner.manual_entries.log_session(Habit.CORE, now=evening)
    if back < 12 or back % 3:
        runner.manual_entries.log_session(Habit.STRETCH, now=evening)
    if back % 7 in (2, 5):
        runner.manual_entries.log_session(Habit.FOAM_ROLL, now=evening)
    if back % 3 == 1:
        runner.manual_entries.report_pain(max(0, round(0.6 + back / 70 + 1.6 * sin(back / 9))), now=evening)


HARDER = Progress(
    standings={
        name: Standing(form=name, way=Variant.HARDER) for name in ("roll_calves", "roll_hamstrings", "roll_glutes")
    }
)
"""Progress with harder forms of rolling."""


def answers_of(
    runner: Runner, *, language: str = "en", playing: Habit | None = None, progress: Progress | None = None
) -> Answers:
    """Return a home's current responses; `playing` is a running routine, by a progress."""
    phrases = json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))
    runs = found(runner, [])
    player = None
    if playing:
        player = Player(routine_for(playing, progress=progress, speech=SpeechLengths(phrases)))
        player.start(NOW - timedelta(seconds=91))
        player.tick(NOW - timedelta(seconds=70))
        player.tick(NOW - timedelta(seconds=45))
        player.tick(NOW - timedelta(seconds=20))
        player.tick(NOW)
    document = {
        "name": "Alex",
        "state": "ready",
        "currency": "EUR",
        # All of them: the cards show those of the present state.
        "texts": {key.removeprefix("card."): phrases[key][0] for key in phrases if key.startswith("card.")},
        "coach": {"silence": "It is quiet until 19:30."},
        "set_up": {"source": True, "speaker": True, "shoes": True, "goals": True},
        **document_of(dashboard_of(runner, runner.summary(NOW), NOW)),
        "routine": document_of(routine_view(player, phrases)),
        "routines": document_of(
            offers(
                {habit: runner.progress(habit, NOW) for habit in Habit}, runner.settings.level, SpeechLengths(phrases)
            )
        ),
        "own_routines": [],
        "treadmills": {},
    }
    return Answers(
        document=document,
        runs=[document_of(run_view(runner, run)) for run in runs],
        months=[document_of(month) for month in months_of(runs)],
        back=document_of(back_view(runner, NOW, 26)),
        trends=document_of(trends_view(runner, NOW.date(), Period.MONTH)),
    )


def many_runs(answers: Answers, count: int) -> Answers:
    """Return responses with a number of runs, each a day before the last."""
    runs: list[Json] = []
    months: dict[str, int] = {}
    for number in range(count):
        start = NOW - number * timedelta(hours=13)
        runs.append({**answers.runs[number % len(answers.runs)], "id": str(number), "start": start.isoformat()})
        months[f"{start:%Y-%m}"] = months.get(f"{start:%Y-%m}", 0) + 1
    return Answers(
        document={**answers.document, "runs": count},
        runs=runs,
        months=[{"month": month, "runs": held, "distance": held * 8000.0} for month, held in months.items()],
        back=answers.back,
        trends=answers.trends,
    )
