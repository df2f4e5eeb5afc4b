"""A year's grant divided between the municipalities a person has lived in: one function a rule version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from bosett.grants.assumptions import DAYS_LIVED, DECEMBER, IN_SEQUENCE, ROUNDED_PARTS, ordered
from bosett.grants.problem import Holding, Move, Rates, SettledPerson
from bosett.terms.errors import BadInput
from bosett.terms.kroner import round_half_up

MOVE_SPLIT = "grants/integration/move_split"
NORWEGIAN_SPLIT = "grants/norwegian/move_split"


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


def by_days_lived(moved: date, since: date) -> Fraction:
    """The days lived before the move, of those from `since` to the end of the year.

    Source: IMDi, norsktilskudd (12 Sep 2022): by time lived; that days are counted is assumed.
    """
    return Fraction((moved - since).days, date(moved.year + 1, 1, 1).toordinal() - since.toordinal())


VERSIONS: Mapping[str, Callable[[date, date], Fraction]] = {
    "twelfths_month_and_next": lambda moved, _since: twelfths_month_and_next(moved),
    "eighths_by_quarter": lambda moved, _since: eighths_by_quarter(moved),
    "by_days_lived": by_days_lived,
}


def holdings(
    person: SettledPerson, moves: Sequence[Move], year: int, rates: Rates, split: str = MOVE_SPLIT
) -> tuple[tuple[Holding, ...], str]:
    """Each municipality's share of the person's year, in the order lived in, and the rule version.

    The shares sum to 1; a municipality that the person comes back to has one share.  The municipality
    of the year's end stands last: it takes the remainder of a division.

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
    check_order(person, own)
    since = max(person.settled_date, date(year, 1, 1))
    for move in own:
        if move.moved_date.year == year:
            version = rates.version(split, move.moved_date).name
            until = max(reached, VERSIONS[version](move.moved_date, since))
            assumed |= _assumed(version, move.moved_date, second=bool(parts))
            parts.append((where, until - reached))
            reached = until
        if move.moved_date.year <= year:
            where = move.to_municipality_id
    parts.append((where, 1 - reached))
    return _merged(parts, assumed), version


def _assumed(version: str, moved: date, *, second: bool) -> set[str]:
    if version == "by_days_lived":
        return {DAYS_LIVED}
    return ({IN_SEQUENCE} if second else set()) | ({DECEMBER} if moved.month == 12 else set())


def _merged(parts: Sequence[tuple[str, Fraction]], assumed: set[str]) -> tuple[Holding, ...]:
    last = parts[-1][0]
    shares: dict[str, Fraction] = {place: Fraction(0) for place, _ in parts if place != last}
    shares[last] = Fraction(0)
    for place, share in parts:
        shares[place] += share
    held = [(place, share) for place, share in shares.items() if share > 0]
    told = ordered(assumed | ({ROUNDED_PARTS} if len(held) > 1 else set()))
    return tuple(Holding(place, share, told) for place, share in held)


def check_order(person: SettledPerson, moves: Sequence[Move]) -> None:
    """Refuse moves, in order of day, that are before settlement or do not follow each other."""
    where = person.municipality_id
    for move in moves:
        if move.moved_date < person.settled_date:
            raise BadInput(
                f"{person.person_id} moved {move.moved_date}, before settled {person.settled_date}",
                "a day from the settlement on",
                "moves",
                column="moved_date",
            )
        if move.from_municipality_id != where:
            raise BadInput(
                f"{person.person_id} from {move.from_municipality_id}",
                f"a move from {where}",
                "moves",
                column="from_municipality_id",
            )
        where = move.to_municipality_id


def check_moves(moves: Sequence[Move]) -> None:
    """Refuse two moves of one person in one month, and a move to where the person lives: for files.

    The service records what happened, also two moves in a month; a file with two is most likely wrong.
    """
    seen: set[tuple[str, int, int]] = set()
    for move in moves:
        key = (move.person_id, move.moved_date.year, move.moved_date.month)
        if key in seen:
            raise BadInput(
                f"{move.person_id} moves twice in {move.moved_date:%Y-%m}",
                "one move a month",
                "moves",
                column="moved_date",
            )
        if move.from_municipality_id == move.to_municipality_id:
            raise BadInput(
                f"{move.person_id} from {move.from_municipality_id} to the same",
                "another municipality",
                "moves",
                column="to_municipality_id",
            )
        seen.add(key)


def divide_kroner(amount_nok: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole kroner for each share: each rounded half up, the last takes the remainder exactly."""
    first = [round_half_up(amount_nok * share) for share in shares[:-1]]
    return (*first, amount_nok - sum(first))
