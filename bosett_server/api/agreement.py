"""The agreements and their commitments over the API."""

from __future__ import annotations

from datetime import date

from ninja import Router, Schema

from bosett.agreement import Held, held
from bosett.registry import Agreements
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.api.frame import PROBLEMS, Page, Year, endpoint
from bosett_server.queries.agreement import evidence, evidence_by_year
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
    """What one indicator says; `missing` names the figures and limits without which it cannot be said."""

    indicator: str
    verdict: str
    figures: dict[str, float]
    missing: list[str]
    limits: dict[str, float]
    evidence: list[str]


class CommitmentOut(Schema):
    """One commitment of the year's agreement; `state` is the worst that can be said."""

    agreement: str
    commitment: str
    parties: list[str]
    through: list[str]
    text: str
    source: str
    state: str
    as_of: date
    findings: list[FindingOut]


class YearStatesOut(Schema):
    """A year's commitments as of a day: kept, at_risk, not_kept or cannot_be_said."""

    year: int
    as_of: date
    agreement: str
    states: dict[str, str]


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


@router.get("/commitments/{year}", response={200: Page[CommitmentOut], **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def list_commitments(request: Request, year: Year, known: date | None = None) -> Page[CommitmentOut]:
    """Every commitment of a year's agreement as of a day, in English; a handful, so there is one page."""
    today = clock.today()
    as_of = Known(known or today, today)
    try:
        found = held(evidence(request.actor, year, as_of).book, as_of.day, year)
    except (BadInput, NoRuleInForce):
        raise NotInSight("not_in_sight") from None
    return Page[CommitmentOut](items=[_commitment(one, as_of.day) for one in found])


@router.get("/years", response={200: Page[YearStatesOut], **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def list_years(request: Request, known: date | None = None) -> Page[YearStatesOut]:
    """Each commitment's state at the end of every year since 2016, and as of a day; one page."""
    today = clock.today()
    try:
        found, _ = evidence_by_year(request.actor, Known(min(known or today, today), today))
    except (BadInput, NoRuleInForce):
        raise NotInSight("not_in_sight") from None
    return Page[YearStatesOut](
        items=[
            YearStatesOut(
                year=one.year, as_of=one.as_of, agreement=one.agreement,
                states={each.commitment.code: each.verdict.value for each in one.held},
            )
            for one in found
        ]
    )  # fmt: skip


def _commitment(one: Held, as_of: date) -> CommitmentOut:
    told = one.commitment
    return CommitmentOut(
        agreement=told.agreement, commitment=told.code, parties=list(told.parties), through=list(told.through),
        text=told.text.en, source=told.source.title, state=one.verdict.value, as_of=as_of,
        findings=[
            FindingOut(
                indicator=each.indicator, verdict=each.verdict.value,
                figures={code: float(value) for code, value in each.figures}, missing=list(each.missing),
                limits={path: float(value.value) for path, value in each.limits},
                evidence=[f"{fact.what} {fact.year}: {fact.value} ({fact.on}, {fact.source.title})"
                          for fact in each.evidence],
            )
            for each in one.findings
        ],
    )  # fmt: skip
