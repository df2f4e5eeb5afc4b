"""The municipality's plan: what is free by month, what is promised, and the words of its case paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.decisions.planner import Resource
from bosett.outputs.case_facts import OWN_TEXTS
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.queries.planner import SheetRow
from bosett_server.records.models import Plan, PlanCommitment, PlanResource

MOST_UNITS = Decimal(1_000_000)
MOST_USE = Decimal(10_000)
MOST_PERSONS = 5_000
LONGEST_TEXT = 6_000
YEARS_AHEAD = 5
MOST_A_BEDROOM = 4
AS_SAVED: Final = "as saved"


@action(Permission.PLAN_EDIT)
def save_plan(
    actor: Actor,
    *,
    municipality: str,
    year: int,
    version: int,
    rows: Mapping[Resource, SheetRow],
    persons_a_bedroom: int | Literal["as saved"] | None = AS_SAVED,
) -> Done[int]:
    """The resources given stand as they were entered, an empty cell as not known; others are as they were.

    `version` is the one the editor began from, 0 for a plan that is not saved yet; gives the new one.
    `persons_a_bedroom` None takes the usual number.  Raises Refused: `somebody_changed_it_meanwhile`,
    `plan_number_wrong`, `plan_year_wrong`, `persons_a_bedroom_wrong`.
    """
    _own(actor, municipality)
    if isinstance(persons_a_bedroom, int) and not 1 <= persons_a_bedroom <= MOST_A_BEDROOM:
        raise Refused("persons_a_bedroom_wrong", {"found": persons_a_bedroom, "most": MOST_A_BEDROOM})
    for resource, row in rows.items():
        _check_row(resource, row)
    plan = _locked(actor, municipality, year, version)
    if persons_a_bedroom != AS_SAVED:
        plan.persons_a_bedroom = persons_a_bedroom
        plan.save(update_fields=["persons_a_bedroom"])
    for resource, row in rows.items():
        PlanResource.objects.update_or_create(
            plan=plan,
            resource=resource.value,
            defaults={"per_person": row.per_person, "units": list(row.units)},
        )
    facts = {"year": year, "resources": len(rows), "version": plan.version}
    return Done(plan.version, about=("municipality", municipality), facts=facts)


@action(Permission.PLAN_EDIT)
def save_case_paper(
    actor: Actor,
    *,
    municipality: str,
    year: int,
    version: int,
    language: str,
    own_number: int | None,
    recommended: int | None,
    case_number: str,
    meeting_on: date | None,
    texts: Mapping[str, str],
) -> Done[int]:
    """What the municipality writes itself in its case paper is kept; gives the new version.

    Raises Refused: `somebody_changed_it_meanwhile`, `plan_year_wrong`, `paper_language_wrong`,
    `paper_number_wrong`, `paper_text_wrong`.
    """
    _own(actor, municipality)
    if language not in ("", "nb", "nn"):
        raise Refused("paper_language_wrong", {"found": language[:10]})
    for number in (own_number, recommended):
        if number is not None and not 0 <= number <= MOST_PERSONS:
            raise Refused("paper_number_wrong", {"found": number, "most": MOST_PERSONS})
    for place, text in texts.items():
        if place not in OWN_TEXTS or len(text) > LONGEST_TEXT:
            raise Refused("paper_text_wrong", {"most": LONGEST_TEXT})
    plan = _locked(actor, municipality, year, version)
    plan.language, plan.own_number, plan.recommended = language, own_number, recommended
    plan.case_number, plan.meeting_on = case_number.strip()[:40], meeting_on
    plan.texts = {place: text for place, text in texts.items() if text.strip()}
    plan.save()
    return Done(
        plan.version,
        about=("municipality", municipality),
        facts={"year": year, "version": plan.version, "texts": len(plan.texts)},
    )


@action(Permission.PLAN_EDIT)
def add_commitment(
    actor: Actor,
    *,
    municipality: str,
    year: int,
    kind: CommitmentKind,
    persons: int,
    month: int,
    told_by: ToldBy,
) -> Done[int]:
    """Persons whom the municipality expects besides those in the register are counted in the plan.

    Raises Refused: `commitment_persons_wrong`, `commitment_month_wrong`, `plan_year_wrong`,
    `register_counts_itself` for one said to be from the register.
    """
    _own(actor, municipality)
    if not 1 <= persons <= MOST_PERSONS:
        raise Refused("commitment_persons_wrong", {"found": persons, "most": MOST_PERSONS})
    if not 1 <= month <= 12:
        raise Refused("commitment_month_wrong", {"found": month})
    if told_by is ToldBy.REGISTER:
        raise Refused("register_counts_itself")
    plan = _locked(actor, municipality, year, None)
    row = PlanCommitment.objects.create(
        plan=plan, kind=kind.value, persons=persons, month=month, told_by=told_by.value
    )
    facts = {"year": year, "kind": kind.value, "persons": persons, "month": month}
    return Done(row.pk, about=("municipality", municipality), facts=facts)


@action(Permission.PLAN_EDIT)
def remove_commitment(actor: Actor, *, municipality: str, commitment: int) -> Done[int]:
    """The municipality's own commitment is no longer counted.  Raises NotInSight for one that is not there."""
    _own(actor, municipality)
    row = PlanCommitment.objects.filter(pk=commitment, plan__municipality_id=municipality).first()
    if row is None:
        raise NotInSight("not_in_sight")
    facts = {"year": row.plan.year, "kind": row.kind, "persons": row.persons, "month": row.month}
    _locked(actor, municipality, row.plan.year, None)
    row.delete()
    return Done(commitment, about=("municipality", municipality), facts=facts)


def _own(actor: Actor, municipality: str) -> None:
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")


def _locked(actor: Actor, municipality: str, year: int, version: int | None) -> Plan:
    """The plan's row, locked and counted up; made when there is none.  `version` None takes it as it stands."""
    _own(actor, municipality)
    this_year = clock.today().year
    if not this_year - 1 <= year <= this_year + YEARS_AHEAD:
        raise Refused(
            "plan_year_wrong", {"year": year, "first": this_year - 1, "last": this_year + YEARS_AHEAD}
        )
    plan, made = Plan.objects.select_for_update().get_or_create(
        municipality_id=municipality,
        year=year,
        defaults={"saved_at": clock.now(), "saved_by_id": actor.user_id, "version": 0},
    )
    if version is not None and version != (0 if made else plan.version):
        raise Refused("somebody_changed_it_meanwhile")
    plan.version += 1
    plan.saved_at, plan.saved_by_id = clock.now(), actor.user_id
    plan.save(update_fields=["version", "saved_at", "saved_by"])
    return plan


def _check_row(resource: Resource, row: SheetRow) -> None:
    if len(row.units) != 12:
        raise Refused("plan_number_wrong", {"resource": resource.value, "column": "months"})
    if row.per_person is not None and not 0 < row.per_person <= MOST_USE:
        raise Refused("plan_number_wrong", {"resource": resource.value, "column": "use"})
    for month, units in enumerate(row.units, start=1):
        if units is not None and not 0 <= units <= MOST_UNITS:
            raise Refused("plan_number_wrong", {"resource": resource.value, "column": month})
