"""Made-up municipalities and hypothesis strategies for the distribution tests."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from bosett.distribution import (
    Criterion,
    Distribution,
    DistributionCriteria,
    DistributionProblem,
    GroupNeed,
    MunicipalityInput,
    Rounding,
    distribute,
)

ONE = DistributionCriteria(criteria=(Criterion("population", Fraction(1)),))


def place(
    identifier: str,
    minimum: int | None = None,
    maximum: int | None = None,
    excluded: bool = False,
    deduct: int = 0,
    **indicators: float,
) -> MunicipalityInput:
    return MunicipalityInput(
        identifier=identifier,
        name=f"Place {identifier}",
        county=identifier[:2],
        indicators={name: Fraction(str(value)) for name, value in indicators.items()},
        minimum=minimum,
        maximum=maximum,
        excluded=excluded,
        deduct=Fraction(deduct),
    )


def divide(
    need: int,
    *municipalities: MunicipalityInput,
    criteria: DistributionCriteria = ONE,
    groups: dict[str, int] | None = None,
) -> Distribution:
    wanted = tuple(GroupNeed(name, persons) for name, persons in (groups or {}).items())
    return distribute(DistributionProblem(need, tuple(municipalities), criteria, wanted))


def asked(distribution: Distribution) -> dict[str, int]:
    return {share.identifier: share.asked for share in distribution.shares}


def by_population(rounding: Rounding = Rounding.LARGEST_REMAINDER, floor: int = 0) -> DistributionCriteria:
    return DistributionCriteria(
        criteria=(Criterion("population", Fraction(1)),), rounding=rounding, floor=floor
    )


populations = st.lists(st.integers(0, 5000), min_size=1, max_size=8).filter(any)
roundings = st.sampled_from(Rounding)
