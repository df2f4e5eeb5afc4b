"""Reception on one page: places and residents now and in twelve weeks, by kind and centre; who is there longest."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.capacity import Occupancy
from bosett.outputs.tables import Cell
from bosett.rules.parameters import Parameters
from bosett.terms.figure import Figure, State
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.capacity import CentreRow, LongStay, longest, reception
from bosett_server.queries.interviews import municipality_choices
from bosett_server.web.capacity.drawings import by_kind, map_of_places, weeks_ahead
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.numbers import percent
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file
from bosett_server.words.capacity import KINDS
from bosett_server.words.household_codes import word

NORM = "capacity/centre_occupancy_share"
COLUMNS = (
    "centre_id", "centre", "municipality_id", "municipality", "kind", "places", "residents", "opens_on", "closes_on",
    "informed_on", "announced_on", "places_in_twelve_weeks", "residents_in_twelve_weeks",
)  # fmt: skip


@require_GET
@page(Permission.CENTRE_VIEW)
def overview(request: Request) -> HttpResponse:
    """As of today, by what is contracted and planned; who is in sight depends on the reader."""
    actor, today = request.actor, clock.today()
    kind = request.GET.get("kind", "")
    found = reception(actor, today, kind=kind if kind in KINDS else "")
    if request.GET.get("as"):
        return table_file("centres", request.GET["as"], COLUMNS, [_line(one) for one in found.centres])
    norm = Parameters.shipped().lookup(NORM, today)
    context = {
        "reception": found,
        "now": found.weeks[0].at_start if found.weeks else None,
        "later": found.weeks[-1].at_end if found.weeks else None,
        "centres": centre_table(found.centres),
        "kinds": [(k, str(KINDS[k.kind]), share(k.now), share(k.later)) for k in found.kinds],
        "bars": by_kind(found) if found.kinds else None,
        "weeks": weeks_ahead(found.weeks, today, "reception-weeks") if found.weeks else None,
        "map": map_of_places(found, municipality_choices())
        if found.centres and not actor.municipalities
        else None,
        "longest": long_table(longest(actor, today)),
        "hidden": sum(1 for one in found.centres if one.announced_on is None),
        "norm": norm,
        "norm_words": _("Residents divided by places under contract that day."),
        "today": today,
        "may_manage": actor.may(Permission.CENTRE_MANAGE),
        "may_see_situation": actor.may(Permission.SITUATION_VIEW),
        "may_see_contracts": actor.may(Permission.CONTRACT_VIEW),
        "may_register": actor.may(Permission.HOUSEHOLD_REGISTER),
        "kind": str(KINDS[kind]) if kind in KINDS else "",
        "of_kind": f"kind={kind}&" if kind in KINDS else "",
        "all_kinds": KINDS.items(),
    }
    return render(request, "capacity/overview.html", context)


def share(one: Occupancy | None) -> str:
    """Occupancy in per cent; a dash where there are no places, which is not 0."""
    if one is None or one.share is None:
        return "–"
    return percent(one.share, 0)


def centre_table(rows: Sequence[CentreRow]) -> Table:
    """The centres; what is not for this reader is said so, not shown as 0."""
    columns = (
        Column("name", _("Centre")),
        Column("municipality", _("Municipality")),
        Column("kind", _("Kind")),
        Column("places", _("Places"), "number"),
        Column("residents", _("Residents"), "number"),
        Column("share", _("Occupancy")),
        Column("later", _("In twelve weeks"), "number"),
        Column("state", _("State")),
    )
    return Table(_("Centres"), columns, tuple(_centre_row(one) for one in rows))


def _centre_row(one: CentreRow) -> Row:
    hidden = Figure.missing(State.SUPPRESSED)
    return Row(
        (
            one.name, one.municipality_name, str(KINDS[one.kind]), one.places,
            one.now.residents if one.now else hidden, share(one.now),
            one.later.residents if one.later else hidden, centre_state(one),
        ),
        href=f"/reception/{one.id}/",
    )  # fmt: skip


def _line(one: CentreRow) -> list[Cell]:
    """For a file; residents that are not for this reader are empty, which is not 0."""
    return [
        one.id, one.name, one.municipality, one.municipality_name, one.kind, one.places,
        one.now.residents if one.now else None, one.opens_on, one.closes_on, one.informed_on, one.announced_on,
        one.later.places if one.later else None, one.later.residents if one.later else None,
    ]  # fmt: skip


def centre_state(one: CentreRow) -> str:
    """Not announced, to come, closing, or open."""
    if one.announced_on is None:
        return _("Not announced")
    if one.opens_on > clock.today():
        return _("Opens %(day)s") % {"day": date_digits(one.opens_on)}
    if one.closes_on is not None:
        return _("Closes %(day)s") % {"day": date_digits(one.closes_on)}
    return _("Open")


def long_table(rows: Sequence[LongStay], *, one_centre: bool = False) -> Table | None:
    """Who has been there longest, or None when nobody is in sight."""
    if not rows:
        return None
    where = () if one_centre else (Column("centre", _("Centre")),)
    columns = (
        Column("reference", _("Household")),
        Column("persons", _("Persons"), "number"),
        *where,
        Column("arrived", _("Since"), "date"),
        Column("days", _("Days"), "number"),
        Column("stage", _("Stage")),
    )
    lines = tuple(
        Row(
            (
                one.reference,
                one.persons,
                *((one.centre,) if where else ()),
                one.arrived_on,
                one.days,
                word("stage", one.stage),
            ),
            href=f"/households/{one.household}/",
        )
        for one in rows
    )
    return Table(_("In reception the longest"), columns, lines)
