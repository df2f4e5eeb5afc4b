"""Persons, moves, claims and lists for the grants, from tables; every fault names its row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import TypeVar

from bosett.grants.claim import NEEDS, Claim
from bosett.grants.lists import ListedPerson
from bosett.grants.moves import check_moves, check_order
from bosett.grants.problem import Move, SettledPerson
from bosett.grants.special import SPECIAL, refuse_both
from bosett.registry import Registry
from bosett.registry.registry import BORDERS_FROM
from bosett.sources.tables import Row, Table
from bosett.terms.errors import BadInput
from bosett.terms.groups import Basis

PERSONS = (
    "person_id",
    "birth_date",
    "settled_date",
    "municipality_id",
    "household_id",
    "single_adult",
    "unaccompanied_minor",
    "basis",
)
MOVES = ("person_id", "moved_date", "from_municipality_id", "to_municipality_id")
CLAIMS = ("scheme", "municipality_id")
PLACE_TYPES = {"em": "unaccompanied_minor", "tilrettelagt": "adapted", "omsorgssenter": "care_centre"}
"""Norwegian names of the types of place that are read too."""
T = TypeVar("T")


def read_persons(table: Table) -> tuple[SettledPerson, ...]:
    """Settled persons; codes of municipalities are those of 2024, or of the day of settlement."""
    table.need(PERSONS)
    table.refuse_repeats("person_id")
    return tuple(_placed(row, _person) for row in table.rows)


def read_moves(table: Table, persons: Iterable[SettledPerson] | None = None) -> tuple[Move, ...]:
    """Registered moves, at most one a person and month.

    Parameters
    ----------
    persons
        Whose moves they are: then a stranger's, one before settlement, and one from where the person does
        not live are refused too.
    """
    table.need(MOVES)
    seen: dict[tuple[str, int, int], int] = {}
    moves: list[tuple[Move, Row]] = []
    for row in table.rows:
        move = _placed(row, _move)
        key = (move.person_id, move.moved_date.year, move.moved_date.month)
        if key in seen:
            raise row.bad("moved_date", f"one move a person and month (the first is in row {seen[key]})")
        seen[key] = row.line
        _placed(row, partial(_not_to_the_same, move))
        moves.append((move, row))
    if persons is not None:
        _check_order({one.person_id: one for one in persons}, moves)
    return tuple(move for move, _ in moves)


def _check_order(persons: Mapping[str, SettledPerson], moves: Sequence[tuple[Move, Row]]) -> None:
    """Each person's moves in order of day; a fault is told with the row it comes to light in."""
    before: dict[str, list[Move]] = {}
    for move, row in sorted(moves, key=lambda one: one[0]):
        if move.person_id not in persons:
            raise row.bad("person_id", "a person of the persons table")
        own = before.setdefault(move.person_id, [])
        own.append(move)
        _placed(row, partial(_in_order, persons[move.person_id], own))


def _in_order(person: SettledPerson, moves: Sequence[Move], _row: Row) -> None:
    check_order(person, moves)


def read_claims(table: Table, year: int, persons: Iterable[SettledPerson] | None = None) -> tuple[Claim, ...]:
    """Claims; one without a year is of `year`, and one without an id is named for its row.

    With `persons` a stranger's claim, and a second claim for a person's same grant year, are refused too.
    """
    table.need(CLAIMS)
    if "claim_id" in table.columns:
        table.refuse_repeats("claim_id")
    claims = [(_placed(row, lambda one: _claim(one, year)), row) for row in table.rows]
    if persons is not None:
        _check_claims({one.person_id: one for one in persons}, claims)
    return tuple(claim for claim, _ in claims)


def _check_claims(persons: Mapping[str, SettledPerson], claims: Sequence[tuple[Claim, Row]]) -> None:
    before: dict[str, list[Claim]] = {}
    for claim, row in claims:
        if claim.person_id and claim.person_id not in persons:
            raise row.bad("person_id", "a person of the persons table")
        if claim.scheme in SPECIAL:
            own = before.setdefault(claim.person_id, [])
            _placed(row, partial(_one_a_year, claim, persons[claim.person_id], own))
            own.append(claim)


def _one_a_year(claim: Claim, person: SettledPerson, before: Sequence[Claim], _row: Row) -> None:
    refuse_both(claim, person, before)


def read_list(table: Table) -> tuple[ListedPerson, ...]:
    """A list of settled persons; a person may stand twice, since that is what is looked for."""
    table.need(("person_id", "settled_date", "municipality_id"))
    return tuple(
        ListedPerson(
            row.identifier("person_id"),
            row.day("settled_date"),
            _code(row, "municipality_id", row.day("settled_date")),
        )
        for row in table.rows
    )


