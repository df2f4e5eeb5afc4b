"""Puts the rooms' routers together."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.http import HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from bosett import __version__
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.api.frame import install_problems, problem

ROOMS = ["forecast", "distribution", "decisions", "agreement", "placement"]


class Token(HttpBearer):
    """A Maskinporten token; the middleware has read it, here it is only demanded."""

    def authenticate(self, request: Any, token: str) -> Actor | None:
        """The organisation's actor, or None for a token that was refused."""
        return None if request.actor.role is Role.PUBLIC else request.actor


api = NinjaAPI(
    title="Bosett", version=__version__, urls_namespace="api", docs_url=None, auth=Token(),
    description="The same steps and figures as the pages. Errors are RFC 9457 problems; lists are paged by cursor.",
)  # fmt: skip
install_problems(api)


@api.exception_handler(AuthenticationError)
def not_authenticated(request: Any, _: Any) -> HttpResponse:
    """401 with the reason as a code."""
    reason = request.token_refused or "no_token"
    response = problem(401, reason, f"The bearer token was refused: {reason}.")
    response.headers["WWW-Authenticate"] = f'Bearer error="invalid_token", error_description="{reason}"'
    return response


for room in ROOMS:
    api.add_router(f"/{room}", import_module(f"bosett_server.api.{room}").router, tags=[room])
