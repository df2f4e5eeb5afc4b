"""Who hears of a matter, and the reminders of what lies too long."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from bosett.agreement.handover import Desk, DeskKind, desk
from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.records.models import HandOver, Matter, Notice

AGAIN_DAYS = 7
"""A reminder comes again after a week."""
ROLES = {
    DeskKind.IMDI: Role.IMDI_CASEWORKER, DeskKind.UDI: Role.UDI_RECEPTION, DeskKind.BUFETAT: Role.BUFETAT,
    DeskKind.NAV: Role.NAV, DeskKind.HUSBANKEN: Role.HUSBANKEN, DeskKind.COUNTY: Role.COUNTY,
    DeskKind.STATSFORVALTER: Role.STATSFORVALTER, DeskKind.MUNICIPALITY: Role.MUNICIPALITY_COORDINATOR,
}  # fmt: skip


def answer_days() -> int:
    """How long a desk has to answer a hand-over."""
    return Parameters.shipped().lookup("agreement/hand_over_answer_days", clock.today()).whole


def address(matter: int) -> str:
    """Where the matter's page is."""
    return f"/matters/{matter}/"


def to_desk(code: str, at: Desk, row: Matter, days: int | None = None) -> list[Notice]:
    """A notice to those who work at a desk; tells the matter's number and nothing else."""
    municipal = at.kind is DeskKind.MUNICIPALITY
    return [
        Notice(
            code=code, to_role=ROLES[at.kind].value, municipality_id=at.place if municipal else None,
            county_id=at.place if at.place and not municipal else None, facts={"matter": row.pk},
            url=address(row.pk), due_on=clock.today() + timedelta(days=days) if days else None,
        )
    ]  # fmt: skip


def close_asked(matter: int) -> None:
    """What the actor's side was asked about this matter is done."""
    Notice.objects.filter(url=address(matter), done_at__isnull=True).update(done_at=clock.now())


@action(Permission.DEADLINES_RUN)
def remind_matters(actor: Actor) -> Done[int]:
    """Hand-overs not answered in time are told to both desks, once a week; a matter that lies long, to its desk.

    Gives how many were told of.
    """
    today = clock.today()
    asked, quiet = _unanswered(today), _quiet(today)
    HandOver.objects.filter(pk__in=[one.pk for one in asked]).update(reminded_on=today)
    Matter.objects.filter(pk__in=[one.pk for one in quiet]).update(reminded_on=today)
    notices = [
        notice
        for one in asked
        for code, at in (("matter_unanswered", one.to_desk), ("matter_unanswered_sender", one.from_desk))
        for notice in to_desk(code, desk(at), one.matter)
    ]
    notices += [notice for one in quiet for notice in to_desk("matter_quiet", desk(one.holder), one)]
    facts = {"unanswered": len(asked), "quiet": len(quiet)}
    return Done(len(asked) + len(quiet), ("matters", today), facts, notices)


def _unanswered(today: date) -> list[HandOver]:
    rows = HandOver.objects.filter(
        state="offered", offered_at__date__lte=today - timedelta(days=answer_days())
    )
    return list(rows.filter(_not_lately(today)).select_related("matter").order_by("pk"))


def _quiet(today: date) -> list[Matter]:
    days = Parameters.shipped().lookup("agreement/matter_quiet_days", today).whole
    rows = Matter.objects.filter(
        closed_at__isnull=True, offered_to="", held_since__date__lte=today - timedelta(days=days)
    )
    return list(rows.filter(_not_lately(today)).order_by("pk"))


def _not_lately(today: date) -> Q:
    return Q(reminded_on__isnull=True) | Q(reminded_on__lte=today - timedelta(days=AGAIN_DAYS))
