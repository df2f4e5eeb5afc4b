"""Municipalities without an answer to the request in force are reminded before the deadline, each reminder once."""

from __future__ import annotations

from bosett.decisions.before_sending import Reminder, reminders_due
from bosett.rules import Parameters
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.decision_again import must_answer_again
from bosett_server.queries.decisions import round_of, vedtak_by_municipality
from bosett_server.records.models import Municipality, Notice, Round

DAYS = tuple(f"decisions/answer_reminder_days_{which}" for which in ("first", "second", "last"))
CODE = "answer_reminder"


@action(Permission.DEADLINES_RUN)
def remind_councils(actor: Actor) -> Done[int]:
    """Everybody whose next reminder has come, and who has not had it, has it now; gives how many municipalities.

    A day on which nobody ran this is not lost: the reminder comes on the next.
    """
    today = clock.today()
    rules = Parameters.shipped()
    days = sorted(rules.lookup(path, today).whole for path in DAYS)
    notices, count = [], 0
    for year in sorted(
        set(Round.objects.filter(state="sent", answer_due_on__gte=today).values_list("year", flat=True))
    ):
        found = _due(year, days)
        count += len(found)
        notices += found
    told = [notice for pair in notices for notice in pair]
    return Done(count, about=("round", "*"), facts={"reminded": count}, notices=told)


def _due(year: int, days: list[int]) -> list[list[Notice]]:
    round_ = round_of(year)
    if round_ is None:
        return []
    answers = vedtak_by_municipality(year).values()
    again = frozenset(MunicipalityCode(code) for code in must_answer_again(year))
    near = reminders_due(round_, answers, clock.today(), range(max(days) + 1), again)
    sent = _sent(year)
    names = dict(Municipality.objects.values_list("code", "name"))
    deadlines = {one.municipality: one.deadline.isoformat() for one in round_.requests}
    found = []
    for one in near:
        step = min(day for day in days if day >= one.days_left)
        deadline = deadlines[one.municipality]
        if (one.municipality, deadline, step) not in sent:
            code = _code(one, anew=one.municipality in again)
            found.append(_notices(one, code, year, names[one.municipality], deadline, step))
    return found


def _sent(year: int) -> set[tuple[str, str, int]]:
    """(municipality, deadline, which reminder) that have gone out."""
    rows = Notice.objects.filter(code__startswith=CODE, facts__year=year).values_list(
        "municipality_id", "facts"
    )
    return {(code or "", str(facts["due"]), int(facts["step"])) for code, facts in rows}


def _code(one: Reminder, *, anew: bool) -> str:
    if one.meeting_after_deadline:
        return f"{CODE}_late"
    return f"{CODE}_again" if anew else CODE


def _notices(one: Reminder, code: str, year: int, name: str, deadline: str, step: int) -> list[Notice]:
    facts = {"municipality": name, "year": year, "days": one.days_left, "due": deadline, "step": step}
    return [
        Notice(code=code, to_role=role.value, municipality_id=one.municipality, facts=facts,
               url=f"/municipalities/{one.municipality}/vedtak/?year={year}", due_on=deadline)
        for role in (Role.MUNICIPALITY_DECIDER, Role.MUNICIPALITY_COORDINATOR)
    ]  # fmt: skip
