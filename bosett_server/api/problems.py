"""Every error of the API as an RFC 9457 problem: what went wrong, for a machine and for a person."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as NinjaValidationError

from bosett.terms.errors import BadInput, NoAnswer, NoRuleInForce, Refused
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.words.refusals import sentence

PROBLEM_BASE = "https://bosett.invalid/problems/"
MEDIA_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


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
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def refused(request: Any, refusal: Refused) -> HttpResponse:
    """403 for what the role may not, 404 for what is not in sight (both kept for the log), else 409."""
    if isinstance(refusal, NotInSight | NotPermitted):
        request.refusal = refusal
    status = 404 if isinstance(refusal, NotInSight) else 403 if isinstance(refusal, NotPermitted) else 409
    return problem(status, refusal.code, sentence(refusal), dict(refusal.facts))


def not_authenticated(request: Any, _: Exception) -> HttpResponse:
    """401 with the reason as a code; nothing of the token."""
    reason = request.token_refused or "no_token"
    response = problem(401, reason, f"The bearer token was refused: {reason}.")
    told = f'Bearer realm="bosett", error="invalid_token", error_description="{reason}"'
    response.headers["WWW-Authenticate"] = told if request.token_refused else 'Bearer realm="bosett"'
    return response


def missing(_: HttpRequest, *_given: Any, **_named: Any) -> HttpResponse:
    """404, also for an address that is no call of ours."""
    return problem(404, "not_in_sight", "This does not exist, or it is not yours to see.")


def wrong_method(response: HttpResponse) -> HttpResponse:
    """405 with the methods that are allowed."""
    told = problem(405, "method_not_allowed", f"Allowed here: {response.headers.get('Allow', '')}.")
    told.headers["Allow"] = response.headers.get("Allow", "")
    return told


def install_problems(api: NinjaAPI) -> None:
    """Every error leaves as a problem; our own faults say nothing but that they are ours."""
    handlers: dict[type[Exception], Any] = {
        Refused: refused,
        BadInput: lambda _, error: problem(422, "bad_input", str(error)),
        NoAnswer: lambda _, error: problem(409, "no_answer", str(error)),
        NoRuleInForce: lambda _, error: problem(409, "no_answer", str(error)),
        NinjaValidationError: _invalid,
        DataError: _not_storable,
        Http404: missing,
        AuthenticationError: not_authenticated,
        HttpError: _http_error,
        RequestDataTooBig: _too_large,
        TooManyFieldsSent: _too_large,
        Exception: _our_fault,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _invalid(_: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    where = "; ".join(f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors)
    return problem(422, "invalid_request", where or "The request cannot be read.")


def _http_error(_: HttpRequest, error: HttpError) -> HttpResponse:
    code = "malformed_body" if error.status_code == 400 else "refused"
    return problem(
        error.status_code, code, "The body is not JSON." if error.status_code == 400 else str(error)
    )


def _too_large(_: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(413, "body_too_large", "The request is larger than the service reads.")


def _not_storable(_: HttpRequest, _error: DataError) -> HttpResponse:
    """A value that no column can hold: the step is undone as a whole."""
    transaction.set_rollback(True)
    return problem(422, "bad_input", "A value is out of range, or a text holds a sign that cannot be stored.")


def our_fault() -> HttpResponse:
    """500: the number of the request is in its header for us to look up, and nothing else is said."""
    return problem(500, "our_fault", "The fault is ours. Give us the number in X-Request-ID.")


def _our_fault(request: Any, error: Exception) -> HttpResponse:
    log.error("request %s failed", request.id, exc_info=error)
    return our_fault()
