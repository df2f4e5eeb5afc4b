"""Taking assignment decisions out for the archive: a period, a case and a paragraph, and it stands in the log."""

from __future__ import annotations

from datetime import date

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.assignment_journal import day_after, decided_count

MOST_AT_ONCE = 1000
MOST_CASE, MOST_RESTRICTION = 40, 120


@action(Permission.ASSIGNMENT_DECIDE)
def take_out_assignments(
    actor: Actor, *, first: date, last: date, case_number: str, restriction: str
) -> Done[int]:
    """That the decisions of these days were taken out stands in the log; gives how many they are.

    Raises Refused: `period_backwards`, `period_not_over`, `case_number_missing`, `restriction_missing`,
    `no_decisions_in_period`, `too_many_for_one_export`.
    """
    if last < first:
        raise Refused("period_backwards", {"first": first.isoformat(), "last": last.isoformat()})
    if last > clock.today():
        raise Refused("period_not_over", {"last": last.isoformat()})
    if not case_number.strip():
        raise Refused("case_number_missing")
    if not restriction.strip():
        raise Refused("restriction_missing")
    found = decided_count(actor, first, day_after(last))
    if not found:
        raise Refused("no_decisions_in_period", {"first": first.isoformat(), "last": last.isoformat()})
    if found > MOST_AT_ONCE:
        raise Refused("too_many_for_one_export", {"found": found, "most": MOST_AT_ONCE})
    facts = {"first": first.isoformat(), "last": last.isoformat(), "files": found}
    return Done(found, about=("assignment", "*"), facts=facts)
