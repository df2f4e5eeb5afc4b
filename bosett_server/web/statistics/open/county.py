"""One county through the years: its sum, each of its municipalities as a little drawing, and a table."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.registry import Registry
from bosett.registry.municipality import County, Municipality
from bosett.statistics.ratios import Ratio, of_sums
from bosett.terms.errors import BadInput
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.charts import LineChart, Multiples, Small
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.statistics.open import cells, history
from bosett_server.web.statistics.open.frame import (
    FileRows,
    Leaf,
    as_file,
    asked_year,
    files,
    leaf,
    shown,
    wanted_file,
)


@require_GET
@page(Permission.STATISTICS_VIEW)
def county(request: Request, code: str) -> HttpResponse:
    """A county of today: sums of what is shown, and its municipalities in a year."""
    try:
        told = Registry.shipped().county(code)
    except BadInput:
        raise Http404 from None
    here = leaf(request, "")
    years = history.span({one: here.figures.counties(one).get(code, {}) for one in history.STEPS})
    year = asked_year(here.query, here.figures.years("settled"))
    places = sorted(Registry.shipped().in_county(code), key=lambda one: one.sort_key)
    if kind := wanted_file(here):
        return as_file(here, f"county-{code}", kind, *_file(here.figures, places))
    context: dict[str, object] = {"county": told, "year": year, "years": here.figures.years("settled")}
    if years:
        context |= {
            "lines": _lines(here, told, years),
            "table": history.steps_table(
                _("%(county)s, year by year") % {"county": told.name}, years,
                lambda measure, one: cells.sum_cell(here.figures.counties(measure).get(code, {}).get(one)),
                history.ratio_columns(
                    lambda upper, lower, per, one: _ratio(here.figures, code, (upper, lower), one, per)
                ),
            ),
            "multiples": _municipalities(here, told, places),
            "listed": _listed(here, places, year or years[-1]),
            "files": files(here.query),
        }  # fmt: skip
    return shown(request, here, "county.html", context)


def _ratio(figures: PublicFigures, code: str, measures: tuple[str, str], year: int, per: int) -> Ratio:
    upper, lower = (figures.counties(one).get(code, {}).get(year) for one in measures)
    return of_sums(upper, lower, per)


def _lines(here: Leaf, told: County, years: list[int]) -> LineChart:
    settled = here.figures.counties("settled").get(told.code, {})
    most = history.highest(years, lambda year: cells.figure_of_sum(settled.get(year)))
    named = {"county": told.name}
    finding = (
        _("%(county)s settled most in %(year)s: %(persons)s")
        % {**named, "year": most[0], "persons": number(most[1])}
        if most
        else _("Asked, voted and settled in %(county)s") % named
    )
    measure = _(
        "Persons a year, added from the municipalities on the borders of 2024; what is hidden is not in the sum"
    )
    return history.lines(
        history.captioned("county-lines", finding, measure, downloads=files(here.query)), years,
        lambda one, year: cells.figure_of_sum(here.figures.counties(one).get(told.code, {}).get(year)),
    )  # fmt: skip


def _municipalities(here: Leaf, told: County, places: list[Municipality]) -> Multiples:
    settled = here.figures.municipal("settled")
    years = history.span({str(one.code): settled.get(one.code, {}) for one in places})
    drawn = tuple(
        Small(
            one.name,
            tuple(cells.figure_of(settled.get(one.code, {}).get(year)) for year in years),
            here.address("statistics-municipality", one.code),
        )
        for one in places
    )
    finding = _("Every municipality in %(county)s, each at its own height") % {"county": told.name}
    measure = _("Persons settled a year; hatched where no number is shown")
    caption = history.captioned("municipalities", finding, measure, downloads=files(here.query))
    return Multiples(
        caption,
        tuple(str(year) for year in years),
        drawn,
        pgettext("open figures", "Municipality"),
        own_scale=True,
    )


def _listed(here: Leaf, places: list[Municipality], year: int) -> Table:
    columns = (
        Column("name", pgettext("open figures", "Municipality")),
        *(Column(one, cells.measure_name(one), "number") for one in history.STEPS),
    )
    tables = {one: here.figures.municipal(one) for one in history.STEPS}
    rows = tuple(
        Row(
            (one.name, *(cells.place_cell(here.figures, held.get(one.code, {}).get(year)) for held in tables.values())),
            href=here.address("statistics-municipality", one.code),
        )
        for one in places
    )  # fmt: skip
    return Table(_("The municipalities in %(year)s") % {"year": year}, columns, rows)


def _file(figures: PublicFigures, places: list[Municipality]) -> FileRows:
    columns = (
        "municipality_id",
        "name",
        "year",
        "measure",
        "persons",
        "state",
        "published_as",
        "divided_since",
    )
    rows: list[tuple[Cell, ...]] = []
    for one in places:
        for measure in history.STEPS:
            for year, cell in sorted(figures.municipal(measure).get(one.code, {}).items()):
                codes = " ".join(part.place for part in cell.parts)
                rows.append(
                    (one.code, one.name, year, measure, cell.value, cell.state.value, codes, cell.split)
                )
    return columns, rows
