"""What the daily check of birthdays reads."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bosett.followup.recheck import CROSSINGS
from bosett.terms.days import add_years
from bosett_server.records.models import AuditEvent, Household, Person


def last_birthday_check() -> date | None:
    """The last day that a check has looked at, by the log."""
    event = (
        AuditEvent.objects.filter(verb="recheck_birthdays", outcome="done", object_id="*")
        .order_by("-id")
        .first()
    )
    return date.fromisoformat(event.facts["until"]) if event else None


def minors_with_birthdays(after: date, today: date) -> list[Household]:
    """Open households with an unaccompanied minor who turned 15 or 18 after a day, up to and with today."""
    spans = Q()
    for years in CROSSINGS:
        spans |= Q(birth_date__gte=add_years(after, -years), birth_date__lte=add_years(today, -years))
    people = Person.objects.filter(spans, unaccompanied_minor=True, left_on__isnull=True)
    return list(
        Household.objects.filter(pk__in=people.values("household_id"), merged_into__isnull=True)
        .exclude(stage__in=["settled", "left"])
        .order_by("id")
    )
