"""Rules that each life keeps, and the number of times each was broken, by the household's own truth."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic

from .world import START, SpokenLine, World

APART = timedelta(hours=1)
COOL_DOWN = timedelta(minutes=5)
SIX_WEEKS = timedelta(weeks=6)
A_WEEK = timedelta(weeks=1)
NO_QUESTION = (Habit.WARM_UP, NonHabitTopic.REVIEW)


@dataclass(slots=True, kw_only=True)
class TrueOuting:
    """Runs of one household less than an hour apart, and the lines of that time."""

    start: datetime
    end: datetime
    lines: list[SpokenLine]


def outings_of(world: World) -> list[TrueOuting]:
    """Return the outings, with the lines from an hour before to an hour after each."""
    found: list[TrueOuting] = []
    for start, end in sorted(world.efforts):
        if found and start - found[-1].end < APART:
            found[-1].end = max(found[-1].end, end)
        else:
            found.append(TrueOuting(start=start, end=end, lines=[]))
    for outing in found:
        within = outing.start - APART, outing.end + APART
        outing.lines = [line for line in world.lines if within[0] <= line.at < within[1] and not line.is_requested]
    return found


def broken_rules(world: World) -> Counter[str]:
    """Return the number of times that each rule was broken."""
    broken: Counter[str] = Counter()
    for outing in outings_of(world):
        questions = [
            line
            for line in outing.lines
            if line.topic not in NO_QUESTION and line.at >= outing.start and _heard_anew(world, line)
        ]
        broken["more_than_two_questions"] += max(0, len(questions) - 2)
        broken["warm_up_twice"] += max(0, _number_of(outing, Habit.WARM_UP) - 1)
        broken["cool_down_twice"] += max(0, _number_of(outing, Habit.COOL_DOWN) - 1)
        broken["cool_down_before_end"] += sum(
            line.at < outing.end for line in outing.lines if line.topic is Habit.COOL_DOWN
        )
        no = [
            line.replied_at
            for line in outing.lines
            if line.reply == "not_today" and line.replied_at
            if line.at >= outing.start or line.topic is Habit.WARM_UP
        ]
        if no:
            broken["after_not_today"] += sum(
                line.at > min(no) for line in outing.lines if line.topic not in NO_QUESTION
            )
    broken["more_than_one_open"] = max(0, world.most_open - 1)
    broken["within_cool_down"] = _within_cool_down(world)
    broken["unanswered_too_often"] = _unanswered_too_often(world)
    broken["same_words"] = _same_words(world)
    broken["quiet"] = sum(line.is_quiet for line in world.lines)
    broken["away"] = sum(not line.is_home for line in world.lines)
    # An open rest is asked about itself.
    broken["rest"] = sum(line.is_resting and line.topic is not NonHabitTopic.REST for line in world.lines)
    broken["emergency"] = sum(line.is_emergency for line in world.lines)
    broken["routine"] = sum(line.is_guiding for line in world.lines)
    return +broken


def _heard_anew(world: World, line: SpokenLine) -> bool:
    """Return whether a line is a question of its own, not one repeated after "later"."""
    earlier = (other for other in world.lines if other.at < line.at and other.topic is line.topic)
    return not any(other.event.prompt.names & line.event.prompt.names and other.reply == "later" for other in earlier)


def _number_of(outing: TrueOuting, habit: Habit) -> int:
    return sum(line.topic is habit and line.reply != "later" for line in outing.lines)


def _within_cool_down(world: World) -> int:
    cool_downs = [line for line in world.lines if line.topic is Habit.COOL_DOWN]
    broken = 0
    for walk in cool_downs:
        over = walk.at + COOL_DOWN
        if walk.replied_at and walk.reply in {"done", "later", "not_today"}:
            over = min(over, walk.replied_at)
        broken += sum(walk.at < line.at < over for line in world.lines if line.topic is not Habit.COOL_DOWN)
    return broken


def _unanswered_too_often(world: World) -> int:
    """Count the lines less than a week after another one of a topic that had no answer for five weeks."""
    broken = 0
    for topic in {line.topic for line in world.lines} - {NonHabitTopic.REVIEW}:
        lines = [line for line in world.lines if line.topic is topic]
        silent_since: datetime | None = None
        last: datetime | None = None
        for line in lines:
            if silent_since and last and line.at - silent_since >= SIX_WEEKS - A_WEEK:
                broken += line.at - last < A_WEEK and line.reply is None
            if line.reply:
                silent_since = None
            elif silent_since is None:
                silent_since = line.at
            last = line.at
    return broken


def _same_words(world: World) -> int:
    last: dict[object, int] = {}
    broken = 0
    for line in world.lines:
        for variants in (2, 3):
            broken += last.get(line.topic, -1) >= 0 and last[line.topic] % variants == line.event.turn % variants
        last[line.topic] = line.event.turn
    return broken


def questions_a_week(world: World) -> float:
    """Return the questions of a week on average."""
    weeks = (world.now.date() - START).days / 7
    return sum(line.topic is not NonHabitTopic.REVIEW for line in world.lines) / weeks
