"""Grant sentences: persons in, kroner a municipality out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bosett.grants.claim import NEEDS, Claim
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
