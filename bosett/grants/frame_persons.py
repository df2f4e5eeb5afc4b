"""Who lives there today, as groups: the same course of grants once, with how many have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from bosett.grants.columns import COLUMN_SCHEMES, Unknown
from bosett.grants.frame_problem import FrameProblem, PersonGroup
from bosett.grants.person_table import PersonTable, Whole
from bosett.grants.problem import Rates, SettledPerson
from bosett.grants.schemes import FROM_SETTLEMENT
from bosett.terms.errors import NoRuleInForce
from bosett.terms.groups import Basis

MONTHS = 12


def people_there(problem: FrameProblem) -> tuple[PersonGroup, ...]:
    """The settled who live in the municipality (or the country) today."""
    where = {one.person_id: one.municipality_id for one in problem.persons}
    for move in sorted(problem.moves):
        if move.person_id in where:
            where[move.person_id] = move.to_municipality_id
    own = tuple(
        PersonGroup(one, 1)
        for one in problem.persons
        if one.left_date is None and problem.municipality_id in ("", where[one.person_id])
    )
    return (*own, *problem.groups)


def count(groups: Sequence[PersonGroup]) -> int:
    """Persons in all."""
    return sum(one.number for one in groups)


def settled_in_year(groups: Sequence[PersonGroup], year: int) -> int:
    """Persons of a year of settlement."""
    return sum(one.number for one in groups if one.person.settled_date.year == year)


def released(
    groups: Sequence[PersonGroup], years: range, rates: Rates
) -> Iterator[tuple[str, int, Whole, Whole]]:
    """(rate, budget year, groups, twelfths of the rate that each of their persons releases).

    Raises
    ------
    NoRuleInForce
        When a rule itself is not known.
    """
    table = PersonTable.of(_renamed(one.person, number) for number, one in enumerate(groups))
    for year in years:
        for scheme in FROM_SETTLEMENT:
            for found in COLUMN_SCHEMES[scheme](table, year, rates):
                if isinstance(found, Unknown):
                    if len(found.rows):
                        raise NoRuleInForce(found.rule, date(year, 1, 1).isoformat())
                elif len(found.rows):
                    yield found.path, year, found.rows, found.part


def _renamed(person: SettledPerson, number: int) -> SettledPerson:
    """The same person under a name in the order of the groups: a group has no name of its own."""
    made = object.__new__(SettledPerson)
    made.__dict__.update(person.__dict__, person_id=f"{number:09}")
    return made


def numbers(groups: Sequence[PersonGroup]) -> Whole:
    """Persons of each group."""
    return np.array([one.number for one in groups], dtype=np.int64)


def same_course(
    settled_year: int,
    age: int,
    basis: Basis,
    *,
    single_adult: bool,
    counted: bool,
    first_july: date,
    minor: tuple[int, int] | None = None,
) -> SettledPerson:
    """One person in the place of all who are paid for alike; not for family, whose rules ask more.

    Parameters
    ----------
    age
        Whole years on the settlement day.
    counted
        Settled by `first_july`, the day that innbyggertilskudd of the first budget year counts.
    minor
        Of an unaccompanied minor: year of birth, and month of settlement.
    """
    day = date(settled_year, minor[1], 1) if minor else date(settled_year, 1, 1)
    if counted is not (day <= first_july):
        day = date(settled_year, 7, 2) if minor else date(settled_year, 12, 30)
    born = date(settled_year - age, 1, 1)
    if minor:
        born = date(minor[0], 1, 1) if minor[0] + age == settled_year else date(minor[0], 12, 31)
    return SettledPerson("", born, day, "", "", single_adult, minor is not None, basis)
