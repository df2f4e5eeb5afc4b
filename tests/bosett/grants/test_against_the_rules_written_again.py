"""The rules written a second time, shortly and from their text alone, against the program on made-up persons."""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest

from bosett.grants.problem import Move, SettledPerson
from bosett.grants.solve import grant_lines
from bosett.rules.parameters import Parameters
from bosett.terms.groups import Basis

from .people import people

# What was paid or published for the year; a missing rate is not in the table.
RATES: dict[int, dict[str, int]] = {
    2022: {"em_16": 1_118_000, "em_20": 705_000},
    2023: {
        "single": 241_100, "other": 194_400, "child": 194_400, "2": 249_500, "5": 72_000, "elder": 180_600,
        "kindergarten": 27_800, "em_16": 1_144_400, "em_20": 721_800,
    },
    2024: {
        "single": 241_100, "other": 194_400, "child": 194_400, "minor": 187_000, "elder": 180_600,
        "kindergarten": 27_800,
    },
}  # fmt: skip
Sums = dict[tuple[str, str, str], int | None]


def months_lived(person: SettledPerson, moves: list[Move], year: int) -> dict[str, int]:
    """Twelfths of the year by municipality, that of the year's end last."""
    where, reached, parts = person.municipality_id, 0, []
    for move in sorted(moves):
        if move.moved_date.year == year:
            until = max(reached, min(12, move.moved_date.month + 1))
            parts.append((where, until - reached))
            reached = until
        if move.moved_date.year <= year:
            where = move.to_municipality_id
    parts.append((where, 12 - reached))
    found: dict[str, int] = defaultdict(int)
    for place, months in sorted(parts, key=lambda one: one[0] == where):
        found[place] += months
    return {place: months for place, months in found.items() if months}


def years_with_grant(person: SettledPerson) -> int:
    mother = person.mother_settled_date
    if mother is not None and person.birth_date > mother:
        index = mother.year * 12 + mother.month - 1 + 6
        year, month = index // 12, index % 12 + 1
        last = date(year, month, min(mother.day, calendar.monthrange(year, month)[1]))
        if person.birth_date > last:
            return 0
    elif person.basis is Basis.FAMILY:
        first, applied = person.reference_settled_date, person.family_applied_date
        late = (
            first is not None
            and applied is not None
            and (applied.year, applied.month, applied.day) > ((first.year + 5, first.month, first.day))
        )
        if late or person.reference_basis is Basis.FAMILY:
            return 0
    return 3 if person.basis is Basis.FAMILY and person.reference_basis is Basis.HUMANITARIAN else 5


def age(person: SettledPerson) -> int:
    born, day = person.birth_date, person.settled_date
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def expected(person: SettledPerson, moves: list[Move], year: int) -> Sums:
    rates, number = RATES[year], year - person.settled_date.year + 1
    found: Sums = {}
    if number < 1 or (person.left_date is not None and person.left_date.year < year):
        return found
    lived = months_lived(person, moves, year)

    def divide(scheme: str, rate: str, twelfths: int = 12) -> None:
        whole = int(Fraction(rates[rate] * twelfths, 12) + Fraction(1, 2)) if rate in rates else None
        rest = whole
        for seat, (place, months) in enumerate(lived.items(), 1):
            if whole is None or rest is None:
                found[person.person_id, scheme, place] = None
                continue
            amount = rest if seat == len(lived) else int(Fraction(whole * months, 12) + Fraction(1, 2))
            found[person.person_id, scheme, place] = amount
            rest -= amount

    if number <= years_with_grant(person):
        adult = "single" if person.single_adult else "other"
        first = "minor" if person.unaccompanied_minor else "child" if age(person) < 18 else adult
        divide("integration", first if number == 1 else str(number))
        home = person.municipality_id
        if number == 1 and age(person) >= 60:
            found[person.person_id, "elder", home] = rates.get("elder")
        if number == 1 and age(person) <= 5:
            found[person.person_id, "kindergarten", home] = rates.get("kindergarten")
    turns = year - person.birth_date.year
    if person.unaccompanied_minor and turns <= 20:
        months = 13 - person.settled_date.month if number == 1 else 12
        divide("unaccompanied_minor", "em_16" if turns <= 16 else "em_20", months)
    return found


@pytest.mark.parametrize("year", RATES)
@pytest.mark.parametrize("seed", range(4))
def test_the_program_gives_what_the_rules_written_again_give(year: int, seed: int) -> None:
    persons, moves = people(600, seed, date(2018, 1, 1), 2900)
    own: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        own[move.person_id].append(move)
    told: Sums = {}
    for person in persons:
        told |= expected(person, own[person.person_id], year)
    lines = grant_lines(persons, moves, year, Parameters.shipped(), allow_missing=True).lines
    assert {(one.person_id, one.scheme, one.municipality_id): one.amount_nok for one in lines} == told
    assert len(told) > 200
