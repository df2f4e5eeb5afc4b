"""The draw of a round: certain ones, strata by size, Neyman allocation, last year's panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from bosett.expenditure.allocation import Stratum, allocate, certainty_units, draw, numbers, size_strata

STRATA = 6
EVERYBODY, NOBODY = "certain", "s0"


@dataclass(frozen=True)
class Drawn:
    """A municipality of the frame after the draw; it stands for weight_of / weight_drawn municipalities."""

    municipality: str
    stratum: str
    sampled: bool
    certain: bool
    weight_of: int = 1
    weight_drawn: int = 1


def drawn(
    sizes: Mapping[str, Decimal],
    asked: int,
    minimum: int,
    overlap_percent: int,
    rng: np.random.Generator,
    panel: frozenset[str],
) -> tuple[Drawn, ...]:
    """Every municipality of the frame, in order of code.

    Residuals are taken to grow with the root of persons, as the calibrated estimator does: an assumption, by
    which the allocation is Neyman's.  Municipalities without persons are not asked.

    Raises
    ------
    NoAnswer
        If so many cannot be asked of those there are.
    """
    persons = {code: float(size) for code, size in sizes.items()}
    certain = set(certainty_units({code: size for code, size in persons.items() if size > 0}, asked))
    strata = size_strata({code: size for code, size in persons.items() if code not in certain}, STRATA)
    members: dict[str, list[str]] = {}
    for code, stratum in strata.items():
        members.setdefault(stratum, []).append(code)
    given = numbers(list(persons), rng)
    found = [Drawn(code, EVERYBODY, sampled=True, certain=True) for code in certain]
    found += [Drawn(code, NOBODY, sampled=False, certain=False) for code in members.pop(NOBODY, [])]
    left = asked - len(certain)
    shares = allocate(
        [_stratum(name, members[name], persons) for name in sorted(members)], left, minimum=minimum
    )
    for name, many in shares.items():
        here = members[name]
        kept = round(many * overlap_percent / 100)
        taken = set(draw({code: given[code] for code in here}, many, panel=panel, overlap=kept))
        found += [
            Drawn(code, name, code in taken, certain=False, weight_of=len(here), weight_drawn=max(many, 1))
            for code in here
        ]
    return tuple(sorted(found, key=lambda one: one.municipality))


def _stratum(name: str, members: list[str], persons: Mapping[str, float]) -> Stratum:
    mean = sum(persons[code] for code in members) / len(members)
    return Stratum(name, len(members), float(np.sqrt(mean)))
