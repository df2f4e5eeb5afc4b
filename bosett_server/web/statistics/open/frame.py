"""What every open page has: the figures as of the day asked for, its menu, and its table as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from bosett.outputs.tables import Cell
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.known import Known
from bosett_server.queries.statistics_public import PublicFigures, public_figures
from bosett_server.web.table_file import TYPES, table_file

FileRows = tuple[tuple[str, ...], list[tuple[Cell, ...]]]
"""Columns and rows of a page's table."""
MENU: tuple[tuple[str, str | Promise], ...] = (
    ("statistics-country", pgettext_lazy("open figures", "The country")),
    ("statistics-map", pgettext_lazy("open figures", "Map")),
    ("statistics-compare", pgettext_lazy("open figures", "Compare")),
    ("statistics-pressure", pgettext_lazy("open figures", "Pressure")),
    ("statistics-defects", pgettext_lazy("open figures", "Defects")),
    ("statistics-data", pgettext_lazy("open figures", "Data and API")),
    ("statistics-overview", _("This year's round")),
)


@dataclass(frozen=True)
class Leaf:
    """One page as it is asked for: its figures, the day they stood on, and the rest of the address."""

    name: str
    known: Known
    figures: PublicFigures
    query: QueryDict

    def address(self, page: str, *arguments: str) -> str:
        """Another open page, as of the same day."""
        path = reverse(page, args=arguments)
        return path if self.known.is_today else f"{path}?day={self.known.day.isoformat()}"


def leaf(request: Request, name: str) -> Leaf:
    """The page's frame; one query when the figures are known already."""
    known = asked_day(request)
    return Leaf(name, known, public_figures(request.actor, known), request.GET)


def asked_day(request: Request) -> Known:
    """The day in the address; none, a later one, or one that cannot be read is today."""
    today = clock.today()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    return Known(min(day, today), today)


def asked_year(
    query: QueryDict, years: Sequence[int], name: str = "year", usual: int | None = None
) -> int | None:
    """The year in the address when there is one of it, else the usual one, else the newest."""
    given = query.get(name, "")
    if given.isdigit() and int(given) in years:
        return int(given)
    return usual if usual in years else years[0] if years else None


def shown(request: Request, page: Leaf, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, with its menu and the day it speaks of."""
    menu = menu_for(request, page.name, page.address)
    kept = [(key, value) for key, value in page.query.items() if key not in ("day", "as")]
    return render(request, f"statistics/{template}", {"leaf": page, "menu": menu, "kept": kept, **context})


def menu_for(
    request: Request, here: str, address: Callable[[str], str] = reverse
) -> list[tuple[Any, str, bool]]:
    """The room's pages: words, address, whether it is this one; the imports for those who work with them."""
    menu: list[tuple[Any, str, bool]] = [(label, address(name), name == here) for name, label in MENU]
    if request.actor.may(Permission.IMPORT_VIEW):
        menu.append((pgettext("open figures", "Imports"), "/imports/", False))
    return menu


def wanted_file(page: Leaf) -> str:
    """The kind of file asked for by `?as=`, or nothing."""
    kind = page.query.get("as", "")
    return kind if kind in TYPES else ""


def as_file(
    page: Leaf, name: str, kind: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> HttpResponse:
    """The page's table as a file; an empty cell has its state in the column beside it."""
    told = {"as_of": page.known.day.isoformat(), "version": page.figures.step}
    return table_file(f"bosett-{name}-{page.known.day.isoformat()}", kind, columns, rows, told)


def files(query: QueryDict, table: str = "") -> tuple[tuple[str, str], ...]:
    """(kind, address) of this very page as each kind of file; of another table on it by `table`."""
    found = []
    for kind in TYPES:
        changed = query.copy()
        changed["as"] = kind
        if table:
            changed["table"] = table
        found.append((kind, f"?{changed.urlencode()}"))
    return tuple(found)
