"""How many households of which type: sizes that sum to the persons asked for, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.population.marginals import ORIGINS, Marginals
from bosett.terms.errors import BadInput
from bosett.terms.groups import Track

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

TYPES = (
    "single",
    "couple",
    "kin_two",
    "kin_three",
    "single_parent",
    "couple_children",
    "large_family",
    "three_generations",
    "minor_alone",
)
ADULTS = np.array([1, 2, 2, 3, 1, 2, 2, 3, 0])
CHILDREN = {
    "single_parent": ((1, 2, 3), (0.60, 0.30, 0.10)),
    "couple_children": ((1, 2, 3), (0.40, 0.40, 0.20)),
    "large_family": ((4, 5, 6, 7), (0.60, 0.25, 0.10, 0.05)),
    "three_generations": ((1, 2), (0.70, 0.30)),
}
"""Number of children by type of household: the assumption `children_by_type`."""
TRACKS = tuple(Track)
SINGLE, MINOR = TYPES.index("single"), TYPES.index("minor_alone")


@dataclass(frozen=True)
class Shape:
    """One row a household, in random order.

    Parameters
    ----------
    origin
        0 collective protection, 1 every other track.
    kind, track
        Index into `TYPES`, `TRACKS`.
    children
        Children with an adult; an unaccompanied minor counts as 1.
    under15
        Whether the household is an unaccompanied minor under 15.
    """

    origin: Ints
    kind: Ints
    track: Ints
    children: Ints
    under15: Flags

    @property
    def adults(self) -> Ints:
        """Adults per household."""
        return ADULTS[self.kind]

    @property
    def persons(self) -> Ints:
        """Persons per household."""
        return self.adults + self.children

    @property
    def alone(self) -> Flags:
        """Whether the household is an unaccompanied minor."""
        alone: Flags = self.kind == MINOR
        return alone


def draw_shape(persons: int, marginals: Marginals, rng: np.random.Generator) -> Shape:
    """Households of `persons` persons in all, exactly, with the shares of the tables.

    Raises
    ------
    BadInput
        If fewer than 100 persons are asked for: no share of a hundredth could be kept.
    """
    if persons < 100:
        raise BadInput(str(persons), "at least 100 persons")
    alone, under15, alone_collective = _minors(persons, marginals)
    share = marginals.tracks[Track.COLLECTIVE] / sum(marginals.tracks.values())
    collective = round(persons * share)
    parts = [
        _origin_part(0, collective - alone_collective, marginals, rng),
        _origin_part(1, persons - collective - (alone - alone_collective), marginals, rng),
        _minor_part(alone, under15, alone_collective),
    ]
    whole = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    order = rng.permutation(len(whole[0]))
    origin, kind, children, young = (column[order] for column in whole)
    track = _tracks(origin, kind == MINOR, marginals, rng)
    return Shape(origin, kind, track, children, young.astype(bool))


def _minors(persons: int, marginals: Marginals) -> tuple[int, int, int]:
    """Minors alone, of them under 15, of them under collective protection."""
    asked = marginals.assume("minors_alone_asked")
    alone = round(persons * asked / marginals.assume("request_2026"))
    under15 = round(alone * marginals.assume("minors_alone_under15_asked") / asked)
    return alone, under15, round(alone * marginals.assume("minors_alone_collective_share"))


def _origin_part(
    origin: int, persons: int, marginals: Marginals, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints]:
    """Draw types until the persons are used up; what is left over becomes singles."""
    shares = marginals.household_types[ORIGINS[origin]]
    weights = [shares.get(name, 0.0) for name in TYPES]
    kind = rng.choice(len(TYPES), size=persons, p=weights).astype(np.int64)
    children = _children(kind, rng)
    used = np.cumsum(ADULTS[kind] + children)
    kept = int(np.searchsorted(used, persons, side="right"))
    rest = persons - (int(used[kept - 1]) if kept else 0)
    kind = np.concatenate([kind[:kept], np.full(rest, SINGLE)])
    children = np.concatenate([children[:kept], np.zeros(rest, dtype=np.int64)])
    return np.full(len(kind), origin), kind, children, np.zeros(len(kind), dtype=np.int64)


def _children(kind: Ints, rng: np.random.Generator) -> Ints:
    children = np.zeros(len(kind), dtype=np.int64)
    for name, (counts, shares) in CHILDREN.items():
        here = kind == TYPES.index(name)
        children[here] = rng.choice(counts, size=int(here.sum()), p=shares)
    return children


def _minor_part(alone: int, under15: int, collective: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Every unaccompanied minor is a household; under 15 spread evenly over the origins."""
    origin = (np.arange(alone) >= collective).astype(np.int64)
    step = np.arange(alone) * under15 // alone
    young = np.diff(step, append=under15)
    return origin, np.full(alone, MINOR), np.ones(alone, dtype=np.int64), young


def _tracks(origin: Ints, alone: Flags, marginals: Marginals, rng: np.random.Generator) -> Ints:
    others = [track for track in TRACKS if track is not Track.COLLECTIVE]
    weights = np.array([marginals.tracks[track] for track in others], dtype=float)
    drawn = rng.choice(len(others), size=len(origin), p=weights / weights.sum())
    track = np.array([TRACKS.index(other) for other in others])[drawn]
    track = np.where(alone, TRACKS.index(Track.ASYLUM), track)
    return np.where(origin == 0, TRACKS.index(Track.COLLECTIVE), track)
