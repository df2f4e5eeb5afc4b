"""The year's report on a page: its sections as text, tables and charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bosett.outputs.paper import FORMS, MEDIA_TYPES, Bars, Block, Grid, Language, Paper, Points
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett.outputs.year_report_sections import Section
from bosett.terms.figure import Figure
from bosett_server.access.request import Request
from bosett_server.web.look import charts
from bosett_server.web.look.charts.bars import Bar, BarList
from bosett_server.web.look.charts.frame import Caption
from bosett_server.web.look.language import current_language
from bosett_server.web.look.tables import Column, Row, Table

WRITERS = {"pdf": paper_pdf, "docx": paper_docx}


@dataclass(frozen=True)
class Told:
    """One block as the template takes it: exactly one of these."""

    points: tuple[str, ...] = ()
    table: Table | None = None
    drawing: SafeString | None = None


@dataclass(frozen=True)
class ShownSection:
    """A section as the template takes it."""

    code: str
    title: str
    words: tuple[str, ...]
    facts: tuple[Told, ...]


def wanted_form(request: Request) -> Language:
    """The form of Norwegian asked for in the address, or the reader's own; bokmål for other languages."""
    asked = request.GET.get("language", current_language())
    return "nn" if asked == FORMS[1] else "nb"


def shown_sections(sections: Iterable[Section]) -> list[ShownSection]:
    """Every section that says something, in order."""
    return [
        ShownSection(one.code, one.title, one.words, _facts(one))
        for one in sections
        if one.words or one.facts
    ]


def _facts(one: Section) -> tuple[Told, ...]:
    return tuple(_told(block, f"{one.code}-{place}") for place, block in enumerate(one.facts))


def _told(block: Block, ident: str) -> Told:
    match block:
        case Points(points):
            return Told(points=points)
        case Grid():
            return Told(table=_table(block))
        case Bars():
            return Told(drawing=charts.render(_bars(block, ident)))
    raise TypeError(f"a section's facts hold no {type(block).__name__}")


def _table(grid: Grid) -> Table:
    columns = tuple(
        Column(str(place), label, "number" if place in grid.numbers else "text")
        for place, label in enumerate(grid.header)
    )
    return Table(grid.caption, columns, tuple(Row(row) for row in grid.rows))


def _bars(block: Bars, ident: str) -> BarList:
    caption = Caption(ident, block.seen, block.caption, _("Bosett, from the sources named in the report"))
    bars = tuple(Bar(one.label, Figure.of(round(one.value))) for one in block.bars)
    return BarList(caption, bars, _("Which"), _("How many"))


def paper_answer(paper: Paper, kind: str, name: str) -> HttpResponse:
    """The paper as a file to keep."""
    response = HttpResponse(WRITERS[kind](paper), content_type=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{paper.language}.{kind}"'
    return response
