"""A page in the household's own language, whatever the rest of the house speaks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.web.own_page.texts import Texts, choices, texts

CHOSEN = "own_language"


def language_of(request: Request, household_language: str = "") -> Texts:
    """The chosen language, else the household's, else the browser's or user's."""
    return texts(request.session.get(CHOSEN) or household_language or request.language)


def show(
    request: Request, template: str, told: Texts, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page with its words, direction and language; never kept by the browser."""
    request.language = told.code
    with translation.override(told.code):
        response = render(
            request,
            template,
            {"t": told.words, "texts": told, "languages": choices(), **context},
            status=status,
        )
    response["Cache-Control"] = "no-store"
    return response


def is_household(request: Request) -> bool:
    """Whether somebody came in with a code."""
    return request.actor.role in {Role.HOUSEHOLD, Role.REPRESENTATIVE}
