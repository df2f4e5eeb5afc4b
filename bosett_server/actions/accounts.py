"""Users and rights: created, given, ended, reviewed.  Nobody changes their own; the database says so too."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from bosett.registry.agreements import Agreements
from bosett.terms.errors import NoRuleInForce, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions import second_factor
from bosett_server.actions.step import Done, action
from bosett_server.queries.accounts import held_on
from bosett_server.records.models import Notice, RoleGrant, User

GRANTABLE = frozenset(Role) - {Role.HOUSEHOLD, Role.REPRESENTATIVE, Role.PUBLIC, Role.SYSTEM}
ALONE = frozenset({Role.ADMIN, Role.AUDITOR})
IN_MUNICIPALITY = frozenset({Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER})
IN_COUNTY = frozenset({Role.COUNTY, Role.STATSFORVALTER})


@action(Permission.USERS_MANAGE)
def create_user(
    actor: Actor, *, username: str, first_name: str, last_name: str, email: str = "", oidc_subject: str = ""
) -> Done[int]:
    """A user exists, without password and without rights.  Raises Refused: `user_name_taken`."""
    if User.objects.filter(username__iexact=username).exists():
        raise Refused("user_name_taken")
    user = User(
        username=username, first_name=first_name, last_name=last_name, email=email, oidc_subject=oidc_subject
    )
    user.set_unusable_password()
    user.save()
    return Done(user.pk, about=("user", user.pk))


@action(Permission.USERS_MANAGE)
def set_user_active(actor: Actor, *, user: int, active: bool) -> Done[int]:
    """The user is open or closed; a closed user can do nothing from the next click on."""
    row = _other(actor, user)
    row.is_active = active
    row.save(update_fields=["is_active"])
    return Done(user, about=("user", user), facts={"active": int(active)})


@action(Permission.USERS_MANAGE)
def issue_password_link(actor: Actor, *, user: int) -> Done[int]:
    """A link that sets a new password once, within a day, has been given out; it is not stored."""
    row = _other(actor, user)
    if not row.is_active:
        raise Refused("user_inactive")
    return Done(user, about=("user", user))


def password_path(user: int) -> str:
    """The link's path; its token is void once the password is set or the user logs in."""
    row = User.objects.get(pk=user)
    return f"/password/{urlsafe_base64_encode(force_bytes(user))}/{default_token_generator.make_token(row)}/"


@action(Permission.USERS_MANAGE)
def reset_second_factor(actor: Actor, *, user: int) -> Done[int]:
    """The user has no second factor and must set one up at the next log-in."""
    row = _other(actor, user)
    return Done(second_factor.reset(row), about=("user", user))


@action(Permission.USERS_MANAGE)
def grant_role(
    actor: Actor,
    *,
    user: int,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    municipality: str = "",
    county: str = "",
    centre: int | None = None,
    party: str = "",
    stands_in_for: int | None = None,
) -> Done[int]:
    """The user holds the role there from `starts_on` until the day before `ends_on`.

    Raises Refused: `nobody_changes_own_rights`, `user_inactive`, `role_not_grantable`, `role_needs_municipality`,
    `role_needs_county`, `role_needs_centre`, `place_not_for_role`, `grant_in_the_past`,
    `grant_ends_before_start`, `stand_in_needs_an_end`, `stand_in_for_nothing`, `role_stands_alone`,
    `grant_overlaps`, `role_needs_party`, `party_not_for_role`, `party_not_in_agreement`.
    """
    row = _other(actor, user)
    if not row.is_active:
        raise Refused("user_inactive")
    _check_place(role, municipality, county, centre)
    _check_days(starts_on, ends_on, stands_in_for)
    _check_party(role, party, starts_on)
    place: dict[str, object] = {
        "municipality_id": municipality or None,
        "county_id": county or None,
        "centre_id": centre,
        "party": party,
    }
    _check_others(user, role, starts_on, ends_on, place)
    if stands_in_for is not None:
        _check_stood_in_for(stands_in_for, user, role, starts_on, place)
    grant = RoleGrant.objects.create(
        user=row, role=role.value, starts_on=starts_on, ends_on=ends_on, stands_in_for_id=stands_in_for,
        granted_by_id=actor.person, granted_at=clock.now(), **place,
    )  # fmt: skip
    facts = {"grant": grant.pk, "role": role.value, "place": municipality or county or str(centre or party)}
    return Done(grant.pk, about=("user", user), facts=facts, notices=[_told(user, "role_granted", starts_on)])


