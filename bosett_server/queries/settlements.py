"""Where settled persons live, and the register's lines for a municipality's own list to be held against."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Min, Q

from bosett.followup.reconcile import Disagreement, reconcile
from bosett.followup.reconcile import Settlement as Line
from bosett.sources.tables import Table
from bosett.terms.errors import BadInput
from bosett_server.access.actor import Actor
from bosett_server.access.audit import log_read
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import Move, Settlement

DAY_COLUMN = "settled_on"


class Key(StrEnum):
    """What a line of the list is known by: a person's DUF number, or the household's reference."""

    DUF_NUMBER = "duf_number"
    REFERENCE = "reference"


@dataclass(frozen=True)
class Home:
    """Where a settled person lives, since when, and whether by a move."""

    municipality: str
    since: date
    moved: bool


@dataclass(frozen=True)
class Comparison:
    """The list against the register; nothing of it is stored."""

    key: Key
    municipality: str
    year: int
    listed: int
    registered: int
    differences: tuple[Disagreement, ...]

    @property
    def agrees(self) -> bool:
        """Whether the two say the same."""
        return not self.differences


def homes_of(persons: Collection[UUID]) -> dict[UUID, Home]:
    """By person; who is not settled, or not in sight, is not there.  Two queries."""
    found = {
        one.person_id: Home(one.municipality_id, one.settled_on, moved=False)
        for one in Settlement.objects.filter(person_id__in=persons)
    }
    for move in Move.objects.filter(person_id__in=list(found)).order_by("moved_on", "id"):
        found[move.person_id] = Home(move.to_municipality_id, move.moved_on, moved=True)
    return found


def compare(actor: Actor, municipality: str, year: int, table: Table) -> Comparison:
    """Hold a municipality's own list against what is registered as settled there in a year.

    The list has `settled_on` and `duf_number` (a line a person) or `reference` (a line a household, whose day
    is the first of its persons).  A line with another year than the register's is a difference, not left out.

    Raises
    ------
    BadInput
        Names row and column of what cannot be read.
    NotInSight
        When it is not the actor's municipality.
    """
    key = _key(table)
    lines = [(row.identifier(key.value), row.day(DAY_COLUMN)) for row in table.rows]
    return compare_lines(actor, municipality, year, key, lines)


def compare_lines(
    actor: Actor, municipality: str, year: int, key: Key, lines: Sequence[tuple[str, date]]
) -> Comparison:
    """The same for lines that are read already, each (number or reference, day).  Raises NotInSight."""
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    listed = [Line(name, municipality, day) for name, day in lines]
    registered = _registered(municipality, year, key, {one.person_id for one in listed})
    return Comparison(key, municipality, year, len(listed), len(registered), reconcile(listed, registered))


def _key(table: Table) -> Key:
    table.need([DAY_COLUMN])
    for key in Key:
        if key.value in table.columns:
            return key
    raise BadInput(", ".join(table.columns), "a column duf_number or reference", table.file, 1)


def _registered(municipality: str, year: int, key: Key, named: set[str]) -> Sequence[Line]:
    column = "person__duf_number" if key is Key.DUF_NUMBER else "person__household__reference"
    rows = list(
        Settlement.objects.filter(Q(settled_on__year=year) | Q(**{f"{column}__in": named}))
        .filter(municipality_id=municipality)
        .exclude(**{column: ""})
        .values("person__household_id", column)
        .annotate(first=Min("settled_on"))
    )
    log_read("reconcile_settlements", "household", sorted({str(r["person__household_id"]) for r in rows}))
    return [Line(str(row[column]), municipality, row["first"]) for row in rows]
