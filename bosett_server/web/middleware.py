"""Language, then the actor: every page runs in one transaction that knows who is asking."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone, translation

from bosett.terms.errors import Refused
from bosett_server.access import audit, clock
from bosett_server.access.actor import PUBLIC, Actor
from bosett_server.access.context import acting, request_keyed, request_numbered
from bosett_server.access.login import actor_for, hats
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.access.tokens import TokenRefused, actor_from_token
from bosett_server.records.models import User
from bosett_server.web import error_pages

GetResponse = Callable[[Request], HttpResponse]
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,40}")


class LanguageMiddleware:
    """The user's language, else the cookie's, else bokmål.  The browser's wish decides only the first visit."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        wished = request.COOKIES.get("language") or getattr(request.user, "language", "")
        language = wished if wished in known else translation.get_language_from_request(request)
        request.language = language if language in known else settings.LANGUAGE_CODE
        with translation.override(request.language):
            response = self.get_response(request)
        response.headers["Content-Language"] = request.language
        return response


class ActorMiddleware:
    """Sets `request.actor` and runs the page inside its row context; refusals become 403 or 404 and are logged."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.id = given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        request.refusal = None
        request.hats = []
        request.token_refused = ""
        is_api = request.path.startswith("/api/")
        request.actor = _api_actor(request) if is_api else _actor(request)
        with request_numbered(request.id):
            with request_keyed(_request_key(request)), acting(request.actor):
                nonsense = not is_api and "\x00" in unquote(request.get_full_path())
                response = error_pages.not_found(request) if nonsense else self.get_response(request)
                refusal = _refusal(request)
                if refusal is not None or response.status_code >= 500:
                    transaction.set_rollback(True)
            if refusal is not None:
                verb = getattr(request.resolver_match, "view_name", "") or "page"
                audit.log_refusal(request.actor, verb, refusal, ("page", request.path[:60]))
        response.headers["X-Request-ID"] = request.id
        return response

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        """A refusal that no view handled: what the role may not is 403, what is not in sight is 404."""
        if isinstance(error, NotInSight):
            request.refusal = error
            return error_pages.not_found(request, error)
        if isinstance(error, NotPermitted):
            request.refusal = error
            return error_pages.not_permitted(request, error)
        if isinstance(error, Refused):
            return error_pages.refused(request, error)
        return None


def _refusal(request: Request) -> Refused | None:
    """What a view refused while the page was made."""
    return request.refusal


def _request_key(request: Request) -> str:
    """A form's hidden field or the API's header; a browser that sends a form twice is served once."""
    if request.method not in {"POST", "PUT", "PATCH", "DELETE"}:
        return ""
    header = request.headers.get("Idempotency-Key", "")
    return header or ("" if request.path.startswith("/api/") else request.POST.get("request_key", ""))


def _api_actor(request: Request) -> Actor:
    """Machines come with a token; a browser's session opens no API."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if not token or scheme.lower() != "bearer":
        return PUBLIC
    writes = request.method not in {"GET", "HEAD", "OPTIONS"}
    try:
        return actor_from_token(token.strip(), timezone.now(), writes)
    except TokenRefused as refused:
        request.token_refused = refused.reason
        return PUBLIC


def _actor(request: Request) -> Actor:
    today = clock.today()
    if request.user.is_authenticated:
        user: User = request.user
        request.hats = hats(user, today)
        actor = actor_for(user, request.hats, request.session.get("hat"), today, request.language)
        return actor or Actor(Role.PUBLIC, user_id=user.pk, name=user.username, language=request.language)
    household = request.session.get("household_id")
    if household:
        role = Role(request.session.get("household_role", "household"))
        return Actor(role, name="", household_id=household, language=request.language)
    return PUBLIC
