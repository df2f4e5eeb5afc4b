"""How many municipalities of each stratum to ask, and which: certain ones, last year's panel, then the draw.

Neyman: in proportion to size times standard deviation, never below the minimum nor above the stratum.
What a full stratum cannot take goes to the others.
Source: Neyman (1934); Cochran, Sampling Techniques (3rd ed. 1977), sections 5.5-5.8.
Panel overlap by permanent random numbers: Ohlsson (1995), in Business Survey Methods, chapter 9.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bosett.terms.errors import BadInput, NoAnswer


@dataclass(frozen=True)
class Stratum:
    """Municipalities to draw from, with the standard deviation of what is asked about (>= 0)."""

    name: str
    size: int
    deviation: float

    def __post_init__(self) -> None:
        if self.size < 1 or self.deviation < 0:
            found = f"{self.name}: size {self.size}, deviation {self.deviation}"
            raise BadInput(found, "a size of 1 or more, a deviation of 0 or more", "strata")


def allocate(strata: Sequence[Stratum], asked: int, *, minimum: int = 2) -> dict[str, int]:
    """How many of each stratum, summing to `asked`; at least `minimum` (or the whole of a small one).

    One at a time goes to the stratum whose next one lowers the variance most, which gives the best
    whole numbers (Wright 2012, The American Statistician 66(4)).

    Raises
    ------
    NoAnswer
        If `asked` is below the minimums or above the municipalities there are.
    """
    taken = {one.name: min(minimum, one.size) for one in strata}
    least, most = sum(taken.values()), sum(one.size for one in strata)
    if not least <= asked <= most:
        raise NoAnswer("sample_size", f"{asked} asked; the strata take from {least} to {most}")
    for _ in range(asked - least):
        open_ones = [one for one in strata if taken[one.name] < one.size]
        best = max(open_ones, key=lambda one: (_gain(one, taken[one.name]), one.size - taken[one.name]))
        taken[best.name] += 1
    return taken


def _gain(stratum: Stratum, taken: int) -> float:
    """(N S)^2 (1/n - 1/(n+1)): what one more takes off the variance of the sum."""
    weight = (stratum.size * stratum.deviation) ** 2
    return weight / (taken * (taken + 1)) if taken else float("inf")


def draw(
    members: Mapping[str, float], asked: int, *, panel: Collection[str] = (), overlap: int = 0
) -> tuple[str, ...]:
    """The municipalities of one stratum that are asked, in order of identifier.

    Parameters
    ----------
    members
        Identifier -> its permanent random number, drawn once, uniform in [0, 1).
    panel, overlap
        Last year's sample, of which at most `overlap` (those of the lowest numbers) are kept.  With
        numbers that stay the same from year to year, overlap comes by itself and no one is favoured.

    Raises
    ------
    NoAnswer
        If there are fewer members than asked.
    """
    if asked > len(members):
        raise NoAnswer("sample_size", f"{asked} asked of {len(members)} municipalities")
    order = sorted(members, key=lambda one: (members[one], one))
    kept = [one for one in order if one in panel][: min(overlap, asked)]
    others = [one for one in order if one not in kept]
    return tuple(sorted([*kept, *others[: asked - len(kept)]]))


def certainty_units(sizes: Mapping[str, float], asked: int) -> tuple[str, ...]:
    """Municipalities so large that drawing in proportion to size would ask them for sure.

    Source: Särndal, Swensson and Wretman (1992), section 3.6.2: taken out until none has n x / sum(x) >= 1.
    """
    certain: list[str] = []
    while True:
        rest = {one: size for one, size in sizes.items() if one not in certain}
        left, total = asked - len(certain), sum(rest.values())
        found = [one for one, size in rest.items() if total > 0 and left * size >= total and left > 0]
        if not found:
            return tuple(sorted(certain))
        certain += sorted(found, key=lambda one: -rest[one])[:left]


def size_strata(sizes: Mapping[str, float], count: int) -> dict[str, str]:
    """Each municipality's stratum by size: s1 the smallest to at most s<count>, s0 those without anybody.

    The strata have about equal sums of the square root of size, which with residuals that grow with size
    makes them weigh about alike in a Neyman allocation.  After the rule of equal sums of the root of the
    frequency (Dalenius and Hodges 1959; Cochran 1977, 5A.7); root of size in its place is our own choice.
    """
    if count < 1:
        raise BadInput(str(count), "1 stratum or more", "strata")
    order = sorted((size, one) for one, size in sizes.items() if size > 0)
    whole = sum(size**0.5 for size, _ in order)
    found, so_far = {one: "s0" for one, size in sizes.items() if size <= 0}, 0.0
    for size, one in order:
        found[one] = f"s{min(count, int(so_far / whole * count) + 1)}"
        so_far += size**0.5
    return found


def numbers(identifiers: Collection[str], rng: np.random.Generator) -> dict[str, float]:
    """Permanent random numbers in [0, 1): the same generator gives a municipality the same number each year.

    The whole set of identifiers must be given in every year, in any order.
    """
    order = sorted(identifiers)
    return dict(zip(order, rng.random(len(order)).tolist(), strict=True))
