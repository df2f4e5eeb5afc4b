"""The year's report of the agreement over the API: what is published is open to everybody, the work to the parties."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema
from pydantic import Field

from bosett.outputs.paper import FORMS
from bosett.outputs.year_report_sections import Section, section_values
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.year_report import (
    approve_year_report,
    begin_year_report,
    publish_year_report,
    regenerate_year_report,
    reopen_year_report,
    write_report_section,
)
from bosett_server.api.frame import PROBLEMS, Input, Page, Year, endpoint
from bosett_server.queries.year_report import (
    PublishedReport,
    Work,
    Written,
    published_report,
    published_reports,
    versions,
    work,
)

router = Router()
BIG = 2_000_000_000


class SectionOut(Schema):
    """A section in one form: its words, and its tables, charts and lists as plain values."""

    code: str
    title: str
    words: list[str]
    facts: list[dict[str, Any]]


class ReportOut(Schema):
    """A published report, in bokmål (`nb`) and nynorsk (`nn`)."""

    year: int
    number: int
    published_at: datetime
    known_on: date
    approved: dict[str, date]
    reason: str
    synthetic: bool
    sections: dict[str, list[SectionOut]]


class WorkSectionOut(Schema):
    """A section under way; `version` 0 when nobody has written in it, `behind` when its facts changed after."""

    code: str
    version: int
    party: str
    behind: bool
    stands: dict[str, SectionOut]


class ChangeOut(Schema):
    """What a section says otherwise since the facts were last taken."""

    section: str
    gone: list[str]
    come: list[str]


class WorkOut(Schema):
    """A report as it stands for those who write it."""

    year: int
    state: str
    revision: int
    generation: int
    known_on: date
    approved: dict[str, datetime]
    missing: list[str]
    sections: list[WorkSectionOut]
    changed: dict[str, list[ChangeOut]]


class VersionOut(Schema):
    """One version of a section's words; empty where the generated ones were taken back."""

    number: int
    generation: int
    words: dict[str, str]
    party: str
    written_at: datetime


class BeginIn(Input):
    """The year to report on."""

    year: int = Field(ge=2000, le=2100)


class WordsIn(Input):
    """A section's words in both forms, on top of the version that was read (0 for none)."""

    nb: str
    nn: str
    on_number: int = Field(ge=0, le=BIG)


class ApprovalIn(Input):
    """The revision that was read."""

    revision: int = Field(ge=0, le=BIG)


class ReopeningIn(Input):
    """Why the report is opened again; everybody can read it."""

    reason: str


class Stored(Schema):
    """The id, version, revision or number that the step gave."""

    id: int


@router.get("/reports", response={200: Page[ReportOut], **PROBLEMS}, auth=None)
@endpoint(Permission.STATISTICS_VIEW)
def list_reports(request: Request) -> Page[ReportOut]:
    """The newest publication of each year, newest first; one a year, so there is one page."""
    return Page[ReportOut](items=[_report(one) for one in published_reports()])


@router.get("/reports/{year}", response={200: ReportOut, **PROBLEMS}, auth=None)
@endpoint(Permission.STATISTICS_VIEW)
def get_report(request: Request, year: Year) -> ReportOut:
    """A year's report as last published."""
    return _report(published_report(year))


@router.get("/work/{year}", response={200: WorkOut, **PROBLEMS})
@endpoint(Permission.REPORT_WRITE)
def get_work(request: Request, year: Year) -> WorkOut:
    """A year's report as it stands, with what changed and who has approved."""
    return _work(work(request.actor, year))


@router.get("/work/{year}/sections/{section}/versions", response={200: Page[VersionOut], **PROBLEMS})
@endpoint(Permission.REPORT_WRITE)
def list_versions(request: Request, year: Year, section: str) -> Page[VersionOut]:
    """Every version of a section's words, newest first."""
    return Page[VersionOut](items=[_version(one) for one in versions(request.actor, year, section)])


@router.post("/work", response={200: Stored, **PROBLEMS})
@endpoint(Permission.REPORT_MANAGE)
def post_report(request: Request, body: BeginIn) -> Stored:
    """Begin a year's report from what is known today."""
    return Stored(id=begin_year_report(request.actor, year=body.year))


@router.post("/work/{year}/generation", response={200: Stored, **PROBLEMS})
@endpoint(Permission.REPORT_MANAGE)
def post_generation(request: Request, year: Year) -> Stored:
    """Take the facts of today; nobody's own words are touched.  Gives how many sections changed."""
    return Stored(id=regenerate_year_report(request.actor, year=year))


@router.put("/work/{year}/sections/{section}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.REPORT_WRITE)
def put_section(request: Request, year: Year, section: str, body: WordsIn) -> Stored:
    """Write a section; both texts empty take the generated words back."""
    told = write_report_section(
        request.actor, year=year, section=section, nb=body.nb, nn=body.nn, on_number=body.on_number
    )
    return Stored(id=told)


@router.post("/work/{year}/approval", response={200: Stored, **PROBLEMS})
@endpoint(Permission.REPORT_APPROVE)
def post_approval(request: Request, year: Year, body: ApprovalIn) -> Stored:
    """Approve the revision that was read, for the caller's party."""
    return Stored(id=approve_year_report(request.actor, year=year, revision=body.revision))


@router.post("/work/{year}/publication", response={200: Stored, **PROBLEMS})
@endpoint(Permission.REPORT_MANAGE)
def post_publication(request: Request, year: Year) -> Stored:
    """Publish what every party has approved."""
    return Stored(id=publish_year_report(request.actor, year=year))


@router.post("/work/{year}/reopening", response={200: Stored, **PROBLEMS})
@endpoint(Permission.REPORT_WRITE)
def post_report_reopening(request: Request, year: Year, body: ReopeningIn) -> Stored:
    """Open a published report again, with a reason."""
    return Stored(id=reopen_year_report(request.actor, year=year, reason=body.reason))


def _section(one: Section) -> SectionOut:
    return SectionOut(**section_values(one))


def _report(one: PublishedReport) -> ReportOut:
    return ReportOut(
        year=one.year, number=one.number, published_at=one.published_at, known_on=one.known_on,
        approved=dict(one.approved), reason=one.reason, synthetic=one.synthetic,
        sections={form: [_section(each) for each in one.sections[form]] for form in FORMS},
    )  # fmt: skip


def _work(one: Work) -> WorkOut:
    return WorkOut(
        year=one.year, state=one.state, revision=one.revision, generation=one.generation, known_on=one.known_on,
        approved=dict(one.approved), missing=list(one.missing),
        sections=[
            WorkSectionOut(
                code=part.code, version=part.written.number if part.written else 0,
                party=part.written.party if part.written else "", behind=part.behind,
                stands={form: _section(part.stands[form]) for form in FORMS},
            )
            for part in one.parts
        ],
        changed={
            form: [ChangeOut(section=each.code, gone=list(each.gone), come=list(each.come)) for each in found]
            for form, found in one.changed.items()
        },
    )  # fmt: skip


def _version(one: Written) -> VersionOut:
    return VersionOut(
        number=one.number,
        generation=one.generation,
        words=dict(one.words),
        party=one.party,
        written_at=one.at,
    )
