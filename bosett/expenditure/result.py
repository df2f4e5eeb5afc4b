"""Estimates that carry their own error."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """Kroner per eligible person and year, with its standard error.

    `standard_error` None = cannot be estimated (one respondent stands for others in a stratum).
    """

    area: str
    per_person_nok: float
    standard_error: float | None
    respondents: int
    why_no_error: str = ""

    def __post_init__(self) -> None:
        if (self.standard_error is None) != bool(self.why_no_error):
            raise ValueError("a missing standard error has a reason, and only then")

    @property
    def low95(self) -> float | None:
        """Lower end of the 95 % interval (normal)."""
        return None if self.standard_error is None else self.per_person_nok - Z95 * self.standard_error

    @property
    def high95(self) -> float | None:
        """Upper end of the 95 % interval (normal)."""
        return None if self.standard_error is None else self.per_person_nok + Z95 * self.standard_error


@dataclass(frozen=True)
class Coverage:
    """Five years' grant divided by five years' expenditure, as a share."""

    expenditure_5y_nok: float
    expenditure_5y_se: float | None
    grant_5y_nok: int | Fraction
    coverage: float
    coverage_low95: float | None
    coverage_high95: float | None
