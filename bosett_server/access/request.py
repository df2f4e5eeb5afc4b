"""A request as the service's own middleware has made it."""

from __future__ import annotations

from django.http import HttpRequest

from bosett.terms.errors import Refused
from bosett_server.access.actor import Actor
from bosett_server.access.login import Hat


class Request(HttpRequest):
    """Django's request with who is asking; every view and API call takes one."""

    actor: Actor
    hats: list[Hat]
    id: str
    language: str
    refusal: Refused | None
    token_refused: str
