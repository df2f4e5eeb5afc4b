"""The municipality's homes: the list, one home with who fits it, and the homes that fit a household."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.decisions import place_name
from bosett_server.queries.homes import (
    HomeLine,
    Match,
    Seeker,
    homes_for,
    homes_of_place,
    seekers,
    who_fits_home,
)
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.numbers import kroner, number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.planner.rooms import frame
from bosett_server.words.planner_codes import MISFITS


@require_GET
@page(Permission.HOME_VIEW)
def homes(request: Request, code: str) -> HttpResponse:
    """Every home with whether it is free, and the households that look for one."""
    name = place_name(code)
    every = homes_of_place(request.actor, code, withdrawn=bool(request.GET.get("taken-out")))
    today = clock.today()
    looking = seekers(request.actor, code)
    context = {
        "table": _table(code, every) if every else None,
        "free": sum(one.is_free(today) for one in every),
        "count": len(every),
        "looking": [
            (seeker_words(one), one, f"/homes/{code}/for/{one.id}/") for one in looking if not one.has_home
        ],
        "may_edit": request.actor.may(Permission.HOME_EDIT),
        "synthetic_homes": any(one.synthetic for one in every),
        "shows_taken_out": bool(request.GET.get("taken-out")),
        **frame(request, code, name, today.year, "homes"),
    }
    return render(request, "planner/homes.html", context)


@require_GET
@page(Permission.HOME_VIEW)
def home(request: Request, code: str, number: int) -> HttpResponse:
    """One home: what it is, who has it, and who fits it."""
    name = place_name(code)
    line, found = who_fits_home(request.actor, code, number)
    today = clock.today()
    context = {
        "line": line,
        "home": line.home,
        "free": line.is_free(today),
        "holds": line.holds,
        "today": today,
        "fits": _who_table(code, found) if found else None,
        "may_edit": request.actor.may(Permission.HOME_EDIT) and not line.withdrawn,
        "request_key": uuid.uuid4(),
        **frame(request, code, name, today.year, "homes"),
    }
    return render(request, "planner/home.html", context)


@require_GET
@page(Permission.HOME_VIEW)
def fitting(request: Request, code: str, ident: str) -> HttpResponse:
    """Every home beside one household, those that fit first, with what speaks against the others."""
    name = place_name(code)
    seeker, found = homes_for(request.actor, code, ident)
    context = {
        "seeker": seeker,
        "words": seeker_words(seeker),
        "asked": _("Which homes fit %(words)s?") % {"words": _in_sentence(seeker)},
        "table": _homes_table(code, found, hold=not seeker.card) if found else None,
        "fit": sum(one.match.fits for one in found),
        **frame(request, code, name, clock.today().year, "homes"),
    }
    return render(request, "planner/fitting.html", context)


def seeker_words(one: Seeker) -> str:
    """A household by its reference, or by its card while it is only proposed."""
    return _("The household on card %(card)s") % {"card": one.card} if one.card else one.words


def _in_sentence(one: Seeker) -> str:
    return _("the household on card %(card)s") % {"card": one.card} if one.card else one.words


def against(found: Match) -> str:
    """What speaks against it, or how much room there is to spare."""
    told = [str(MISFITS[one]) for one in found.match.misfits]
    if told:
        return ". ".join(told)
    spare = found.match.spare_bedrooms
    if not spare:
        return _("Fits")
    words = ngettext("Fits, %(count)s bedroom to spare", "Fits, %(count)s bedrooms to spare", spare)
    return words % {"count": number(spare)}


def _table(code: str, every: list[HomeLine]) -> Table:
    columns = (
        Column("address", _("Home")),
        Column("bedrooms", _("Bedrooms"), "number"),
        Column("step_free", _("Step-free")),
        Column("state", pgettext("home", "Now")),
        Column("days", _("Can be let")),
        Column("rent", _("Rent a month"), "number"),
        Column("school", _("Nearest school")),
    )
    today = clock.today()
    rows = tuple(
        Row(
            (
                one.address,
                one.home.bedrooms,
                _("Yes") if one.home.step_free else _("No"),
                state(one),
                days(one),
                pgettext("home", "Not known") if one.home.rent_nok is None else kroner(one.home.rent_nok),
                one.home.school or pgettext("home", "Not known"),
            ),
            href=f"/homes/{code}/{one.id}/",
        )
        for one in sorted(every, key=lambda one: (one.withdrawn, not one.is_free(today)))
    )
    return Table(_("Homes, the free ones first"), columns, rows)


def state(one: HomeLine) -> str:
    """Free, let, not to be let yet, or taken out."""
    today = clock.today()
    holder = one.holder(today)
    if one.withdrawn:
        return pgettext("home", "Taken out")
    if holder is not None:
        return pgettext("home", "Let")
    if one.is_free(today):
        later = next((hold for hold in one.holds if hold.starts_on > today), None)
        return (
            _("Free until %(day)s") % {"day": date_digits(later.starts_on)}
            if later
            else pgettext("home", "Free")
        )
    return pgettext("home", "Not to be let now")


def days(one: HomeLine) -> str:
    """The span of days it can be let."""
    first, last = one.home.free.start, one.home.free.end
    told = _("from %(first)s") % {"first": date_digits(first)}
    return told if last is None else f"{told} {_('until %(last)s') % {'last': date_digits(last)}}"


def _who_table(code: str, found: list[Match]) -> Table:
    columns = (
        Column("who", _("Household")),
        Column("persons", _("Persons"), "number"),
        Column("from", _("From")),
        Column("fits", _("Does it fit?")),
    )
    rows = tuple(
        Row(
            (
                seeker_words(one.seeker),
                one.seeker.seeker.persons,
                date_digits(one.seeker.seeker.from_day),
                against(one),
            ),
            href=f"/homes/{code}/for/{one.seeker.id}/",
        )
        for one in found
    )
    return Table(_("Households that look for a home"), columns, rows)


def _homes_table(code: str, found: list[Match], *, hold: bool) -> Table:
    columns = (
        Column("home", _("Home")),
        Column("bedrooms", _("Bedrooms"), "number"),
        Column("days", _("Can be let")),
        Column("fits", _("Does it fit?")),
        *((Column("do", _("Next step")),) if hold else ()),
    )
    rows = tuple(
        Row(
            (
                one.line.address,
                one.line.home.bedrooms,
                days(one.line),
                against(one),
                *((_hold_link(code, one) if one.match.fits else "",) if hold else ()),
            ),
            href=f"/homes/{code}/{one.line.id}/",
        )
        for one in found
    )
    return Table(_("The homes, those that fit first"), columns, rows)


def _hold_link(code: str, one: Match) -> str:
    return format_html(
        '<a class="ds-link" href="/homes/{}/{}/hold/?household={}">{}</a>',
        code, one.line.id, one.seeker.id, _("Give it this home"),
    )  # fmt: skip
