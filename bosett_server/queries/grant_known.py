"""Grant lines computed again with the rates as they were known on a day; and one person's years from first to last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bosett.grants.problem import Rates
from bosett.grants.result import GrantLine
from bosett.grants.solve import grant_lines
from bosett.rules.parameters import Parameters
from bosett_server.access import audit
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.grant_inputs import grant_inputs, settled_in
from bosett_server.queries.grant_rates import rates_in_force, rates_known_on
from bosett_server.queries.grants import NATIONAL, check_sight
from bosett_server.records.models import Person

MOST_YEARS = 8


@dataclass(frozen=True)
class KnownSum:
    """Lines of one scheme and grant year; None when a line has no amount."""

    scheme: str
    grant_year: int
    lines: int
    then_nok: int | None
    now_nok: int | None
    missing_then: tuple[str, ...]

    @property
    def difference_nok(self) -> int | None:
        """What came to be known later; None when one of the two cannot be said."""
        if self.then_nok is None or self.now_nok is None:
            return None
        return self.now_nok - self.then_nok


@dataclass(frozen=True)
class PersonYears:
    """A person's lines of every year that a grant may be paid for, with the rates they rest on.

    `settled_on` None = not settled, or on family ground without the ground of the person joined.
    """

    person: UUID
    household: str
    household_id: UUID
    birth_year: int
    settled_on: date | None
    lines: tuple[GrantLine, ...]
    without: tuple[tuple[int, str, str], ...]
    rates: Parameters
    synthetic: bool


def sums_known_on(actor: Actor, municipality: str, year: int, day: date) -> list[KnownSum]:
    """A municipality's sums of a year with the rates known on the day, beside those known now.

    The settled and their moves are today's: only the rates are those of the day.
    """
    check_sight(actor, municipality, year)
    with acting(SYSTEM):
        persons, moves, _ = settled_in(municipality)
        rates, then = rates_in_force(), rates_known_on(day)
    settled = [one for one in persons if one.settled_date.year <= year]
    kept = {one.person_id for one in settled}
    moved = [one for one in moves if one.person_id in kept]

    def lines(known: Rates) -> list[GrantLine]:
        found = grant_lines(settled, moved, year, known, allow_missing=True)
        return [one for one in found.lines if one.municipality_id == municipality]

    return _sums(lines(then), lines(rates))


def person_years(actor: Actor, person: UUID) -> PersonYears:
    """Years 1 to 5 (for a minor to the year of 20) of one person in sight; the reading is logged.

    A municipality sees its own lines.  Raises NotInSight.
    """
    row = Person.objects.select_related("household").filter(pk=person).first()
    if row is None:
        raise NotInSight("not_in_sight")
    with acting(SYSTEM):
        inputs = grant_inputs(date.max.year, [str(person)])
        rates = rates_in_force()
    audit.log_read("grant_years", "person", [str(person)])
    about = (row.pk, row.household.reference, row.household_id, row.birth_date.year)
    if not inputs.persons:
        return PersonYears(*about, None, (), (), rates, row.synthetic)
    (known,) = inputs.persons
    first = known.settled_date.year
    found = [
        grant_lines(inputs.persons, inputs.moves, year, rates, allow_missing=True)
        for year in range(first, first + MOST_YEARS)
    ]
    lines = tuple(
        one
        for year in found
        for one in year.lines
        if actor.role in NATIONAL or one.municipality_id in actor.municipalities
    )
    without = tuple((year.year, one.scheme, one.code) for year in found for one in year.without)
    return PersonYears(*about, known.settled_date, lines, without, rates, row.synthetic)


def _sums(then: Iterable[GrantLine], now: Iterable[GrantLine]) -> list[KnownSum]:
    before, after = _grouped(then), _grouped(now)
    return [
        KnownSum(
            scheme, number, len(after.get((scheme, number), before.get((scheme, number), ()))),
            _sum(before.get((scheme, number), ())), _sum(after.get((scheme, number), ())),
            tuple(sorted({one.rule for one in before.get((scheme, number), ()) if one.amount_nok is None})),
        )
        for scheme, number in sorted({*before, *after})
    ]  # fmt: skip


def _grouped(lines: Iterable[GrantLine]) -> dict[tuple[str, int], list[GrantLine]]:
    found: dict[tuple[str, int], list[GrantLine]] = {}
    for one in lines:
        found.setdefault((one.scheme, one.grant_year), []).append(one)
    return found


def _sum(lines: Iterable[GrantLine]) -> int | None:
    """The whole sum, or None when a line is missing: a sum of some would be read as one of all."""
    amounts = [one.amount_nok for one in lines]
    known = [one for one in amounts if one is not None]
    return sum(known) if known and len(known) == len(amounts) else None
