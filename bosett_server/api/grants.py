"""Grant sums and lines over the API."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.grants import compute_grant_lines, compute_year
from bosett_server.api.frame import (
    DEFAULT_LIMIT,
    PROBLEMS,
    Cursor,
    Input,
    Limit,
    Page,
    Year,
    endpoint,
    following,
)
from bosett_server.api.grants_claims import router as claims
from bosett_server.api.grants_frames import router as frames
from bosett_server.api.grants_rates import router as rates
from bosett_server.queries.grants import LineRow, grant_lines_of, line, scheme_sums

router = Router()
router.add_router("", rates)
router.add_router("", frames)
router.add_router("", claims)


class SumOut(Schema):
    """One municipality, year and scheme; `amount_nok` is empty when no line has an amount."""

    municipality: str
    year: int
    scheme: str
    lines: int
    amount_nok: int | None
    lines_without_rate: int
    rules_without_rate: list[str]


class LineOut(Schema):
    """One line; an amount never stands without its status."""

    id: int
    municipality: str
    year: int
    scheme: str
    grant_year: int
    household: str
    birth_year: int | None
    settled_on: date | None
    share: str | None
    units: int
    claim: int | None
    rate_nok: int | None
    amount_nok: int | None
    status: str
    rule: str
    source: str | None
    computed_at: datetime
    library_version: str
    input_sha256: str


class PersonsIn(Input):
    """Whose lines to compute."""

    persons: list[UUID]


class Counted(Schema):
    """What a computation did."""

    stored: int
    unchanged: int
    superseded: int
    rate_missing: int
    without_ground: int


@router.get("/sums/{year}", response={200: Page[SumOut], **PROBLEMS})
@endpoint(Permission.GRANT_VIEW)
def list_sums(request: Request, year: Year) -> Page[SumOut]:
    """Sums by municipality and scheme in a year, for the municipalities in sight."""
    return Page[SumOut](
        items=[
            SumOut(
                municipality=one.municipality, year=one.year, scheme=one.scheme, lines=one.lines,
                amount_nok=one.amount_nok, lines_without_rate=one.missing,
                rules_without_rate=list(one.missing_rules),
            )
            for one in scheme_sums(request.actor, [year])
        ]
    )  # fmt: skip


@router.get("/lines/{int:number}", response={200: LineOut, **PROBLEMS})
@endpoint(Permission.GRANT_VIEW)
def get_line(request: Request, number: int) -> LineOut:
    """One line, standing or replaced."""
    return _out(line(request.actor, number)[0])


@router.get("/lines/{int:year}/{str:municipality}", response={200: Page[LineOut], **PROBLEMS})
@endpoint(Permission.GRANT_VIEW)
def list_lines(
    request: Request,
    year: Year,
    municipality: str,
    scheme: str = "",
    cursor: str = "",
    limit: Limit = DEFAULT_LIMIT,
) -> Page[LineOut]:
    """A municipality's standing lines of a year, a page at a time."""
    after = Cursor.read_number(cursor)
    rows = grant_lines_of(request.actor, municipality, year, scheme=scheme, after=after, limit=limit)
    more = following(rows, limit, lambda row: row.id)
    return Page[LineOut](items=[_out(row) for row in rows], next=more)


@router.post("/years/{year}", response={200: Counted, **PROBLEMS})
@endpoint(Permission.GRANT_COMPUTE)
def post_year(request: Request, year: Year) -> Counted:
    """Compute the year for every settled person; unchanged lines stay."""
    return Counted(**compute_year(request.actor, year=year))


@router.post("/years/{year}/persons", response={200: Counted, **PROBLEMS})
@endpoint(Permission.GRANT_COMPUTE)
def post_persons(request: Request, year: Year, body: PersonsIn) -> Counted:
    """Compute the year for some persons."""
    return Counted(
        **compute_grant_lines(request.actor, persons=[str(one) for one in body.persons], year=year)
    )


def _out(row: LineRow) -> LineOut:
    return LineOut(
        id=row.id, municipality=row.municipality, year=row.year, scheme=row.scheme, grant_year=row.grant_year,
        household=row.household, birth_year=row.birth_year, settled_on=row.settled_on,
        share=None if row.share is None else str(row.share), units=row.units, claim=row.claim,
        rate_nok=row.rate_nok, amount_nok=row.amount_nok,
        status=row.status.value, rule=row.rule, source=row.source.title if row.source else None,
        computed_at=row.computed_at, library_version=row.library_version, input_sha256=row.input_sha256,
    )  # fmt: skip
