"""Distribution sentences: a need and small numbers in, whole persons out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bosett.distribution import (
    Criterion,
    DistributionCriteria,
    DistributionProblem,
    Method,
    MunicipalityInput,
    Rounding,
    distribute,
)


def division(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """A division: `method`, `need`, `places` (name -> indicators), optional `weights`, `round`, `size_minimum`."""
    criteria = DistributionCriteria(
        method=Method(asked["method"]),
        criteria=tuple(Criterion(name, Fraction(str(w))) for name, w in asked.get("weights", {}).items()),
        rounding=Rounding(asked.get("round", "largest-remainder")),
        floor=asked.get("floor"),
        size_minimum=asked.get("size_minimum"),
    )
    places = tuple(
        MunicipalityInput(name, name, "", {key: Fraction(str(value)) for key, value in told.items()})
        for name, told in asked["places"].items()
    )
    found = distribute(DistributionProblem(asked["need"], places, criteria))
    exact = {f"exact_{share.identifier}": share.exact_share for share in found.shares}
    persons = {share.identifier: share.asked for share in found.shares}
    return {**persons, **exact, "assumptions": " ".join(found.assumptions)}
