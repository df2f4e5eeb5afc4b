"""One municipality through the years and its reforms: what was published, under which code, from where."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.registry import Registry
from bosett.registry.municipality import CodeChange, Municipality
from bosett.statistics.ratios import ratio
from bosett.terms.errors import BadInput
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.charts import LineChart
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Table
from bosett_server.web.page import page
from bosett_server.web.statistics.open import cells, history
from bosett_server.web.statistics.open.frame import FileRows, Leaf, as_file, files, leaf, shown, wanted_file
from bosett_server.web.statistics.open.indicators import Indicator, latest


@dataclass(frozen=True)
class Reform:
    """What happened to codes and names on one day."""

    day: object
    before: tuple[str, ...]
    after: tuple[str, ...]
    divided: bool


@require_GET
@page(Permission.STATISTICS_VIEW)
def municipality(request: Request, code: str) -> HttpResponse:
    """A municipality of today with its whole history."""
    try:
        told = Registry.shipped().municipality(code)
    except BadInput:
        raise Http404 from None
    here = leaf(request, "")
    held = {one: here.figures.municipal(one).get(code, {}) for one in history.STEPS}
    years = history.span(held)
    if kind := wanted_file(here):
        return as_file(here, f"municipality-{code}", kind, *_file(here.figures, told))
    context: dict[str, object] = {
        "it": told, "county": Registry.shipped().county(told.county_code), "reforms": reforms(code),
        "indicators": latest(here.figures, code) if years else [],
    }  # fmt: skip
    if years:
        context |= {
            "lines": _lines(here, told, years),
            "table": _table(here.figures, told, years),
            "files": files(here.query),
        }
    return shown(request, here, "municipality.html", context)


def reforms(code: str) -> list[Reform]:
    """Every change of code or name since 2011 that led to the municipality, newest first."""
    codes, found = {code}, list[CodeChange]()
    changes = Registry.shipped().history.changes
    for change in reversed(changes):
        if change.new.code in codes:
            found.append(change)
            codes.add(change.old.code)
    told = []
    for day in sorted({one.day for one in found}, reverse=True):
        here = [one for one in found if one.day == day]
        old = {one.old.code for one in here}
        new = {one.new.code: one.new.name for one in changes if one.day == day and one.old.code in old}
        before = tuple(f"{one.old.name} ({one.old.code})" for one in here)
        after = tuple(f"{name} ({new_code})" for new_code, name in sorted(new.items()))
        told.append(Reform(day, tuple(dict.fromkeys(before)), after, len(new) > 1))
    return told


def _lines(here: Leaf, told: Municipality, years: list[int]) -> LineChart:
    settled = here.figures.municipal("settled").get(told.code, {})
    most = history.highest(years, lambda year: cells.figure_of(settled.get(year)))
    named = {"place": told.name}
    finding = (
        _("%(place)s settled most in %(year)s: %(persons)s")
        % {**named, "year": most[0], "persons": number(most[1])}
        if most
        else _("Asked, voted and settled in %(place)s") % named
    )
    measure = _("Persons a year on the borders of 2024; a line is broken where no number is shown")
    return history.lines(
        history.captioned("place-lines", finding, measure, downloads=files(here.query)), years,
        lambda one, year: cells.figure_of(here.figures.municipal(one).get(told.code, {}).get(year)),
    )  # fmt: skip


def _table(figures: PublicFigures, told: Municipality, years: list[int]) -> Table:
    held = {one: figures.municipal(one).get(told.code, {}) for one in (*history.STEPS, "population")}
    return history.steps_table(
        _("%(place)s, year by year") % {"place": told.name},
        years,
        lambda measure, year: cells.place_cell(figures, held[measure].get(year)),
        {
            **history.ratio_columns(
                lambda upper, lower, per, year: ratio(held[upper].get(year), held[lower].get(year), per)
            ),
        },
        {
            _("Asked, as published then"): lambda year: cells.parts_cell(figures, held["asked"].get(year)),
            _("Settled, as published then"): lambda year: cells.parts_cell(
                figures, held["settled"].get(year)
            ),
        },
    )


def _file(figures: PublicFigures, told: Municipality) -> FileRows:
    columns = (
        "municipality_id",
        "name",
        "year",
        "measure",
        "persons",
        "state",
        "published_as",
        "missing",
        "divided_since",
    )
    rows: list[tuple[Cell, ...]] = []
    for measure in (*history.STEPS, "population"):
        for year, cell in sorted(figures.municipal(measure).get(told.code, {}).items()):
            codes = " ".join(part.place for part in cell.parts)
            rows.append(
                (
                    told.code,
                    told.name,
                    year,
                    measure,
                    cell.value,
                    cell.state.value,
                    codes,
                    " ".join(cell.missing),
                    cell.split,
                )
            )
    return columns, rows


__all__ = ["Indicator", "Reform", "municipality", "reforms"]
