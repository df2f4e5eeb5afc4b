"""Synthetic placement instances for the benchmarks: nobody's data, every number drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bosett.placement.problem import BlockTable, Household, Municipality, Problem, ScoreTable

MUNICIPALITIES = 357
SIZES = (1, 2, 3, 4, 5, 6, 7)
SIZE_SHARES = (0.52, 0.16, 0.11, 0.10, 0.06, 0.03, 0.02)
GROUPS = ("g1", "g2", "g3", "g4")


@dataclass(frozen=True)
class Kind:
    """What an instance is like.

    Parameters
    ----------
    slack
        Places over use, as a fraction, in every dimension.
    dimensions
        1 (persons) to 3 (school, health).
    linked
        Share of households that belong to a link of two.
    blocked
        Share of pairs that a rule forbids.
    """

    households: int
    municipalities: int = MUNICIPALITIES
    slack: float = 0.10
    dimensions: int = 1
    linked: float = 0.04
    blocked: float = 0.08
    batches: int = 1


def instance(kind: Kind, seed: int, world: int | None = None) -> Problem:
    """Households of one to seven persons; places spread as unevenly as Norway's; scores with a common part.

    Two years of one `world` have the same municipalities: their pull, and what groups reach there.
    """
    rng = np.random.default_rng(seed)
    places_rng = np.random.default_rng(seed + 10_000 if world is None else world)
    count, places = kind.households, kind.municipalities
    persons = rng.choice(SIZES, count, p=SIZE_SHARES)
    uses = {
        "persons": persons,
        "school": rng.binomial(np.maximum(persons - 1, 0), 0.45),
        "health": (rng.random(count) < 0.15) * 1,
    }
    names = tuple(uses)[: kind.dimensions]
    pull = places_rng.lognormal(0, 1.0, places)
    capacity = {name: _places(rng, uses[name], pull, kind.slack) for name in names}
    ids = tuple(f"h{row:06}" for row in range(count))
    codes = tuple(f"{1000 + place}" for place in range(places))
    group = rng.integers(0, len(GROUPS), count)
    arrival = np.sort(rng.integers(0, kind.batches, count))
    linked = int(count * kind.linked / 2) * 2
    pairs = rng.permutation(count)[:linked]
    link = np.full(count, "", dtype=object)
    for place in range(0, linked, 2):
        link[pairs[place]] = link[pairs[place + 1]] = f"l{place}"
    households = tuple(
        Household(
            ids[row], int(persons[row]), {name: int(uses[name][row]) for name in names[1:]},
            group=GROUPS[group[row]], link=str(link[row]), arrival=int(arrival[row]),
        )
        for row in range(count)
    )  # fmt: skip
    towns = tuple(
        Municipality(code, code, {name: int(capacity[name][place]) for name in names})
        for place, code in enumerate(codes)
    )
    bits = (rng.random((count, places)) < kind.blocked).astype(np.uint8)
    table = ScoreTable(ids, codes, scores(rng, places_rng, persons, group, places))
    return Problem(households, towns, table, BlockTable(("needs",), ids, codes, bits))


def scores(rng, places_rng, persons, group, places):  # type: ignore[no-untyped-def]
    """A place's own level, what a group gets there, and luck; in hundredths, times the persons in work."""
    level = places_rng.normal(0, 0.5, places)[None, :]
    level = level + places_rng.normal(0, 0.4, (len(GROUPS), places))[group]
    chance = level + rng.normal(0, 0.5, (len(persons), places)) - 0.4
    adults = 1 + (persons >= 3) * 1.0
    return np.round(adults[:, None] / (1 + np.exp(-chance)), 4)


def _places(rng, use, pull, slack):  # type: ignore[no-untyped-def]
    """Places in proportion to pull, summing to use x (1 + slack)."""
    wanted = int(np.ceil(use.sum() * (1 + slack)))
    exact = pull / pull.sum() * wanted
    found = np.floor(exact).astype(int)
    order = np.argsort(-(exact - found) + rng.random(len(pull)) * 1e-9)
    found[order[: wanted - found.sum()]] += 1
    return found
