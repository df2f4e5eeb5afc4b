"""Users and their rights; never a person on their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Q, QuerySet

from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import Centre, County, Municipality, NamedAccess, RoleGrant, User

PAGE_SIZE = 100


@dataclass(frozen=True)
class GrantRow:
    """One right: a role in a place for a span of days."""

    id: int
    user_id: int
    user: str
    role: str
    place: str
    starts_on: date
    ends_on: date | None
    stands_in_for: str
    granted_by: str
    granted_at: datetime
    reviewed_on: date | None
    in_force: bool
    ended: bool


@dataclass(frozen=True)
class UserRow:
    """One user with the rights in force."""

    id: int
    username: str
    name: str
    active: bool
    second_factor: bool
    last_login: datetime | None
    grants: tuple[GrantRow, ...]


@dataclass(frozen=True)
class NamedRow:
    """One user's named access to one protected household, by reference only."""

    id: int
    user: str
    reference: str
    starts_on: date
    ends_on: date | None
    granted_by: str
    ended: bool


def users(
    actor: Actor, today: date, *, search: str = "", after: str = "", role: str = "", limit: int = PAGE_SIZE
) -> list[UserRow]:
    """Users by user name, a page at a time; three queries."""
    rows = User.objects.order_by("username").filter(username__gt=after)
    if search:
        rows = rows.filter(
            Q(username__icontains=search) | Q(first_name__icontains=search) | Q(last_name__icontains=search)
        )
    if role:
        rows = rows.filter(pk__in=_in_force(today).filter(role=role).values("user_id"))
    return _users(list(rows[:limit]), today)


def one_user(actor: Actor, user: int, today: date) -> tuple[UserRow, list[GrantRow]]:
    """The user and every right ever given, newest first.  Raises NotInSight when there is none."""
    row = User.objects.filter(pk=user).first()
    if row is None:
        raise NotInSight("not_in_sight")
    grants = _joined(RoleGrant.objects.filter(user=row)).order_by("-id")
    return _users([row], today)[0], [grant_row(g, today) for g in grants]


def to_review(actor: Actor, today: date) -> list[GrantRow]:
    """Rights in force that nobody has looked at for the months in `access/role_review_months`, oldest first."""
    months = int(Parameters.shipped().lookup("access/role_review_months", today).value)
    before = _months_before(today, months)
    rows = _joined(_in_force(today)).filter(
        Q(reviewed_on__lt=before) | Q(reviewed_on__isnull=True, granted_at__date__lt=before)
    )
    return [grant_row(g, today) for g in rows.order_by("granted_at", "id")[:500]]


def named_access(actor: Actor, today: date) -> list[NamedRow]:
    """Who is named for which protected household, newest first; two queries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, reference FROM bosett_named_references()")
        references = dict(cursor.fetchall())
    rows = NamedAccess.objects.select_related("user", "granted_by").order_by("-id")
    return [
        NamedRow(
            r.pk, _name(r.user), references[r.pk], r.starts_on, r.ends_on, _name(r.granted_by),
            r.ends_on is not None and r.ends_on <= today,
        )
        for r in rows
        if r.pk in references
    ]  # fmt: skip


def places(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    """Municipalities, counties and centres to choose from, by code or id and name."""
    municipalities = [(m.code, m.name_norwegian) for m in Municipality.objects.order_by("sort_key")]
    counties = [(c.code, c.name) for c in County.objects.order_by("sort_key")]
    centres = [(str(c.pk), c.name) for c in Centre.objects.filter(closes_on__isnull=True).order_by("name")]
    return municipalities, counties, centres


def grant_row(g: RoleGrant, today: date) -> GrantRow:
    """A right as lists show it."""
    place = g.municipality or g.county or g.centre
    other = g.stands_in_for.user if g.stands_in_for else None
    ended = g.ends_on is not None and g.ends_on <= today
    return GrantRow(
        g.pk, g.user_id, _name(g.user), g.role, str(place or g.party), g.starts_on, g.ends_on,
        _name(other) if other else "", _name(g.granted_by) if g.granted_by else "", g.granted_at,
        g.reviewed_on, g.starts_on <= today and not ended, ended,
    )  # fmt: skip


def _users(rows: list[User], today: date) -> list[UserRow]:
    ids = [row.pk for row in rows]
    grants: dict[int, list[GrantRow]] = {}
    for g in _joined(_in_force(today)).filter(user_id__in=ids).order_by("id"):
        grants.setdefault(g.user_id, []).append(grant_row(g, today))
    factors = set(
        Authenticator.objects.filter(user_id__in=ids, type="totp").values_list("user_id", flat=True)
    )
    return [
        UserRow(
            row.pk, row.username, row.get_full_name(), row.is_active, row.pk in factors, row.last_login,
            tuple(grants.get(row.pk, ())),
        )
        for row in rows
    ]  # fmt: skip


def _in_force(today: date) -> QuerySet[RoleGrant, RoleGrant]:
    return RoleGrant.objects.filter(starts_on__lte=today).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    )


def _joined(rows: QuerySet[RoleGrant, RoleGrant]) -> QuerySet[RoleGrant, RoleGrant]:
    return rows.select_related(
        "user", "municipality", "county", "centre", "granted_by", "stands_in_for__user"
    )


def _name(user: User) -> str:
    return f"{user.get_full_name()} ({user.username})" if user.get_full_name() else user.username


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, min(day.day, 28))


def stood_in_for(actor: Actor, username: str, right: Mapping[str, Any]) -> int:
    """The grant that somebody away holds of this role in this place.  Raises Refused `stand_in_for_nothing`."""
    place = {
        "municipality_id": right["municipality"] or None,
        "county_id": right["county"] or None,
        "centre_id": right["centre"],
        "party": right["party"],
    }
    held = held_on(right["role"], right["starts_on"], place).filter(user__username=username.strip())
    found = held.values_list("pk", flat=True).first()
    if found is None:
        raise Refused("stand_in_for_nothing")
    return found


def held_on(role: str, day: date, place: Mapping[str, Any]) -> QuerySet[RoleGrant, RoleGrant]:
    """The rights of a role in a place that hold on a day and do not end with it."""
    return _in_force(day).filter(role=role, **place)
