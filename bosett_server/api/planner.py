"""The municipality's own plan over the API: resources, promises, what fits, the case paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Path, Query, Router, Schema

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.decisions.planner import Resource
from bosett.outputs.case_paper import case_paper
from bosett.outputs.paper import MEDIA_TYPES
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett_server.access import audit
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.planner import (
    AS_SAVED,
    add_commitment,
    remove_commitment,
    save_case_paper,
    save_plan,
)
from bosett_server.api.frame import PROBLEMS, Input, Year, endpoint, file_answer
from bosett_server.queries.plan_paper import PlanChoices, case_paper_facts, paper_language, plan_choices
from bosett_server.queries.planner import PlanSheet, SheetRow, plan_answer, plan_sheet

router = Router()
Row = Annotated[int, Path(ge=1, le=2**53)]


class ResourceOut(Schema):
    """One resource as entered; null is not known."""

    resource: Resource
    per_person: Decimal | None
    units: list[Decimal | None]


class PlanOut(Schema):
    """A plan as entered; `version` goes back with a change."""

    municipality: str
    year: int
    version: int
    synthetic: bool
    resources: list[ResourceOut]
    persons_a_bedroom: int
    persons_a_bedroom_chosen: bool
    own_number: int | None
    recommended: int | None
    case_number: str
    meeting_on: date | None
    texts: dict[str, str]


class MonthOut(Schema):
    """Room in one month, the first that stops one more first."""

    month: str
    new: int
    so_far: int
    binding: list[Resource]


class GainOut(Schema):
    """What one more of a resource in every month gives."""

    resource: Resource
    more_persons: int
    units_for_one: int | None


class CommitmentOut(Schema):
    """Persons promised already; `id` 0 for those that the register counts."""

    id: int
    kind: CommitmentKind
    persons: int
    month: str | None
    told_by: ToldBy
    housed: bool


class LackOut(Schema):
    """What an alternative lacks."""

    resource: Resource
    month: str
    units: int


class MoneyOut(Schema):
    """Grants in a year beside answering none; null when a rate is missing."""

    year: int
    nok: int | None


class AlternativeOut(Schema):
    """One number of the whole year and what follows."""

    persons: int
    lacks: list[LackOut]
    money: list[MoneyOut]


class AnswerOut(Schema):
    """What fits; `total` null when nothing can be said.  A null is never a zero."""

    total: int | None
    taken: int
    binds_first: Resource | None
    not_counted: list[Resource]
    months: list[MonthOut]
    gains: list[GainOut]
    commitments: list[CommitmentOut]
    alternatives: list[AlternativeOut]
    missing_rates: list[str]


class ResourceIn(Input):
    """One resource: units free in January to December."""

    resource: Resource
    per_person: Decimal | None = None
    units: list[Decimal | None]


class PlanIn(Input):
    """Resources that are left out stay as they were; null persons to a bedroom takes the usual number."""

    version: int
    resources: list[ResourceIn]
    persons_a_bedroom: int | Literal["as saved"] | None = AS_SAVED


class CommitmentIn(Input):
    """Persons whom the register does not know of."""

    kind: CommitmentKind
    persons: int
    month: int
    told_by: ToldBy


class PaperIn(Input):
    """The municipality's own words in its case paper."""

    version: int
    language: Literal["", "nb", "nn"] = ""
    own_number: int | None = None
    recommended: int | None = None
    case_number: str = ""
    meeting_on: date | None = None
    texts: dict[str, str] = {}


class Saved(Schema):
    """The version after the change."""

    version: int


class Added(Schema):
    """The id of what was added or taken away."""

    id: int


@router.get("/{municipality}/{year}", response={200: PlanOut, **PROBLEMS})
@endpoint(Permission.PLAN_VIEW)
def get_plan(request: Request, municipality: str, year: Year) -> PlanOut:
    """The plan as entered."""
    return _plan(plan_sheet(request.actor, municipality, year))


@router.put("/{municipality}/{year}", response={200: Saved, **PROBLEMS})
@endpoint(Permission.PLAN_EDIT)
def put_plan(request: Request, municipality: str, year: Year, body: PlanIn) -> Saved:
    """Save resources; `somebody_changed_it_meanwhile` when the version is not the newest."""
    rows = {one.resource: SheetRow(one.per_person, tuple(one.units)) for one in body.resources}
    return Saved(
        version=save_plan(
            request.actor,
            municipality=municipality,
            year=year,
            version=body.version,
            rows=rows,
            persons_a_bedroom=body.persons_a_bedroom,
        )
    )


