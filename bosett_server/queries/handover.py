"""Matters between sectors: what is mine, what I am asked to take, what waits for others; who has each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from bosett.agreement.handover import Desk, DeskKind
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.audit import log_read
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.records.models import Household, Matter

PAGE_SIZE = 50
_OF_ROLE = {
    Role.IMDI_CASEWORKER: DeskKind.IMDI, Role.IMDI_LEAD: DeskKind.IMDI, Role.UDI_RECEPTION: DeskKind.UDI,
    Role.BUFETAT: DeskKind.BUFETAT, Role.NAV: DeskKind.NAV, Role.HUSBANKEN: DeskKind.HUSBANKEN,
}  # fmt: skip
_OF_COUNTY = {Role.COUNTY: DeskKind.COUNTY, Role.STATSFORVALTER: DeskKind.STATSFORVALTER}


class Box(StrEnum):
    """The lists of the room."""

    TO_ME = "to-me"
    MINE = "mine"
    SENT = "sent"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True)
class MatterRow:
    """One matter as a list shows it.

    Parameters
    ----------
    about
        The municipality's name or the household's reference; empty for the whole country.
    since
        Since when it has lain where it lies: with its holder, or with whoever is asked to take it.
    """

    id: int
    sector: str
    ask: str
    about: str
    municipality: str
    household: str
    holder: str
    offered_to: str
    since: datetime
    days: int
    due_on: date | None
    outcome: str
    synthetic: bool


@dataclass(frozen=True)
class HandOverRow:
    """One hand-over and its answer."""

    id: int
    from_desk: str
    to_desk: str
    offered_at: datetime
    state: str
    reason: str
    answered_at: datetime | None


@dataclass(frozen=True)
class MatterDetail:
    """One matter with the way it has gone, the first hand-over first.

    Parameters
    ----------
    is_mine, is_offered_to_me
        Whether the reader's desk holds it, or is asked to take it.
    """

    row: MatterRow
    words: str
    opened_desk: str
    opened_at: datetime
    closed_at: datetime | None
    history: tuple[HandOverRow, ...]
    is_mine: bool
    is_offered_to_me: bool

    @property
    def open_hand_over(self) -> HandOverRow | None:
        """The one that is not answered yet."""
        return next((one for one in self.history if one.state == "offered"), None)


def desks_of(actor: Actor) -> tuple[Desk, ...]:
    """The desks that the actor works at; empty for a role that has none."""
    if kind := _OF_ROLE.get(actor.role):
        return (Desk(kind),)
    if kind := _OF_COUNTY.get(actor.role):
        return (Desk(kind, actor.county),)
    return tuple(Desk(DeskKind.MUNICIPALITY, code) for code in sorted(actor.municipalities))


def matters(actor: Actor, box: Box, *, before_id: int = 0, limit: int = PAGE_SIZE) -> list[MatterRow]:
    """The newest matters of a list first, at most `limit`; one query, and one row in the log about households."""
    rows = _boxed(actor, box)
    if before_id:
        rows = rows.filter(pk__lt=before_id)
    found = [_row(one) for one in rows.order_by("-pk")[:limit]]
    _log(found)
    return found


def matter_counts(actor: Actor) -> dict[Box, int]:
    """How many stand in each of the open lists; one query a list."""
    return {box: _boxed(actor, box).count() for box in (Box.TO_ME, Box.MINE, Box.SENT)}


def matter(actor: Actor, matter_id: int) -> MatterDetail:
    """One matter with its way.  Raises NotInSight for who takes no part in it."""
    one = _known().filter(pk=matter_id).first()
    if one is None:
        raise NotInSight("not_in_sight")
    row, mine = _row(one), [str(desk) for desk in desks_of(actor)]
    _log([row])
    history = one.hand_overs.order_by("pk").values_list(
        "id", "from_desk", "to_desk", "offered_at", "state", "reason", "answered_at"
    )
    return MatterDetail(
        row=row, words=one.words, opened_desk=one.opened_desk, opened_at=one.opened_at, closed_at=one.closed_at,
        history=tuple(HandOverRow(*told) for told in history),
        is_mine=one.holder in mine, is_offered_to_me=one.offered_to in mine,
    )  # fmt: skip


def matters_about(actor: Actor, household: UUID) -> list[MatterRow]:
    """Matters about one household that the actor's desk takes part in, the newest first; one query.

    For the household's own page, whose reading is logged as such.
    """
    return [_row(one) for one in _known().filter(household_id=household).order_by("-pk")[:PAGE_SIZE]]


def household_in_sight(household: str) -> Household:
    """The household, if row access shows it to who asks.  Raises NotInSight."""
    row = Household.objects.filter(pk=household).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _known() -> QuerySet[Matter]:
    return Matter.objects.select_related("municipality", "household")


def _boxed(actor: Actor, box: Box) -> QuerySet[Matter]:
    mine = [str(desk) for desk in desks_of(actor)]
    rows = _known()
    if box is Box.CLOSED:
        return rows.filter(closed_at__isnull=False)
    rows = rows.filter(closed_at__isnull=True)
    if box is Box.MINE:
        return rows.filter(holder__in=mine, offered_to="")
    if box is Box.TO_ME:
        return rows.filter(offered_to__in=mine)
    if box is Box.SENT:
        return rows.filter(holder__in=mine).exclude(offered_to="")
    return rows.filter(Q(desks__overlap=mine)) if actor.role not in _SEES_ALL else rows


_SEES_ALL = frozenset({Role.IMDI_CASEWORKER, Role.IMDI_LEAD})


def _row(one: Matter) -> MatterRow:
    place, home = one.municipality, one.household
    return MatterRow(
        id=one.pk, sector=one.sector, ask=one.ask,
        about=home.reference if home else place.name if place else "",
        municipality=one.municipality_id or "", household=str(one.household_id or ""),
        holder=one.holder, offered_to=one.offered_to, since=one.held_since,
        days=(clock.today() - timezone.localdate(one.held_since)).days, due_on=one.due_on, outcome=one.outcome,
        synthetic=one.synthetic,
    )  # fmt: skip


def _log(rows: list[MatterRow]) -> None:
    if seen := [row.household for row in rows if row.household]:
        log_read("read_matters", "household", seen)
