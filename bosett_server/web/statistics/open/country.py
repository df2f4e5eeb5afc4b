"""The whole country through the years, every county as a little drawing, and the funnel as a table."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.registry import Registry
from bosett.statistics.ratios import of_sums, ratio
from bosett.terms.observation import breakdown_of
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.charts import Multiples, Small
from bosett_server.web.look.figures import figure_html
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Table
from bosett_server.web.page import page
from bosett_server.web.statistics.open import agreement_years, cells, funnel, history
from bosett_server.web.statistics.open.agreement_years import COLLECTIVE
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
from bosett_server.web.statistics.open.funnel import national


@require_GET
@page(Permission.STATISTICS_VIEW)
def country(request: Request) -> HttpResponse:
    """Asked, voted and settled in the whole country, and settled in every county."""
    here = leaf(request, "statistics-country")
    years = history.span({one: here.figures.country(one) for one in history.STEPS})
    if kind := wanted_file(here):
        if here.query.get("table") == "counties":
            return as_file(here, "counties", kind, *_county_file(here.figures))
        return as_file(here, "country", kind, *_file(here.figures, years))
    asked = funnel.years_of(here.figures)
    year = asked_year(here.query, asked, usual=funnel.newest_whole(here.figures, asked))
    context: dict[str, object] = {"years": years, "year": year, "funnel_years": asked}
    if years:
        context |= {
            "answers": agreement_years.answers(here.figures),
            "agreement": agreement_years.table(here.figures),
            "funnel": funnel.funnel(here.figures, year, files(here.query)) if year else None,
            "lines": _lines(here, years),
            "multiples": _counties(here),
            "table": _table(here.figures, years),
            "files": files(here.query),
        }
    return shown(request, here, "country.html", context)


def _cell(figures: PublicFigures, measure: str, year: int) -> SafeString:
    stated = figures.stated(measure).get(year)
    total = cells.sum_cell(figures.country(measure).get(year))
    if not stated:
        return total
    links = [cells.linked(figures, row.observation) for row in stated]
    added = figures.country(measure).get(year)
    if added is not None and added.complete and added.value == stated[0].observation.value:
        return links[0]
    return format_html('{}<small class="aside aside--below">{}: {}</small>', links[0], _("added"), total)


def _table(figures: PublicFigures, years: list[int]) -> Table:
    return history.steps_table(
        _("The whole country, year by year"),
        years,
        lambda measure, year: _cell(figures, measure, year),
        {
            _("Of the settled: collective protection"): lambda year: _collective(figures, year),
            **history.ratio_columns(
                lambda upper, lower, per, year: of_sums(
                    figures.country(upper).get(year), figures.country(lower).get(year), per
                )
            ),
            _("Settled of the need as last stated, per cent"): lambda year: _of_need(figures, year),
        },
        {_("Need as stated"): lambda year: _need(figures, year)},
    )


def _need(figures: PublicFigures, year: int) -> SafeString:
    """The first statement and the revised, as far as they are stored."""
    told = [
        cells.linked(figures, row.observation)
        for statement in ("first", "revised")
        for row in figures.stated("need", breakdown_of(statement=statement)).get(year, ())
    ]
    return (
        format_html(" → ".join("{}" for _one in told), *told)
        if told
        else SafeString(figure_html(cells.NOTHING))
    )


def _of_need(figures: PublicFigures, year: int) -> SafeString:
    return cells.ratio_cell(ratio(national(figures, "settled", year), funnel.need(figures, year), 100))


def _collective(figures: PublicFigures, year: int) -> SafeString:
    stated = figures.stated("settled", COLLECTIVE).get(year)
    return cells.linked(figures, stated[0].observation) if stated else figure_html(cells.NOTHING)


def _lines(here: Leaf, years: list[int]) -> object:
    most = history.highest(years, lambda year: national(here.figures, "settled", year))
    finding = (
        _("Most were settled in %(year)s: %(persons)s") % {"year": most[0], "persons": number(most[1])}
        if most
        else _("Asked, voted and settled")
    )
    caption = history.captioned(
        "country-lines",
        finding,
        _(
            "Persons asked for, voted and settled a year. Where no source states a sum, what is shown of the "
            "municipalities is added."
        ),
        downloads=files(here.query),
    )  # fmt: skip
    return history.lines(caption, years, lambda measure, year: national(here.figures, measure, year))


def _counties(here: Leaf) -> Multiples:
    settled = here.figures.counties("settled")
    years = history.span(settled)
    places = tuple(
        Small(
            one.name,
            tuple(cells.figure_of_sum(settled.get(one.code, {}).get(year)) for year in years),
            here.address("statistics-county", one.code),
        )
        for one in sorted(Registry.shipped().counties(), key=lambda one: one.sort_key)
    )
    last = {one.name: one.points[-1].value for one in places if one.points[-1].value is not None}
    finding = _("Settled in every county")
    if last:
        most = max(last, key=lambda name: (last[name] or 0, name))
        told = {"county": most, "persons": number(last[most] or 0), "year": years[-1]}
        finding = _("%(county)s settled most in %(year)s: %(persons)s") % told
    measure = _("Persons settled a year on the borders of 2024; hidden numbers are not in the sum")
    return Multiples(
        history.captioned("counties", finding, measure, downloads=files(here.query, "counties")),
        tuple(str(year) for year in years),
        places,
        pgettext("open figures", "County"),
    )


def _county_file(figures: PublicFigures) -> FileRows:
    columns = ("county_id", "name", "year", "measure", "persons", "municipalities", "without_a_number")
    rows: list[tuple[Cell, ...]] = []
    for one in sorted(Registry.shipped().counties(), key=lambda one: one.code):
        for measure in history.STEPS:
            for year, total in sorted(figures.counties(measure).get(one.code, {}).items()):
                without = sum(total.without.values())
                rows.append((one.code, one.name, year, measure, total.value, total.places, without))
    return columns, rows


def _file(figures: PublicFigures, years: list[int]) -> FileRows:
    columns = (
        "year",
        "measure",
        "persons_stated",
        "source_stated",
        "persons_added",
        "municipalities",
        "without_a_number",
    )
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        rows.append((year, "need", funnel.need(figures, year).value, None, None, 0, 0))
        for measure in (*history.STEPS, "agreed"):
            stated, added = figures.stated(measure).get(year), figures.country(measure).get(year)
            rows.append((
                year, measure, stated[0].observation.value if stated else None,
                figures.source(stated[0]).title if stated else None, added.value if added else None,
                added.places if added else 0, sum(added.without.values()) if added else 0,
            ))  # fmt: skip
    return columns, rows
