"""The agreements and their commitments over the API."""

from __future__ import annotations

from datetime import date

from ninja import Router, Schema

from bosett.agreement.indicators import findings
from bosett.registry import Agreements
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.api.frame import PROBLEMS, Page, Year, endpoint
from bosett_server.queries.agreement import evidence
from bosett_server.queries.known import Known

router = Router()


class TermOut(Schema):
    """One known term with its source."""

    code: str
    text: str
    certainty: str
    source: str
    href: str


class AgreementOut(Schema):
    """One agreement as far as its text is known."""

    code: str
    starts_on: date
    ends_before: date | None
    parties: list[str]
    coordinator: str
    terms: list[TermOut]
    unknown: list[str]


class FindingOut(Schema):
    """One commitment's verdict; `missing` names the figures without which it cannot be said."""

    commitment: str
    verdict: str
    as_of: date
    facts: dict[str, int | str]
    missing: list[str]


@router.get("/agreements", response={200: Page[AgreementOut], **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def list_agreements(request: Request) -> Page[AgreementOut]:
    """The agreements since 2016, oldest first, in English; four, so there is one page."""
    return Page[AgreementOut](
        items=[
            AgreementOut(
                code=one.code, starts_on=one.period.start, ends_before=one.period.end,
                parties=list(one.parties), coordinator=one.coordinator,
                terms=[
                    TermOut(code=t.code, text=t.text.en, certainty=t.certainty.value, source=t.source.title,
                            href=t.source.href)
                    for t in one.terms
                ],
                unknown=[text.en for text in one.unknown],
            )
            for one in Agreements.shipped().agreements
        ]
    )  # fmt: skip


@router.get("/commitments/{year}", response={200: Page[FindingOut], **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def list_commitments(request: Request, year: Year, known: date | None = None) -> Page[FindingOut]:
    """Every commitment's finding for a year as of a day; a handful, so there is one page."""
    today = clock.today()
    as_of = Known(known or today, today)
    return Page[FindingOut](
        items=[
            FindingOut(commitment=one.commitment, verdict=one.verdict.value, as_of=one.as_of,
                       facts=dict(one.facts), missing=list(one.missing))
            for one in findings(evidence(request.actor, year, as_of).facts, as_of.day)
        ]
    )  # fmt: skip
