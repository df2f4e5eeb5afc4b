"""Grant sentences: persons in, kroner a municipality out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bosett.grants.problem import Move, SettledPerson
from bosett.grants.schemes import SCHEMES
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
    """Grant lines: `year`, `persons`, optional `moves` and `schemes`; gives the sum, each municipality's
    part as `at_<code>`, the number of lines and the codes of those without.
    """
    people = [_person(number, told) for number, told in enumerate(asked["persons"])]
    moves = [
        Move(one["on"], one.get("person", "0"), one["from"], one["to"]) for one in asked.get("moves", [])
    ]
    schemes = asked.get("schemes", list(SCHEMES))
    found = grant_lines(people, moves, asked["year"], Parameters.shipped(), schemes)
    places: dict[str, int] = {}
    for line in found.lines:
        places[f"at_{line.municipality_id}"] = places.get(f"at_{line.municipality_id}", 0) + (
            line.amount_nok or 0
        )
    why = " ".join(sorted({one.code for one in found.without}))
    return {"total_nok": found.total_nok, "lines": len(found.lines), "without": why, **places}


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
        reference_basis=None if reference is None else Basis(reference),
        **{name: told.get(name) for name in DATES},
    )
