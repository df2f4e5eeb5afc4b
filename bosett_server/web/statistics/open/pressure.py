"""Pressure on housing and services: every indicator there is for a county's municipalities, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.registry import Registry
from bosett.registry.municipality import Municipality
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.figures import figure_html
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.statistics.open import cells
from bosett_server.web.statistics.open.frame import FileRows, Leaf, as_file, files, leaf, shown, wanted_file
from bosett_server.web.statistics.open.indicators import (
    MISSING,
    NAMES,
    READ,
    latest,
    per_inhabitants,
    value_of,
)


@require_GET
@page(Permission.STATISTICS_VIEW)
def pressure(request: Request) -> HttpResponse:
    """The indicators side by side; no index is made of them, since nobody has agreed on weights."""
    here = leaf(request, "statistics-pressure")
    counties = sorted(Registry.shipped().counties(), key=lambda one: one.sort_key)
    chosen = here.query.get("county", "")
    chosen = chosen if chosen in {one.code for one in counties} else "40"
    places = sorted(Registry.shipped().in_county(chosen), key=lambda one: one.sort_key)
    sort = here.query.get("sort", "-settled")
    if kind := wanted_file(here):
        return as_file(here, f"pressure-{chosen}", kind, *_file(here.figures, places))
    context: dict[str, object] = {
        "counties": counties, "chosen": chosen, "missing": MISSING, "sort": sort,
        "table": _table(here, places, sort) if here.figures.step else None, "files": files(here.query),
    }  # fmt: skip
    return shown(request, here, "pressure.html", context)


def _table(here: Leaf, places: Sequence[Municipality], sort: str) -> Table:
    keys = list(NAMES)
    columns = (
        Column("name", pgettext("open figures", "Municipality")),
        *(Column(key, str(NAMES[key]), "number", sortable=True) for key in keys),
    )
    if sort.removeprefix("-") in keys:
        places = _sorted(places, value_of(here.figures, sort.removeprefix("-")), reverse=sort.startswith("-"))
    rows = []
    for one in places:
        told = {indicator.key: indicator.cell for indicator in latest(here.figures, one.code)}
        rows.append(
            Row(
                (one.name, *(told.get(key, figure_html(cells.NOTHING)) for key in keys)),
                href=here.address("statistics-municipality", one.code),
            )
        )
    return Table(_("Indicators of pressure, each as last measured"), columns, tuple(rows), sort)


def _sorted(places: Sequence[Municipality], value, *, reverse: bool) -> list[Municipality]:  # type: ignore[no-untyped-def]
    """By the indicator; those without one last, whichever way."""
    known = [one for one in places if value(one.code) is not None]
    rest = [one for one in places if value(one.code) is None]
    return [*sorted(known, key=lambda one: (value(one.code), one.sort_key), reverse=reverse), *rest]


def _file(figures: PublicFigures, places: Sequence[Municipality]) -> FileRows:
    rows: list[tuple[Cell, ...]] = []
    for one in places:
        own = per_inhabitants(figures, one.code)
        rows.append((one.code, one.name, "settled_2022_2025_by_10000", 2025, own.value, own.state.value))
        for key, (measure, breakdown, _decimals) in READ.items():
            held = figures.municipal(measure, breakdown).get(one.code, {})
            for year in sorted(held):
                value = held[year].value
                rows.append(
                    (
                        one.code,
                        one.name,
                        key,
                        year,
                        float(value) if isinstance(value, Decimal) else value,
                        held[year].state.value,
                    )
                )
    return ("municipality_id", "name", "indicator", "year", "value", "state"), rows
