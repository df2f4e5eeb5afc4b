"""All published figures over the API: open, no token, protected as on the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router, Schema

from bosett.statistics.measures import MEASURES
from bosett.statistics.public import SHAPES
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Limit, Page, endpoint, following
from bosett_server.queries.figures import FigureRow
from bosett_server.queries.known import Known
from bosett_server.queries.statistics_public import PublicFigures, public_figures

router = Router()
Wanted = Annotated[str, Query(max_length=40, description="All when left out.")]
Day = Annotated[date | None, Query(description="As known at the end of this day; today when left out.")]
SomeYear = Annotated[int | None, Query(ge=1900, le=2200)]


class FigureLine(Schema):
    """One published figure; `value` is empty exactly when `state` is not `number`."""

    id: int
    measure: str
    place: str
    municipality: str
    year: int
    period: str
    breakdown: dict[str, str]
    state: str
    value: float | None
    unit: str
    data_set: str
    source: str


class SourceOut(Schema):
    """Where a figure is from, and the file that brought it."""

    title: str
    publisher: str
    href: str
    licence: str
    retrieved: date | None
    file: str
    sha256: str


class WholeFigure(FigureLine):
    """A figure with its definition and source."""

    definition: str
    source_of: SourceOut


class MeasureOut(Schema):
    """What a measure counts, in three languages, and by what it is shown."""

    id: str
    name: dict[str, str]
    definition: dict[str, str]
    unit: str
    kind: str
    shown_by: list[list[str]]


@router.get("/", response={200: Page[FigureLine], **PROBLEMS}, auth=None)
@endpoint(Permission.STATISTICS_VIEW)
def list_figures(
    request: Request,
    measure: Wanted = "",
    place: Wanted = "",
    data_set: Wanted = "",
    year_from: SomeYear = None,
    year_to: SomeYear = None,
    known: Day = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: str = "",
) -> Page[FigureLine]:
    """The figures in order of their id; `place` also finds what is today in a municipality."""
    after = Cursor.read_number(cursor)
    found = []
    for row in _candidates(_figures(request, known), measure, place):
        one = row.observation
        if row.id <= after or data_set not in ("", one.dataset_id):
            continue
        if (year_from or 0) <= one.year <= (year_to or 9999):
            found.append(row)
            if len(found) == limit:
                break
    return Page[FigureLine](
        items=[_line(row) for row in found], next=following(found, limit, lambda row: row.id)
    )


@router.get("/measures", response={200: Page[MeasureOut], **PROBLEMS}, auth=None)
@endpoint(Permission.STATISTICS_VIEW)
def list_measures(request: Request) -> Page[MeasureOut]:
    """Every measure, in the order that the pages have."""
    items = [
        MeasureOut(
            id=one.id, name={code: one.name.in_language(code) for code in ("nb", "nn", "en")},
            definition={code: one.definition.in_language(code) for code in ("nb", "nn", "en")}, unit=one.unit,
            kind=one.kind.value, shown_by=sorted(list(shape) for shape in SHAPES.get(one.id, {()})),
        )
        for one in MEASURES.values()
    ]  # fmt: skip
    return Page[MeasureOut](items=items)


@router.get("/{number}", response={200: WholeFigure, **PROBLEMS}, auth=None)
@endpoint(Permission.STATISTICS_VIEW)
def get_figure(request: Request, number: int, known: Day = None) -> WholeFigure:
    """One figure with its definition and source."""
    figures = _figures(request, known)
    row = figures.by_id.get(number)
    if row is None:
        raise NotInSight("not_in_sight")
    source = figures.source(row)
    told = SourceOut(
        title=source.title, publisher=source.publisher, href=source.href, licence=source.licence,
        retrieved=source.retrieved, file=source.file, sha256=source.sha256,
    )  # fmt: skip
    definition = MEASURES[row.observation.measure_id].definition.en
    return WholeFigure(**_line(row).model_dump(), definition=definition, source_of=told)


def _figures(request: Request, known: date | None) -> PublicFigures:
    today = clock.today()
    return public_figures(request.actor, Known(min(known or today, today), today))


def _candidates(figures: PublicFigures, measure: str, place: str) -> list[FigureRow]:
    """The rows to look through, by id: those of the place where one is named."""
    rows = figures.by_place.get(place, ()) if place else figures.by_id.values()
    return [row for row in rows if measure in ("", row.observation.measure_id)]


def _line(row: FigureRow) -> FigureLine:
    one = row.observation
    return FigureLine(
        id=row.id, measure=one.measure_id, place=one.place, municipality=row.municipality, year=one.year,
        period=one.period, breakdown=dict(one.breakdown), state=one.state.value,
        value=None if one.value is None else float(one.value), unit=one.unit, data_set=one.dataset_id,
        source=one.source_id,
    )  # fmt: skip
