"""Ready persons and assignments out of another register: nobody types them again, every rule of a step by hand holds.

A check takes every step and takes all of them back, so that the preview says what will happen; applying takes
them again, all or none.  A row that no step can be taken for is left out, told with its reason beforehand.
"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, transaction

from bosett.sources import register_export
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.actions.assignment_notices import to_municipality
from bosett_server.actions.assignments import Choice, store_choices
from bosett_server.actions.database_refusals import refusal_from
from bosett_server.actions.import_batches import (
    PERSON_SUBJECTS,
    UNAPPLIED,
    facts,
    forget,
    held,
    last_step,
    sources_of,
    store_defects,
)
from bosett_server.actions.import_files import Incoming, kind_of, read_batch, read_content, refuse_size
from bosett_server.actions.interviews import mark_ready
from bosett_server.actions.step import Done, action
from bosett_server.queries.import_kinds import subject_of
from bosett_server.queries.placement_pool import candidates_of
from bosett_server.queries.register_rows import HouseholdRow, RegisterRows, assigned_rows, ready_rows
from bosett_server.records.models import Assignment, ImportBatch, ImportFile

MOST_ROWS = 2_000
Line = list[Any]
Logged = tuple[str, object, dict[str, object]]


@action(Permission.PERSONS_IMPORT)
def check_person_import(actor: Actor, *, kind: str, file: Incoming) -> Done[int]:
    """Every household of the file is tried and nothing is changed; gives the import, to be applied or dropped.

    Raises Refused: `import_kind_not_known`, `file_too_large`, `file_is_empty`, `too_many_rows`.
    """
    subject = subject_of(kind_of(kind, PERSON_SUBJECTS))
    _may(actor, subject)
    refuse_size(file.size)
    reading = read_content(kind, file.name[:200], file.content, {})
    if len(reading.rows) > MOST_ROWS:
        raise Refused("too_many_rows", {"rows": len(reading.rows), "most": MOST_ROWS})
    at = clock.now()
    batch = ImportBatch.objects.create(
        kind=kind, subject=subject, file_name=file.name[:200], sha256=file.sha256, size_bytes=file.size,
        state="checked" if reading.accepted else "refused", made_by_id=actor.person, made_at=at, checked_at=at,
        base_step=last_step(), sources=sources_of(reading, {}),
    )  # fmt: skip
    batch.counts = {**reading.counts, **store_defects(batch, reading)}
    if reading.accepted:
        ImportFile.objects.create(batch=batch, content=file.content)
        batch.preview, counts = _tried(actor, subject, reading.rows)
        batch.counts |= counts
    batch.save(update_fields=["counts", "preview"])
    return Done(batch.pk, about=("import", batch.pk), facts=facts(batch))


@action(Permission.PERSONS_IMPORT)
def apply_person_import(actor: Actor, *, batch: int) -> Done[str]:
    """Every household that the preview said goes has taken its step, or none has; the file is forgotten.

    Raises Refused: `import_not_ready`, `nobody_to_import`, `register_changed_meanwhile`, and what refuses a step.
    """
    row = held(batch, PERSON_SUBJECTS, "checked")
    _may(actor, row.subject)
    if not row.counts.get("added", 0):
        raise Refused("nobody_to_import")
    plan = _plan(actor, row.subject, read_batch(row).rows)
    went = {tuple(line[4]) for line in row.preview if line[0] == "added"}
    going = [one for one in plan.households if one.rows in went and not one.why]
    if len(going) != len(went):
        raise Refused("register_changed_meanwhile")
    notices = _take(actor, row.subject, going)
    many: list[Logged] = [("household", one.household.pk, {"import": batch}) for one in going]
    forget(row)
    row.state, row.applied_at, row.step, row.applied_by_id = (
        "applied",
        clock.now(),
        last_step() + 1,
        actor.person,
    )
    row.save()
    return Done(row.state, about=("import", batch), facts=facts(row), notices=notices, many=many)


@action(Permission.PERSONS_IMPORT)
def drop_person_import(actor: Actor, *, batch: int) -> Done[int]:
    """A file of persons that was not applied is forgotten.  Raises Refused `import_not_ready`."""
    row = held(batch, PERSON_SUBJECTS, *UNAPPLIED)
    forget(row)
    row.defects.all().delete()
    row.state = "dropped"
    row.save(update_fields=["state", "preview"])
    return Done(batch, about=("import", batch), facts=facts(row))


def _may(actor: Actor, subject: str) -> None:
    """Who brings a file in takes the same step as by hand, and needs the same permission."""
    require(actor, Permission.HOUSEHOLD_READY if subject == "households" else Permission.ASSIGNMENT_DECIDE)


def _plan(actor: Actor, subject: str, rows: Any) -> RegisterRows:
    return ready_rows(actor, rows) if subject == "households" else assigned_rows(actor, rows)


def _tried(actor: Actor, subject: str, rows: Any) -> tuple[list[Line], dict[str, int]]:
    """The preview's lines [operation, household, before, after or why, rows] and the counts."""
    plan = _plan(actor, subject, rows)
    stopped = _try(actor, subject, plan)
    lines: list[Line] = []
    for one in plan.households:
        refusal = stopped.get(one.rows)
        what = "same" if one.why == "already_so" else "stopped" if one.why or refusal else "added"
        why = (
            {"code": refusal.code, "facts": refusal.facts}
            if refusal
            else {"why": one.why}
            if one.why
            else one.to
        )
        lines.append([what, one.household.reference, one.held, why, list(one.rows)])
    lines += [["new" if why == "not_in_register" else "conflict", "", "", {"why": why}, [row]]
              for row, why in plan.left_out]  # fmt: skip
    lines.sort(key=lambda line: line[4])
    counts = {
        name: sum(line[0] == name for line in lines)
        for name in ("added", "same", "stopped", "new", "conflict")
    }
    return lines, counts