@action(Permission.USERS_MANAGE)
def end_role_grant(actor: Actor, *, grant: int, ends_on: date | None = None) -> Done[int]:
    """The right ends on the day, today unless told otherwise.  Raises Refused: `grant_already_ended`."""
    row = _grant(actor, grant)
    today = clock.today()
    if row.ends_on is not None and row.ends_on <= today:
        raise Refused("grant_already_ended")
    row.ends_on = max(ends_on or today, row.starts_on, today)
    row.save(update_fields=["ends_on"])
    notice = _told(row.user_id, "role_ended", row.ends_on)
    return Done(
        grant, about=("user", row.user_id), facts={"grant": grant, "role": row.role}, notices=[notice]
    )


@action(Permission.USERS_MANAGE)
def confirm_role_grant(actor: Actor, *, grant: int) -> Done[int]:
    """Somebody has looked at the right again and found it needed."""
    row = _grant(actor, grant)
    row.reviewed_on, row.reviewed_by_id = clock.today(), actor.user_id
    row.save(update_fields=["reviewed_on", "reviewed_by"])
    return Done(grant, about=("user", row.user_id), facts={"grant": grant, "role": row.role})


def set_password(user: User, password: str) -> None:
    """The user has this password; the link that led here is void.  The caller has checked link and password."""
    user.set_password(password)
    user.save(update_fields=["password"])


def keep_language(user: int, language: str) -> None:
    """The user's pages and mail come in this language."""
    User.objects.filter(pk=user).update(language=language)


def _other(actor: Actor, user: int) -> User:
    """The user, locked, when it is somebody else."""
    if user == actor.user_id:
        raise Refused("nobody_changes_own_rights")
    row = User.objects.select_for_update().filter(pk=user).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _grant(actor: Actor, grant: int) -> RoleGrant:
    row = RoleGrant.objects.select_for_update().filter(pk=grant).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.user_id == actor.user_id:
        raise Refused("nobody_changes_own_rights")
    return row


def _check_place(role: Role, municipality: str, county: str, centre: int | None) -> None:
    if role not in GRANTABLE:
        raise Refused("role_not_grantable", {"role": role.value})
    wanted = (
        ("municipality" if role in IN_MUNICIPALITY else "")
        or ("county" if role in IN_COUNTY else "")
        or ("centre" if role is Role.CENTRE else "")
    )
    given = {"municipality": bool(municipality), "county": bool(county), "centre": centre is not None}
    if wanted and not given[wanted]:
        raise Refused(f"role_needs_{wanted}", {"role": role.value})
    if any(there and name != wanted for name, there in given.items()):
        raise Refused("place_not_for_role", {"role": role.value})


def _check_party(role: Role, party: str, starts_on: date) -> None:
    """A ministry's user speaks for one of the State's parties to the agreement of the first day, nobody else does."""
    if role is not Role.MINISTRY:
        if party:
            raise Refused("party_not_for_role", {"role": role.value})
        return
    if not party:
        raise Refused("role_needs_party", {"role": role.value})
    if party not in ministries(starts_on):
        raise Refused("party_not_in_agreement", {"party": party, "day": starts_on.isoformat()})


def ministries(day: date) -> tuple[str, ...]:
    """The State's parties to the agreement in force on a day, by code; none on a day without an agreement."""
    known = Agreements.shipped()
    try:
        signed = known.in_force(day).parties
    except NoRuleInForce:
        return ()
    return tuple(code for code in signed if known.party(code).side == "state")


def _check_days(starts_on: date, ends_on: date | None, stands_in_for: int | None) -> None:
    if starts_on < clock.today():
        raise Refused("grant_in_the_past")
    if ends_on is not None and ends_on <= starts_on:
        raise Refused("grant_ends_before_start")
    if stands_in_for is not None and ends_on is None:
        raise Refused("stand_in_needs_an_end")


def _check_stood_in_for(grant: int, user: int, role: Role, starts_on: date, place: dict[str, object]) -> None:
    """A stand-in has the right of somebody else: the same role in the same place, held on the first day."""
    if not held_on(role.value, starts_on, place).filter(pk=grant).exclude(user_id=user).exists():
        raise Refused("stand_in_for_nothing")


def _check_others(
    user: int, role: Role, starts_on: date, ends_on: date | None, place: dict[str, object]
) -> None:
    """Against the rights that share a day with the new one."""
    sharing = RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on), user_id=user)
    if ends_on is not None:
        sharing = sharing.filter(starts_on__lt=ends_on)
    if sharing.filter(role=role.value, **place).exists():
        raise Refused("grant_overlaps")
    held = set(sharing.values_list("role", flat=True)) | {role.value}
    if len(held) > 1 and held & {r.value for r in ALONE}:
        raise Refused("role_stands_alone")


def _told(user: int, code: str, day: date) -> Notice:
    return Notice(code=code, to_role="", to_user_id=user, facts={"from": day.isoformat()}, url="/roles/")
