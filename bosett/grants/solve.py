"""All grant lines of a year: every person under every scheme, with rule and source or the reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bosett.grants.moves import MOVE_SPLIT, divide_kroner, holdings
from bosett.grants.problem import Holding, Move, Rates, SettledPerson
from bosett.grants.result import GrantLine, Grants, NoGrant, Status
from bosett.grants.schemes import SCHEMES, Due
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.kroner import round_half_up


def grant_lines(
    persons: Iterable[SettledPerson],
    moves: Iterable[Move],
    year: int,
    rates: Rates,
    schemes: Sequence[str] = tuple(SCHEMES),
    *,
    allow_missing: bool = False,
) -> Grants:
    """The year's lines, sorted by person, scheme and municipality lived in.

    Promise: the parts of a divided grant sum to the whole exactly; an unknown rate never counts as 0.

    Raises
    ------
    BadInput
        For an unknown scheme, a person given twice, or moves that do not follow each other.
    NoRuleInForce
        When a rule or rate is not known and `allow_missing` is false; every such rule is named.
    """
    listed = sorted(persons, key=lambda one: one.person_id)
    moved = tuple(moves)
    _check(listed, moved, schemes)
    by_person: dict[str, list[Move]] = {}
    for move in moved:
        by_person.setdefault(move.person_id, []).append(move)
    lines: list[GrantLine] = []
    without: list[NoGrant] = []
    for person in listed:
        own = by_person.get(person.person_id, ())
        for scheme in schemes:
            found = _one(person, own, year, scheme, rates)
            lines += found if isinstance(found, list) else []
            without += [found] if isinstance(found, NoGrant) else []
    result = Grants(year, tuple(lines), tuple(without))
    if result.missing and not allow_missing:
        raise NoRuleInForce(", ".join(result.missing), str(year), "no rate or rule is known for that year")
    return result


def _check(persons: Sequence[SettledPerson], moves: Sequence[Move], schemes: Sequence[str]) -> None:
    unknown = [scheme for scheme in schemes if scheme not in SCHEMES]
    if unknown:
        raise BadInput(", ".join(unknown), f"schemes: {', '.join(SCHEMES)}", column="scheme")
    ids = [one.person_id for one in persons]
    if len(set(ids)) != len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise BadInput(f"{twice} twice", "each person once", "persons", column="person_id")
    strangers = {move.person_id for move in moves} - set(ids)
    if strangers:
        raise BadInput(min(strangers), "a person of the persons table", "moves", column="person_id")


def _one(
    person: SettledPerson, moves: Sequence[Move], year: int, scheme: str, rates: Rates
) -> list[GrantLine] | NoGrant:
    try:
        due = SCHEMES[scheme](person, year, rates)
    except NoRuleInForce as missing:
        return [_missing(person, year, scheme, person.municipality_id, missing.rule)]
    if not isinstance(due, Due):
        return NoGrant(person.person_id, scheme, due.code)
    try:
        parts, version = _parts(person, moves, year, due, rates)
    except NoRuleInForce:
        return [_missing(person, year, scheme, person.municipality_id, MOVE_SPLIT)]
    return _lines(person, year, scheme, due, parts, version, rates)


def _parts(
    person: SettledPerson, moves: Sequence[Move], year: int, due: Due, rates: Rates
) -> tuple[tuple[Holding, ...], str]:
    if due.divided:
        return holdings(person, moves, year, rates)
    return holdings(person, (), year, rates)


def _lines(
    person: SettledPerson,
    year: int,
    scheme: str,
    due: Due,
    parts: Sequence[Holding],
    version: str,
    rates: Rates,
) -> list[GrantLine]:
    try:
        rate = rates.lookup(due.rate_path, date(year, 1, 1))
    except NoRuleInForce:
        return [_missing(person, year, scheme, one.municipality_id, due.rate_path, due, one) for one in parts]
    amounts = divide_kroner(round_half_up(rate.whole * due.part), [one.share for one in parts])
    return [
        GrantLine(
            person_id=person.person_id,
            year=year,
            scheme=scheme,
            municipality_id=one.municipality_id,
            grant_year=year - person.settled_date.year + 1,
            share=one.share * due.part,
            rate_nok=rate.whole,
            amount_nok=amount,
            rule=due.rate_path,
            source=rate.source,
            status=Status.CALCULATED,
            legal=due.legal + (f"; {MOVE_SPLIT}: {version}" if version else ""),
            assumptions=(*due.assumptions, *one.assumptions),
        )
        for one, amount in zip(parts, amounts, strict=True)
    ]


def _missing(
    person: SettledPerson,
    year: int,
    scheme: str,
    municipality_id: str,
    rule: str,
    due: Due | None = None,
    part: Holding | None = None,
) -> GrantLine:
    share = part.share * due.part if due is not None and part is not None else None
    return GrantLine(
        person_id=person.person_id,
        year=year,
        scheme=scheme,
        municipality_id=municipality_id,
        grant_year=year - person.settled_date.year + 1,
        share=share,
        rate_nok=None,
        amount_nok=None,
        rule=rule,
        source=None,
        status=Status.RATE_MISSING,
        legal=due.legal if due is not None else "",
        assumptions=due.assumptions if due is not None else (),
    )
