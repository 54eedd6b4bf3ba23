"""Things in the order of their time, found fast however many there are."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import datetime


class Timeline:
    """The ids of things, sorted by an instant of each."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._entries: list[tuple[datetime, str]] = []

    def __iter__(self) -> Iterator[str]:
        """Iterate over all ids, the earliest first."""
        return (key for _, key in self._entries)

    def __len__(self) -> int:
        """Count them."""
        return len(self._entries)

    def add(self, instant: datetime, key: str) -> None:
        """Put an id in its place."""
        insort(self._entries, (instant, key))

    def remove(self, instant: datetime, key: str) -> None:
        """Take an id out that was added with this instant."""
        del self._entries[bisect_left(self._entries, (instant, key))]

    def between(self, start: datetime, end: datetime) -> list[str]:
        """Return the ids from one instant to another, the end not included."""
        first = bisect_left(self._entries, (start, ""))
        last = bisect_left(self._entries, (end, ""))
        return [key for _, key in self._entries[first:last]]

    def since(self, start: datetime) -> list[str]:
        """Return the ids from an instant on."""
        return [key for _, key in self._entries[bisect_left(self._entries, (start, "")) :]]

    def latest(self) -> str | None:
        """Return the last id, or None where there is nothing."""
        return self._entries[-1][1] if self._entries else None
