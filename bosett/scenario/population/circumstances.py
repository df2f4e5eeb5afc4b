"""Citizenship, links, ties, wishes, protection and needs of the households."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bosett.scenario.population.ages import Slots
from bosett.scenario.population.marginals import Marginals
from bosett.scenario.population.people import Protection, Tie
from bosett.scenario.population.shape import TRACKS, Flags, Ints, Shape
from bosett.terms.errors import BadInput
from bosett.terms.groups import Track
from bosett.terms.municipality import MunicipalityCode

UKRAINE = ("UKR", "uk")
TIE_KINDS = ("relatives", "work", "studies")
TIE_SHARES = (0.7, 0.2, 0.1)
"""Kinds of tie: the assumption `tie_kinds`."""


def draw_links(shape: Shape, marginals: Marginals, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Pairs of households of relatives (leaders, followers), alike in origin and in being minors alone."""
    leaders, followers = [], []
    for origin in (0, 1):
        for alone in (False, True):
            able = rng.permutation(np.flatnonzero((shape.origin == origin) & (shape.alone == alone)))
            pairs = round(len(able) * marginals.assume("linked_share") / 2)
            leaders.append(able[:pairs])
            followers.append(able[pairs : 2 * pairs])
    return np.concatenate(leaders), np.concatenate(followers)


def draw_citizenships(shape: Shape, marginals: Marginals, rng: np.random.Generator) -> list[tuple[str, str]]:
    """(ISO 3166 alpha-3, language) of each household; linked households are made alike afterwards."""
    listed = marginals.citizenships
    size = len(shape.kind)
    applicants = _pick(np.array([c.applicants for c in listed]), size, rng)
    resettled = _pick(np.array([c.resettlement_weight for c in listed]), size, rng)
    chosen = np.where(shape.track == TRACKS.index(Track.RESETTLEMENT), resettled, applicants)
    pairs = [(c.code, c.language) for c in listed]
    return [UKRAINE if origin == 0 else pairs[i] for origin, i in zip(shape.origin, chosen, strict=True)]


def _pick(weights: np.ndarray, size: int, rng: np.random.Generator) -> Ints:
    return rng.choice(len(weights), size=size, p=weights / weights.sum()).astype(np.int64)


def draw_protection(size: int, marginals: Marginals, rng: np.random.Generator) -> list[Protection]:
    """Protected addresses by the two named shares."""
    fortrolig = marginals.assume("protection_fortrolig_share")
    strict = marginals.assume("protection_strengt_fortrolig_share")
    levels = (Protection.STRENGT_FORTROLIG, Protection.FORTROLIG, Protection.NONE)
    index = np.searchsorted([strict, strict + fortrolig], rng.random(size), side="right")
    return [levels[i] for i in index]


@dataclass(frozen=True)
class Leanings:
    """Ties and ranked wishes per household."""

    ties: list[tuple[Tie, ...]]
    wishes: list[tuple[MunicipalityCode, ...]]


def draw_leanings(
    size: int,
    municipalities: Mapping[MunicipalityCode, int],
    marginals: Marginals,
    rng: np.random.Generator,
) -> Leanings:
    """Ties and up to three wishes, more often to municipalities of greater weight; a tie is wished first.

    Raises
    ------
    BadInput
        If no municipality has a weight above zero.
    """
    codes = sorted(municipalities)
    weights = np.array([municipalities[code] for code in codes], dtype=float)
    if not codes or weights.min() < 0 or weights.sum() <= 0:
        raise BadInput("no municipality with a weight above zero", "codes with weights such as inhabitants")
    drawn = rng.choice(len(codes), size=(size, 4), p=weights / weights.sum())
    kinds = rng.choice(len(TIE_KINDS), size=size, p=TIE_SHARES)
    has_tie = rng.random(size) < marginals.assume("tie_share")
    wished = np.where(rng.random(size) < marginals.assume("wish_share"), rng.integers(1, 4, size), 0)
    ties: list[tuple[Tie, ...]] = []
    wishes: list[tuple[MunicipalityCode, ...]] = []
    for i in range(size):
        tie = codes[drawn[i, 0]] if has_tie[i] else None
        ties.append((Tie(TIE_KINDS[kinds[i]], tie),) if tie else ())
        ranked = [codes[j] for j in drawn[i, 1:]]
        first = [tie] if tie and wished[i] else []
        wishes.append(tuple(dict.fromkeys(first + ranked))[: wished[i]])
    return Leanings(ties, wishes)


def draw_needs(
    shape: Shape,
    slots: Slots,
    whole_years: Ints,
    protection: list[Protection],
    marginals: Marginals,
    rng: np.random.Generator,
) -> list[frozenset[str]]:
    """Codes of need: from ages, size, group and protection, the rest by the assumed shares."""
    size = len(shape.kind)
    accompanied = ~shape.alone[slots.household]
    flags = {
        "kindergarten": _any(slots, (whole_years >= 1) & (whole_years < 6), size),
        "school_primary": _any(slots, (whole_years >= 6) & (whole_years < 16), size),
        "school_upper": _any(slots, (whole_years >= 16) & (whole_years < 19), size),
        "large_home": shape.persons >= 5,
        "minor_care": shape.alone,
        "other_need": np.array([level is not Protection.NONE for level in protection]),
    }
    for code, share in marginals.needs.items():
        flags[code] = rng.random(size) < share
    flags["adult_education"] &= _any(slots, accompanied & (whole_years >= 18) & (whole_years < 56), size)
    codes = sorted(flags)
    matrix = np.stack([flags[code] for code in codes], axis=1)
    return [frozenset(codes[i] for i in np.flatnonzero(row)) for row in matrix]


def _any(slots: Slots, persons: Flags, size: int) -> Flags:
    found = np.zeros(size, dtype=bool)
    found[slots.household[persons]] = True
    return found
