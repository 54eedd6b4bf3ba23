"""Familiarity with exercises: the forms that need no explanation any more, and those of a recent stop line."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from ..habits.habit import Session
from ..habits.practice import ExerciseDone

# Sessions of a form from which on a word is enough.
FAMILIAR_AFTER = 3
# Days without a form after which it is explained again.
FORGOTTEN_AFTER = timedelta(days=28)
WARNED_EVERY = timedelta(days=7)


def familiar_forms(sessions: Iterable[Session], today: date) -> frozenset[str]:
    """Return the keys of the forms that were practised in several sessions, and lately."""
    counts: Counter[str] = Counter()
    last: dict[str, date] = {}
    for session, done in _done(sessions):
        if done.form not in last or session.day - last[done.form] < FORGOTTEN_AFTER:
            counts[done.form] += 1
        else:
            counts[done.form] = 1
        last[done.form] = session.day
    return frozenset(
        form for form, times in counts.items() if times >= FAMILIAR_AFTER and today - last[form] < FORGOTTEN_AFTER
    )


def warned_forms(sessions: Iterable[Session], today: date) -> frozenset[str]:
    """Return the keys of the forms of which the stop line was spoken in the last seven days."""
    return frozenset(
        done.form for session, done in _done(sessions) if done.warned and today - session.day < WARNED_EVERY
    )


def _done(sessions: Iterable[Session]) -> Iterable[tuple[Session, ExerciseDone]]:
    for session in sorted(sessions, key=lambda each: each.end):
        for done in session.practice.exercises if session.practice else ():
            yield session, done
