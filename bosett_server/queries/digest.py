"""Whom to tell by e-mail, and how much: counts per user, never what the notices say about anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bosett_server.records.models import Notice, RoleGrant


@dataclass(frozen=True)
class Digest:
    """One user's unmailed notices: how many, and how many have a deadline."""

    user_id: int
    email: str
    language: str
    count: int
    with_deadline: int


def unmailed(at_most: int = 5000) -> list[Notice]:
    """Open notices that no e-mail has told of, oldest first."""
    return list(Notice.objects.filter(mailed_at__isnull=True, done_at__isnull=True).order_by("id")[:at_most])


def digests(notices: Sequence[Notice], today: date) -> list[Digest]:
    """One digest per user with an address who can see at least one of the notices (two queries)."""
    grants = (
        RoleGrant.objects.filter(starts_on__lte=today, user__is_active=True, user__email_digest=True)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .exclude(user__email="")
        .select_related("user")
    )
    by_role: dict[str, list[RoleGrant]] = defaultdict(list)
    users = {grant.user_id: grant.user for grant in grants}
    for grant in grants:
        by_role[grant.role].append(grant)
    seen: dict[int, set[int]] = defaultdict(set)
    for notice in notices:
        if notice.to_user_id is not None:
            seen[notice.to_user_id].add(notice.pk)
            continue
        for grant in by_role[notice.to_role]:
            if _reaches(grant, notice):
                seen[grant.user_id].add(notice.pk)
    due = {notice.pk for notice in notices if notice.due_on is not None}
    return [
        Digest(pk, users[pk].email, users[pk].language, len(ids), len(ids & due))
        for pk, ids in sorted(seen.items())
        if pk in users
    ]


def _reaches(grant: RoleGrant, notice: Notice) -> bool:
    return (
        (notice.municipality_id is None or notice.municipality_id == grant.municipality_id)
        and (notice.centre_id is None or notice.centre_id == grant.centre_id)
        and (notice.county_id is None or notice.county_id == grant.county_id)
        and notice.household_id is None
    )
