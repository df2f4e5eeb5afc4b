"""What of an import can be taken along: the empty template, the whole difference, the defects."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.sources.importers import KINDS
from bosett.terms.figure import State
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.figure_imports import Number, defects, import_detail, whole_difference
from bosett_server.web.imports import shown
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file

DIFFERENCE = (
    "operation",
    "what",
    "place",
    "period",
    "breakdown",
    "state_before",
    "value_before",
    "state",
    "value",
)
DEFECTS = ("severity", "code", "row", "column", "found", "allowed", "place", "year", "what_it_means")
MOST_DEFECTS = 5_000


@require_GET
@page(Permission.IMPORT_VIEW)
def template(request: Request, kind: str) -> HttpResponse:
    """The file to begin with: its headings alone."""
    found = KINDS.get(kind)
    if found is None or not found.template:
        raise Http404
    response = HttpResponse(found.template, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="bosett-{kind}.csv"'
    return response


@require_GET
@page(Permission.IMPORT_VIEW)
def difference_file(request: Request, number: int, form: str) -> HttpResponse:
    """Every line of the difference."""
    import_detail(request.actor, number)
    rows: list[tuple[Cell, ...]] = [
        (one.operation, one.what, one.place, one.period, _breakdown(one.breakdown), *_told(one.before),
         *_told(one.after))
        for one in whole_difference(request.actor, number)
    ]  # fmt: skip
    return table_file(f"bosett-import-{number}-difference", form, DIFFERENCE, rows)


@require_GET
@page(Permission.IMPORT_VIEW)
def defects_file(request: Request, number: int, form: str) -> HttpResponse:
    """Every defect with its row and column."""
    import_detail(request.actor, number)
    found = defects(request.actor, number, 0, MOST_DEFECTS)
    words = shown.defects(found, request.language)
    rows: list[tuple[Cell, ...]] = [
        (one.severity, one.code, one.row, one.column, one.found, one.allowed, one.place, one.year, told.words)
        for one, told in zip(found, words, strict=True)
    ]
    return table_file(f"bosett-import-{number}-defects", form, DEFECTS, rows)


def _breakdown(told: dict[str, str]) -> str:
    return "|".join(f"{key}={value}" for key, value in sorted(told.items()))


def _told(value: tuple[State, Number] | str | None) -> tuple[Cell, Cell]:
    if value is None:
        return "", ""
    if isinstance(value, str):
        return "", value
    state, number = value
    return state.value, "" if number is None else f"{number:f}" if isinstance(number, Decimal) else str(
        number
    )