def _not_to_the_same(move: Move, _row: Row) -> None:
    check_moves([move])


def _placed(row: Row, read: Callable[[Row], T]) -> T:
    """What `read` gives; a fault of the value itself is told with the row's place."""
    try:
        return read(row)
    except BadInput as bad:
        file = row.file if bad.file in ("", "moves", "claims") else bad.file
        raise BadInput(bad.found, bad.allowed, file, bad.row or row.line, bad.column) from None


def _person(row: Row) -> SettledPerson:
    settled = row.day("settled_date")
    return SettledPerson(
        person_id=row.identifier("person_id"),
        birth_date=row.day("birth_date"),
        settled_date=settled,
        municipality_id=_code(row, "municipality_id", settled),
        household_id=row.identifier("household_id"),
        single_adult=_yes(row, "single_adult"),
        unaccompanied_minor=_yes(row, "unaccompanied_minor"),
        basis=Basis(row.one_of("basis", list(Basis))),
        registered_date=row.maybe_day("registered_date"),
        reference_basis=_reference(row),
        reference_settled_date=row.maybe_day("reference_settled_date"),
        family_applied_date=row.maybe_day("family_applied_date"),
        mother_settled_date=row.maybe_day("mother_settled_date"),
        left_date=row.maybe_day("left_date"),
        norwegian_extended=row.maybe_yes("norwegian_extended") or False,
    )


def _move(row: Row) -> Move:
    day = row.day("moved_date")
    return Move(
        day,
        row.identifier("person_id"),
        _code(row, "from_municipality_id", day),
        _code(row, "to_municipality_id", day),
    )


def _claim(row: Row, year: int) -> Claim:
    own = row.maybe_whole("year", 1)
    day = date(own or year, 12, 31)
    place_type = row.raw("place_type").strip()
    return Claim(
        claim_id=_claim_id(row),
        scheme=row.one_of("scheme", list(NEEDS)),
        year=own or year,
        municipality_id=_code(row, "municipality_id", row.maybe_day("from_date") or day),
        person_id=row.maybe_identifier("person_id") or "",
        grant_year=row.maybe_whole("grant_year", 1),
        cost_nok=row.maybe_whole("cost_nok", 0),
        persons=row.maybe_whole("persons", 0),
        place_type=PLACE_TYPES.get(place_type, place_type),
        places=row.maybe_whole("places", 0),
        from_date=row.maybe_day("from_date"),
        to_date=row.maybe_day("to_date"),
        asked=row.maybe_whole("asked", 0),
        voted=row.maybe_whole("voted", 0),
        settled=row.maybe_whole("settled", 0),
        applied_date=row.maybe_day("applied_date"),
        extended_to=row.maybe_day("extended_to"),
        by_agreement=row.maybe_yes("by_agreement"),
        arose_before_settlement=row.maybe_yes("arose_before_settlement"),
        conditions_met=row.maybe_yes("conditions_met"),
    )


def _claim_id(row: Row) -> str:
    return row.identifier("claim_id") if "claim_id" in row.places else f"row {row.line}"


def _yes(row: Row, column: str) -> bool:
    found = row.maybe_yes(column)
    if found is None:
        raise row.bad(column, "1, 0, true or false")
    return found


def _reference(row: Row) -> Basis | None:
    if row.maybe_identifier("reference_basis") is None:
        return None
    return Basis(row.one_of("reference_basis", list(Basis)))


def _code(row: Row, column: str, day: date) -> str:
    """The code of 2024; what is no Norwegian municipality code is taken as an identifier of its own."""
    code = row.identifier(column)
    found, allowed = _accepted(code, day)
    if allowed:
        raise row.bad(column, allowed)
    return found


@cache
def _accepted(code: str, day: date) -> tuple[str, str]:
    """The code of 2024 and nothing, or what would be allowed instead."""
    registry = Registry.shipped()
    if code in _codes_of_2024() or code not in _codes_ever():
        return code, ""
    try:
        codes = registry.successors(code, max(day, FIRST_DAY))
    except BadInput:
        return "", f"a code of 2024, or one of {day}"
    if len(codes) > 1:
        return "", f"a code of 2024: {code} was split into {' and '.join(codes)}"
    return codes[0], ""


FIRST_DAY = date(2011, 1, 1)
"""Codes are stored from this day; an older row is read with the codes of this day."""


@cache
def _codes_of_2024() -> frozenset[str]:
    return frozenset(unit.code for unit in Registry.shipped().units(BORDERS_FROM))


@cache
def _codes_ever() -> frozenset[str]:
    return frozenset(change.old.code for change in Registry.shipped().history.changes)


def unknown_codes(codes: set[str]) -> list[str]:
    """Those that are no municipality of 2024."""
    return sorted(codes - _codes_of_2024())
