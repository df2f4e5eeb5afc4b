"""Pressure on housing and services: the map of all in sight, and the municipality's own two-minute answer."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from bosett.agreement.pressure import SECTORS
from bosett.terms.days import Month
from bosett.terms.figure import Figure, State
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.pressure import answer_pulse
from bosett_server.queries.pressure import (
    PressureOverview,
    months_back,
    months_open,
    own_pulse,
    pressure_overview,
)
from bosett_server.web.look.charts.frame import Caption
from bosett_server.web.look.dates import month_words
from bosett_server.web.look.hexmap import HexMap, HexValue, places
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.pressure.forms import PulseForm
from bosett_server.web.step_form import StepPage, posted, run
from bosett_server.web.table_file import table_file
from bosett_server.words.pressure import SECTORS as NAMES

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
CLASSES = (20, 40, 60, 80, 100)


@require_GET
@page(Permission.PRESSURE_VIEW)
def overview(request: Request) -> HttpResponse:
    """A month's index on the map and as a table with its reach, and each sector month by month."""
    today = clock.today()
    month = _month(request, months_back(today, 1)[0])
    found = pressure_overview(request.actor, month)
    if request.GET.get("as"):
        return _file(found, request.GET["as"])
    own = [code for code in request.actor.municipalities if code in found.names]
    context = {
        "it": found,
        "month": _named(found.month),
        "months": [(f"{one:%Y-%m}", _named(one), one == found.month) for one in months_back(today, 12)][::-1],
        "map": _map(found) if not own else None,
        "table": _table(found),
        "sectors": _sectors(found),
        "own": [(code, found.names[code]) for code in own],
        "open_months": [(f"{one:%Y-%m}", _named(one)) for one in months_open(today)],
        "may_answer": request.actor.may(Permission.PULSE_ANSWER),
        "all": len(found.names),
    }
    return render(request, "pressure/overview.html", context)


@require_http_methods(["GET", "POST"])
@page(Permission.PULSE_ANSWER)
def pulse(request: Request, code: str) -> HttpResponse:
    """The municipality's own answer for a month that is open."""
    month = _month(request, months_back(clock.today(), 1)[0])
    told = own_pulse(request.actor, code, month)
    form = PulseForm(posted(request), told=told)
    step = StepPage(
        title=_("Pressure in %(name)s, %(month)s") % {"name": told.name, "month": _named(month)},
        lead=_("Eight questions. Leave out what you cannot say anything about; it is shown as not answered."),
        button=_("Send the answer"),
        back="/pressure/",
        crumbs=(_("Pressure on housing and services"), "/pressure/"),
        template="pressure/pulse.html",
        context={"told": told},
    )

    def act() -> object:
        return answer_pulse(
            request.actor, municipality=code, month=month, answers=form.answers(),
            version=form.cleaned_data["version"],
        )  # fmt: skip

    return run(request, form, step, act, lambda: (_("Thank you. The answer is stored."), "/pressure/"))


def _month(request: Request, otherwise: date) -> date:
    """The month in the address, not after today's."""
    text = request.GET.get("month", "")
    if not MONTH.fullmatch(text):
        return otherwise
    return min(date.fromisoformat(f"{text}-01"), otherwise)


def _named(month: date) -> str:
    return month_words(Month(month.year, month.month))


def _percent(value: float) -> Figure:
    return Figure.missing(State.UNKNOWN) if np.isnan(value) else Figure.of(round(100 * value))


def _map(found: PressureOverview) -> HexMap:
    pressed = int(np.sum(found.told.index[:, -1] > 0.6))
    caption = Caption(
        "pressure-map",
        ngettext(
            "%(count)s municipality is hard pressed", "%(count)s municipalities are hard pressed", pressed
        ) % {"count": number(pressed)},
        _("Index from 0 (no pressure) to 100 (nothing more can be taken), %(month)s")
        % {"month": _named(found.month)},
        _("The municipalities' own answers"),
        modelled=found.modelled,
    )  # fmt: skip
    values = tuple(
        HexValue(code, name, _percent(value))
        for (code, name), value in zip(found.names.items(), found.told.index[:, -1], strict=True)
        if code in places()
    )
    return HexMap(caption, values, _("Municipality"), _("Index"), CLASSES)


def _table(found: PressureOverview) -> Table:
    columns = (
        Column("name", _("Municipality")),
        Column("index", _("Index"), "number"),
        Column("reach", _("At least and at most")),
        Column("known", _("Sectors answered"), "number"),
    )
    told = found.told
    order = np.argsort(-np.nan_to_num(told.index[:, -1], nan=-1), kind="stable")
    names = list(found.names.items())
    rows = tuple(
        Row(
            (
                names[at][1], _percent(told.index[at, -1]), _reach(found, int(at)), int(told.known[at, -1]),
            ),
            href=f"/municipalities/{names[at][0]}/",
        )
        for at in order
        if told.known[at, -1]
    )  # fmt: skip
    return Table(_("The municipalities that have answered"), columns, rows)


def _reach(found: PressureOverview, at: int) -> str:
    low, high = found.told.low[at, -1], found.told.high[at, -1]
    return f"{round(100 * low)}\u2013{round(100 * high)}"


def _sectors(found: PressureOverview) -> Table:
    """The mean of those who have answered, sector by sector, in the last twelve months."""
    months = found.told.months[-12:]
    columns = (Column("sector", _("Sector")), *(
        Column(f"m{at}", f"{one:%m.%y}", "number") for at, one in enumerate(months)
    ))  # fmt: skip
    values = found.told.sectors[:, -12:, :]
    counted = (~np.isnan(values)).sum(axis=0)
    mean = np.divide(
        np.nansum(values, axis=0), counted, out=np.full(counted.shape, np.nan), where=counted > 0
    )
    rows = tuple(
        Row((str(NAMES[sector]), *(_percent(mean[at, number_]) for at in range(len(months)))))
        for number_, sector in enumerate(SECTORS)
    )
    return Table(_("Mean of those who have answered, sector by sector"), columns, rows)


def _file(found: PressureOverview, kind: str) -> HttpResponse:
    columns = ("municipality", "name", "month", "index", "low", "high", "sectors_known", *SECTORS)
    told = found.told
    rows = [
        (
            code, name, month, _exact(told.index[at, m]), _exact(told.low[at, m]), _exact(told.high[at, m]),
            int(told.known[at, m]), *(_exact(value) for value in told.sectors[at, m]),
        )
        for at, (code, name) in enumerate(found.names.items())
        for m, month in enumerate(told.months)
    ]  # fmt: skip
    return table_file("pressure", kind, columns, rows, {"modelled": found.modelled})


def _exact(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
