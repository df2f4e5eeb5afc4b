"""The frame around every API call: token, permission, errors as RFC 9457 problems, cursor paging."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django.http import Http404, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError as NinjaValidationError

from bosett.terms.errors import BadInput, NoAnswer, NoRuleInForce, Refused
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.words.refusals import sentence

PROBLEM_BASE = "https://bosett.invalid/problems/"
Item = TypeVar("Item")
View = Callable[..., Any]


@dataclass(frozen=True)
class EndpointSpec:
    """An API call as the role matrix sees it."""

    name: str
    permission: Permission | None
    view: View


ENDPOINTS: dict[str, EndpointSpec] = {}


def endpoint(permission: Permission | None) -> Callable[[View], View]:
    """Guard one API call; goes between the router's decorator and the function."""

    def frame(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if permission is not None:
                require(request.actor, permission)
            return view(request, *args, **kwargs)

        name = f"{view.__module__.rsplit('.', 1)[-1]}.{view.__name__}"
        ENDPOINTS[name] = EndpointSpec(name, permission, guarded)
        return guarded

    return frame


class Problem(Schema):
    """RFC 9457: what went wrong, for a machine and for a person."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    facts: dict[str, str | int] = {}


def problem(status: int, code: str, detail: str, facts: dict[str, Any] | None = None) -> HttpResponse:
    """A problem response."""
    body = {
        "type": PROBLEM_BASE + code,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "facts": facts or {},
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def install_problems(api: NinjaAPI) -> None:
    """Every error leaves as a problem; refusals of access are kept for the log."""

    def on_refused(request: Any, error: Any) -> HttpResponse:
        refusal = error if isinstance(error, Refused) else Refused("refused")
        if isinstance(error, NotInSight | NotPermitted):
            request.refusal = refusal
        status = 404 if isinstance(error, NotInSight) else 403 if isinstance(error, NotPermitted) else 409
        return problem(status, refusal.code, sentence(refusal), dict(refusal.facts))

    def on_bad_input(_: Any, error: Any) -> HttpResponse:
        return problem(422, "bad_input", str(error))

    def on_no_answer(_: Any, error: Any) -> HttpResponse:
        return problem(409, "no_answer", str(error))

    def on_invalid(_: Any, error: Any) -> HttpResponse:
        told = error.errors if isinstance(error, NinjaValidationError) else []
        where = "; ".join(f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in told)
        return problem(422, "invalid_request", where or "the request cannot be read")

    def on_missing(_: Any, _error: Any) -> HttpResponse:
        return problem(404, "not_in_sight", "This does not exist, or it is not yours to see.")

    api.add_exception_handler(Refused, on_refused)
    api.add_exception_handler(BadInput, on_bad_input)
    api.add_exception_handler(NoAnswer, on_no_answer)
    api.add_exception_handler(NoRuleInForce, on_no_answer)
    api.add_exception_handler(NinjaValidationError, on_invalid)
    api.add_exception_handler(Http404, on_missing)


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
            return cls(base64.urlsafe_b64decode(padded.encode("ascii")).decode("utf-8"))
        except (binascii.Error, UnicodeError, ValueError) as error:
            raise BadInput(
                "a cursor that is not ours", "the `next` of an earlier answer", column="cursor"
            ) from error


class Page(Schema, Generic[Item]):
    """One page of a list; `next` is empty on the last."""

    items: Sequence[Item]
    next: str = ""
