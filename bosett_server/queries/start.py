"""The first screen: what waits, in a few numbers per role, each with the page behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Sum

from bosett.terms.figure import Figure, State
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.queries.week_capacity import days_confirmed
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    Centre,
    CentrePlaces,
    Enquiry,
    Home,
    HomeHold,
    Household,
    Proposal,
    Quota,
    RoleGrant,
    Stay,
    VersionedFigure,
    WeekCapacity,
    WeekConfirmation,
)

LONG_WAIT_DAYS = 90


@dataclass(frozen=True)
class Tile:
    """One number of the first screen.  `code` is the key of its words; `late` asks for attention; no `url`, no link."""

    code: str
    figure: Figure
    url: str
    late: bool = False


def tiles(actor: Actor, today: date) -> list[Tile]:
    """The numbers of the actor's role; a handful of queries whatever the size."""
    of_role = _BY_ROLE.get(actor.role)
    found = of_role(actor, today) if of_role else []
    # A number may be told to somebody who may not open the list behind it.
    return (
        found if actor.may(Permission.ROUND_VIEW) else [_without_link(tile, "/requests/") for tile in found]
    )


def _without_link(tile: Tile, address: str) -> Tile:
    return replace(tile, url="") if tile.url.startswith(address) else tile


def centre_name(actor: Actor) -> str:
    """The centre that the actor works at; empty for everybody else."""
    found = (
        Centre.objects.filter(pk=actor.centre_id).values_list("name", flat=True) if actor.centre_id else []
    )
    return next(iter(found), "")


def _tile(code: str, value: int | None, url: str, *, late: bool = False) -> Tile:
    figure = Figure.missing(State.UNKNOWN) if value is None else Figure.of(value)
    return Tile(code, figure, url, late and bool(value))


def _caseworker(actor: Actor, today: date) -> list[Tile]:
    ready = Household.objects.filter(stage="ready").aggregate(
        all=Count("id"),
        long=Count("id", filter=Q(ready_on__lt=today - timedelta(days=LONG_WAIT_DAYS))),
        minors=Count("id", filter=~Q(group="all")),
    )
    open_proposals = Proposal.objects.filter(state="open").aggregate(
        taken_as_they_are=Count("id", filter=Q(easy=True)), hard=Count("id", filter=Q(easy=False))
    )
    back = Assignment.objects.filter(
        state__in=["declined", "expired"], answered_at__date__gte=today - timedelta(days=1)
    ).count()
    questions = Enquiry.objects.filter(answered_at__isnull=True).count()
    return [
        _tile("ready", ready["all"], "/households/?stage=ready"),
        _tile("waiting_long", ready["long"], "/households/?stage=ready&waited=90", late=True),
        _tile("minors_ready", ready["minors"], "/households/?stage=ready&group=minors"),
        _tile("easy", open_proposals["taken_as_they_are"], "/proposals/?show=easy"),
        _tile("hard", open_proposals["hard"], "/proposals/?show=hard"),
        _tile("came_back", back, "/households/?stage=ready&came_back=1", late=True),
        _tile("questions", questions, "/proposals/out/?show=questions", late=True),
    ]


def _numbers(actor: Actor, today: date) -> list[Tile]:
    """Need, asked, voted, settled: the same picture for every party."""
    year = today.year
    current = VersionedFigure.objects.filter(year=year, group="all", superseded_at__isnull=True)
    rows = current.aggregate(
        need=Sum("value", filter=Q(what="need")),
        asked=Sum("value", filter=Q(what="asked")),
        awaiting=Count("id", filter=Q(what="voted", state="awaiting")),
    )
    settled = Quota.objects.filter(year=year, group="all").aggregate(
        sum=Sum("settled"), assigned=Sum("assigned"), voted=Sum("vedtak")
    )
    return [
        _tile("need", rows["need"], "/need/"),
        _tile("asked", rows["asked"], f"/requests/{year}/"),
        _tile("voted", settled["voted"], f"/requests/{year}/"),
        *_gap(rows["need"], settled["voted"], f"/requests/{year}/"),
        _tile("awaiting", rows["awaiting"], f"/requests/{year}/?state=awaiting", late=True),
        _tile("assigned", settled["assigned"], "/statistics/"),
        _tile("settled", settled["sum"], "/statistics/"),
    ]


