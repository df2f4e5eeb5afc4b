"""A year's grant divided between the municipalities a person has lived in: one function a rule version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from bosett.grants.problem import Holding, Move, Rates, SettledPerson
from bosett.terms.errors import BadInput
from bosett.terms.kroner import round_half_up

MOVE_SPLIT = "grants/integration/move_split"
DECEMBER = "a move in December does not reach into the next year"
IN_SEQUENCE = "two moves in a year are counted one after the other"


def twelfths_month_and_next(moved: date) -> Fraction:
    """The part of the year up to a move: the month of the move and the next stay behind.

    Source: summary of IMDi's pages, 2024; in force from 2022.
    """
    return Fraction(min(12, moved.month + 1), 12)


def eighths_by_quarter(moved: date) -> Fraction:
    """1/8, 3/8, 5/8 or 7/8 of the year up to a move, by quarter.

    Source: IMDi's statistics pages 2015-2018; about 2013 to 2020.
    """
    return Fraction(2 * ((moved.month - 1) // 3) + 1, 8)


VERSIONS: Mapping[str, Callable[[date], Fraction]] = {
    "twelfths_month_and_next": twelfths_month_and_next,
    "eighths_by_quarter": eighths_by_quarter,
}


def holdings(
    person: SettledPerson, moves: Sequence[Move], year: int, rates: Rates
) -> tuple[tuple[Holding, ...], str]:
    """Each municipality's share of the person's year, in the order lived in, and the rule version.

    The shares sum to 1; a municipality that the person comes back to has one share.

    Raises
    ------
    BadInput
        If a move is before settlement or from another municipality than the one lived in.
    NoRuleInForce
        If a move falls in the year and no rule of division is known for it.
    """
    where, reached, version = person.municipality_id, Fraction(0), ""
    parts: list[tuple[str, Fraction]] = []
    assumed: set[str] = set()
    own = sorted(move for move in moves if move.person_id == person.person_id)
    _check_moves(person, own)
    for move in own:
        if move.moved_date.year == year:
            version = rates.version(MOVE_SPLIT, move.moved_date).name
            until = max(reached, VERSIONS[version](move.moved_date))
            assumed |= {IN_SEQUENCE} if parts else set()
            assumed |= {DECEMBER} if move.moved_date.month == 12 else set()
            parts.append((where, until - reached))
            reached = until
        if move.moved_date.year <= year:
            where = move.to_municipality_id
    parts.append((where, 1 - reached))
    return _merged(parts, tuple(sorted(assumed))), version


def _merged(parts: Sequence[tuple[str, Fraction]], assumed: tuple[str, ...]) -> tuple[Holding, ...]:
    shares: dict[str, Fraction] = {}
    for place, share in parts:
        shares[place] = shares.get(place, Fraction(0)) + share
    return tuple(Holding(place, share, assumed) for place, share in shares.items() if share > 0)


def _check_moves(person: SettledPerson, moves: Sequence[Move]) -> None:
    where = person.municipality_id
    for move in moves:
        if move.moved_date < person.settled_date:
            raise BadInput(f"{person.person_id} moved {move.moved_date}", "a day after settlement", "moves")
        if move.from_municipality_id != where:
            raise BadInput(
                f"{person.person_id} from {move.from_municipality_id}", f"a move from {where}", "moves"
            )
        where = move.to_municipality_id


def divide_kroner(amount_nok: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole kroner for each share: each rounded half up, the last takes the remainder exactly."""
    first = [round_half_up(amount_nok * share) for share in shares[:-1]]
    return (*first, amount_nok - sum(first))
