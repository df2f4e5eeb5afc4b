"""Five-year frames, sums as known on a day, and one person's years, over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Router, Schema

from bosett.grants.frame_result import Spread
from bosett.grants.wording import told
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.api.frame import PROBLEMS, Input, Page, Year, endpoint
from bosett_server.queries.grant_frames import FrameAsk, frame_shown
from bosett_server.queries.grant_known import person_years, sums_known_on

router = Router()
COUNTRY = "all"
MOST_PERSONS, MOST_GROWTH, MOST_NOK = 5000, 20, 10_000_000


class SpreadOut(Schema):
    """A likely value, and the interval in which nine of ten courses lie."""

    likely: float
    low: float
    high: float


class FrameYearOut(Schema):
    """A year's grants; empty where a rate is missing."""

    year: int
    nok: SpreadOut | None
    missing: list[str]


class FrameLineOut(Schema):
    """One scheme of one group; `persons` is empty where it would be fewer than five of the settled."""

    year: int
    origin: str
    scheme: str
    persons: float | None
    nok: SpreadOut | None
    rate_assumed: bool


class ResidentsOut(Schema):
    """Innbyggertilskudd: who is counted on 1 July the year before; kroner only when an amount is given."""

    year: int
    counted_on: date
    persons: SpreadOut
    nok: SpreadOut | None


class UnusedOut(Schema):
    """Places voted for that nobody comes to."""

    year: int
    voted: int
    places: SpreadOut
    cost_nok: SpreadOut | None
    carried_by: str


class AlternativeOut(Schema):
    """What another answer for the first year would mean, against answering 0."""

    number: int
    total_nok: float | None
    difference_nok: float | None


class AssumedOut(Schema):
    """Something that no source gives."""

    code: str
    name: str
    value: str


class FrameOut(Schema):
    """The whole frame: an estimate, never one number."""

    municipality: str
    years: list[FrameYearOut]
    lines: list[FrameLineOut]
    residents: list[ResidentsOut]
    unused: list[UnusedOut]
    alternatives: list[AlternativeOut]
    assumptions: list[AssumedOut]
    modelled: bool = True


class FrameIn(Input):
    """What is assumed otherwise than we do."""

    year: int | None = Field(None, ge=2000, le=2100)
    own: int | None = Field(None, ge=0, le=MOST_PERSONS)
    growth_percent: int = Field(0, ge=-MOST_GROWTH, le=MOST_GROWTH)
    collective_ends: int | None = Field(None, ge=2000, le=2100)
    innbyggertilskudd_nok: int | None = Field(None, ge=0, le=MOST_NOK)
    unused_place_nok: int | None = Field(None, ge=0, le=MOST_NOK)


class KnownOut(Schema):
    """Lines of a scheme and grant year with the rates of two days; an empty sum cannot be said."""

    scheme: str
    grant_year: int
    lines: int
    then_nok: int | None
    now_nok: int | None


class PersonLineOut(Schema):
    """One line of a person, with the sentences that explain it."""

    year: int
    scheme: str
    municipality: str
    grant_year: int
    amount_nok: int | None
    rule: str
    sentences: list[str]


@router.get("/frames/{str:municipality}", response={200: FrameOut, **PROBLEMS})
@endpoint(Permission.GRANT_FRAME)
def get_frame(request: Request, municipality: str, given: Annotated[FrameIn, Query()]) -> FrameOut:
    """Five years for a municipality, or for the country (`all`)."""
    ask = FrameAsk(
        "" if municipality == COUNTRY else municipality, given.year or clock.today().year, given.own,
        given.growth_percent, given.collective_ends, given.innbyggertilskudd_nok, given.unused_place_nok,
    )  # fmt: skip
    shown = frame_shown(request.actor, ask)
    whole = shown.frame
    return FrameOut(
        municipality=municipality,
        years=[
            FrameYearOut(year=one.year, nok=_spread(one.nok), missing=list(one.missing)) for one in whole.years
        ],
        lines=[
            FrameLineOut(year=one.year, origin=one.origin.value, scheme=one.scheme, persons=one.persons,
                         nok=_spread(one.nok), rate_assumed=one.assumed)
            for one in whole.lines
        ],
        residents=[
            ResidentsOut(year=one.year, counted_on=one.counted_on, persons=_whole(one.persons), nok=_spread(one.nok))
            for one in whole.residents
        ],
        unused=[
            UnusedOut(year=one.year, voted=one.voted, places=_whole(one.places), cost_nok=_spread(one.cost_nok),
                      carried_by=one.carried_by)
            for one in whole.unused
        ],
        alternatives=[
            AlternativeOut(number=one.number, total_nok=one.frame.total_nok, difference_nok=one.difference_nok)
            for one in shown.alternatives
        ],
        assumptions=[
            AssumedOut(code=one.code, name=one.label.en, value=one.value) for one in whole.assumptions
        ],
    )  # fmt: skip


@router.get("/known/{int:year}/{str:municipality}", response={200: Page[KnownOut], **PROBLEMS})
@endpoint(Permission.GRANT_VIEW)
def list_known(request: Request, year: Year, municipality: str, known: date | None = None) -> Page[KnownOut]:
    """A municipality's sums of a year with the rates as known on a day, and as known now."""
    sums = sums_known_on(request.actor, municipality, year, known or clock.today())
    return Page[KnownOut](
        items=[
            KnownOut(scheme=one.scheme, grant_year=one.grant_year, lines=one.lines, then_nok=one.then_nok,
                     now_nok=one.now_nok)
            for one in sums
        ]
    )  # fmt: skip


@router.get("/persons/{uuid:person}", response={200: Page[PersonLineOut], **PROBLEMS})
@endpoint(Permission.GRANT_VIEW)
def get_person(request: Request, person: UUID) -> Page[PersonLineOut]:
    """Every year that a grant may be paid for one person in sight; the reading is logged."""
    found = person_years(request.actor, person)
    return Page[PersonLineOut](
        items=[
            PersonLineOut(year=one.year, scheme=one.scheme, municipality=one.municipality_id,
                          grant_year=one.grant_year, amount_nok=one.amount_nok, rule=one.rule,
                          sentences=list(told(one, "en", found.rates)))
            for one in found.lines
        ]
    )  # fmt: skip


def _spread(spread: Spread | None) -> SpreadOut | None:
    return None if spread is None else _whole(spread)


def _whole(spread: Spread) -> SpreadOut:
    return SpreadOut(likely=spread.likely, low=spread.low, high=spread.high)
