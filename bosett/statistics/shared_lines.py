"""Borders with fewer points, the same on both sides: lines are cut where three meet and each is made simple once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

Point = tuple[int, int]
Line = tuple[Point, ...]


class SharedLines:
    """Makes rings simpler so that those which share a line still share it.

    Parameters
    ----------
    rings
        Every ring of the map, not closed; points that stand in two rings are the same pair of numbers.
    tolerance
        How far from the line a point that is left out may lie.
    """

    def __init__(self, rings: Iterable[Sequence[Point]], tolerance: float) -> None:
        beside: dict[Point, set[Point]] = defaultdict(set)
        for ring in rings:
            for one, two in zip(ring, [*ring[1:], *ring[:1]], strict=True):
                beside[one].add(two)
                beside[two].add(one)
        self._meet = {point for point, others in beside.items() if len(others) > 2}
        self._tolerance = tolerance**2
        self._simple: dict[Line, Line] = {}

    def of(self, ring: Sequence[Point]) -> list[Point]:
        """The ring with fewer points, not closed; places where three lines meet stay."""
        cuts = [place for place, point in enumerate(ring) if point in self._meet]
        if len(cuts) < 2:
            first = cuts[0] if cuts else min(range(len(ring)), key=lambda place: ring[place])
            far = max(range(len(ring)), key=lambda place: (_apart(ring[first], ring[place]), ring[place]))
            cuts = sorted({first, far})
        found: list[Point] = []
        for place, start in enumerate(cuts):
            end = cuts[(place + 1) % len(cuts)]
            line = ring[start : end + 1] if start < end else [*ring[start:], *ring[: end + 1]]
            found += self._line(tuple(line))[:-1]
        return found

    def _line(self, line: Line) -> Line:
        """Always worked out in the same direction, whichever ring asks."""
        turned = line[::-1]
        if turned < line:
            return self._line(turned)[::-1]
        if line not in self._simple:
            self._simple[line] = self._fewer(line)
        return self._simple[line]

    def _fewer(self, line: Line) -> Line:
        """Douglas and Peucker: the point farthest from the chord stays, and again on both sides of it."""
        kept, open_ = {0, len(line) - 1}, [(0, len(line) - 1)]
        while open_:
            first, last = open_.pop()
            if last - first < 2:
                continue
            far = max(
                range(first + 1, last), key=lambda place: _from_chord(line[first], line[last], line[place])
            )
            if _from_chord(line[first], line[last], line[far]) > self._tolerance:
                kept.add(far)
                open_ += [(first, far), (far, last)]
        return tuple(line[place] for place in sorted(kept))


def _apart(one: Point, two: Point) -> float:
    """Distance, squared."""
    return (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2


def _from_chord(start: Point, end: Point, point: Point) -> float:
    """Distance of a point from the chord, squared."""
    long = _apart(start, end)
    if not long:
        return _apart(start, point)
    (x1, y1), (x2, y2), (x, y) = start, end, point
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long))
    return (x1 + along * (x2 - x1) - x) ** 2 + (y1 + along * (y2 - y1) - y) ** 2
