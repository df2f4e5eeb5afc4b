"""The map of one measure in one year: hexagons, a table, a picture, and every year's frame for the slider."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.registry import Registry
from bosett.terms.figure import Figure
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.charts import Caption
from bosett_server.web.look.figures import SIGNS, figure_text
from bosett_server.web.look.hexmap import HexMap, HexValue, class_bounds
from bosett_server.web.look.map_picture import picture
from bosett_server.web.look.numbers import number
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

DRAWN = ("settled", "voted", "asked", "population")
WHOLE: dict[str, str | Promise] = {"per": gettext_lazy("Settled by 10 000 inhabitants")}
PER = 10_000
ByYear = Mapping[int, Mapping[str, Figure]]
MOST_KEPT = 15
_kept: OrderedDict[tuple[int, str], tuple[ByYear, tuple[int, ...]]] = OrderedDict()


@dataclass(frozen=True)
class Drawn:
    """One measure on the map: year -> code -> figure, and class bounds that hold for all years."""

    key: str
    name: str
    unit: str
    by_year: ByYear
    bounds: tuple[int, ...]

    @property
    def years(self) -> list[int]:
        """Years that can be drawn, newest first."""
        return sorted(self.by_year, reverse=True)


@require_GET
@page(Permission.STATISTICS_VIEW)
def the_map(request: Request) -> HttpResponse:
    """Every municipality's number in a year; the slider redraws, the table below is the same."""
    here = leaf(request, "statistics-map")
    drawn = asked_measure(here)
    year = asked_year(here.query, drawn.years)
    kind = wanted_file(here)
    if kind:
        return as_file(here, f"map-{drawn.key}", kind, *_file(drawn))
    context: dict[str, object] = {
        "measures": [(key, measure_name(key)) for key in (*DRAWN, *WHOLE)], "measure": drawn.key, "year": year,
        "years": drawn.years,
    }  # fmt: skip
    if year is not None:
        svg = ("svg", f"/statistics/map/picture/?{here.query.urlencode()}")
        context |= {"map": _map(here, drawn, year), "files": (*files(here.query), svg)}
    return shown(request, here, "map.html", context)


@require_GET
@page(Permission.STATISTICS_VIEW)
def frames(request: Request) -> HttpResponse:
    """Every year of the measure as the cells show it: class, text and sign in order of code."""
    drawn = asked_measure(leaf(request, "statistics-map"))
    codes = _codes()
    told = {
        str(year): {
            "finding": _finding(drawn, year),
            "measure": _measure_line(drawn, year),
            "cells": [_frame(drawn, held.get(code, cells.NOTHING)) for code in codes],
        }
        for year, held in drawn.by_year.items()
    }
    return JsonResponse({"codes": codes, "years": told})


@require_GET
@page(Permission.STATISTICS_VIEW)
def picture_file(request: Request) -> HttpResponse:
    """The map alone as an SVG file that stands by itself, with title, legend and source."""
    here = leaf(request, "statistics-map")
    drawn = asked_measure(here)
    year = asked_year(here.query, drawn.years)
    if year is None:
        return HttpResponse(status=404)
    response = HttpResponse(picture(_map(here, drawn, year)), content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="bosett-map-{drawn.key}-{year}.svg"'
    return response


def measure_name(key: str) -> str:
    """What can be chosen."""
    return str(WHOLE[key]) if key in WHOLE else cells.measure_name(key)


def asked_measure(here: Leaf) -> Drawn:
    """The measure in the address, else the settled."""
    key = here.query.get("measure", "settled")
    key = key if key in (*DRAWN, *WHOLE) else "settled"
    by_year, bounds = _drawn(here.figures, key)
    unit = _("Persons by 10 000 inhabitants") if key == "per" else _("Persons")
    return Drawn(key, measure_name(key), unit, by_year, bounds)


def _drawn(figures: PublicFigures, key: str) -> tuple[ByYear, tuple[int, ...]]:
    """The measure's figures and class bounds, worked out once for each version of the figures."""
    held = _kept.get((figures.version, key))
    if held is None:
        by_year = _per_inhabitants(figures) if key == "per" else _plain(figures, key)
        every = [one.value for year in by_year.values() for one in year.values() if one.value is not None]
        held = _kept[figures.version, key] = (by_year, tuple(class_bounds(every)))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return held


def _plain(figures: PublicFigures, measure: str) -> dict[int, dict[str, Figure]]:
    found: dict[int, dict[str, Figure]] = {}
    for code, held in figures.municipal(measure).items():
        for year, cell in held.items():
            found.setdefault(year, {})[code] = cells.figure_of(cell)
    return found


def _per_inhabitants(figures: PublicFigures) -> dict[int, dict[str, Figure]]:
    """Settled in the year by 10 000 inhabitants on 1 January; known where both are shown."""
    people = _plain(figures, "population")
    found: dict[int, dict[str, Figure]] = {}
    for year, held in _plain(figures, "settled").items():
        for code, figure in held.items():
            here = people.get(year, {}).get(code, cells.NOTHING)
            if figure.value is not None and here.value:
                figure = Figure.of(round(figure.value * PER / here.value))
            elif figure.value is not None:
                figure = Figure.missing(here.state)
            found.setdefault(year, {})[code] = figure
    return found


def _codes() -> list[str]:
    return [str(one.code) for one in sorted(Registry.shipped().all_municipalities, key=lambda one: one.code)]


def _map(here: Leaf, drawn: Drawn, year: int) -> HexMap:
    registry = Registry.shipped()
    held = drawn.by_year[year]
    values = tuple(
        HexValue(
            code, registry.municipality(code).official_name, held.get(code, cells.NOTHING),
            here.address("statistics-municipality", code),
        )
        for code in _codes()
    )  # fmt: skip
    caption = Caption(
        "map",
        _finding(drawn, year),
        _measure_line(drawn, year),
        history.SOURCES if drawn.key != "population" else "SSB",
    )
    return HexMap(
        caption, values, pgettext("open figures", "Municipality"), drawn.unit, drawn.bounds, redraws=True
    )


def _finding(drawn: Drawn, year: int) -> str:
    held = {code: figure.value for code, figure in drawn.by_year[year].items() if figure.value is not None}
    if not held:
        return _("No number is shown for %(year)s") % {"year": year}
    most = max(held, key=lambda code: (held[code], code))
    told = {
        "year": year,
        "name": Registry.shipped().municipality(most).name,
        "number": number(held[most]),
        "count": number(sum(1 for value in held.values() if value > 0)),
        "all": number(357),
    }
    return (
        _(
            "%(year)s: %(count)s of %(all)s municipalities are above zero; %(name)s has the highest, %(number)s"
        )
        % told
    )


def _measure_line(drawn: Drawn, year: int) -> str:
    return _("%(measure)s in %(year)s. The classes hold for every year.") % {
        "measure": drawn.name,
        "year": year,
    }


def _frame(drawn: Drawn, figure: Figure) -> list[object]:
    if figure.value is not None:
        return [bisect_left(drawn.bounds, figure.value) + 1, figure_text(figure), "", ""]
    return [0, figure_text(figure), SIGNS[figure.state].sign, figure.state.value]


def _file(drawn: Drawn) -> FileRows:
    registry = Registry.shipped()
    rows: list[tuple[Cell, ...]] = []
    for year in sorted(drawn.by_year):
        for code in _codes():
            figure = drawn.by_year[year].get(code, cells.NOTHING)
            rows.append(
                (code, registry.municipality(code).name, year, drawn.key, figure.value, figure.state.value)
            )
    return ("municipality_id", "name", "year", "measure", "value", "state"), rows
