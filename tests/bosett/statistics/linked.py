"""Random tables of made-up persons that share dimensions."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np

from bosett.statistics.problem import CountTable

SHAPES = (
    (("county", "age"), ("county", "sex")),
    (("county", "age", "sex"),),
    (("county", "age"), ("age", "basis")),
    (("county", "age"), ("county",), ("county", "basis", "sex")),
    (("county", "year"),),
)


def linked_tables(seed: int, *, totals: bool = True) -> list[CountTable]:
    """One to three tables of the same persons, with all totals or with some left out."""
    rng = np.random.default_rng(seed)
    shape = SHAPES[seed % len(SHAPES)]
    names = sorted({name for dimensions in shape for name in dimensions})
    codes = {name: [f"{name}{place}" for place in range(rng.integers(2, 6))] for name in names}
    level = float(rng.choice([0.7, 2.0, 6.0, 20.0]))
    persons = {
        combination: int(rng.poisson(level * rng.gamma(0.7, 1.4)))
        for combination in product(*(codes[name] for name in names))
    }
    return [_table(names, persons, dimensions, rng, totals=totals) for dimensions in shape]


def _table(
    names: list[str],
    persons: dict[tuple[str, ...], int],
    dimensions: tuple[str, ...],
    rng: np.random.Generator,
    *,
    totals: bool,
) -> CountTable:
    places = [names.index(name) for name in dimensions]
    counts: Counter[tuple[str, ...]] = Counter()
    for combination, count in persons.items():
        key = [combination[place] for place in places]
        for mask in product((False, True), repeat=len(key)):
            counts[tuple("*" if summed else code for summed, code in zip(mask, key, strict=True))] += count
    kept = {key: n for key, n in counts.items() if totals or "*" not in key or rng.random() < 0.6}
    return CountTable(dimensions, kept, "-".join(dimensions))
