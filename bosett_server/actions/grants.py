"""Grant lines: computed, stored with rule and source, replaced when what they rest on has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from bosett import __version__
from bosett.grants.explain import explain
from bosett.grants.problem import Move, SettledPerson
from bosett.grants.result import GrantLine, Status
from bosett.grants.solve import grant_lines
from bosett.rules.value import DatedRule, DatedValue
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting, require_in_database
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.grant_inputs import Inputs, grant_inputs
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import GrantLine as LineRow

BATCH = 2000
_IN_COLUMNS = ("scheme", "source")
FIRST_YEAR, LAST_YEAR = 2011, 2100
Told = Callable[[int, int], None]
Row = dict[str, Any]
_COLUMNS = {
    "person_id": "uuid", "municipality_id": "text", "year": "integer", "scheme": "text", "grant_year": "integer",
    "share": "text", "rate_nok": "integer", "amount_nok": "integer", "rule": "text", "source": "jsonb",
    "explanation": "jsonb", "status": "text", "library_version": "text", "input_sha256": "text",
    "computed_at": "timestamptz", "sealed": "boolean",
}  # fmt: skip
_INSERT = (
    f"INSERT INTO records_grantline ({', '.join(_COLUMNS)}) SELECT * FROM jsonb_to_recordset(%s::jsonb)"  # noqa: S608
    f" AS line({', '.join(f'{name} {kind}' for name, kind in _COLUMNS.items())})"
)


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
        for start in range(0, len(gone), BATCH):
            LineRow.objects.filter(pk__in=gone[start : start + BATCH]).update(superseded_at=clock.now())
        for start in range(0, len(rows), BATCH):
            _store(rows[start : start + BATCH])
    missing = sum(row["status"] == Status.RATE_MISSING for row in rows)
    return {
        "stored": len(rows), "unchanged": len(kept), "superseded": len(gone), "rate_missing": missing,
        "without_ground": len(inputs.without_ground),
    }  # fmt: skip


def _new_lines(inputs: Inputs, year: int, told: Told | None) -> tuple[list[Row], set[tuple[str, str, str]]]:
    """Rows to store, and the keys of those that stand unchanged."""
    rates, rows, kept, moves = _Remembered(), [], set(), _by_person(inputs.moves)
    for start in range(0, len(inputs.persons), BATCH):
        batch = inputs.persons[start : start + BATCH]
        known = {person.person_id: person for person in batch}
        moved = [move for person in known for move in moves.get(person, ())]
        for line in grant_lines(batch, moved, year, rates, allow_missing=True).lines:
            own = moves.get(line.person_id, ())
            made_from = _made_from(known[line.person_id], own, line)
            key = (line.person_id, line.scheme, line.municipality_id)
            if inputs.standing.get(key, (0, ""))[1] == made_from:
                kept.add(key)
            else:
                rows.append(_row(line, known[line.person_id], own, rates, made_from))
        if told:
            told(min(start + BATCH, len(inputs.persons)), len(inputs.persons))
    return rows, kept


def _by_person(moves: Iterable[Move]) -> dict[str, list[Move]]:
    found: dict[str, list[Move]] = {}
    for move in sorted(moves):
        found.setdefault(move.person_id, []).append(move)
    return found


def _made_from(person: SettledPerson, moves: Sequence[Move], line: GrantLine) -> str:
    """A hash of the person's facts and moves and of the rule, rate and share they met."""
    told = [
        vars(person), [vars(move) for move in moves], line.year, line.scheme, line.municipality_id,
        line.rule, line.rate_nok, line.share, line.amount_nok, line.legal, line.assumptions,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def _row(
    line: GrantLine, person: SettledPerson, moves: Sequence[Move], rates: _Remembered, made_from: str
) -> Row:
    return {
        "person_id": line.person_id,
        "municipality_id": line.municipality_id,
        "year": line.year,
        "scheme": line.scheme,
        "grant_year": line.grant_year,
        "share": "" if line.share is None else str(line.share),
        "rate_nok": line.rate_nok,
        "amount_nok": line.amount_nok,
        "rule": line.rule,
        "source": _source(line, rates),
        "explanation": {
            "facts": [[fact.key, dict(fact.values)] for fact in explain(line) if fact.key not in _IN_COLUMNS],
            "settled_on": person.settled_date.isoformat(),
            "moved_on": [m.moved_date.isoformat() for m in moves if m.moved_date.year == line.year],
        },
        "status": line.status.value,
        "library_version": __version__,
        "input_sha256": made_from,
        "computed_at": clock.now().isoformat(),
        "sealed": False,  # the trigger knows better
    }


def _store(rows: list[Row]) -> None:
    """One statement for many lines: the demo has forty thousand."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [json.dumps(rows)])


def _source(line: GrantLine, rates: _Remembered) -> dict[str, Any]:
    """Title, section, address and day of the source, with how sure the value is; empty without a rate."""
    if line.source is None:
        return {}
    value = rates.lookup(line.rule, date(line.year, 1, 1))
    published = line.source.published
    return {
        "title": line.source.title, "section": line.source.section, "href": line.source.href,
        "published": published.isoformat() if published else None,
        "certainty": value.certainty.value, "note": value.note,
    }  # fmt: skip


class _Remembered:
    """The rates in force, each looked up once a run: twenty thousand persons ask for a handful of them."""

    def __init__(self) -> None:
        rates = rates_in_force()
        self._values, self._rules = cache(rates.lookup), cache(rates.version)

    def lookup(self, path: str, on: date) -> DatedValue:
        """As `Parameters.lookup`."""
        return self._values(path, on)

    def version(self, path: str, on: date) -> DatedRule:
        """As `Parameters.version`."""
        return self._rules(path, on)
