"""A small server of the look's own pages, under the strict policy, for tests in a real browser."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from bosett_server.web.look import style_page
from bosett_server.web.look.sources import carried_tables

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
PAGES = {
    "/page": "look/page.html",
    "/look/shortcuts": "look/shortcuts.html",
    "/sources": "look/sources.html",
    "/accessibility": "look/accessibility.html",
    "/household": "look/household_page.html",
}


def rendered(
    template: str, language: str = "nb", cookies: dict[str, str] | None = None, **more: object
) -> str:
    """A page of the look with the style page's values."""
    request = RequestFactory().get("/look/")
    request.COOKIES.update(cookies or {})
    with override(language):
        return render_to_string(template, {**style_page.content(), **more}, request=request)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing: the tests tell what matters."""


def _answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    path, query = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"])
    if path in PAGES:
        cookies = {
            f"look_{name}": query[name][0] for name in ("scheme", "density", "shortcuts") if name in query
        }
        body = rendered(
            PAGES[path], query.get("lang", ["nb"])[0], cookies, synthetic=True, tables=carried_tables()
        ).encode()
        start_response(
            "200 OK",
            [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY)],
        )
        return [body]
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if not found:
        start_response("404 Not Found", [])
        return []
    kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
    start_response("200 OK", [("Content-Type", kind)])
    return [Path(found).read_bytes()]


@contextmanager
def served() -> Iterator[str]:
    """The address of the server, for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, _answer, handler_class=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
