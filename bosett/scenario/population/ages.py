"""Ages that fit: children to their parents, grandparents to parents, and all to the published sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.population.marginals import CHILD_BANDS, ORIGINS, Marginals
from bosett.scenario.population.shape import TYPES, Flags, Ints, Shape
from bosett.terms.errors import BadInput

Years = NDArray[np.float64]

ADULT_FROM, OLDER_FROM, OLDEST = 18.05, 56.05, 88.0
YOUNGER_TO = 55.95
CHILD_TO, UNDER15_TO = 17.95, 14.95
BANDS = {"0-4": (0.1, 5.0), "5-11": (5.0, 12.0), "12-17": (12.0, CHILD_TO)}


@dataclass(frozen=True)
class Slots:
    """One row a person: household, and place in it (adults first, then children)."""

    household: Ints
    place: Ints
    kind: Ints
    is_child: Flags

    @classmethod
    def of(cls, shape: Shape) -> Slots:
        """Persons laid out household by household."""
        counts = shape.persons
        household = np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(household)) - np.repeat(np.cumsum(counts) - counts, counts)
        return cls(household, place, shape.kind[household], place >= shape.adults[household])


def draw_ages(
    shape: Shape, slots: Slots, present_years: Years, marginals: Marginals, rng: np.random.Generator
) -> Years:
    """Age in years of each person.

    Promises: a parent is at least 18 years older than the eldest child, a grandparent 18 years older
    than the mother; no accompanied child is younger than the household's time in Norway; the share
    over 55 by origin is the table's.

    Parameters
    ----------
    present_years
        Years since each household came (or got its permit, when it came later).
    """
    age = np.zeros(len(slots.household))
    for origin in (0, 1):
        _children(age, shape, slots, origin, marginals, rng)
    children = slots.is_child & ~shape.alone[slots.household]
    age[children] = np.maximum(age[children], present_years[slots.household[children]] + 0.05)
    older = _older_households(shape, marginals, rng)
    _heads(age, shape, slots, older, rng)
    _second_adults(age, shape, slots, older, rng)
    return age


def _children(
    age: Years, shape: Shape, slots: Slots, origin: int, marginals: Marginals, rng: np.random.Generator
) -> None:
    of_origin = shape.origin[slots.household] == origin
    alone = of_origin & shape.alone[slots.household]
    young = shape.under15[slots.household]
    age[alone] = rng.uniform(15.05, CHILD_TO, int(alone.sum()))
    age[alone & young] = rng.uniform(12.0, UNDER15_TO, int((alone & young).sum()))
    accompanied = of_origin & slots.is_child & ~alone
    shares = _band_shares(int(of_origin.sum()), int(alone.sum()), origin, marginals)
    band = _by_quota(int(accompanied.sum()), shares, rng)
    low, high = np.array([BANDS[name] for name in CHILD_BANDS]).T
    age[accompanied] = rng.uniform(low[band], high[band])


def _band_shares(persons: int, alone: int, origin: int, marginals: Marginals) -> Years:
    """What each age band still lacks when the minors alone (12-17) are counted."""
    name = ORIGINS[origin]
    every = sum(n for (of, _), n in marginals.ages.items() if of == name)
    wanted = np.array([marginals.ages[name, band] * persons / every for band in CHILD_BANDS])
    wanted[-1] -= alone
    if wanted.min() < 0:
        raise BadInput(f"{alone} minors alone among {persons} of {name}", "no more than aged 12-17")
    shares: Years = wanted / wanted.sum()
    return shares


def _by_quota(size: int, shares: Years, rng: np.random.Generator) -> Ints:
    """Category numbers in random order with counts as near to the shares as whole persons allow."""
    ends = np.rint(np.cumsum(shares) * size).astype(np.int64)
    return rng.permutation(np.searchsorted(ends, np.arange(size), side="right"))


def _older_households(shape: Shape, marginals: Marginals, rng: np.random.Generator) -> Flags:
    """Households whose head (in a couple both) is over 55, so that the share over 55 is met."""
    older = np.zeros(len(shape.kind), dtype=bool)
    weights = np.zeros(len(TYPES), dtype=np.int64)
    for name, weight in (("single", 1), ("couple", 2), ("kin_two", 1), ("kin_three", 1)):
        weights[TYPES.index(name)] = weight
    for origin, name in enumerate(ORIGINS):
        here = shape.origin == origin
        grandparents = int((here & (shape.kind == TYPES.index("three_generations"))).sum())
        wanted = round(marginals.share_over55(name) * int(shape.persons[here].sum())) - grandparents
        able = rng.permutation(np.flatnonzero(here & (weights[shape.kind] > 0)))
        taken = np.cumsum(weights[shape.kind[able]]) <= wanted
        older[able[taken]] = True
    return older


def _heads(age: Years, shape: Shape, slots: Slots, older: Flags, rng: np.random.Generator) -> None:
    """The first adult: a mother's age where there are children, else free within the age group."""
    eldest, youngest = np.zeros(len(shape.kind)), np.full(len(shape.kind), 99.0)
    np.maximum.at(eldest, slots.household[slots.is_child], age[slots.is_child])
    np.minimum.at(youngest, slots.household[slots.is_child], age[slots.is_child])
    size = len(shape.kind)
    low, high = eldest + 18.1, np.minimum(youngest + 45.0, YOUNGER_TO)
    parent = low + (high - low) * rng.beta(2.0, 2.0, size)
    young = ADULT_FROM + (YOUNGER_TO - ADULT_FROM) * rng.beta(1.3, 1.6, size)
    old = OLDER_FROM + (OLDEST - OLDER_FROM) * rng.beta(1.0, 2.2, size)
    head_age = np.where(shape.children > 0, parent, np.where(older, old, young))
    heads = (slots.place == 0) & ~slots.is_child
    age[heads] = head_age[slots.household[heads]]


