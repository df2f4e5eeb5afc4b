"""Who is told of what: a party's own people, never another's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from bosett_server.access import clock
from bosett_server.access.roles import Role
from bosett_server.records.models import Notice, RoleGrant

ROOM = "/agreement/consultation/"
LEADS = {"KS": Role.KS, "IMDi": Role.IMDI_LEAD, "UDI": Role.UDI_RECEPTION, "Bufetat": Role.BUFETAT}
"""The role of each body that answers for it; a ministry's users are told one by one."""
MUNICIPAL = (Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER)
COUNTY_DIGITS = 2


def told(
    bodies: Iterable[str], code: str, facts: dict[str, object], url: str, due: date | None = None
) -> list[Notice]:
    """One notice for each body's role or, for a ministry, for each of its users."""
    found = []
    for body in sorted(set(bodies)):
        for where in _readers(body):
            found.append(Notice(code=code, facts=facts, url=url, due_on=due, **where))
    return found


def _readers(body: str) -> list[dict[str, object]]:
    if body in LEADS:
        return [{"to_role": LEADS[body].value}]
    if body.isdigit() and len(body) == COUNTY_DIGITS:
        return [{"to_role": Role.COUNTY.value, "county_id": body}]
    if body.isdigit():
        return [{"to_role": role.value, "municipality_id": body} for role in MUNICIPAL]
    return [{"to_role": "", "to_user_id": user} for user in ministry_users(body)]


def ministry_users(party: str) -> list[int]:
    """Who speaks for a ministry today."""
    today = clock.today()
    held = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today), starts_on__lte=today, party=party, user__is_active=True,
    )  # fmt: skip
    return sorted(set(held.values_list("user_id", flat=True)))


def others(parties: Iterable[str], own: str) -> set[str]:
    """The called parties but the one that acts."""
    return set(parties) - {own}
