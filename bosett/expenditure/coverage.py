"""How far five years' grant covers five years' expenditure, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from bosett.expenditure.problem import RegisterItem
from bosett.expenditure.result import Z95, Coverage, Estimate
from bosett.terms.errors import BadInput, NoAnswer

YEARS = (1, 2, 3, 4, 5)


def register_per_person(items: Sequence[RegisterItem]) -> dict[int, float]:
    """Register expenditure per person by residence year; a year without any item is not in it.

    Raises
    ------
    BadInput
        For an item without persons.
    """
    found: dict[int, float] = {}
    for one in items:
        if one.persons < 1:
            raise BadInput(
                f"{one.item}, year {one.residence_year}: {one.persons}", "1 person or more", "register"
            )
        found[one.residence_year] = found.get(one.residence_year, 0.0) + one.amount_nok / one.persons
    return found


def coverage(total: Estimate, register: Sequence[RegisterItem], grants_nok: dict[int, int]) -> Coverage:
    """Five years' grant / (5 x the survey's yearly estimate + the registers' five years).

    The interval turns that of the expenditure round: the grant is a fixed number, so its ends are
    grant / upper and grant / lower end.  Register figures are counts without sampling error.

    Raises
    ------
    NoAnswer
        If a residence year has no grant, the register lacks a year, or expenditure is not positive.
    """
    lacking = [year for year in YEARS if year not in grants_nok]
    if lacking:
        raise NoAnswer("grant_missing", f"no grant for residence years {lacking}: missing is not zero")
    by_year = register_per_person(register)
    if by_year and set(by_year) != set(YEARS):
        raise NoAnswer("register_missing", f"the register has residence years {sorted(by_year)}, not 1-5")
    expenditure = len(YEARS) * total.per_person_nok + sum(by_year.values())
    if expenditure <= 0:
        raise NoAnswer("no_expenditure", "five years' expenditure is not above 0")
    grant = sum(grants_nok[year] for year in YEARS)
    error = None if total.standard_error is None else len(YEARS) * total.standard_error
    low, high = _interval(grant, expenditure, error)
    return Coverage(expenditure, error, grant, grant / expenditure, low, high)


def _interval(grant: int, expenditure: float, error: float | None) -> tuple[float | None, float | None]:
    if error is None:
        return None, None
    lower_end = expenditure - Z95 * error
    return grant / (expenditure + Z95 * error), grant / lower_end if lower_end > 0 else None
