"""The letters of a sent round: ordered by a person, written and delivered in the background, a part at a time."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from bosett.outputs.anmodning_letter import LetterFacts, anmodning_letter
from bosett.outputs.delivery import Outcome, Parcel
from bosett.outputs.letter_job import letter_file_name
from bosett.outputs.paper_pdf import paper_pdf
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.letter_carrier import carrier, carrier_name
from bosett_server.actions.step import Done, action
from bosett_server.queries.round_letters import letter_facts
from bosett_server.records.models import LetterJob, Notice, Round, RoundLetter

TASK = "letters.write_letters"
MOST_CASE = 40
PART = 30
"""Letters in one transaction: a worker that is killed loses at most these."""


@action(Permission.ROUND_SEND)
def order_letters(actor: Actor, *, round: int, case_number: str) -> Done[int]:
    """The letters of the round will be written and delivered; gives how many there will be.

    Work that failed is taken up where it stopped.
    Raises Refused: `letters_before_sending`, `case_number_missing`, `letters_under_way`, `nobody_to_write_to`.
    """
    row = Round.objects.select_for_update(of=("self",)).select_related("need").filter(pk=round).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.state != "sent":
        raise Refused("letters_before_sending", {"year": row.year})
    case = case_number.strip()[:MOST_CASE]
    if not case:
        raise Refused("case_number_missing")
    before = LetterJob.objects.filter(round=row).first()
    if before is not None and before.state != "failed":
        raise Refused("letters_under_way", {"year": row.year})
    total = len(letter_facts(row, case, exercise=False))
    if not total:
        raise Refused("nobody_to_write_to", {"year": row.year})
    Round.objects.filter(pk=row.pk).update(criteria=row.criteria | {"case_number": case})
    LetterJob.objects.update_or_create(
        round=row,
        defaults={"state": "waiting", "done": RoundLetter.objects.filter(round=row).count(), "total": total,
                  "asked_by_id": actor.user_id, "asked_at": clock.now(), "ended_at": None, "fault": ""},
    )  # fmt: skip
    app.configure_task(TASK, lock=f"letters-{row.pk}").defer(round_id=row.pk)
    return Done(total, about=("round", row.pk), facts={"year": row.year, "letters": total})


@action(Permission.LETTERS_WRITE)
def write_letter_part(actor: Actor, *, round: int) -> Done[int]:
    """The next letters are written; gives how many are left.  A letter that stands is never written again."""
    job = _held(round)
    row = job.round
    written = set(RoundLetter.objects.filter(round=row).values_list("municipality_id", flat=True))
    facts = letter_facts(row, str(row.criteria.get("case_number", "")), exercise=settings.BOSETT_DEMO)
    left = [one for one in facts if one.municipality not in written]
    RoundLetter.objects.bulk_create(_letter(row, one) for one in left[:PART])
    job.state, job.done = "writing", len(written) + len(left[:PART])
    job.save(update_fields=["state", "done"])
    rest = len(left) - len(left[:PART])
    return Done(rest, about=("round", row.pk), facts={"written": len(left[:PART]), "left": rest})


@action(Permission.LETTERS_WRITE)
def deliver_letter_part(actor: Actor, *, round: int) -> Done[int]:
    """The next letters are carried, each with what became of it; gives how many are left.

    A letter without a receipt is tried again; the carrier carries one key once.
    """
    job = _held(round)
    waiting = RoundLetter.objects.filter(round=job.round, outcome="").order_by("municipality_id")
    port, now = carrier(), clock.now()
    rows = list(waiting.select_related("municipality")[:PART])
    for row in rows:
        receipt = port.deliver(_parcel(job.round, row))
        row.carrier, row.outcome, row.reference = carrier_name(), receipt.outcome.value, receipt.where[:200]
        row.outcome_at = now
    RoundLetter.objects.bulk_update(rows, ["carrier", "outcome", "reference", "outcome_at"])
    left = waiting.count()
    job.state, notices = "delivering", []
    if not left:
        job.state, job.ended_at = "done", now
        notices = _done_notices(job)
    job.save(update_fields=["state", "ended_at"])
    return Done(
        left, about=("round", job.round_id), facts={"carried": len(rows), "left": left}, notices=notices
    )


@action(Permission.LETTERS_WRITE)
def fail_letters(actor: Actor, *, round: int, code: str) -> Done[int]:
    """The work has stopped, and it says why; what is written stands, and a new order takes it up."""
    job = _held(round)
    job.state, job.fault, job.ended_at = "failed", code[:80], clock.now()
    job.save(update_fields=["state", "fault", "ended_at"])
    notice = Notice(
        code="letters_failed", to_role=Role.IMDI_LEAD.value, facts={"year": job.round.year, "done": job.done},
        url=f"/requests/{job.round.year}/rounds/{job.round.number}/",
    )  # fmt: skip
    return Done(job.done, about=("round", job.round_id), facts={"code": code[:80]}, notices=[notice])


def _held(round_id: int) -> LetterJob:
    job = (
        LetterJob.objects.select_for_update(of=("self",))
        .select_related("round__need")
        .filter(round_id=round_id)
        .exclude(state__in=["done", "failed"])
        .first()
    )
    if job is None:
        raise NotInSight("not_in_sight")
    return job


def _letter(row: Round, facts: LetterFacts) -> RoundLetter:
    paper = anmodning_letter(facts)
    content = paper_pdf(paper)
    name = letter_file_name(facts)
    parcel = Parcel(_key(row, facts.municipality), facts.municipality, facts.name, paper.title, name, content)
    return RoundLetter(
        round=row, municipality_id=facts.municipality, language=facts.language, title=paper.title,
        file_name=f"{row.number}-{name}", case_number=facts.case_number, dated=paper.day, content=content,
        size_bytes=len(content), sha256=parcel.sha256,
    )  # fmt: skip


def _parcel(row: Round, letter: RoundLetter) -> Parcel:
    return Parcel(
        _key(row, letter.municipality_id), letter.municipality_id, letter.municipality.name, letter.title,
        letter.file_name, bytes(letter.content),
    )  # fmt: skip


def _key(row: Round, municipality: str) -> str:
    return f"anmodning-{row.year}-{row.number}-{municipality}"


def _done_notices(job: LetterJob) -> list[Notice]:
    rows = RoundLetter.objects.filter(round=job.round)
    arrived = rows.filter(outcome__in=[Outcome.DELIVERED.value, Outcome.HANDED_OVER.value]).count()
    facts = {"year": job.round.year, "letters": job.total, "not_delivered": rows.count() - arrived}
    url = f"/requests/{job.round.year}/rounds/{job.round.number}/"
    return [
        Notice(code="letters_done", to_role=role.value, facts=facts, url=url)
        for role in (Role.IMDI_LEAD, Role.KS)
    ]
