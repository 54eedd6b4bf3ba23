"""Changes of a journal's facts that are not on disk yet, and the curves of their recordings."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from .facts import Fact, FactKind

type Change = tuple[FactKind[Any], Hashable, Fact | None]
"""The kind and key of a changed fact, and the fact itself, None for a removed one."""


class Changes:
    """The latest change of each fact since the fact was on disk, and each new or removed curve."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        """Start with some changes."""
        # By a kind's collection, since kinds have no hash.
        self._changes: dict[tuple[str, Hashable], Change] = {
            (change[0].collection, change[1]): change for change in changes
        }
        # Packed, by the ids of the activities; None for removed ones.
        self._curves: dict[str, bytes | None] = {}

    def __len__(self) -> int:
        """Return the number of changed facts."""
        return len(self._changes)

    def note(self, kind: FactKind[Any], key: Hashable, fact: Fact | None) -> None:
        """Note the change of a fact, in place of an earlier one; new facts keep their order."""
        self._changes[kind.collection, key] = kind, key, fact

    def note_curve(self, activity: str, curve: bytes | None) -> None:
        """Note the packed curve of an activity, None for a removed one."""
        self._curves[activity] = curve

    def curves(self) -> Mapping[str, bytes | None]:
        """Return the packed curves by the ids of their activities, for a write to disk."""
        return dict(self._curves)

    def settle_curves(self, written: Mapping[str, bytes | None]) -> None:
        """Drop curves that are on disk; one that changed again during the write stays."""
        for activity, curve in written.items():
            if self._curves.get(activity) is curve:
                self._curves.pop(activity, None)

    def all(self) -> tuple[Change, ...]:
        """Return the changes in their order, for a write to disk."""
        return tuple(self._changes.values())

    def settle(self, written: Iterable[Change]) -> None:
        """Drop changes that are on disk; a fact that changed again during the write stays."""
        for change in written:
            key = change[0].collection, change[1]
            if self._changes.get(key) is change:
                del self._changes[key]

    def copy(self) -> Changes:
        """Return the same changes, independent of later ones."""
        copy = Changes(self.all())
        copy._curves = dict(self._curves)
        return copy

    def affects(self, collection: str, key: Hashable) -> bool:
        """Return whether a fact has a change that is not on disk."""
        return (collection, key) in self._changes
