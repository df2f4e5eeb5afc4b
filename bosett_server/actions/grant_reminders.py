"""Before a deadline runs out: drafts that were not applied for, and grant 2 for a year that nobody has claimed."""

from __future__ import annotations

from datetime import date, timedelta

from bosett.grants.deadlines import special_deadline
from bosett.grants.problem import SettledPerson
from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.claim_notices import address, facts, to_municipality
from bosett_server.actions.step import Done, action
from bosett_server.queries.grant_claim_lines import COUNTED
from bosett_server.queries.grant_inputs import grant_inputs
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import GrantClaim, Notice

REMINDER_DAYS = "grants/claim_reminder_days"
LIVE = ("draft", *COUNTED)


@action(Permission.DEADLINES_RUN)
def remind_claims(actor: Actor) -> Done[int]:
    """Each municipality with a claim near its deadline has one notice of it; a second run tells nothing twice."""
    today = clock.today()
    until = today + timedelta(days=Parameters.shipped().lookup(REMINDER_DAYS, today).whole)
    found = [*_drafts(today, until), *_next_years(today, until)]
    told = set(Notice.objects.filter(code__in={one[0] for one in found}).values_list("code", "url", "due_on"))
    fresh = [one for one in found if (one[0], one[2], one[3]) not in told]
    notices = [note for code, row, url, due in fresh for note in to_municipality(code, row, due, url)]
    return Done(
        len(fresh), ("claim", "*"), {"reminded": len(fresh)}, notices,
        many=[("claim", row.pk, facts(row)) for _, row, _, _ in fresh],
    )  # fmt: skip


Near = tuple[str, GrantClaim, str, date]
"""Code, the claim it is about, where to go, and the deadline."""


def _drafts(today: date, until: date) -> list[Near]:
    rows = GrantClaim.objects.filter(state="draft", due_on__isnull=False).select_related("municipality")
    near = [
        (row, max(row.due_on, row.extended_to or row.due_on)) for row in rows.order_by("id") if row.due_on
    ]
    return [("claim_due", row, address(row), due) for row, due in near if today <= due <= until]


def _next_years(today: date, until: date) -> list[Near]:
    """Grant 2 was given for a grant year, and nothing is claimed for the one that ends now."""
    rows = GrantClaim.objects.filter(scheme="special_2", state__in=LIVE).select_related("municipality")
    last = {row.person_id: row for row in rows.order_by("grant_year", "id")}
    inputs = grant_inputs(date.max.year, sorted(str(one) for one in last if one))
    persons = {one.person_id: one for one in inputs.persons}
    lives = {one.person_id: one.to_municipality_id for one in sorted(inputs.moves)}
    found = []
    for row in last.values():
        person, number = persons.get(str(row.person_id)), (row.grant_year or 0) + 1
        here = lives.get(str(row.person_id), row.municipality_id) == row.municipality_id
        if person is None or row.state not in COUNTED or not here or person.left_date is not None:
            continue
        due = _deadline(person, number)
        if due and today <= due <= until:
            url = f"/grants/claims/new/special_2/?person={row.person_id}&grant_year={number}"
            found.append(("claim_next_year_due", row, url, due))
    return found


def _deadline(person: SettledPerson, number: int) -> date | None:
    """None when the grant years have run out; a minor's run to the year of turning 20 if that is later."""
    rates, day = rates_in_force(), person.settled_date
    most = rates.lookup("grants/special/max_years", day).whole
    if number > most:
        last = rates.lookup("grants/unaccompanied_minor/last_year_of_age", date(day.year + most, 1, 1)).whole
        if not person.unaccompanied_minor or day.year + number - 1 > person.birth_date.year + last:
            return None
    return special_deadline(day, number, first=False, rates=rates)
