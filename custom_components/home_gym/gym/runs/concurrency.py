"""Activities recorded at the same time, found with bounded work per activity.

One person records a few activities a day. A file can hold thousands in one minute, and comparing all pairs of them
takes hours, so two limits apply. An activity with too many others around it is crowded, and activities connected with
too many others are overfull. Each of them is a run of its own. Both limits depend on the set of activities alone, never
on the order of delivery.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..timeline import Timeline
from .activity import Activity
from .fusion import FURTHEST_APART, FURTHEST_START, is_plain, same_time, span_of
from .run import start_of
from .sweep import Swept, sweep

MAX_NEARBY = 200
"""Activities that may start within `FURTHEST_APART` of another; more are a crowd."""

MAX_CONNECTED = 100
"""Activities that may be connected by pairs of the same time; more are overfull."""

_CLOCK_RESOLUTION = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Connections:
    """Activities affected by a change: connected ones in lists, the others in lists of their own.

    `ids` has the removed ones too. `joined` stood alone before the change, `left` stand alone since.
    """

    connected: list[list[Activity]]
    ids: set[str]
    joined: set[str]
    left: set[str]


class ConcurrentActivities:
    """Dated activities, and their connections by pairs of the same time."""

    def __init__(self) -> None:
        """Start without activities."""
        self._activities: dict[str, Activity] = {}
        self._spans: dict[str, tuple[float, float]] = {}
        self._starts = Timeline[datetime]()
        # Seconds that no activity here was longer than: none that began earlier reaches another.
        self._longest = 0.0
        self._crowded: set[str] = set()
        self._overfull: set[str] = set()

    def fill(self, activities: Iterable[Activity]) -> Swept:
        """Add all activities to an empty collection at once; the outcome is the same as that of `change`."""
        self._activities = {activity.id: activity for activity in activities}
        self._spans = {key: span_of(activity) for key, activity in self._activities.items()}
        self._longest = max((end - start for start, end in self._spans.values()), default=0.0)
        self._starts.fill((start_of(activity), key) for key, activity in self._activities.items())
        self._crowded = set(self._crowds())
        swept = sweep([activity for key, activity in self._activities.items() if key not in self._crowded])
        connected = [[self._activities[key]] for key in self._crowded]
        for together in swept.connected:
            if len(together) > MAX_CONNECTED:
                self._overfull.update(activity.id for activity in together)
                connected += [[activity] for activity in together]
            else:
                connected.append(together)
        return Swept(connected, swept.slipped - self._overfull)

    def change(self, removed: Iterable[str], added: Iterable[Activity]) -> Connections:
        """Remove and add activities, and return those with connections that may have changed."""
        gone = [self._activities[key] for key in removed if key in self._activities]
        new = {activity.id: activity for activity in added}
        neighbours = {other for activity in gone for other in self._same_time(activity.id)}
        alone = {activity.id for activity in gone if self._is_alone(activity.id)}
        for activity in gone:
            self._remove(activity)
        for activity in new.values():
            self._add(activity)
        crowded, opened = self._newly_crowded(new.values()), self._newly_open(gone)
        neighbours |= {other for key in crowded - new.keys() for other in self._same_time(key)}
        self._crowded |= crowded
        self._crowded -= opened
        self._overfull -= crowded
        seeds = (neighbours | opened | new.keys()) & self._activities.keys() - self._crowded
        connected = [[self._activities[key]] for key in crowded]
        joined = alone | opened
        left = set(crowded)
        for together, was_overfull, is_overfull in self._connected_from(seeds):
            connected += [[activity] for activity in together] if is_overfull else [together]
            if is_overfull:
                left.update(activity.id for activity in together)
            joined |= was_overfull
        ids = {activity.id for together in connected for activity in together}
        return Connections(connected, ids.union(activity.id for activity in gone), joined, left)

    def near(self, activity: Activity, distance: timedelta, before: Connections | None = None) -> list[str]:
        """Return the ids of the activities that began near one and may match it, itself included.

        None matches one that is crowded or overfull. `before` is a change, to ask for the state before it.
        """
        if self._was_alone(activity.id, before):
            return []
        start = start_of(activity)
        found = self._starts.between(start - distance, start + distance + _CLOCK_RESOLUTION)
        crowded, overfull = self._crowded, self._overfull
        joined, left = (before.joined, before.left) if before else (frozenset(), frozenset())
        if not (crowded or overfull or joined or left):
            return found
        return [
            other
            for other in found
            if other not in joined and (other in left or not (other in crowded or other in overfull))
        ]

    def _was_alone(self, key: str, before: Connections | None) -> bool:
        if before is not None and (key in before.joined or key in before.left):
            return key in before.joined
        return self._is_alone(key)

    def _is_alone(self, key: str) -> bool:
        return key in self._crowded or key in self._overfull

    def _add(self, activity: Activity) -> None:
        self._activities[activity.id] = activity
        self._spans[activity.id] = start, end = span_of(activity)
        self._longest = max(self._longest, end - start)
        self._starts.add(start_of(activity), activity.id)

    def _remove(self, activity: Activity) -> None:
        key = activity.id
        del self._activities[key], self._spans[key]
        self._starts.remove(start_of(activity), key)
        self._crowded.discard(key)
        self._overfull.discard(key)

    def _same_time(self, key: str) -> list[str]:
        """Return the ids of the other activities of the same time."""
        if key in self._crowded:
            return []
        activity = self._activities[key]
        start, end = self._spans[key]
        begin = start_of(activity)
        back = min(timedelta(seconds=max(self._longest, FURTHEST_START)) + _CLOCK_RESOLUTION, FURTHEST_APART)
        ahead = min(timedelta(seconds=max(end - start, FURTHEST_START)), FURTHEST_APART)
        found = []
        for other in self._starts.between(begin - back, begin + ahead + _CLOCK_RESOLUTION):
            other_start, other_end = self._spans[other]
            # No rule matches any others.
            if (
                ((other_start < end and start < other_end) or abs(start - other_start) <= FURTHEST_START)
                and other != key
                and other not in self._crowded
                and (is_plain(start, end, other_start, other_end) or same_time(activity, self._activities[other]))
            ):
                found.append(other)
        return found

    def _connected_from(self, seeds: set[str]) -> Iterator[tuple[list[Activity], set[str], bool]]:
        """Yield connected activities with a seed among them: all, those that were overfull, whether they are now."""
        seen: set[str] = set()
        # Those that were overfull may have fallen apart. The others count on it that the flag is right.
        for seed in sorted(seeds, key=lambda key: key not in self._overfull):
            if seed in seen:
                continue
            if seed in self._overfull:
                found, is_overfull = self._reach_again(seed)
                if is_overfull:
                    seen |= found & self._overfull
                    continue
            else:
                found, is_overfull = self._reach(seed)
            seen |= found
            was_overfull = found & self._overfull
            if is_overfull:
                self._overfull |= found
            else:
                self._overfull -= found
            yield [self._activities[key] for key in found], was_overfull, is_overfull

    def _reach(self, seed: str) -> tuple[set[str], bool]:
        """Return the connected activities up to overfull ones, and whether they are overfull too."""
        found, unvisited, meets_overfull = {seed}, [seed], False
        while unvisited:
            for other in self._same_time(unvisited.pop()):
                if other in self._overfull:
                    meets_overfull = True
                elif other not in found:
                    found.add(other)
                    unvisited.append(other)
        return found, meets_overfull or len(found) > MAX_CONNECTED

    def _reach_again(self, seed: str) -> tuple[set[str], bool]:
        """Return connected activities, as many as it takes to know, and whether they are still overfull."""
        found, unvisited = {seed}, [seed]
        while unvisited and len(found) <= MAX_CONNECTED:
            others = set(self._same_time(unvisited.pop())) - found
            found |= others
            unvisited.extend(others)
        return found, len(found) > MAX_CONNECTED

    def _crowds(self) -> Iterator[str]:
        """Yield the ids of all activities of a crowd."""
        starts = [(self._spans[key][0], key) for key in self._starts]
        reach = FURTHEST_APART.total_seconds()
        first = last = 0
        for start, key in starts:
            while starts[first][0] < start - reach:
                first += 1
            while last < len(starts) and starts[last][0] <= start + reach:
                last += 1
            if last - first - 1 > MAX_NEARBY:
                yield key

    def _newly_crowded(self, added: Iterable[Activity]) -> set[str]:
        """Return the activities around added ones that have too many around them by now."""
        found: set[str] = set()
        for activity in added:
            start = start_of(activity)
            if self._number_near(start, 2 * FURTHEST_APART) > MAX_NEARBY:
                # Those further away had a crowd between them and the added one before.
                found.update(self._starts.nearest(start, activity.id, MAX_NEARBY + 1))
        return {key for key in found - self._crowded if self._has_crowd(key)}

    def _newly_open(self, removed: Iterable[Activity]) -> set[str]:
        """Return the crowded activities around removed ones that have few enough around them by now."""
        if not self._crowded:
            return set()
        found: set[str] = set()
        for activity in removed:
            found.update(self._starts.nearest(start_of(activity), activity.id, MAX_NEARBY + 1))
        return {key for key in found & self._crowded if not self._has_crowd(key)}

    def _has_crowd(self, key: str) -> bool:
        return self._number_near(start_of(self._activities[key]), FURTHEST_APART) - 1 > MAX_NEARBY

    def _number_near(self, start: datetime, distance: timedelta) -> int:
        return self._starts.number_between(start - distance, start + distance + _CLOCK_RESOLUTION)
