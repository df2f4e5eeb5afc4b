"""When the council takes a changed request up: the vedtak stands, and IMDi, KS and the county know the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bosett.decisions.before_sending import CouncilMatter
from bosett.terms.errors import BadInput, Refused
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.decision_details import MOST_CASE, beside_of, same_vedtak, store_beside
from bosett_server.actions.decision_locks import lock_answers
from bosett_server.actions.step import Done, action
from bosett_server.queries.decision_again import must_answer_again
from bosett_server.queries.decisions import current_vedtak, place_name
from bosett_server.records.models import Notice


@action(Permission.VEDTAK_RECORD)
def say_council_meets(
    actor: Actor,
    *,
    municipality: str,
    year: int,
    meeting_on: date,
    agenda_on: date | None = None,
    case_number: str = "",
) -> Done[int]:
    """The day on which the council takes the changed request up is on record; its vedtak is as it was.

    Raises Refused: `not_asked_again`, `meeting_date_passed`, `agenda_after_meeting`.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    lock_answers(year, municipality)
    if municipality not in must_answer_again(year):
        raise Refused("not_asked_again", {"year": year})
    if meeting_on < clock.today():
        raise Refused("meeting_date_passed", {"day": meeting_on.isoformat()})
    try:
        CouncilMatter(meeting_on, agenda_on, case_number)
    except BadInput as fault:
        raise Refused("agenda_after_meeting", {"meeting": meeting_on.isoformat()}) from fault
    old = current_vedtak(municipality, year)[1][Group.ALL.value]
    row = same_vedtak(actor, old, meeting_on=meeting_on)
    kept = beside_of(old)
    case = case_number.strip()[:MOST_CASE] or kept.case_number
    store_beside(row, replace(kept, agenda_on=agenda_on, case_number=case))
    facts = {"year": year, "meeting": meeting_on.isoformat()}
    told = facts | {"municipality": place_name(municipality)}
    url = f"/municipalities/{municipality}/vedtak/?year={year}"
    parties = (Role.IMDI_LEAD, Role.IMDI_CASEWORKER, Role.KS)
    notices = [Notice(code="council_meets", to_role=role.value, facts=told, url=url) for role in parties]
    notices.append(
        Notice(
            code="council_meets", to_role=Role.COUNTY.value, county_id=municipality[:2], facts=told, url=url
        )
    )
    return Done(row.pk, about=("municipality", municipality), facts=facts, notices=notices)
