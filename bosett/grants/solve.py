"""All grant lines of a year: every person under every scheme, with rule and source or the reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bosett.grants.assumptions import RULE_ASSUMED, ordered
from bosett.grants.claim import NEEDS, Claim
from bosett.grants.claim_lines import claim_lines
from bosett.grants.moves import MOVE_SPLIT, divide_kroner, holdings
from bosett.grants.problem import Holding, Move, Rates, SettledPerson
from bosett.grants.result import GrantLine, Grants, NoGrant, Status
from bosett.grants.schemes import FROM_SETTLEMENT, SCHEMES, Due
from bosett.rules.value import Certainty
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.kroner import round_half_up

ALL = (*SCHEMES, *NEEDS)
"""Every scheme: those paid per settled person, then those paid on a claim."""


def grant_lines(
    persons: Iterable[SettledPerson],
    moves: Iterable[Move],
    year: int,
    rates: Rates,
    schemes: Sequence[str] = FROM_SETTLEMENT,
    *,
    claims: Iterable[Claim] = (),
    allow_missing: bool = False,
) -> Grants:
    """The year's lines, sorted by person, scheme and municipality lived in; then those of claims.

    Promise: the parts of a divided grant sum to the whole exactly; an unknown rate never counts as 0.

    Raises
    ------
    BadInput
        For an unknown scheme, a person or claim given twice, a claim or move of somebody not among the
        persons, or moves that do not follow each other.
    NoRuleInForce
        When a rule or rate is not known and `allow_missing` is false; every such rule is named.
    """
    listed, moved, claimed = sorted(persons, key=lambda one: one.person_id), tuple(moves), tuple(claims)
    check(listed, moved, claimed, schemes)
    by_person: dict[str, list[Move]] = {}
    for move in moved:
        by_person.setdefault(move.person_id, []).append(move)
    lines: list[GrantLine] = []
    without: list[NoGrant] = []
    for person in listed:
        own = by_person.get(person.person_id, ())
        for scheme in [one for one in schemes if one in SCHEMES]:
            found = person_lines(person, own, year, scheme, rates)
            lines += found if isinstance(found, list) else []
            without += [found] if isinstance(found, NoGrant) else []
    more, none = claim_lines(claimed, {one.person_id: one for one in listed}, year, schemes, rates)
    result = Grants(year, (*lines, *more), (*without, *none))
    result.check_missing(allow_missing=allow_missing)
    return result


def check(
    persons: Sequence[SettledPerson], moves: Sequence[Move], claims: Sequence[Claim], schemes: Sequence[str]
) -> None:
    """Refuse an unknown scheme, a person or a claim given twice, and a stranger's move or claim."""
    unknown = [scheme for scheme in schemes if scheme not in ALL]
    if unknown:
        raise BadInput(", ".join(unknown), f"schemes: {', '.join(ALL)}", column="scheme")
    ids = {one.person_id for one in persons}
    if len(ids) != len(persons):
        raise BadInput(
            f"{_twice([one.person_id for one in persons])} twice",
            "each person once",
            "persons",
            None,
            "person_id",
        )
    named = [one.claim_id for one in claims]
    if len(set(named)) != len(named):
        raise BadInput(f"{_twice(named)} twice", "each claim once", "claims", None, "claim_id")
    for what, named in (
        ("moves", [move.person_id for move in moves]),
        ("claims", [one.person_id for one in claims if one.person_id]),
    ):
        strangers = set(named) - ids
        if strangers:
            raise BadInput(min(strangers), "a person of the persons table", what, column="person_id")


def _twice(ids: Sequence[str]) -> str:
    seen: set[str] = set()
    return next(one for one in ids if one in seen or seen.add(one))  # type: ignore[func-returns-value]


def person_lines(
    person: SettledPerson, moves: Sequence[Move], year: int, scheme: str, rates: Rates
) -> list[GrantLine] | NoGrant:
    """One person under one scheme in one year: a line a municipality, or the reason why there is none."""
    try:
        due = SCHEMES[scheme](person, year, rates)
    except NoRuleInForce as missing:
        return [_missing(person, year, scheme, person.municipality_id, missing.rule)]
    if not isinstance(due, Due):
        return NoGrant(person.person_id, scheme, due.code)
    try:
        parts, version = holdings(person, moves if due.split else (), year, rates, due.split or MOVE_SPLIT)
    except NoRuleInForce:
        return [_missing(person, year, scheme, person.municipality_id, due.split)]
    return _lines(person, year, scheme, due, parts, version, rates)


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
    own = (RULE_ASSUMED,) if rate.certainty is Certainty.ASSUMED else ()
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
            legal=due.legal + (f"; {due.split}: {version}" if version else ""),
            assumptions=ordered((*due.assumptions, *one.assumptions, *own)),
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
