"""The frame around every write.

`@action(permission)` turns a function into a step of the chain: it opens the transaction with the
actor's row context, checks the permission, runs the function, writes audit row and notices, and
serves a repeated request key once.  What the function refuses rolls everything back and is logged
in a transaction of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import DatabaseError, connection

from bosett.terms.errors import Refused
from bosett_server.access import audit, clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting, request_key, require
from bosett_server.access.permissions import Permission
from bosett_server.actions.database_refusals import refusal_from
from bosett_server.records.models import Notice, RequestKey

V = TypeVar("V")
Arguments = ParamSpec("Arguments")


@dataclass(frozen=True)
class Done(Generic[V]):
    """What a step gives back to its frame.

    Parameters
    ----------
    value
        The action's answer; must be JSON when the step can be repeated by request key.
    about
        (type, id) of the thing that changed, for the log.
    facts
        Ids, codes and counts for the log.  Never personal data.
    notices
        Unsaved notices to those who should know.
    many
        Further log rows (type, id, facts) when one step touches several things.
    """

    value: V
    about: tuple[str, object]
    facts: Mapping[str, object] = field(default_factory=dict)
    notices: Sequence[Notice] = ()
    many: Sequence[tuple[str, object, Mapping[str, object]]] = ()


@dataclass(frozen=True)
class ActionSpec:
    """An action as the role matrix sees it."""

    name: str
    room: str
    permission: Permission
    call: Callable[..., Any]


ACTIONS: dict[str, ActionSpec] = {}


def action(
    permission: Permission,
) -> Callable[[Callable[Arguments, Done[V]]], Callable[Arguments, V]]:
    """Make a function `(actor, *, …) -> Done` into a step.

    A request key set by `access.context.request_keyed` (a form's hidden field, or the API's
    Idempotency-Key) makes the step be served once.
    """

    def frame(function: Callable[Arguments, Done[V]]) -> Callable[Arguments, V]:
        name = function.__name__

        @wraps(function)
        def step(*args: Arguments.args, **kwargs: Arguments.kwargs) -> V:
            actor = args[0]
            if not isinstance(actor, Actor):
                raise TypeError(f"{name} needs the actor first")
            try:
                return _perform(name, permission, function, actor, args, kwargs)
            except Refused as refusal:
                audit.log_refusal(actor, name, refusal, _about(kwargs))
                raise

        ACTIONS[name] = ActionSpec(name, function.__module__.rsplit(".", 1)[-1], permission, step)
        return step

    return frame


def _perform(
    name: str,
    permission: Permission,
    function: Callable[..., Done[V]],
    actor: Actor,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> V:
    try:
        with acting(actor):
            require(actor, permission)
            key = request_key()
            served = _claim(actor, key, name, kwargs) if key else None
            if served is not None and served.result is not None:
                return served.result["value"]  # type: ignore[no-any-return]
            done = function(*args, **kwargs)
            _finish(name, done)
            if served is not None:
                served.result = {"value": done.value}
                served.save(update_fields=["result"])
            return done.value
    except DatabaseError as error:
        refusal = refusal_from(error)
        if refusal is None:
            raise
        raise refusal from error


def _finish(name: str, done: Done[Any]) -> None:
    audit.append(name, done.about, done.facts)
    by_type: dict[str, list[tuple[object, Mapping[str, object]]]] = {}
    for kind, key, facts in done.many:
        by_type.setdefault(kind, []).append((key, facts))
    for kind, rows in by_type.items():
        audit.append_many(name, kind, rows)
    if done.notices:
        _notify(done.notices)


_NOTICE_COLUMNS = (
    "code", "to_role", "municipality_id", "centre_id", "county_id", "household_id", "to_user_id",
    "facts", "url", "due_on",
)  # fmt: skip


def _notify(notices: Sequence[Notice]) -> None:
    """Written through the owner's function: the sender need not be able to read them."""
    created = clock.now()
    rows = [{name: getattr(n, name) for name in _NOTICE_COLUMNS} | {"created_at": created} for n in notices]
    with connection.cursor() as cursor:
        cursor.execute("SELECT bosett_notify(%s)", [json.dumps(rows, default=str)])


def _claim(actor: Actor, key: str, verb: str, kwargs: dict[str, Any]) -> RequestKey:
    """The row for this request key: a new one to fill, or the one already served.

    A second request with the same key waits on the unique index until the first has committed.
    """
    told = json.dumps([verb, actor.scope, {k: str(v) for k, v in sorted(kwargs.items())}])
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    who = actor.user_id or 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_requestkey (user_id, key, verb, fingerprint, served_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (user_id, key, verb) DO NOTHING",
            [who, key, verb, fingerprint, clock.now()],
        )
    row = RequestKey.objects.get(user_id=who, key=key, verb=verb)
    if row.fingerprint != fingerprint:
        raise Refused("request_key_used_for_something_else")
    return row


def _about(kwargs: dict[str, Any]) -> tuple[str, object]:
    for kind in ("assignment", "household", "person", "round", "municipality", "centre", "figure", "run"):
        for name in (kind, f"{kind}_id"):
            if isinstance(kwargs.get(name), str | int):
                return kind, kwargs[name]
    return "", ""