@router.get("/{municipality}/{year}/answer", response={200: AnswerOut, **PROBLEMS})
@endpoint(Permission.PLAN_VIEW)
def get_answer(request: Request, municipality: str, year: Year) -> AnswerOut:
    """How many fit, what binds first, what each alternative lacks and brings."""
    return _answer(plan_choices(request.actor, municipality, year))


@router.post("/{municipality}/{year}/commitments", response={200: Added, **PROBLEMS})
@endpoint(Permission.PLAN_EDIT)
def post_commitment(request: Request, municipality: str, year: Year, body: CommitmentIn) -> Added:
    """Count persons whom the register does not know of."""
    return Added(id=add_commitment(request.actor, municipality=municipality, year=year, **body.dict()))


@router.delete("/{municipality}/{year}/commitments/{number}", response={200: Added, **PROBLEMS})
@endpoint(Permission.PLAN_EDIT)
def delete_commitment(request: Request, municipality: str, year: Year, number: Row) -> Added:
    """Count them no longer."""
    return Added(id=remove_commitment(request.actor, municipality=municipality, commitment=number))


@router.put("/{municipality}/{year}/paper", response={200: Saved, **PROBLEMS})
@endpoint(Permission.PLAN_EDIT)
def put_paper(request: Request, municipality: str, year: Year, body: PaperIn) -> Saved:
    """Save the municipality's own words in its case paper."""
    return Saved(version=save_case_paper(request.actor, municipality=municipality, year=year, **body.dict()))


@router.get(
    "/{municipality}/{year}/paper/{form}", response={200: None, **PROBLEMS},
    openapi_extra=file_answer(*MEDIA_TYPES.values()),
)  # fmt: skip
@endpoint(Permission.PLAN_EDIT)
def get_paper(
    request: Request,
    municipality: str,
    year: Year,
    form: Literal["pdf", "docx"],
    language: Annotated[Literal["nb", "nn"] | None, Query()] = None,
) -> HttpResponse:
    """The case paper as a file, in the municipality's own form when none is asked for."""
    chosen = language or paper_language(plan_answer(request.actor, municipality, year))
    facts = case_paper_facts(request.actor, municipality, year, chosen)
    if facts is None:
        raise NotInSight("not_in_sight")
    made = case_paper(facts)
    content = paper_pdf(made) if form == "pdf" else paper_docx(made)
    audit.append("export_case_paper", ("municipality", municipality), {"year": year, "kind": form}, "read")
    return HttpResponse(content, content_type=MEDIA_TYPES[form])


def _plan(sheet: PlanSheet) -> PlanOut:
    return PlanOut(
        municipality=sheet.municipality, year=sheet.year, version=sheet.version, synthetic=sheet.synthetic,
        resources=[
            ResourceOut(resource=resource, per_person=row.per_person, units=list(row.units))
            for resource, row in sheet.rows.items()
        ],
        persons_a_bedroom=sheet.bedrooms.persons, persons_a_bedroom_chosen=sheet.bedrooms.own is not None,
        own_number=sheet.own_number, recommended=sheet.recommended, case_number=sheet.case_number,
        meeting_on=sheet.meeting_on, texts=dict(sheet.texts),
    )  # fmt: skip


def _answer(choices: PlanChoices) -> AnswerOut:
    answer, capacity = choices.answer, choices.answer.capacity
    counted = {one.resource for one in answer.plans}
    return AnswerOut(
        total=answer.total, taken=answer.taken, binds_first=capacity.binds_first if capacity else None,
        not_counted=[one for one in Resource if one not in counted],
        months=[
            MonthOut(month=str(one.month), new=one.new, so_far=one.so_far, binding=list(one.binding))
            for one in (capacity.months if capacity else ())
        ],
        gains=[
            GainOut(resource=one.resource, more_persons=one.more_persons, units_for_one=one.units_for_one)
            for one in answer.gains
        ],
        commitments=[
            CommitmentOut(
                id=one.id, kind=one.commitment.kind, persons=one.commitment.persons,
                month=None if one.commitment.month is None else str(one.commitment.month),
                told_by=one.commitment.told_by, housed=one.commitment.housed,
            )
            for one in answer.expected
        ],
        alternatives=[
            AlternativeOut(
                persons=one.persons,
                lacks=[LackOut(resource=lack.resource, month=str(lack.month), units=lack.units) for lack in one.lacks],
                money=[MoneyOut(year=year, nok=nok) for year, nok in one.money],
            )
            for one in choices.alternatives
        ],
        missing_rates=list(choices.missing_rates),
    )  # fmt: skip