def _second_adults(age: Years, shape: Shape, slots: Slots, older: Flags, rng: np.random.Generator) -> None:
    """Partners, grown children or siblings, and grandparents, measured from the head."""
    first = np.searchsorted(slots.household, np.arange(len(shape.kind)))
    head_age, size = age[first][slots.household], len(age)
    eldest = np.zeros(len(shape.kind))
    np.maximum.at(eldest, slots.household[slots.is_child], age[slots.is_child])
    old = older[slots.household]
    low, high = np.where(old, OLDER_FROM, ADULT_FROM), np.where(old, OLDEST, YOUNGER_TO)
    partner = _within(head_age + rng.uniform(-6.0, 8.0, size), low, high, rng)
    least = eldest[slots.household] + 18.1
    father = _within(head_age + rng.uniform(-3.0, 9.0, size), least, np.full(size, YOUNGER_TO), rng)
    grown = head_age - rng.uniform(20.0, 36.0, size)
    kin = np.where(old, grown, head_age + rng.uniform(-8.0, 8.0, size))
    kin = _within(kin, np.full(size, ADULT_FROM), np.full(size, YOUNGER_TO), rng)
    least = np.maximum(OLDER_FROM, head_age + 18.1)
    grandparent = least + (OLDEST - least) * rng.beta(1.0, 2.5, size)
    adult = ~slots.is_child & (slots.place > 0)
    for name, values, place in (
        ("couple", partner, 1),
        ("couple_children", father, 1),
        ("large_family", father, 1),
        ("three_generations", father, 1),
        ("three_generations", grandparent, 2),
        ("kin_two", kin, 1),
        ("kin_three", kin, 1),
        ("kin_three", kin, 2),
    ):
        here = adult & (slots.kind == TYPES.index(name)) & (slots.place == place)
        age[here] = values[here]


def _within(age: Years, low: Years, high: Years, rng: np.random.Generator) -> Years:
    """Ages inside the bounds as they are; those outside land somewhere in the nearest five years.

    Never on the bound itself: hundreds of persons would then share a birth date.
    """
    inward = rng.uniform(0.0, np.minimum(5.0, high - low))
    return np.where(age < low, low + inward, np.where(age > high, high - inward, age))
