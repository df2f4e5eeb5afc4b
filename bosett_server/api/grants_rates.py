"""Rates and what IMDi has paid, over the API; open to all but the loading of a table."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.grant_rates import apply_rate_table, check_rate_table, undo_rate_table
from bosett_server.actions.import_files import Incoming, refuse_size
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.queries.grant_payments import payments_by_scheme, payments_to
from bosett_server.queries.grant_rates import (
    RateTableShown,
    rate_table,
    rate_tables,
    rates_in_force,
    rates_missing,
    rates_shown,
)

router = Router()


class RateOut(Schema):
    """One dated rate; `value` is empty where it was repealed."""

    rule: str
    name: str
    unit: str
    start: date
    one_year_only: bool
    value: str | None
    certainty: str
    source: str
    source_href: str
    published: date | None


class MissingOut(Schema):
    """A rate that no source gives for these years."""

    rule: str
    name: str
    years: list[int]


class RatesOut(Schema):
    """Every rate as known on the day, and those that were not known."""

    known_on: date
    rates: list[RateOut]
    missing: list[MissingOut]


class LoadedOut(Schema):
    """One rate of a table."""

    rule: str
    year: int
    amount_nok: int
    source: str
    published: date | None


class RateTableOut(Schema):
    """A loaded table: `checked`, `applied` or `undone`."""

    id: int
    state: str
    title: str
    published: date
    file_name: str
    sha256: str
    checked_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    rates: list[LoadedOut] = []


class RateTableIn(Input):
    """Where the table is from."""

    title: str = ""
    published: date
    href: str = ""


class RateTableId(Schema):
    """The table."""

    id: int


class YearsOut(Schema):
    """The years whose lines should be computed again."""

    years: list[int]


class PaidOut(Schema):
    """Payments of a year and scheme with one verdict of the rates; `paid_nok` is empty for hidden cells."""

    year: int
    scheme: str
    verdict: str
    municipalities: int
    paid_nok: str | None
    explained: bool


class PaidToOut(Schema):
    """One published cell; `paid_nok` is empty where the source hides it."""

    year: int
    scheme: str
    paid_nok: str | None
    hidden: bool
    verdict: str | None


@router.get("/rates", auth=None, response={200: RatesOut, **PROBLEMS})
@endpoint(Permission.STATISTICS_VIEW)
def list_rates(request: Request, known: date | None = None) -> RatesOut:
    """Every rate as known on a day, today if none is given."""
    day, rates = known or clock.today(), rates_in_force()
    shown = [
        RateOut(
            rule=one.rule, name=one.label.en, unit=one.unit, start=one.start, one_year_only=one.yearly,
            value=one.value, certainty=one.certainty.value, source=one.source.title,
            source_href=one.source.href, published=one.source.published,
        )
        for one in rates_shown(rates, day)
    ]  # fmt: skip
    missing = [
        MissingOut(rule=one.rule, name=one.label.en, years=list(one.years))
        for one in rates_missing(rates, day)
    ]
    return RatesOut(known_on=day, rates=shown, missing=missing)


@router.get("/rates/tables", auth=None, response={200: Page[RateTableOut], **PROBLEMS})
@endpoint(Permission.STATISTICS_VIEW)
def list_rate_tables(request: Request) -> Page[RateTableOut]:
    """The tables brought in, the newest first, without their rates."""
    return Page[RateTableOut](items=[_table(one) for one in rate_tables()])


@router.get("/rates/tables/{number}", auth=None, response={200: RateTableOut, **PROBLEMS})
@endpoint(Permission.STATISTICS_VIEW)
def get_rate_table(request: Request, number: int) -> RateTableOut:
    """One table with its rates."""
    shown, loaded = rate_table(number)
    told = _table(shown)
    told.rates = [
        LoadedOut(rule=one.rule, year=one.year, amount_nok=one.nok, source=one.source.title,
                  published=one.source.published)
        for one in loaded
    ]  # fmt: skip
    return told


@router.post("/rates/tables", response={200: RateTableId, **PROBLEMS})
@endpoint(Permission.RATES_LOAD)
def post_rate_table(
    request: Request, file: Annotated[UploadedFile, File()], told: Annotated[RateTableIn, Form()]
) -> RateTableId:
    """Check a table of rates; no rate changes before it is applied."""
    refuse_size(file.size or 0)
    given = Incoming(file.name or "", file.read())
    number = check_rate_table(
        request.actor, file=given, title=told.title, published=told.published, href=told.href
    )
    return RateTableId(id=number)


@router.post("/rates/tables/{number}/application", response={200: YearsOut, **PROBLEMS})
@endpoint(Permission.RATES_LOAD)
def post_apply(request: Request, number: int) -> YearsOut:
    """Let every rate of the table count."""
    return YearsOut(years=apply_rate_table(request.actor, table=number))


@router.post("/rates/tables/{number}/undoing", response={200: YearsOut, **PROBLEMS})
@endpoint(Permission.RATES_LOAD)
def post_undo(request: Request, number: int) -> YearsOut:
    """Let the table count no more."""
    return YearsOut(years=undo_rate_table(request.actor, table=number))


@router.get("/paid", auth=None, response={200: Page[PaidOut], **PROBLEMS})
@endpoint(Permission.STATISTICS_VIEW)
def list_paid(request: Request) -> Page[PaidOut]:
    """IMDi's payments by year and scheme, and what the rates say of them."""
    return Page[PaidOut](
        items=[
            PaidOut(year=row.year, scheme=row.scheme, verdict=one.verdict.value, municipalities=one.municipalities,
                    paid_nok=None if one.paid_nok is None else str(one.paid_nok), explained=one.is_explained)
            for row in payments_by_scheme().rows
            for one in row.reasons
        ]
    )  # fmt: skip


@router.get("/paid/{str:municipality}", auth=None, response={200: Page[PaidToOut], **PROBLEMS})
@endpoint(Permission.STATISTICS_VIEW)
def list_paid_to(request: Request, municipality: str) -> Page[PaidToOut]:
    """One municipality's published payments; of a sum that may be for fewer than five nothing is said."""
    return Page[PaidToOut](
        items=[
            PaidToOut(
                year=year, scheme=one.payment.scheme, hidden=one.payment.hidden,
                paid_nok=None if one.payment.paid is None else str(one.payment.paid),
                verdict=one.verdict.value if one.verdict else None,
            )
            for year, checks in payments_to(municipality).items()
            for one in checks
        ]
    )  # fmt: skip


def _table(one: RateTableShown) -> RateTableOut:
    return RateTableOut(
        id=one.id, state=one.state, title=one.title, published=one.published, file_name=one.file_name,
        sha256=one.sha256, checked_at=one.checked_at, applied_at=one.applied_at, undone_at=one.undone_at,
    )  # fmt: skip
