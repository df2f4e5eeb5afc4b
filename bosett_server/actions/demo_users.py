"""Demo users: one for each role, all synthetic, granted by the demo's administrator."""

from __future__ import annotations

from datetime import date, datetime

from bosett_server.access.roles import Role
from bosett_server.records.models import Centre, Municipality, RoleGrant, User

STAFF: dict[str, tuple[Role, str]] = {
    "saksbehandler": (Role.IMDI_CASEWORKER, "IMDi"),
    "leder": (Role.IMDI_LEAD, "IMDi"),
    "udi": (Role.UDI_RECEPTION, "UDI"),
    "bufetat": (Role.BUFETAT, "Bufetat"),
    "mottak": (Role.CENTRE, "Mottak"),
    "kommune": (Role.MUNICIPALITY_COORDINATOR, "Kommune"),
    "vedtak": (Role.MUNICIPALITY_DECIDER, "Kommune"),
    "fylke": (Role.COUNTY, "Fylkeskommune"),
    "ks": (Role.KS, "KS"),
    "departement": (Role.MINISTRY, "AID"),
    "jd": (Role.MINISTRY, "JD"),
    "bfd": (Role.MINISTRY, "BFD"),
    "kdd": (Role.MINISTRY, "KDD"),
    "nav": (Role.NAV, "NAV"),
    "husbanken": (Role.HUSBANKEN, "Husbanken"),
    "statsforvalter": (Role.STATSFORVALTER, "Statsforvalteren"),
    "revisor": (Role.AUDITOR, "Revisjon"),
}


def make_users(today: date, now: datetime) -> dict[str, User]:
    """Users by user name; their passwords are unusable, the demo's own page logs them in."""
    admin = _user("admin", "Administrator")
    _grant(admin, Role.ADMIN, None, today, now)
    users = {"admin": admin}
    for name, (_, where) in STAFF.items():
        users[name] = _user(name, where)
    return users


def give_roles(users: dict[str, User], municipality: str, centre: Centre, today: date, now: datetime) -> None:
    """Each user's role in its place."""
    home = Municipality.objects.get(code=municipality)
    places: dict[Role, dict[str, object]] = {
        Role.CENTRE: {"centre": centre},
        Role.MUNICIPALITY_COORDINATOR: {"municipality": home},
        Role.MUNICIPALITY_DECIDER: {"municipality": home},
        Role.COUNTY: {"county_id": home.county_id},
        Role.STATSFORVALTER: {"county_id": home.county_id},
    }
    for name, (role, where) in STAFF.items():
        party: dict[str, object] = {"party": where}
        place = party if role is Role.MINISTRY else places.get(role)
        _grant(users[name], role, users["admin"], today, now, place)


def _user(name: str, where: str) -> User:
    user = User(username=name, first_name="Demo", last_name=f"{name.capitalize()} ({where})", language="nb")
    user.set_unusable_password()
    user.save()
    return user


def _grant(
    user: User,
    role: Role,
    by: User | None,
    today: date,
    now: datetime,
    place: dict[str, object] | None = None,
) -> None:
    RoleGrant.objects.create(
        user=user, role=role.value, starts_on=today.replace(month=1, day=1), granted_by=by, granted_at=now,
        **(place or {}),
    )  # fmt: skip
