"""Grant lines: computed, stored with rule and source, replaced when what they rest on has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache

from bosett.grants.problem import Move
from bosett.grants.result import Status
from bosett.grants.schemes import FROM_SETTLEMENT
from bosett.grants.solve import grant_lines
from bosett.rules.parameters import Parameters
from bosett.rules.value import DatedRule, DatedValue
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting, require_in_database
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.grant_claim_lines import store_all_claims
from bosett_server.actions.grant_rows import BATCH, Row, line_row, made_from, store, supersede
from bosett_server.actions.step import Done, action
from bosett_server.queries.grant_inputs import Inputs, grant_inputs
from bosett_server.queries.grant_rates import rates_in_force

FIRST_YEAR, LAST_YEAR = 2011, 2100
SCHEMES = (*FROM_SETTLEMENT, "norwegian_person")
"""Schemes that follow from a settlement.  What is claimed has its lines from `grant_claim_lines`."""
Told = Callable[[int, int], None]


@action(Permission.GRANT_COMPUTE)
def compute_grant_lines(actor: Actor, *, persons: Sequence[str], year: int) -> Done[dict[str, int]]:
    """The persons' lines of a year stand as the rules and their settlements give them today.

    Unchanged lines stay; a changed one is superseded and kept; a rate that is not known gives a line
    without an amount.  The value counts `stored`, `unchanged`, `superseded`, `rate_missing` and
    `without_ground` (family whose reference person's ground is not stored: no line).

    Raises Refused `grant_year_out_of_range`.
    """
    counts = _compute(year, persons, None)
    return Done(counts, about=("grants", year), facts={"persons": len(persons), **counts})


@action(Permission.GRANT_COMPUTE)
def compute_year(actor: Actor, *, year: int, told: Told | None = None) -> Done[dict[str, int]]:
    """Every settled person's lines of a year stand as `compute_grant_lines` leaves them.

    Parameters
    ----------
    told
        Is told (done, all) in persons as the work goes on.
    """
    counts = _compute(year, None, told)
    return Done(counts, about=("grants", year), facts=dict(counts))


def _compute(year: int, persons: Sequence[str] | None, told: Told | None) -> dict[str, int]:
    """As the system: whoever asks for the year sees counts, not the protected persons among them."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("grant_year_out_of_range", {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR})
    require_in_database(Role.IMDI_LEAD, Role.SYSTEM)
    with acting(SYSTEM):
        inputs = grant_inputs(year, persons)
        rows, kept = _new_lines(inputs, year, told)
        gone = [pk for key, (pk, _) in inputs.standing.items() if key not in kept]
        supersede(gone)
        store(rows)
        claims = store_all_claims(year) if persons is None else {"stored": 0, "unchanged": 0, "superseded": 0}
    missing = sum(row["status"] == Status.RATE_MISSING for row in rows)
    return {
        "stored": len(rows) + claims["stored"],
        "unchanged": len(kept) + claims["unchanged"],
        "superseded": len(gone) + claims["superseded"],
        "rate_missing": missing,
        "without_ground": len(inputs.without_ground),
    }


def _new_lines(inputs: Inputs, year: int, told: Told | None) -> tuple[list[Row], set[tuple[str, str, str]]]:
    """Rows to store, and the keys of those that stand unchanged."""
    parameters, rows, kept, moves = rates_in_force(), [], set(), _by_person(inputs.moves)
    rates = _Remembered(parameters)
    for start in range(0, len(inputs.persons), BATCH):
        batch = inputs.persons[start : start + BATCH]
        known = {person.person_id: person for person in batch}
        moved = [move for person in known for move in moves.get(person, ())]
        for line in grant_lines(batch, moved, year, rates, SCHEMES, allow_missing=True).lines:
            own, person = moves.get(line.person_id, ()), known[line.person_id]
            made = made_from(line, vars(person), [vars(move) for move in own])
            key = (line.person_id, line.scheme, line.municipality_id)
            if inputs.standing.get(key, (0, ""))[1] == made:
                kept.add(key)
                continue
            days = [one.moved_date for one in own if one.moved_date.year == line.year]
            rows.append(line_row(line, parameters, made, settled_on=person.settled_date, moved_on=days))
        if told:
            told(min(start + BATCH, len(inputs.persons)), len(inputs.persons))
    return rows, kept


def _by_person(moves: Iterable[Move]) -> dict[str, list[Move]]:
    found: dict[str, list[Move]] = {}
    for move in sorted(moves):
        found.setdefault(move.person_id, []).append(move)
    return found


class _Remembered:
    """The rates in force, each looked up once a run: twenty thousand persons ask for a handful of them."""

    def __init__(self, rates: Parameters) -> None:
        self._values, self._rules = cache(rates.lookup), cache(rates.version)

    def lookup(self, path: str, on: date) -> DatedValue:
        """As `Parameters.lookup`."""
        return self._values(path, on)

    def version(self, path: str, on: date) -> DatedRule:
        """As `Parameters.version`."""
        return self._rules(path, on)
