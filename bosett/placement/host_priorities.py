"""What a municipality says it can best receive: a few lawful criteria in its own order, and a small weight.

A council decides how many it receives and not who (IMDi's rules for the answer), so no criterion closes a
municipality to anybody: it only decides between places that are otherwise as good.  What the Equality and
Anti-Discrimination Act protects is no criterion here and cannot become one: there is no code for it, and
asking for it by name is refused with the law's own word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bosett.placement.score import Rules
from bosett.terms.errors import BadInput, Refused

WEIGHT = "placement/weight_host_priority"
MOST = 3
"""Criteria of one municipality, at most; our assumption: more would be a profile of a person."""
SIZES: Final = {
    "household_of_1": (1, 1),
    "household_of_2_3": (2, 3),
    "household_of_4_5": (4, 5),
    "household_of_6_more": (6, 99),
}
"""Persons that the homes a municipality has are made for."""
CRITERIA: Final = (*SIZES, "work_or_study_here", "wished_to_come", "waited_long")
LONG_DAYS = 90
"""Days since the household became ready after which it has waited long; our assumption."""
LAW: Final = "Equality and Anti-Discrimination Act (LOV-2017-06-16-51) section 6"
BARRED: Final = frozenset({
    "age", "belief", "care", "citizenship", "colour", "descent", "disability", "ethnicity", "gender", "gender_identity",
    "health", "language", "nationality", "national_origin", "parenthood", "pregnancy", "religion", "sex",
    "sexual_orientation",
})  # fmt: skip
"""Grounds of section 6 and what stands for them; language is one: the act names it under ethnicity."""


@dataclass(frozen=True)
class Guest:
    """A household as a host's criteria see it: a size, where it has work or school, its wishes, its wait."""

    persons: int
    work_or_study: frozenset[str] = frozenset()
    wished: frozenset[str] = frozenset()
    wait_days: int = 0


def checked_criteria(codes: Sequence[str]) -> tuple[str, ...]:
    """The criteria in the municipality's order.

    Raises
    ------
    Refused
        `criterion_is_barred` for a protected ground, `criteria_too_many`, `criterion_twice`.
    BadInput
        For a code that is none.
    """
    for code in codes:
        if code in BARRED:
            raise Refused("criterion_is_barred", {"criterion": code, "law": LAW})
        if code not in CRITERIA:
            raise BadInput(code, ", ".join(CRITERIA), column="criterion")
    if len(set(codes)) != len(codes):
        raise Refused("criterion_twice")
    if len(codes) > MOST:
        raise Refused("criteria_too_many", {"most": MOST})
    return tuple(codes)


def meets(guest: Guest, criterion: str, municipality: str) -> bool:
    """Whether the household is one that the criterion speaks of, for this municipality."""
    if criterion in SIZES:
        least, most = SIZES[criterion]
        return least <= guest.persons <= most
    return {
        "work_or_study_here": municipality in guest.work_or_study,
        "wished_to_come": municipality in guest.wished,
        "waited_long": guest.wait_days >= LONG_DAYS,
    }[criterion]


def host_points(guest: Guest, municipality: str, criteria: Sequence[str], weight: float) -> float:
    """Points for the best-ranked criterion that the household meets: the weight for the first, half for the second …

    Never more than the weight, however many are met.
    """
    ranks = [rank for rank, one in enumerate(criteria, 1) if meets(guest, one, municipality)]
    return weight / ranks[0] if ranks else 0.0


def host_weight(rules: Rules, on: date) -> float:
    """The weight in force on a day.  Raises NoRuleInForce when none is stored."""
    return float(rules.lookup(WEIGHT, on).value)
