"""How far five years' grant covers five years' expenditure, with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from bosett.expenditure.ratio import Part, together
from bosett.expenditure.register import YEARS, YearItem
from bosett.expenditure.result import Z95, Coverage, Estimate
from bosett.terms.errors import NoAnswer


def five_years(parts: Sequence[Part], register: Sequence[YearItem] = ()) -> Part:
    """Kroner per person over five years: five times the surveyed areas, and the registers' years.

    Raises
    ------
    NoAnswer
        If there is a register, and it lacks a residence year.
    """
    found = {one.residence_year for one in register}
    if found and found != set(YEARS):
        raise NoAnswer("register_missing", f"the register has residence years {sorted(found)}, not 1-5")
    times = [float(len(YEARS))] * len(parts) + [1.0] * len(register)
    return together("*", [*parts, *(one.part for one in register)], times)


def one_year(parts: Sequence[Part], register: Sequence[YearItem], residence_year: int) -> Part:
    """Kroner per person in one residence year: the surveyed areas and the registers of that year."""
    here = [one.part for one in register if one.residence_year == residence_year]
    return together(str(residence_year), [*parts, *here])


def coverage(five: Estimate, grants_nok: Mapping[int, int | Fraction]) -> Coverage:
    """Five years' grant divided by five years' expenditure.

    The interval turns that of the expenditure round: the grant is a fixed number, so its ends are
    grant / upper and grant / lower end.

    Raises
    ------
    NoAnswer
        If a residence year has no grant, or expenditure is not positive.
    """
    lacking = [year for year in YEARS if year not in grants_nok]
    if lacking:
        raise NoAnswer("grant_missing", f"no grant for residence years {lacking}: missing is not zero")
    expenditure, error = five.per_person_nok, five.standard_error
    if expenditure <= 0:
        raise NoAnswer("no_expenditure", "five years' expenditure is not above 0")
    grant = sum(grants_nok[year] for year in YEARS)
    low, high = _interval(float(grant), expenditure, error)
    return Coverage(expenditure, error, grant, float(grant) / expenditure, low, high)


def _interval(grant: float, expenditure: float, error: float | None) -> tuple[float | None, float | None]:
    if error is None:
        return None, None
    lower_end = expenditure - Z95 * error
    return grant / (expenditure + Z95 * error), grant / lower_end if lower_end > 0 else None
