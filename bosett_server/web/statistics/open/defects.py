"""Where the published tables contradict themselves and each other, and what the importers met in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.sources.defect_codes import DEFECT_CODES
from bosett.sources.defect_texts import worded
from bosett.sources.imported import Defect
from bosett.statistics.measures import MEASURES
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.figure_imports import DefectRow, standing_defects
from bosett_server.web.look.language import reading_language
from bosett_server.web.page import page
from bosett_server.web.statistics.open import cells
from bosett_server.web.statistics.open.frame import as_file, files, leaf, shown, wanted_file
from bosett_server.web.statistics.open.sources import place_words

AT_ONCE = 200
COLUMNS = ("id", "import", "code", "severity", "table", "row", "column", "found", "allowed", "place", "year")


@dataclass(frozen=True)
class DefectTold:
    """A defect in the reader's words."""

    kind: str
    place: str
    year: int | None
    what: str
    found: str
    allowed: str
    table: str
    row: int | None


@require_GET
@page(Permission.STATISTICS_VIEW)
def defects(request: Request) -> HttpResponse:
    """Contradictions among what is shown, then what the importers found; nothing was corrected in silence."""
    here = leaf(request, "statistics-defects")
    given = request.GET.get("after", "")
    after = int(given) if given.isdigit() and len(given) < 18 else 0
    met = standing_defects(request.actor, after, AT_ONCE)
    contradictions = here.figures.disagreements if not after else ()
    if kind := wanted_file(here):
        rows: list[tuple[Cell, ...]] = [_row(one) for one in contradictions]
        rows += [_met_row(batch, one) for batch, one in met]
        return as_file(here, "defects", kind, COLUMNS, rows)
    titles = {source.batch: source.title for source in here.figures.sources.values()}
    context = {
        "contradictions": [_contradiction(one) for one in contradictions],
        "met": [_met(one, titles.get(batch, "")) for batch, one in met],
        "next": met[-1][1].id if len(met) == AT_ONCE else None, "files": files(here.query),
    }  # fmt: skip
    return shown(request, here, "defects.html", context)


def _contradiction(one: Defect) -> DefectTold:
    return _worded(one.code, one.place, one.year, one.column, (one.found, one.allowed), one.file, one.row)


def _met(one: DefectRow, title: str) -> DefectTold:
    return _worded(one.code, one.place, one.year, one.column, (one.found, one.allowed), title, one.row)


def _worded(
    code: str, place: str, year: int | None, column: str, texts: tuple[str, str], table: str, row: int | None
) -> DefectTold:
    language = reading_language()
    label = DEFECT_CODES.get(code)
    found, allowed = (worded(text, language) for text in texts)
    kind = label.in_language(language) if label else code
    return DefectTold(kind, place_words(place), year, _measure(column), found, allowed, table, row)


def _measure(column: str) -> str:
    """A column that is a measure of ours by its name; others as the file heads them."""
    if column == "place":
        return _("Place")
    measure, *parts = column.split("|")
    if measure not in MEASURES:
        return column
    told = [cells.breakdown_words((tuple(part.split("=", 1)),))[0][1] for part in parts]  # type: ignore[arg-type]
    return ", ".join([cells.measure_name(measure), *told])


def _row(one: Defect) -> tuple[Cell, ...]:
    severity = one.severity.value
    return (
        None,
        None,
        one.code,
        severity,
        one.file,
        one.row,
        one.column,
        one.found,
        one.allowed,
        one.place,
        one.year,
    )


def _met_row(batch: int, one: DefectRow) -> tuple[Cell, ...]:
    return (
        one.id, batch, one.code, one.severity, "", one.row, one.column, one.found, one.allowed, one.place, one.year,
    )  # fmt: skip
