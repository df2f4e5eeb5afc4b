"""The list's cut as people meet it: read from the address, shown as chips, kept under a name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.registry import Registry
from bosett.terms.errors import BadInput
from bosett_server.access.actor import Actor
from bosett_server.access.request import Request
from bosett_server.access.roles import Role
from bosett_server.queries.household_filters import STAGES, Filters, read_filters
from bosett_server.queries.household_order import DEFAULT_ORDER, known_order
from bosett_server.queries.need_codes import need_codes
from bosett_server.queries.placement_pool import HEALTH_NEEDS
from bosett_server.words.household_codes import CODES, COLUMNS, need_words, word

LIST = "/households/"


@dataclass(frozen=True)
class Asked:
    """What an address asks for.

    Parameters
    ----------
    not_found
        A wished place that is no municipality or county; said on the page, and cuts nothing.
    columns
        The columns to show, as a kept view has them; empty leaves them to the reader's own choice.
    """

    filters: Filters
    sort: str
    not_found: str = ""
    columns: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The query that a link into the list carries: always with the order, so that it says "in a list"."""
        columns = f"columns={'.'.join(self.columns)}" if self.columns else ""
        return "&".join(part for part in (self.filters.address(), f"sort={self.sort}", columns) if part)


def asked_for(request: Request) -> Asked:
    """The cut and order in the address; a place may be given by code or by name."""
    given = {name: str(value).strip() for name, value in request.GET.items()}
    wished, not_found = given.get("wished", ""), ""
    if wished and not wished.isdigit():
        given["wished"] = place_code(wished)
        not_found = "" if given["wished"] else wished[:80]
    filters, sort = read_filters(given, request.actor), known_order(given.get("sort", ""))
    return Asked(filters, sort, not_found, column_keys(given.get("columns", "")))


def place_code(name: str) -> str:
    """The code of the municipality or county that is called so, in any of its languages; "" for none or several."""
    registry = Registry.shipped()
    try:
        return str(registry.by_name(name).code)
    except BadInput:
        named = [one.code for one in registry.counties() if one.name.casefold() == name.casefold()]
        return str(named[0]) if len(named) == 1 else ""


def place_words(code: str) -> str:
    """The name behind a code of municipality or county; the code itself when it is none."""
    registry = Registry.shipped()
    try:
        return registry.municipality(code).name if len(code) == 4 else registry.county(code).name
    except BadInput:
        return code


def chips(asked: Asked) -> list[tuple[str, str]]:
    """Each part in use, in words, with the address without it."""
    return [
        (_words(name, asked.filters), f"{LIST}?{replace(asked, filters=asked.filters.without(name)).query}")
        for name in asked.filters.in_use
    ]


def _words(name: str, filters: Filters) -> str:
    value = getattr(filters, name)
    match name:
        case "stage":
            return word("stage_cut", value)
        case "need":
            return need_words([value])[0]
        case "wished":
            return _("Wishes for %(place)s") % {"place": place_words(value)}
        case "waited":
            return ngettext("Waited more than %(n)s day", "Waited more than %(n)s days", value) % {"n": value}
        case "here":
            return ngettext("Here more than %(n)s day", "Here more than %(n)s days", value) % {"n": value}
        case "came_back":
            told = ngettext("Came back in the last %(n)s day", "Came back in the last %(n)s days", value)
            return told % {"n": value}
        case "recheck":
            return _("To look at again")
        case _:
            return word(name, value)


def choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the filter's lists offer this reader."""
    hidden = HEALTH_NEEDS if actor.role is Role.MUNICIPALITY_COORDINATOR else frozenset()
    needs = sorted(need_codes().keys() - hidden)
    return {
        "stage": [(code, word("stage_cut", code)) for code in STAGES],
        "track": [(code, word("track", code)) for code in CODES["track"]],
        "group": [(code, word("group", code)) for code in CODES["group"]],
        "need": sorted(zip(needs, need_words(needs), strict=True), key=lambda pair: pair[1]),
    }


def query_of(text: str, actor: Actor) -> Asked:
    """The cut inside a stored or posted query; never an address of another site."""
    given = QueryDict(text.lstrip("?")[:600])
    values = {name: str(value) for name, value in given.items()}
    filters, sort = read_filters(values, actor), known_order(values.get("sort", DEFAULT_ORDER))
    return Asked(filters, sort, columns=column_keys(values.get("columns", "")))


def column_keys(text: str) -> tuple[str, ...]:
    """The columns that an address names, in the order of the table; what is no column is left out."""
    named = set(text.split("."))
    return tuple(key for key in COLUMNS if key in named)
