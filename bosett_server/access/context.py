"""The database's row context: every read and write happens inside one, or row-level security raises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotPermitted
from bosett_server.access.roles import Role

_current: ContextVar[Actor | None] = ContextVar("bosett_actor", default=None)
_request_id: ContextVar[str] = ContextVar("bosett_request_id", default="")
_request_key: ContextVar[str] = ContextVar("bosett_request_key", default="")

_SET = """SELECT set_config('bosett.role', %s, true), set_config('bosett.user_id', %s, true),
 set_config('bosett.municipalities', %s, true), set_config('bosett.county', %s, true),
 set_config('bosett.centre_id', %s, true), set_config('bosett.household_id', %s, true),
 set_config('bosett.named', %s, true), set_config('bosett.scope', %s, true),
 set_config('bosett.request_id', %s, true), set_config('bosett.voices', %s, true)"""


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """A transaction in which the database knows who is asking.

    Nested use is a savepoint with its own actor; leaving it gives the context back to the outer one.
    """
    outer = _current.get()
    with transaction.atomic():
        _tell_database(actor)
        token = _current.set(actor)
        try:
            yield
            if outer is not None and outer != actor:
                _tell_database(outer)
        finally:
            _current.reset(token)


def _tell_database(actor: Actor) -> None:
    values = [
        actor.role.value,
        str(actor.user_id or ""),
        "{" + ",".join(sorted(actor.municipalities)) + "}",
        actor.county,
        str(actor.centre_id or ""),
        actor.household_id,
        "{" + ",".join(sorted(actor.named)) + "}",
        actor.scope,
        _request_id.get(),
        "{" + ",".join(sorted(actor.voices)) + "}",
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SET, values)


@contextmanager
def request_numbered(request_id: str) -> Iterator[None]:
    """Everything logged inside carries this request id."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


@contextmanager
def request_keyed(key: str) -> Iterator[None]:
    """Each action inside is served once for this key: a repeated request gets the same answer."""
    token = _request_key.set(key[:80])
    try:
        yield
    finally:
        _request_key.reset(token)


def request_key() -> str:
    """The key of the request under way; empty when it has none."""
    return _request_key.get()


def require_in_database(*roles: Role) -> None:
    """Before a step goes on as the system: the database itself must know the caller in one of these roles.

    Where row-level security is left behind, this stands in its place.  Raises NotPermitted.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT bosett_is(VARIADIC %s::text[])", [[role.value for role in roles]])
        if cursor.fetchone() != (True,):
            raise NotPermitted("not_permitted")


def require(actor: Actor, permission: Permission) -> None:
    """Raise NotPermitted unless the actor's role holds the permission."""
    if not actor.may(permission):
        raise NotPermitted("not_permitted", {"permission": permission.value})
