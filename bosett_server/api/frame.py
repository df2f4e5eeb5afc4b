"""The frame around every API call: permission, known parameters, a request key, cursor paging."""

from __future__ import annotations

import base64
import binascii
import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpResponse
from ninja import Path, Query, Schema
from ninja.decorators import decorate_view
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback
from pydantic import ConfigDict

from bosett.terms.errors import BadInput
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotPermitted
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.api.problems import Problem, problem, refused

__all__ = [
    "DEFAULT_LIMIT",
    "ENDPOINTS",
    "MAY_REFUSE",
    "Cursor",
    "Input",
    "Limit",
    "Page",
    "Problem",
    "Year",
    "YearWanted",
    "endpoint",
    "file_answer",
    "following",
    "problem",
]  # fmt: skip

DEFAULT_LIMIT, MAX_LIMIT = 100, 500
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Rows on a page.")]
Year = Annotated[int, Path(ge=2000, le=2100, description="A calendar year.")]
YearWanted = Annotated[int | None, Query(ge=2000, le=2100, description="This year when left out.")]
_REQUEST_KEY = re.compile(r"[\x21-\x7e]{1,80}")
Item = TypeVar("Item")
Row = TypeVar("Row")
View = Callable[..., Any]


MAY_REFUSE = "x-may-refuse"
"""Beside `file_answer` on a call that reads and yet may answer 409: the file can't be made now."""
PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
"""What every guarded call may answer beside its own."""


@dataclass(frozen=True)
class EndpointSpec:
    """An API call by its operation id; `query` are the names it takes after the question mark."""

    name: str
    permission: Permission | None
    view: View
    query: set[str] = field(default_factory=set)


ENDPOINTS: dict[str, EndpointSpec] = {}


def endpoint(permission: Permission | None) -> Callable[[View], View]:
    """Guard one API call; goes between the router's decorator and the function.

    Who is asking is looked at before the body is read; a query parameter that the call does not take is
    refused, so that a misspelt filter never gives the whole list.
    """

    def frame(view: View) -> View:
        name = f"{view.__module__.rsplit('.', 1)[-1]}_{view.__name__}"

        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if permission is not None:
                require(request.actor, permission)
            _check_query(request, spec.query)
            return view(request, *args, **kwargs)

        # Ninja would look the annotations' names up in this module; they are those of the room's.
        guarded.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        spec = ENDPOINTS[name] = EndpointSpec(name, permission, guarded)
        contribute_operation_callback(guarded, lambda operation: spec.query.update(_query_names(operation)))
        decorate_view(_gate(permission))(guarded)
        return guarded

    return frame


def file_answer(*media_types: str) -> dict[str, Any]:
    """What a call that answers with a file says of it; for `openapi_extra` beside `response={200: None}`."""
    file = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"content": dict.fromkeys(media_types, file)}}}


def _gate(permission: Permission | None) -> Callable[[View], View]:
    """Before anything of the request is read; who comes without a token is answered by the API's own 401."""

    def around(run: View) -> View:
        @wraps(run)
        def gate(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor
            if actor.role is not Role.PUBLIC and permission is not None and not actor.may(permission):
                return refused(request, NotPermitted("not_permitted", {"permission": permission.value}))
            key = request.headers.get("Idempotency-Key")
            if key is not None and not _REQUEST_KEY.fullmatch(key):
                told = "Idempotency-Key: found something else; allowed: 1 to 80 visible ASCII characters"
                return problem(422, "bad_input", told)
            response: HttpResponse = run(request, *args, **kwargs)
            return response

        return gate

    return around


def _query_names(operation: Operation) -> set[str]:
    models = [m for m in operation.models if m.__ninja_param_source__ == "query"]
    return {name for model in models for name in model.__ninja_flatten_map__}


def _check_query(request: Request, known: set[str]) -> None:
    unknown = sorted(set(request.GET) - known)
    if unknown:
        allowed = ", ".join(sorted(known)) or "no query parameter"
        raise BadInput(f"the unknown query parameter {unknown[0][:60]!r}", allowed)


@dataclass(frozen=True)
class Cursor:
    """Where the next page begins: after this key, in a stable order.  Opaque to clients."""

    after: str

    def text(self) -> str:
        """As the client carries it."""
        return base64.urlsafe_b64encode(self.after.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """From what the client gives back.  Raises BadInput when it is not one of ours."""
        if not text:
            return None
        try:
            padded = text + "=" * (-len(text) % 4)
            return cls(
                base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode("utf-8")
            )
        except (binascii.Error, UnicodeError, ValueError) as error:
            raise BadInput(
                "a cursor that is not ours", "the `next` of an earlier answer", column="cursor"
            ) from error

    @classmethod
    def read_number(cls, text: str) -> int:
        """The row id that the cursor holds; 0 for none.  Raises BadInput when it is not one of ours."""
        cursor = cls.read(text)
        if cursor is None:
            return 0
        if not (cursor.after.isascii() and cursor.after.isdigit()) or len(cursor.after) > 18:
            raise BadInput("a cursor that is not ours", "the `next` of an earlier answer", column="cursor")
        return int(cursor.after)


class Input(Schema):
    """What a call takes: a member it does not know is refused, never dropped."""

    model_config = ConfigDict(extra="forbid")


class Page(Schema, Generic[Item]):
    """One page of a list; `next` is empty on the last."""

    items: Sequence[Item]
    next: str = ""


def following(rows: Sequence[Row], limit: int, key: Callable[[Row], object]) -> str:
    """The cursor after `rows`; empty when they are fewer than `limit`, so that nothing can follow.

    Parameters
    ----------
    rows
        At most `limit`, in the order of `key`, which is unique to a row.  No row beyond the page is asked
        for: a person who is read is logged, and nobody is read who is not shown.
    """
    return Cursor(str(key(rows[-1]))).text() if len(rows) == limit else ""
