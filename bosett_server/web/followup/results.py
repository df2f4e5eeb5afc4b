"""From ready to five years on: waits and deadlines, moves, each municipality beside the alike, programme and work."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.registry import Registry
from bosett.statistics.measures import MEASURES
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.followup_moves import CURVE_DAYS, HALF_YEARS, moves_overview
from bosett_server.queries.followup_places import YEAR_DAYS, YEARS
from bosett_server.queries.followup_results import SIX, Area, waiting_overview
from bosett_server.queries.followup_retention import retention, retention_of
from bosett_server.queries.followup_work import WorkResult, work_overview
from bosett_server.web.followup.results_curves import curve_chart, percent, spans
from bosett_server.web.followup.results_shown import (
    ageing_table,
    alike_words,
    beside_words,
    deadline_table,
    place_table,
    published_chart,
    published_table,
    waiting_chart,
    waiting_table,
    work_table,
)
from bosett_server.web.look.charts.frame import Caption
from bosett_server.web.look.language import reading_language
from bosett_server.web.look.sources import publisher_words
from bosett_server.web.look.tables import Table
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file


@require_GET
@page(Permission.RESULTS_VIEW)
def overview(request: Request) -> HttpResponse:
    """How long it takes from ready to settled, who waits now, and whether deadlines are kept."""
    it = waiting_overview(request.actor)
    whole = it.groups[0]
    context = {
        "it": it,
        "area": _area(it.area),
        "median": whole.told.median_days,
        "waiting": whole.waiting,
        "six": _within(whole.told.within.get(SIX)),
        "chart": waiting_chart(it.groups, _register(), modelled=it.synthetic),
        "table": waiting_table(it.groups),
        "ageing": ageing_table(it.groups),
        "deadlines": deadline_table([one for one in (it.answers, it.under15) if one is not None]),
        "own": it.to_settled,
        "own_six": _within(it.to_settled.within.get(SIX)) if it.to_settled else None,
    }
    return render(request, "followup/results/overview.html", context)


@require_GET
@page(Permission.RESULTS_VIEW)
def moves(request: Request) -> HttpResponse:
    """The published secondary moves, and our own register's."""
    it = moves_overview(request.actor)
    curves = [(_("The country"), it.country.shown)]
    if it.own is not None:
        curves.insert(0, (_("Here"), it.own.shown))
    context = {
        "it": it,
        "area": _area(it.area),
        "published": published_chart(it.published, publisher_words(it.source)),
        "table": published_table(it.published) if it.published else None,
        "county": Registry.shipped().county(it.county).name if it.county else "",
        "own": curve_chart(
            curves, CURVE_DAYS, _half_years(), _moved_caption(modelled=it.synthetic), _("Months")
        ),
        "spans": spans(curves, CURVE_DAYS, months=6),
    }
    return render(request, "followup/results/moves.html", context)


@require_GET
@page(Permission.RESULTS_VIEW)
def places(request: Request) -> HttpResponse:
    """Each municipality in sight by name, beside what its mix of households leads one to expect."""
    it = retention(request.actor)
    rows = it.rows
    kind = request.GET.get("as", "")
    if kind:
        columns = ("municipality", "name", "kostra_group", "settled", "moved_on", "expected", "low", "high")
        listed = [
            (
                one.code, one.name, one.kostra, one.settled, one.moved,
                *((round(one.beside.expected, 2), round(one.beside.low, 3), round(one.beside.high, 3))
                  if one.beside else (None, None, None)),
            )
            for one in rows
        ]  # fmt: skip
        return table_file("moved-on", kind, columns, listed, {})
    county = request.GET.get("county", "")
    shown = [one for one in rows if not county or one.county == county]
    counties = sorted({one.county for one in rows})
    registry = Registry.shipped()
    context = {
        "it": it,
        "table": place_table(shown),
        "counties": [(code, registry.county(code).name, code == county) for code in counties],
    }
    return render(request, "followup/results/places.html", context)


@require_GET
@page(Permission.RESULTS_VIEW)
def place(request: Request, code: str) -> HttpResponse:
    """One municipality's curve beside the others of its KOSTRA group and the country."""
    it = retention_of(request.actor, code)
    curves = [(_("Here"), it.own.shown)]
    if it.alike is not None:
        curves.append((_("KOSTRA group"), it.alike.shown))
    context = {
        "it": it,
        "chart": curve_chart(
            curves,
            YEAR_DAYS,
            [str(year) for year in YEARS],
            _moved_caption(modelled=it.synthetic, months=False),
            _("Years"),
        ),
        "spans": spans(curves, YEAR_DAYS, months=12),
        "alike": alike_words(it.alike_count, it.row.kostra),
        "beside": beside_words(it.row),
    }
    return render(request, "followup/results/place.html", context)


@require_GET
@page(Permission.RESULTS_VIEW)
def work(request: Request) -> HttpResponse:
    """Introduction programme and work, where a body has loaded its figures; otherwise what is missing, by name."""
    it = work_overview(request.actor)
    told = reading_language()
    context = {
        "it": it,
        "area": _area(it.area),
        "tables": [_work(one, told) for one in it.results if one.years],
        "missing": [(name, MEASURES[name].name.in_language(told)) for name in it.missing],
        "may_import": request.actor.may(Permission.FIGURES_IMPORT),
    }
    return render(request, "followup/results/work.html", context)


def _work(one: WorkResult, told: str) -> tuple[Table, str, str, str]:
    """Table, what all are, what the part is, and who publishes it."""
    part, whole = MEASURES[one.measure], MEASURES[one.of]
    table = work_table(one, part.name.in_language(told))
    return table, whole.definition.in_language(told), part.definition.in_language(told), one.publisher


def _area(area: Area) -> str:
    return area.name or _("The whole country")


def _register() -> str:
    return _("Bosett's own register, households with a protected address left out")


def _within(told: tuple[float, float | None, float | None] | None) -> int | None:
    return None if told is None else percent(told[0])


def _half_years() -> list[str]:
    return [str(months) for months in HALF_YEARS]


def _moved_caption(*, modelled: bool, months: bool = True) -> Caption:
    by_months = _(
        "Per cent who have moved, by months since settled; the shaded part is the 95 per cent interval"
    )
    by_years = _(
        "Per cent who have moved, by years since settled; the shaded part is the 95 per cent interval"
    )
    finding = _("How many move on to another municipality")
    return Caption("moved-on", finding, by_months if months else by_years, _register(), modelled)