def _gap(need: int | None, voted: int | None, url: str) -> list[Tile]:
    """What the councils have not voted places for; nothing when a side of it is not known or none is missing."""
    if need is None or voted is None or voted >= need:
        return []
    return [_tile("gap", need - voted, url, late=True)]


def _coordinator(actor: Actor, today: date) -> list[Tile]:
    mine = sorted(actor.municipalities)
    cards = Assignment.objects.filter(municipality_id__in=mine).aggregate(
        open=Count("id", filter=Q(state="offered")),
        soon=Count("id", filter=Q(state="offered", answer_due_on__lte=today + timedelta(days=2))),
        coming=Sum("persons", filter=Q(state="accepted")),
    )
    without_date = Household.objects.filter(assigned_municipality_id__in=mine, stage="assigned").count()
    quota = _quota(mine, today.year)
    return [
        _tile("cards", cards["open"], "/cards/"),
        _tile("cards_due", cards["soon"], "/cards/?due=soon", late=True),
        _tile("without_date", without_date, "/households/?stage=assigned", late=True),
        _tile("coming", cards["coming"] or 0, "/households/?stage=coming"),
        *quota,
        *_planner(mine, today),
    ]


def _decider(actor: Actor, today: date) -> list[Tile]:
    mine = sorted(actor.municipalities)
    rows = VersionedFigure.objects.filter(
        municipality_id__in=mine, year=today.year, group="all", superseded_at__isnull=True
    )
    asked = sum(r.value or 0 for r in rows if r.what == "asked")
    unapproved = sum(1 for r in rows if r.what == "voted" and r.state == "number" and r.approved_at is None)
    code = mine[0] if mine else ""
    return [
        _tile("asked_of_us", asked, f"/municipalities/{code}/"),
        _tile("to_approve", unapproved, f"/municipalities/{code}/vedtak/", late=True),
        *_quota(mine, today.year),
        *_planner(mine, today),
    ]


def _weeks(today: date) -> Tile:
    """How many of the municipalities in sight have a plan by week that is confirmed."""
    said = WeekConfirmation.objects.filter(confirmed_on__gt=today - timedelta(days=days_confirmed(today)))
    return _tile("weeks_confirmed", said.count(), "/weeks/")


def _planner(mine: list[str], today: date) -> list[Tile]:
    """Free homes, and weeks ahead in the municipality's own plan; the way in to the planner."""
    code = mine[0] if mine else ""
    homes = Home.objects.filter(municipality_id__in=mine, withdrawn_at__isnull=True, free_from__lte=today)
    taken = HomeHold.objects.filter(
        home=OuterRef("pk"), withdrawn_at__isnull=True, starts_on__lte=today
    ).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    free = homes.filter(Q(free_until__isnull=True) | Q(free_until__gt=today)).exclude(Exists(taken))
    weeks = WeekCapacity.objects.filter(
        municipality_id__in=mine, monday__gte=today - timedelta(days=today.weekday())
    )
    planned = weeks.aggregate(all=Count("monday", distinct=True))["all"]
    return [
        _tile("homes_free", free.count(), f"/homes/{code}/"),
        _tile("weeks_planned", planned, f"/weeks/{code}/"),
    ]


def _quota(mine: list[str], year: int) -> list[Tile]:
    rows = list(Quota.objects.filter(municipality_id__in=mine, year=year, group="all"))
    known = [r for r in rows if r.vedtak is not None]
    code = mine[0] if mine else ""
    vedtak = sum(r.vedtak or 0 for r in known) if known else None
    left = None if vedtak is None else vedtak + sum(r.opened - r.assigned_general for r in known)
    return [
        _tile("our_vedtak", vedtak, f"/municipalities/{code}/"),
        _tile("places_left" if left is None or left >= 0 else "over_by", None if left is None else abs(left),
              f"/municipalities/{code}/"),
    ]  # fmt: skip


