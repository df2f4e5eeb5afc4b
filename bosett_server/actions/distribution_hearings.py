"""Counties and KS heard on a draft before it is sent: asked, and their word recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from bosett.decisions.before_sending import Heard
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.distribution import MOST_PERSONS
from bosett_server.actions.step import Done, action
from bosett_server.queries.distribution import draft_row
from bosett_server.records.models import Hearing, Notice, Round, RoundLine

KS = Heard.KS.value
MOST_WORDS = 4000


@action(Permission.ROUND_DRAFT)
def open_hearings(actor: Actor, *, round: int, due_on: date) -> Done[int]:
    """Every county with a request and KS are asked for their word, each with what the draft asks for now.

    Those who have not answered yet get the newest numbers; an answer that is given stands.  Gives how
    many are asked.  Raises Refused: `round_already_sent`, `deadline_has_passed`, `nobody_is_asked`.
    """
    row, today = draft_row(round), clock.today()
    if due_on < today:
        raise Refused("deadline_has_passed", {"day": due_on.isoformat()})
    proposals = _proposals(row)
    if not proposals:
        raise Refused("nobody_is_asked")
    answered = set(
        Hearing.objects.filter(round=row, answered_on__isnull=False).values_list("body", flat=True)
    )
    asked = {body: told for body, told in proposals.items() if body not in answered}
    Hearing.objects.filter(round=row, answered_on__isnull=True).delete()
    made = Hearing.objects.bulk_create(
        Hearing(
            round=row, year=row.year, heard=(Heard.KS if body == KS else Heard.COUNTY).value, body=body,
            proposal=told, asked_on=today, due_on=due_on, recorded_by_id=actor.user_id,
        )
        for body, told in asked.items()
    )  # fmt: skip
    facts = {"year": row.year, "bodies": len(asked)}
    return Done(len(asked), about=("round", row.pk), facts=facts, notices=[_notice(one) for one in made])


@action(Permission.HEARING_ANSWER)
def answer_hearing(
    actor: Actor, *, hearing: int, comment: str, recommended: Mapping[str, int] | None = None
) -> Done[int]:
    """The county's or KS's own word stands; IMDi is told.

    Raises Refused: `round_already_sent`, `hearing_says_nothing`, `number_negative`, `not_in_the_proposal`.
    """
    row = _held(hearing)
    _answer(actor, row, clock.today(), comment, recommended or {})
    told = {"year": row.year, "body": row.body}
    notices = [
        Notice(code="hearing_answered", to_role=role.value, facts=told,
               url=f"/requests/{row.year}/draft/hearings/")
        for role in (Role.IMDI_LEAD, Role.IMDI_CASEWORKER)
    ]  # fmt: skip
    return Done(row.pk, about=("round", row.round_id), facts=told, notices=notices)


@action(Permission.ROUND_DRAFT)
def record_hearing(
    actor: Actor,
    *,
    hearing: int,
    answered_on: date,
    comment: str,
    recommended: Mapping[str, int] | None = None,
) -> Done[int]:
    """IMDi has written down what a county or KS said in a letter or a meeting; the body is told.

    Raises Refused as `answer_hearing`, and `answered_outside_the_hearing`.
    """
    row = _held(hearing)
    if not row.asked_on <= answered_on <= clock.today():
        raise Refused("answered_outside_the_hearing", {"asked_on": row.asked_on.isoformat()})
    _answer(actor, row, answered_on, comment, recommended or {})
    told = {"year": row.year, "body": row.body}
    return Done(row.pk, about=("round", row.round_id), facts=told, notices=[_notice(row, "hearing_recorded")])


def _proposals(row: Round) -> dict[str, dict[str, int]]:
    """Body -> what is put before it: a county its municipalities, KS the sums of the counties."""
    by_county: dict[str, dict[str, int]] = defaultdict(dict)
    for line in RoundLine.objects.filter(round=row).select_related("municipality"):
        by_county[line.municipality.county_id][line.municipality_id] = line.asked
    asked = {county: told for county, told in sorted(by_county.items()) if any(told.values())}
    return asked | {KS: {county: sum(told.values()) for county, told in asked.items()}} if asked else {}


def _held(pk: int) -> Hearing:
    row = Hearing.objects.filter(pk=pk).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _answer(actor: Actor, row: Hearing, day: date, comment: str, recommended: Mapping[str, int]) -> None:
    state = Round.objects.filter(pk=row.round_id).values_list("state", flat=True).first()
    if state == "sent":
        raise Refused("round_already_sent", {"year": row.year})
    if not comment.strip() and not recommended:
        raise Refused("hearing_says_nothing")
    outside = sorted(set(recommended) - set(row.proposal))
    if outside:
        raise Refused("not_in_the_proposal", {"code": outside[0][:10]})
    for persons in recommended.values():
        if persons < 0 or persons != int(persons):
            raise Refused("number_negative", {"found": str(persons)})
        if persons > MOST_PERSONS:
            raise Refused("number_too_large", {"found": persons, "most": MOST_PERSONS})
    row.answered_on, row.comment, row.recommended = day, comment.strip()[:MOST_WORDS], dict(recommended)
    row.recorded_by_id = actor.user_id
    row.save(update_fields=["answered_on", "comment", "recommended", "recorded_by"])


def _notice(row: Hearing, code: str = "hearing_asked") -> Notice:
    ks = row.body == KS
    return Notice(
        code=code,
        to_role=(Role.KS if ks else Role.COUNTY).value,
        county_id=None if ks else row.body,
        facts={"year": row.year, "due": row.due_on.isoformat(), "asked": sum(row.proposal.values())},
        url=f"/requests/hearings/{row.pk}/",
        due_on=row.due_on if code == "hearing_asked" else None,
    )
