"""Grant sentences: persons in, kroner a municipality out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bosett.grants.claim import NEEDS, Claim
from bosett.grants.instalments import instalments
from bosett.grants.paid import TOTAL, Payment, Payments
from bosett.grants.problem import Move, SettledPerson
from bosett.grants.schemes import FROM_SETTLEMENT
from bosett.grants.solve import grant_lines
from bosett.rules import Parameters
from bosett.terms.groups import Basis

DATES = (
    "registered_date",
    "reference_settled_date",
    "family_applied_date",
    "mother_settled_date",
    "left_date",
)


def grants(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Grant lines: `year`, optional `persons`, `moves`, `claims` and `schemes`; gives the sum, each
    municipality's part as `at_<code>`, the number of lines, the codes of those without, and `assumes`.
    """
    people = [_person(number, told) for number, told in enumerate(asked.get("persons", []))]
    moves = [
        Move(one["on"], one.get("person", "0"), one["from"], one["to"]) for one in asked.get("moves", [])
    ]
    claims = [_claim(number, asked["year"], told) for number, told in enumerate(asked.get("claims", []))]
    schemes = asked.get("schemes", [*FROM_SETTLEMENT, *NEEDS] if claims else FROM_SETTLEMENT)
    found = grant_lines(people, moves, asked["year"], Parameters.shipped(), schemes, claims=claims)
    places: dict[str, int] = {}
    for line in found.lines:
        places[f"at_{line.municipality_id}"] = places.get(f"at_{line.municipality_id}", 0) + (
            line.amount_nok or 0
        )
    why = " ".join(sorted({one.code for one in found.without}))
    told = "; ".join(sorted({text for line in found.lines for text in line.assumptions}))
    sums = {"total_nok": found.total_nok, "lines": len(found.lines), "without": why, "assumes": told}
    return {**sums, "rates": " ".join(str(line.rate_nok) for line in found.lines), **places}


def paid_in(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """The instalments of a person's integration grant of a `year`: each as year/number, and whether one is arrears."""
    person = _person(0, asked)
    (line,) = grant_lines([person], [], asked["year"], Parameters.shipped(), ["integration"]).lines
    found = instalments(line, person.settled_date)
    return {
        "paid": " ".join(f"{one.year_paid}/{one.number}" for one in found),
        "arrears": any(one.is_arrears(asked["year"]) for one in found),
        "amount": sum(one.amount_nok for one in found),
    }


def paid_sums(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """IMDi's published table: municipality-years with a `hidden` cell or none, against their published totals."""
    years: dict[tuple[str, int], list[Payment]] = {}
    for cell in Payments.shipped().cells:
        years.setdefault((cell.municipality_id, cell.year), []).append(cell)
    above = equal = asked_for = 0
    for cells in years.values():
        if any(one.hidden for one in cells) is not asked["hidden"]:
            continue
        (total,) = [one.paid for one in cells if one.scheme == TOTAL]
        parts = sum(one.paid or 0 for one in cells if one.scheme != TOTAL)
        asked_for += 1
        equal += total is not None and abs(parts - total) <= ROUNDED
        above += total is not None and parts - total > ROUNDED
    return {"municipality_years": asked_for, "equal": equal, "above": above}


ROUNDED = 2
"""Kroner that published parts and totals may differ by, each being rounded for itself."""


def _claim(number: int, year: int, told: Mapping[str, Any]) -> Claim:
    return Claim(
        **{"claim_id": f"claim{number}", "year": year, "municipality_id": "3301", **told}  # type: ignore[arg-type]
    )


def _person(number: int, told: Mapping[str, Any]) -> SettledPerson:
    reference = told.get("reference_basis")
    return SettledPerson(
        person_id=str(number),
        birth_date=told["born"],
        settled_date=told["settled"],
        municipality_id=told.get("at", "3301"),
        household_id="household",
        single_adult=told.get("single_adult", False),
        unaccompanied_minor=told.get("unaccompanied_minor", False),
        basis=Basis(told.get("basis", "asylum")),
        norwegian_extended=told.get("norwegian_extended", False),
        reference_basis=None if reference is None else Basis(reference),
        **{name: told.get(name) for name in DATES},
    )
