"""One line of a grant, which says why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bosett.terms.errors import NoRuleInForce
from bosett.terms.source import Source


class Status(StrEnum):
    """Calculated, or the rate is not known: an unknown rate is never zero kroner."""

    CALCULATED = "calculated"
    RATE_MISSING = "rate_missing"


@dataclass(frozen=True)
class GrantLine:
    """What one municipality gets under one scheme in one year, for a person or on a claim.

    Parameters
    ----------
    share
        The municipality's part of the whole rate, 0 to 1; None when the rule of division is not known.
    units
        Places, months or persons that the rate is paid for; 1 for a settled person.
    rule
        Path of the rate; `legal` names the rule version that was applied.
    claim_id
        The claim it rests on; empty for what follows from a settlement.  Then `person_id` may be empty.
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
    share: Fraction | None
    rate_nok: int | None
    amount_nok: int | None
    rule: str
    source: Source | None
    status: Status
    legal: str = ""
    assumptions: tuple[str, ...] = ()
    units: int = 1
    claim_id: str = ""

    def __post_init__(self) -> None:
        if self.share is not None and not 0 <= self.share <= 1:
            raise ValueError(f"a share lies between 0 and 1, not {self.share}")
        known = self.status is Status.CALCULATED
        if known != (self.amount_nok is not None) or (known and self.rate_nok is None):
            raise ValueError("a calculated line has a rate and an amount, a missing one has no amount")


@dataclass(frozen=True)
class NoGrant:
    """A person or claim that releases no grant in the year, and the code of the reason."""

    person_id: str
    scheme: str
    code: str
    claim_id: str = ""


@dataclass(frozen=True)
class Grants:
    """The year's lines, and who has none and why."""

    year: int
    lines: tuple[GrantLine, ...]
    without: tuple[NoGrant, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Rules whose rate is not known, each once."""
        return tuple(sorted({one.rule for one in self.lines if one.status is Status.RATE_MISSING}))

    def check_missing(self, *, allow_missing: bool) -> None:
        """Raise NoRuleInForce naming every rule that is not known, unless that is allowed."""
        if self.missing and not allow_missing:
            why = "no rate or rule is known for that year"
            raise NoRuleInForce(", ".join(self.missing), str(self.year), why)

    @property
    def total_nok(self) -> int | None:
        """The sum of the lines; None when a rate is missing."""
        if self.missing:
            return None
        return sum(one.amount_nok for one in self.lines if one.amount_nok is not None)
