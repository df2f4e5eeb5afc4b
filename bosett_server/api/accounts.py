"""Users and rights over the API, for the administrator's own tools."""

from __future__ import annotations

from datetime import date

from ninja import Router, Schema

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.actions.accounts import (
    confirm_role_grant,
    create_user,
    end_role_grant,
    grant_role,
    issue_password_link,
    password_path,
    reset_second_factor,
    set_user_active,
)
from bosett_server.actions.named_access import end_named_access, grant_named_access
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Input, Limit, Page, endpoint, following
from bosett_server.queries.accounts import GrantRow, users

router = Router()


class GrantOut(Schema):
    """One right in force."""

    id: int
    role: str
    place: str
    starts_on: date
    ends_on: date | None


class UserOut(Schema):
    """One user with the rights in force."""

    id: int
    username: str
    name: str
    active: bool
    second_factor: bool
    grants: list[GrantOut]


class UserIn(Input):
    """A new user, without rights."""

    username: str
    first_name: str
    last_name: str
    email: str = ""
    oidc_subject: str = ""


class GrantIn(Input):
    """A role in a place from a day until the day before another."""

    role: Role
    starts_on: date
    ends_on: date | None = None
    municipality: str = ""
    county: str = ""
    centre: int | None = None
    party: str = ""
    stands_in_for: int | None = None


class NamedIn(Input):
    """A named user and the household's reference."""

    username: str
    reference: str
    ends_on: date | None = None


class Active(Input):
    """Open or closed."""

    active: bool


class Stored(Schema):
    """The id of what was stored."""

    id: int


class Link(Schema):
    """The path that sets a password once."""

    path: str


@router.get("/users", response={200: Page[UserOut], **PROBLEMS})
@endpoint(Permission.USERS_MANAGE)
def list_users(
    request: Request, search: str = "", role: str = "", cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[UserOut]:
    """Users by user name."""
    read = Cursor.read(cursor)
    after = read.after if read else ""
    rows = users(request.actor, clock.today(), search=search, role=role, after=after, limit=limit)
    items = [
        UserOut(
            id=r.id, username=r.username, name=r.name, active=r.active, second_factor=r.second_factor,
            grants=[_grant(g) for g in r.grants],
        )
        for r in rows
    ]  # fmt: skip
    return Page[UserOut](items=items, next=following(rows, limit, lambda row: row.username))


@router.post("/users", response={200: Stored, **PROBLEMS})
@endpoint(Permission.USERS_MANAGE)
def post_user(request: Request, body: UserIn) -> Stored:
    """Create a user."""
    return Stored(id=create_user(request.actor, **body.dict()))


@router.put("/users/{user}/active", response={200: Stored, **PROBLEMS})
@endpoint(Permission.USERS_MANAGE)
def put_active(request: Request, user: int, body: Active) -> Stored:
    """Close or open a user."""
    return Stored(id=set_user_active(request.actor, user=user, active=body.active))


@router.post("/users/{user}/password-link", response={200: Link, **PROBLEMS})
@endpoint(Permission.USERS_MANAGE)
def post_password_link(request: Request, user: int) -> Link:
    """A link that sets a password once, within a day."""
    return Link(path=password_path(issue_password_link(request.actor, user=user)))


@router.delete("/users/{user}/second-factor", response={200: Stored, **PROBLEMS})
@endpoint(Permission.USERS_MANAGE)
def delete_second_factor(request: Request, user: int) -> Stored:
    """Take the second factor away; `id` is the number of factors that were there."""
    return Stored(id=reset_second_factor(request.actor, user=user))


@router.post("/users/{user}/grants", response={200: Stored, **PROBLEMS})
@endpoint(Permission.USERS_MANAGE)
def post_grant(request: Request, user: int, body: GrantIn) -> Stored:
    """Give a right."""
    return Stored(id=grant_role(request.actor, user=user, **body.dict()))


@router.post("/grants/{grant}/end", response={200: Stored, **PROBLEMS})
@endpoint(Permission.USERS_MANAGE)
def post_grant_end(request: Request, grant: int, ends_on: date | None = None) -> Stored:
    """End a right, today unless told otherwise."""
    return Stored(id=end_role_grant(request.actor, grant=grant, ends_on=ends_on))


@router.post("/grants/{grant}/confirmation", response={200: Stored, **PROBLEMS})
@endpoint(Permission.USERS_MANAGE)
def post_confirmation(request: Request, grant: int) -> Stored:
    """The right was looked at again and is needed."""
    return Stored(id=confirm_role_grant(request.actor, grant=grant))


@router.post("/named-access", response={200: Stored, **PROBLEMS})
@endpoint(Permission.NAMED_ACCESS)
def post_named_access(request: Request, body: NamedIn) -> Stored:
    """Name a user for one household with a protected address."""
    return Stored(id=grant_named_access(request.actor, **body.dict()))


@router.post("/named-access/{named}/end", response={200: Stored, **PROBLEMS})
@endpoint(Permission.NAMED_ACCESS)
def post_named_end(request: Request, named: int) -> Stored:
    """End a named access."""
    return Stored(id=end_named_access(request.actor, named=named))


def _grant(row: GrantRow) -> GrantOut:
    return GrantOut(id=row.id, role=row.role, place=row.place, starts_on=row.starts_on, ends_on=row.ends_on)
