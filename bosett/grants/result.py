"""One line of a grant, which says why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bosett.terms.source import Source


class Status(StrEnum):
    """Calculated, or the rate is not known: an unknown rate is never zero kroner."""

    CALCULATED = "calculated"
    RATE_MISSING = "rate_missing"


@dataclass(frozen=True)
class GrantLine:
    """What one municipality gets for one person under one scheme in one year.

    Parameters
    ----------
    share
        The municipality's part of the whole rate, 0 to 1.
    rule
        Path of the rate; `legal` names the rule version that was applied.
    assumptions
        Names of the open questions that the line rests on.

    Raises
    ------
    ValueError
        If an amount stands without a rate, or a share is outside 0 to 1.
    """

    person_id: str
    year: int
    scheme: str
    municipality_id: str
    grant_year: int
    share: Fraction
    rate_nok: int | None
    amount_nok: int | None
    rule: str
    source: Source | None
    status: Status
    legal: str = ""
    assumptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"a share lies between 0 and 1, not {self.share}")
        known = self.status is Status.CALCULATED
        if known != (self.amount_nok is not None) or known != (self.rate_nok is not None):
            raise ValueError("a calculated line has a rate and an amount, a missing rate has neither")
