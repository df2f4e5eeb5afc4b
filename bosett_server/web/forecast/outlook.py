"""Four years ahead with their honest width, and when a changed need calls for a new division."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.forecast.ledger import Lead
from bosett.forecast.quantiles import COLUMNS
from bosett.terms.figure import Figure, State
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.forecast_ledger import Outlook, ledger, outlook
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file

SHOWN = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


@require_GET
@page(Permission.SITUATION_VIEW)
def overview(request: Request) -> HttpResponse:
    """The need of four years as a fan, beside what forecasts made the year before have missed by."""
    found = outlook(request.actor, clock.today())
    if request.GET.get("as"):
        lines = [[one.year, *one.quantiles] for one in found.years]
        return table_file("need-outlook", request.GET["as"], ("year", *COLUMNS), lines)
    lessons = ledger(request.actor).scores.by_lead.get(Lead.YEAR_BEFORE)
    factor = lessons.typical_factor if lessons else None
    context = {
        "found": found,
        "chart": _chart(found) if found.years else None,
        "rows": [
            (one.year, one.at(0.10), one.at(0.90), [one.at(level) for level in SHOWN]) for one in found.years
        ],
        "levels": [f"P{round(100 * level):02d}" for level in SHOWN],
        "factor": number(factor, 1) if factor else "",
        "points": lessons.points if lessons else 0,
        "last": found.years[-1] if found.years else None,
        "low_last": found.years[-1].at(0.10) if found.years else None,
        "high_last": found.years[-1].at(0.90) if found.years else None,
        "may_set": request.actor.may(Permission.NEED_SET),
    }
    return render(request, "forecast/outlook.html", context)


def _band(found: Outlook, year: int) -> tuple[int, int] | None:
    """The band of a year ahead; behind there is none."""
    ahead = next((one for one in found.years if one.year == year), None)
    return None if ahead is None else (ahead.at(0.10), ahead.at(0.90))


def _chart(found: Outlook) -> LineChart:
    """Settled in the years behind, the need ahead with a band of 8 in 10."""
    before = sorted(found.past)[-6:]
    ahead = [one.year for one in found.years]
    times = tuple(str(year) for year in range(before[0], ahead[-1] + 1))
    unknown = Figure.missing(State.UNKNOWN)
    past = tuple(Figure.of(found.past[int(t)]) if int(t) in found.past else unknown for t in times)
    by_year = {one.year: one for one in found.years}
    need = tuple(Figure.of(by_year[int(t)].at(0.50)) if int(t) in by_year else unknown for t in times)
    band = tuple(_band(found, int(t)) for t in times)
    caption = Caption(
        "need-outlook",
        _("The need of %(year)s lies between %(low)s and %(high)s in 8 of 10 cases")
        % {"year": ahead[-1], "low": number(by_year[ahead[-1]].at(0.10)), "high": number(by_year[ahead[-1]].at(0.90))},
        _("Persons a year: settled, or the need where that is unknown; ahead the need, with a band for 8 of 10 cases"),
        _("IMDi and Nasjonalt utvalg; the band is Bosett's, from how the years have changed since 2016"),
        modelled=True,
    )  # fmt: skip
    series = (Series(_("Years behind"), past), Series(_("Need"), need, modelled=True, band=band))
    return LineChart(caption, times, series, _("Year"))
