"""The published tables over the API: open, no token needed."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Router, Schema

from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.statistics import publish_tables
from bosett_server.api.frame import PROBLEMS, Page, Year, endpoint
from bosett_server.queries.statistics import Published, catalogue, published

router = Router()


class TableOut(Schema):
    """A published table without its rows."""

    name: str
    kind: str
    year: int
    as_of: date
    smallest_shown: int
    measures: list[str]
    sources: dict[str, str]
    modelled: list[str]
    synthetic: bool


class FigureOut(Schema):
    """A number or the state that says why there is none."""

    persons: int | None
    state: str


class RowOut(Schema):
    """One place of a table."""

    code: str
    name: str
    county: str
    figures: dict[str, FigureOut]
    municipalities_without_answer: int


class WholeTableOut(TableOut):
    """A published table with its rows."""

    rows: list[RowOut]


class Names(Schema):
    """The tables that were published."""

    tables: list[str]


@router.get("/tables", response={200: Page[TableOut], **PROBLEMS}, auth=None)
@endpoint(Permission.STATISTICS_VIEW)
def list_tables(request: Request) -> Page[TableOut]:
    """Every published table, newest year first."""
    return Page[TableOut](items=[TableOut(**_about(one)) for one in catalogue(request.actor)])


@router.get("/tables/{name}", response={200: WholeTableOut, **PROBLEMS}, auth=None)
@endpoint(Permission.STATISTICS_VIEW)
def get_table(request: Request, name: str) -> WholeTableOut:
    """One table as last published."""
    table = published(request.actor, name)
    if table is None:
        raise NotInSight("not_in_sight")
    rows = [
        RowOut(
            code=one.code,
            name=one.name,
            county=one.county,
            figures={
                key: FigureOut(persons=one.figures[key].value, state=one.figures[key].state.value)
                for key in table.measures
            },
            municipalities_without_answer=one.unanswered,
        )
        for one in table.rows
    ]
    return WholeTableOut(**_about(table), rows=rows)


@router.post("/years/{year}", response={200: Names, **PROBLEMS})
@endpoint(Permission.STATISTICS_PUBLISH)
def post_tables(request: Request, year: Year) -> Names:
    """Publish the year's tables as they stand today."""
    return Names(tables=publish_tables(request.actor, year=year))


def _about(table: Published) -> dict[str, Any]:
    return {
        "name": table.name, "kind": table.kind, "year": table.year, "as_of": table.as_of,
        "smallest_shown": table.threshold, "measures": list(table.measures), "sources": dict(table.sources),
        "modelled": sorted(table.modelled), "synthetic": table.synthetic,
    }  # fmt: skip
