"""The API as one thing: its addresses, its published description, and problems also outside its calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.operation import Operation

from bosett_server.api.openapi import as_list, document_of
from bosett_server.api.problems import missing, wrong_method

View = Callable[..., HttpResponse]


class BosettAPI(NinjaAPI):
    """Ninja's API with stable operation ids, problems for 404 and 405, and a description of our own."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """`<room>_<call>`, whatever else moves."""
        room = operation.view_func.__module__.rsplit(".", 1)[-1]
        return f"{room}_{operation.view_func.__name__}"

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        calls = [p for p in super()._get_urls() if isinstance(p, URLPattern) and p.name != "api-root"]
        for pattern in calls:
            pattern.callback = _dressed(pattern.callback)
        return [
            path("", self._read_by_people, name="api-root"),
            path("openapi.json", self._read_by_machines, name="openapi-json"),
            *calls,
            re_path("", csrf_exempt(missing)),  # no call of ours: a machine is told so, whatever it sent
        ]

    def _read_by_machines(self, request: HttpRequest) -> HttpResponse:
        response = JsonResponse(description(self), json_dumps_params={"ensure_ascii": False})
        response.headers["Cache-Control"] = "public, max-age=300"
        return response

    def _read_by_people(self, request: HttpRequest) -> HttpResponse:
        told = description(self)
        return render(request, "api/index.html", {"calls": as_list(told), "version": self.version})


@cache
def description(api: BosettAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document; it holds no data and is the same for everybody."""
    return document_of(api)


def written() -> str:
    """The document as it is kept in docs/openapi.json."""
    return json.dumps(description(import_module("bosett_server.api").api), indent=1, ensure_ascii=False)


def _dressed(view: View) -> View:
    @wraps(view)
    def dressed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        return wrong_method(response) if response.status_code == 405 else response

    return dressed
