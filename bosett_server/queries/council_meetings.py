"""Which councils are still to decide, by the day they meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.records.models import VersionedFigure


@dataclass(frozen=True)
class Meeting:
    """A council that has not decided: where, and the day of the meeting."""

    code: str
    name: str
    day: date


def next_meetings(actor: Actor, today: date, at_most: int = 6) -> list[Meeting]:
    """Councils that are to decide, or to decide anew, in the year's round, the earliest meeting first.

    None for who may not see.
    """
    if not actor.may(Permission.ROUND_VIEW):
        return []
    rows = VersionedFigure.objects.filter(
        what="voted", year=today.year, group="all", superseded_at__isnull=True, meeting_on__isnull=False,
    )  # fmt: skip
    rows = rows.filter(Q(state="awaiting") | Q(meeting_on__gte=today))
    if actor.municipalities:
        rows = rows.filter(municipality_id__in=actor.municipalities)
    if actor.role is Role.COUNTY:
        rows = rows.filter(municipality__county_id=actor.county)
    found = rows.order_by("meeting_on", "municipality__sort_key")
    told = found.values_list("municipality_id", "municipality__name", "meeting_on")[:at_most]
    return [Meeting(code, name, day) for code, name, day in told if day is not None]
