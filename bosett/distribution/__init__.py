"""The national need divided between the municipalities in whole persons, each with its reason."""

from bosett.distribution.problem import (
    Criterion,
    Direction,
    DistributionCriteria,
    DistributionProblem,
    GroupNeed,
    Method,
    MunicipalityInput,
    Rounding,
    Transform,
)
from bosett.distribution.result import Bound, Distribution, MunicipalityShare
from bosett.distribution.solve import distribute

__all__ = [
    "Bound",
    "Criterion",
    "Direction",
    "Distribution",
    "DistributionCriteria",
    "DistributionProblem",
    "GroupNeed",
    "Method",
    "MunicipalityInput",
    "MunicipalityShare",
    "Rounding",
    "Transform",
    "distribute",
]
