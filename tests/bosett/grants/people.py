"""Made-up settled persons and moves of every kind, from a seed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from bosett.grants.problem import Move, SettledPerson
from bosett.terms.groups import Basis

PLACES = ("0301", "1103", "3301", "4601", "5001", "5601")


def people(
    count: int, seed: int, first: date = date(2015, 1, 1), days: int = 3650
) -> tuple[list[SettledPerson], list[Move]]:
    """Persons of all ages, grounds and family rules, some born here, some gone, some moved more than once."""
    rng = np.random.default_rng(seed)
    persons, moves = [], []
    for number in range(count):
        person = _person(f"p{number:06}", rng, first, days)
        persons.append(person)
        moves += _moves(person, rng)
    return persons, moves


def _person(name: str, rng: np.random.Generator, first: date, days: int) -> SettledPerson:
    def before(day: date, most: int) -> date:
        return day - timedelta(days=int(rng.integers(0, most)))

    settled = first + timedelta(days=int(rng.integers(0, days)))
    born = before(settled, 365 * 80)
    basis = list(Basis)[int(rng.integers(0, 5))]
    more: dict[str, Any] = {}
    if basis is Basis.FAMILY:
        more |= {"reference_basis": list(Basis)[int(rng.integers(0, 5))]}
    if basis is Basis.FAMILY and rng.random() < 0.8:
        more |= {"reference_settled_date": before(settled, 3000), "family_applied_date": before(settled, 800)}
    if rng.random() < 0.05:
        born = before(settled, 30)
        more |= {"mother_settled_date": born - timedelta(days=int(rng.integers(-5, 300)))}
    if rng.random() < 0.05:
        more |= {"left_date": settled + timedelta(days=int(rng.integers(0, 2500)))}
    if rng.random() < 0.1:
        more |= {"registered_date": settled + timedelta(days=int(rng.integers(0, 40)))}
    return SettledPerson(
        person_id=name,
        birth_date=born,
        settled_date=settled,
        municipality_id=PLACES[int(rng.integers(0, len(PLACES)))],
        household_id=name,
        single_adult=bool(rng.random() < 0.4),
        unaccompanied_minor=bool(rng.random() < 0.1),
        basis=basis,
        norwegian_extended=bool(rng.random() < 0.3),
        **more,
    )


def _moves(person: SettledPerson, rng: np.random.Generator) -> list[Move]:
    day, where, found = person.settled_date, person.municipality_id, []
    while rng.random() < 0.3:
        day += timedelta(days=int(rng.integers(1, 500)))
        to = PLACES[int(rng.integers(0, len(PLACES)))]
        if to != where:
            found.append(Move(day, person.person_id, where, to))
            where = to
    return found
