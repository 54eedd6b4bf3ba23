"""Weekly review as speech, in the home's language and units."""

from collections.abc import Iterator

from homeassistant.util.unit_system import UnitSystem

from ..gym.back.weekly_review import WITHOUT_PRAISE, Highlight, ReviewMessage, WeekReview, highlight_of
from ..gym.speech.formats import Formats
from ..gym.speech.phrases import Phrases, line
from ..words import distance, in_words

# A smaller change, in per cent, is not worth a word.
ABOUT_THE_SAME = 5


def review_in_words(
    phrases: Phrases,
    formats: Formats,
    review: WeekReview,
    word: ReviewMessage,
    *,
    runner: str,
    units: UnitSystem,
    turn: int,
    shoe: str = "",
) -> str:
    """Return the spoken review: the distance, the back care, good news of the week, and a closing message.

    `shoe` is the name of the review's pair.
    """
    sentences = (
        _run(phrases, formats, review, runner=runner, units=units, turn=turn),
        _done(phrases, review, turn=turn),
        *_news(phrases, formats, review, word, shoe=shoe, units=units, turn=turn),
        line(phrases, f"review.word.{word}", turn=turn),
    )
    return " ".join(sentences)


def _run(phrases: Phrases, formats: Formats, review: WeekReview, *, runner: str, units: UnitSystem, turn: int) -> str:
    if not review.runs:
        return line(phrases, "review.run_none", turn=turn, runner=runner)
    runs = line(phrases, "review.runs", count=review.runs)
    if not review.distance:
        return line(phrases, "review.run_unmeasured", turn=turn, runner=runner, runs=runs)
    spoken_distance = distance(phrases, formats, review.distance, units)
    change = _change(phrases, review.change)
    return line(phrases, "review.run", turn=turn, runner=runner, distance=spoken_distance, runs=runs, change=change)


def _news(
    phrases: Phrases,
    formats: Formats,
    review: WeekReview,
    word: ReviewMessage,
    *,
    shoe: str,
    units: UnitSystem,
    turn: int,
) -> Iterator[str]:
    """Yield a forgiven week, and the good news."""
    if review.forgiven and word not in WITHOUT_PRAISE:
        yield line(phrases, "review.forgiven", turn=turn)
    match highlight_of(review, word, turn):
        case Highlight.PAIR:
            passed = distance(phrases, formats, review.pair_distance, units)
            yield line(phrases, "review.news.pair", turn=turn, shoe=shoe, distance=passed)
        case Highlight.LONGEST_RUN:
            longest = distance(phrases, formats, review.longest_run, units)
            yield line(phrases, "review.news.longest_run", turn=turn, distance=longest)
        case Highlight.CORE_STREAK:
            yield line(phrases, "review.news.core_streak", turn=turn, count=review.core_streak)
        case Highlight.STRETCH_STREAK:
            yield line(phrases, "review.news.stretch_streak", turn=turn, count=review.stretch_streak)
        case _:
            pass


def _change(phrases: Phrases, change: float | None) -> str:
    """Return the comparison with the week before as the end of a sentence; empty without one."""
    if change is None:
        return ""
    if abs(change) < ABOUT_THE_SAME:
        return line(phrases, "review.change_same")
    way = "more" if change > 0 else "less"
    return line(phrases, f"review.change_{way}", percent=round(abs(change)))


def _done(phrases: Phrases, review: WeekReview, *, turn: int) -> str:
    done = [*_counts(phrases, review)]
    if not done:
        return line(phrases, "review.done_nothing", turn=turn, goal=review.core_goal)
    reached = "_goal" if review.reached_goal else ""
    return line(phrases, f"review.done{reached}", turn=turn, done=in_words(phrases, done), goal=review.core_goal)


def _counts(phrases: Phrases, review: WeekReview) -> Iterator[str]:
    """Yield the counts of the habits done at all."""
    counts = {"core": review.core_sessions, "stretch": review.stretch_days, "warm_up": review.warm_ups}
    yield from (line(phrases, f"review.{what}", count=count) for what, count in counts.items() if count)
