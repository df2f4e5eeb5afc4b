"""The map of one measure in one year: hexagons or borders, its table, its picture, and every year for the slider."""

from __future__ import annotations

import json
from collections import OrderedDict

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.registry import Registry
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.figures import Version
from bosett_server.web.look.charts import Caption
from bosett_server.web.look.hexagon_cells import hexagons
from bosett_server.web.look.hexmap import HexMap, HexValue
from bosett_server.web.look.language import current_language
from bosett_server.web.look.map_layout import Layout
from bosett_server.web.look.map_picture import picture
from bosett_server.web.page import page
from bosett_server.web.statistics.open import borders, cells, drawn, history
from bosett_server.web.statistics.open.drawn import Drawn
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

MOST_KEPT = 24
_frames: OrderedDict[tuple[Version, str, str], bytes] = OrderedDict()


@require_GET
@page(Permission.STATISTICS_VIEW)
def the_map(request: Request) -> HttpResponse:
    """Every municipality's number in a year; the slider redraws, the table below is the same."""
    here = leaf(request, "statistics-map")
    told = drawn.asked_measure(here.query, here.figures)
    year = asked_year(here.query, told.years)
    if kind := wanted_file(here):
        return as_file(here, f"map-{told.key}", kind, *_file(told))
    version = borders.loaded(request.actor)
    context: dict[str, object] = {
        "measures": [(key, drawn.name_of(key)) for key in drawn.KEYS], "measure": told.key, "year": year,
        "years": told.years, "borders": version,
    }  # fmt: skip
    if year is not None:
        layout, whose = _layout(request, here, version)
        svg = ("svg", f"/statistics/map/picture/?{here.query.urlencode()}")
        context |= {"map": _map(here, told, year, layout, whose), "files": (*files(here.query), svg)}
        context["geographic"] = layout.geographic
    return shown(request, here, "map.html", context)


@require_GET
@page(Permission.STATISTICS_VIEW)
def frames(request: Request) -> HttpResponse:
    """Every year of the measure as the cells show it; worked out once for each version, measure and language."""
    here = leaf(request, "statistics-map")
    told = drawn.asked_measure(here.query, here.figures)
    key = (here.figures.version, told.key, current_language())
    if key not in _frames:
        years = {str(year): drawn.frame(told, year) for year in told.by_year}
        _frames[key] = json.dumps({"codes": drawn.codes(), "years": years}, ensure_ascii=False).encode()
        while len(_frames) > MOST_KEPT:
            _frames.popitem(last=False)
    return HttpResponse(_frames[key], content_type="application/json")


@require_GET
@page(Permission.STATISTICS_VIEW)
def picture_file(request: Request) -> HttpResponse:
    """The map alone as an SVG file that stands by itself, with title, legend and source."""
    here = leaf(request, "statistics-map")
    told = drawn.asked_measure(here.query, here.figures)
    year = asked_year(here.query, told.years)
    if year is None:
        return HttpResponse(status=404)
    layout, whose = _layout(request, here, borders.loaded(request.actor))
    content = picture(_map(here, told, year, layout, whose))
    response = HttpResponse(content, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="bosett-map-{told.key}-{year}.svg"'
    return response


def _layout(request: Request, here: Leaf, version: int) -> tuple[Layout, str]:
    """Hexagons; borders where they are asked for and loaded, with whose they are."""
    if version and here.query.get("drawn") == "borders":
        return borders.layout(request.actor, version)
    return hexagons(), ""


def _map(here: Leaf, told: Drawn, year: int, layout: Layout, whose: str) -> HexMap:
    registry = Registry.shipped()
    held = told.by_year[year]
    values = tuple(
        HexValue(
            code, registry.municipality(code).official_name, held.get(code, cells.NOTHING),
            here.address("statistics-municipality", code),
        )
        for code in drawn.codes()
    )  # fmt: skip
    source = history.SOURCES if told.key not in ("population", "per", "asked_per") else "IMDi, SSB"
    source = "SSB" if told.key == "population" else source
    if whose:
        source = _("%(source)s; boundaries: %(whose)s") % {"source": source, "whose": whose}
    caption = Caption("map", drawn.finding(told, year), drawn.measure_line(told, year), source)
    return HexMap(
        caption, values, pgettext("open figures", "Municipality"), told.unit, told.bounds, redraws=True,
        layout=layout,
    )  # fmt: skip


def _file(told: Drawn) -> FileRows:
    registry = Registry.shipped()
    rows: list[tuple[Cell, ...]] = []
    for year in sorted(told.by_year):
        for code in drawn.codes():
            figure = told.by_year[year].get(code, cells.NOTHING)
            name = registry.municipality(code).name
            rows.append((code, name, year, told.key, figure.value, figure.state.value))
    return ("municipality_id", "name", "year", "measure", "value", "state"), rows