def _try(actor: Actor, subject: str, plan: RegisterRows) -> dict[tuple[int, ...], Refused]:
    """Takes the steps one after the other, each as it will find the ones before, and takes all of them back."""
    stopped: dict[tuple[int, ...], Refused] = {}
    with transaction.atomic():
        for one in plan.going:
            refusal = _one(actor, subject, one)
            if refusal is not None:
                stopped[one.rows] = refusal
        transaction.set_rollback(True)
    return stopped


def _one(actor: Actor, subject: str, one: HouseholdRow) -> Refused | None:
    try:
        with transaction.atomic():
            _take(actor, subject, [one])
    except Refused as refusal:
        return refusal
    return None


def _take(actor: Actor, subject: str, going: list[HouseholdRow]) -> list[Any]:
    """The step of each household; gives the notices that the steps have not sent themselves."""
    if subject == "households":
        for one in going:
            mark_ready(actor, household=str(one.household.pk), needs=one.household.needs, ready_on=one.on)
        return []
    return _assign(actor, going)


def _assign(actor: Actor, going: list[HouseholdRow]) -> list[Any]:
    today = clock.today()
    stored: list[Assignment] = []
    for year in sorted({one.on.year for one in going}):
        of_year = [one for one in going if one.on.year == year]
        candidates = candidates_of([one.household for one in of_year], year, today)
        missing = [one for one in of_year if one.household.pk not in candidates]
        if missing:
            raise Refused("household_is_empty", {"household": missing[0].household.reference})
        choices = [
            Choice(candidates[one.household.pk], one.to, year, override_reason=register_export.ASSIGNMENTS)
            for one in of_year
        ]
        stored += _stored(actor, choices)
    return [notice for one in stored for notice in to_municipality("card_received", one, one.answer_due_on)]


def _stored(actor: Actor, choices: list[Choice]) -> list[Assignment]:
    """As `store_choices`, with what the database refuses told as a refusal inside this transaction."""
    try:
        with transaction.atomic():
            return store_choices(actor, choices)
    except DatabaseError as error:
        refusal = refusal_from(error)
        if refusal is None:
            raise
        raise refusal from error
