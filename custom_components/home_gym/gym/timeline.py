"""Timelines: ids sorted by time, found fast in any number."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from datetime import date, datetime


class Timeline[When: (date, datetime)]:
    """Ids, each sorted by its instant or day."""

    def __init__(self) -> None:
        """Start empty."""
        self._entries: list[tuple[When, str]] = []

    def __iter__(self) -> Iterator[str]:
        """Iterate over all ids, the earliest first."""
        return (key for _, key in self._entries)

    def fill(self, entries: Iterable[tuple[When, str]]) -> None:
        """Add many ids at once."""
        self._entries.extend(entries)
        self._entries.sort()

    def add(self, when: When, key: str) -> None:
        """Add an id."""
        entry = when, key
        # Most additions are the latest.
        if not self._entries or self._entries[-1] < entry:
            self._entries.append(entry)
        else:
            insort(self._entries, entry)

    def remove(self, when: When, key: str) -> None:
        """Remove an id that was added with this time."""
        del self._entries[bisect_left(self._entries, (when, key))]

    def between(self, start: When, end: When) -> list[str]:
        """Return the ids from one time to another, the end not included."""
        first = bisect_left(self._entries, (start, ""))
        last = bisect_left(self._entries, (end, ""))
        return [key for _, key in self._entries[first:last]]

    def number_between(self, start: When, end: When) -> int:
        """Return the number of ids from one time to another, the end not included."""
        return bisect_left(self._entries, (end, "")) - bisect_left(self._entries, (start, ""))

    def nearest(self, when: When, key: str, number: int) -> list[str]:
        """Return up to this number of ids on either side of a place, and the id at the place."""
        place = bisect_left(self._entries, (when, key))
        return [key for _, key in self._entries[max(0, place - number) : place + number + 1]]

    def since(self, start: When) -> list[str]:
        """Return the ids from a time on."""
        return [key for _, key in self._entries[bisect_left(self._entries, (start, "")) :]]

    def earliest(self) -> str | None:
        """Return the first id, or None if empty."""
        return self._entries[0][1] if self._entries else None

    def latest(self) -> str | None:
        """Return the last id, or None if empty."""
        return self._entries[-1][1] if self._entries else None
