"""Where a figure is from, and everything as data."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.registry import Registry
from bosett.statistics.breakdown_words import unit_name
from bosett.statistics.catalogue import json_ld, turtle
from bosett.statistics.measures import MEASURES
from bosett.statistics.public import SHAPES, cell_of, is_counted
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.figures import FigureVersion, figure_versions
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.page import page
from bosett_server.web.statistics.open import cells, dumps
from bosett_server.web.statistics.open.frame import leaf, shown
from bosett_server.words.data_sets import title_of

TURTLE, JSON_LD = "text/turtle; charset=utf-8", "application/ld+json"


@require_GET
@page(Permission.STATISTICS_VIEW)
def figure(request: Request, number: int) -> HttpResponse:
    """One published figure: definition, source, import, and every version that may be shown."""
    here = leaf(request, "")
    row = here.figures.by_id.get(number)
    if row is None:
        raise Http404
    one = row.observation
    context = {
        "it": one, "measure": MEASURES[one.measure_id], "name": cells.measure_name(one.measure_id),
        "definition": cells.said(MEASURES[one.measure_id].definition),
        "value": _told(one),
        "place": place_name(one.place), "source": here.figures.source(row), "hidden": one.state is State.SUPPRESSED,
        "versions": _versions(request, here.figures, number), "municipality": row.municipality,
        "breakdown": cells.breakdown_words(one.breakdown), "unit": cells.said(unit_name(one.unit)),
    }  # fmt: skip
    return shown(request, here, "figure.html", context)


def place_name(code: str) -> str:
    """The place in words: nothing for the country, a county, or the municipality's name of the time."""
    registry = Registry.shipped()
    if code == COUNTRY:
        return ""
    try:
        return registry.county(code).name if len(code) == 2 else registry.municipality(code).name
    except BadInput:
        names = {
            str(one.code): one.name for change in registry.history.changes for one in (change.old, change.new)
        }
        return names.get(code, code)


def place_words(code: str) -> str:
    """A place by name with its code; nothing for none."""
    if code == COUNTRY:
        return _("The whole country")
    name = place_name(code) if code else ""
    return f"{name} ({code})" if name and name != code else code


def _decimals(one: Observation) -> int:
    return 0 if one.value is None or one.value == int(one.value) else 1


def _versions(
    request: Request, figures: PublicFigures, number: int
) -> list[tuple[SafeString, FigureVersion]]:
    """The versions; where the figure is hidden, or one was small, what they held is not told."""
    found = figure_versions(request.actor, number)
    if any(_must_hide(figures, one.row.observation) for one in found):
        return []
    return [(_told(one.row.observation), one) for one in found]


def _told(one: Observation) -> SafeString:
    return cells.number_or_sign(one.value, one.state, _decimals(one))


def _must_hide(figures: PublicFigures, one: Observation) -> bool:
    small = one.value is not None and is_counted(one.measure_id) and 0 < one.value < 5
    return small or one.state is State.SUPPRESSED or cell_of(one) in figures.hidden


@require_GET
@page(Permission.STATISTICS_VIEW)
def data(request: Request) -> HttpResponse:
    """Every data set with its files and digests, the API, and what is kept back."""
    here = leaf(request, "statistics-data")
    held = dumps.data_sets(here.figures)
    home = settings.BOSETT_ADDRESS
    context = {
        "data_sets": [
            (
                cells.said(title_of(one.ident)), one.ident, len(one.rows),
                [dumps.dump(here.figures, one, kind, home) for kind in dumps.KINDS],
            )
            for one in held
        ],
        "kept_back": [cells.measure_name(one) for one in MEASURES if MEASURES[one].protected and one in KEPT_BACK],
        "shapes": SHAPES,
    }  # fmt: skip
    return shown(request, here, "data.html", context)


KEPT_BACK = ("settled", "refugees_resident", "applications", "decisions", "refugee_population")
"""Measures of which finer tables are stored and not shown."""


@require_GET
@page(Permission.STATISTICS_VIEW)
def catalogue(request: Request, kind: str = "") -> HttpResponse:
    """The catalogue after DCAT-AP-NO: JSON-LD, or Turtle when that is asked for."""
    figures = leaf(request, "statistics-data").figures
    if not figures.step:
        raise Http404
    told = dumps.catalogue(figures, settings.BOSETT_ADDRESS)
    if kind == "ttl" or (not kind and "text/turtle" in request.headers.get("Accept", "")):
        return HttpResponse(turtle(told), content_type=TURTLE)
    return HttpResponse(json.dumps(json_ld(told), ensure_ascii=False, indent=1), content_type=JSON_LD)


@require_GET
@page(Permission.STATISTICS_VIEW)
def dump(request: Request, name: str, kind: str) -> HttpResponse:
    """A data set as a file; the digest stands in its header and in the catalogue."""
    figures = leaf(request, "statistics-data").figures
    held = next((one for one in dumps.data_sets(figures) if one.ident == name), None)
    if held is None or kind not in dumps.KINDS:
        raise Http404
    content = dumps.content(figures, held, kind)
    response = HttpResponse(
        content, content_type="text/csv; charset=utf-8" if kind == "csv" else "application/vnd.apache.parquet"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="bosett-{name}.{kind}"'
    response.headers["X-Content-SHA256"] = dumps.dump(figures, held, kind, "").sha256
    return response