def _centre(actor: Actor, today: date) -> list[Tile]:
    mine = Household.objects.filter(centre_id=actor.centre_id or 0)
    rows = mine.aggregate(
        to_interview=Count("id", filter=Q(stage="in_reception", permit_on__isnull=False)),
        moving=Count(
            "id", filter=Q(stage="date_agreed", planned_settlement_on__lte=today + timedelta(days=7))
        ),
        longest=Count("id", filter=Q(arrived_on__lt=today - timedelta(days=365))),
    )
    return [
        _tile("to_interview", rows["to_interview"], "/households/?stage=in_reception", late=True),
        _tile("moving_this_week", rows["moving"], "/households/?stage=date_agreed"),
        _tile("here_over_a_year", rows["longest"], "/households/?here=365"),
    ]


def _reception(actor: Actor, today: date) -> list[Tile]:
    in_force = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    places = CentrePlaces.objects.filter(in_force).aggregate(sum=Sum("count"))["sum"]
    residents = Stay.objects.filter(left_on__isnull=True).aggregate(sum=Sum("household__persons_count"))[
        "sum"
    ]
    return [
        _tile("places", places, "/reception/"),
        _tile("residents", residents, "/reception/"),
        _tile("centres", Centre.objects.count(), "/reception/"),
        _tile(
            "not_announced",
            Centre.objects.filter(announced_on__isnull=True).count(),
            "/reception/",
            late=True,
        ),
    ]


def _bufetat(actor: Actor, today: date) -> list[Tile]:
    rows = Household.objects.aggregate(
        waiting=Count("id", filter=Q(stage__in=["in_reception", "interviewed"], permit_on__isnull=False)),
        ready=Count("id", filter=Q(stage="ready")),
    )
    return [
        _tile("children_waiting", rows["waiting"], "/households/?stage=in_reception", late=True),
        _tile("children_ready", rows["ready"], "/households/?stage=ready"),
    ]


def _auditor(actor: Actor, today: date) -> list[Tile]:
    day = AuditEvent.objects.filter(at__date__gte=today - timedelta(days=1))
    rows = day.aggregate(all=Count("id"), refused=Count("id", filter=Q(outcome="refused")))
    return [
        _tile("log_rows", rows["all"], "/audit/"),
        _tile("refusals", rows["refused"], "/audit/?outcome=refused", late=True),
    ]


def _admin(actor: Actor, today: date) -> list[Tile]:
    grants = RoleGrant.objects.filter(ends_on__isnull=True).count()
    ending = RoleGrant.objects.filter(ends_on__gte=today, ends_on__lt=today + timedelta(days=30)).count()
    return [_tile("role_grants", grants, "/users/"), _tile("ending_soon", ending, "/users/", late=True)]


_BY_ROLE: dict[Role, Callable[[Actor, date], list[Tile]]] = {
    Role.IMDI_CASEWORKER: lambda actor, today: [*_caseworker(actor, today), _weeks(today)],
    Role.IMDI_LEAD: lambda actor, today: [
        *_numbers(actor, today),
        *_caseworker(actor, today)[:2],
        _weeks(today),
    ],
    Role.COUNTY: lambda actor, today: [*_numbers(actor, today), _weeks(today)],
    Role.MUNICIPALITY_COORDINATOR: _coordinator,
    Role.MUNICIPALITY_DECIDER: _decider,
    Role.CENTRE: _centre,
    Role.UDI_RECEPTION: _reception,
    Role.BUFETAT: _bufetat,
    Role.AUDITOR: _auditor,
    Role.ADMIN: _admin,
    **dict.fromkeys((Role.KS, Role.MINISTRY, Role.NAV, Role.HUSBANKEN, Role.STATSFORVALTER), _numbers),
}
