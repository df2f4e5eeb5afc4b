"""A municipality beside others like it: same KOSTRA group, same centrality, same county."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.registry import Registry
from bosett.registry.municipality import Municipality
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.charts import Bar, BarList
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.statistics.open import cells, history
from bosett_server.web.statistics.open.frame import (
    FileRows,
    Leaf,
    as_file,
    asked_year,
    files,
    leaf,
    shown,
    wanted_file,
)
from bosett_server.web.statistics.open.indicators import per_inhabitants

ALIKE: dict[str, str | Promise] = {
    "kostra": gettext_lazy("Same KOSTRA group"),
    "centrality": gettext_lazy("Same centrality"),
    "county": gettext_lazy("Same county"),
}
MOST_BARS = 25


@require_GET
@page(Permission.STATISTICS_VIEW)
def compare(request: Request) -> HttpResponse:
    """One municipality among its like."""
    here = leaf(request, "statistics-compare")
    known = {str(one.code): one for one in Registry.shipped().all_municipalities}
    it = known.get(here.query.get("place", "")) or known["0301"]
    alike = here.query.get("alike", "")
    alike = alike if alike in ALIKE else usual_likeness(it)
    others = peers(it, alike)
    year = asked_year(here.query, here.figures.years("settled"))
    if kind := wanted_file(here):
        return as_file(here, f"compare-{it.code}-{alike}", kind, *_file(here.figures, others))
    context: dict[str, object] = {
        "it": it, "alike": alike, "kinds": list(ALIKE.items()), "year": year, "years": here.figures.years("settled"),
        "places": sorted(known.values(), key=lambda one: one.sort_key),
    }  # fmt: skip
    if year is not None:
        context |= {
            "bars": _bars(here, it, others, alike),
            "table": _table(here, it, others, year),
            "files": files(here.query),
        }
    return shown(request, here, "compare.html", context)


def peers(it: Municipality, alike: str) -> list[Municipality]:
    """The municipality and those like it, by name."""
    everybody = Registry.shipped().all_municipalities
    return sorted(
        (one for one in everybody if _trait(one, alike) == _trait(it, alike)), key=lambda one: one.sort_key
    )


def usual_likeness(it: Municipality) -> str:
    """Same KOSTRA group; same centrality for one that is alone in its group, as Oslo is."""
    return "kostra" if len(peers(it, "kostra")) > 1 else "centrality"


def _trait(one: Municipality, alike: str) -> object:
    """What makes municipalities alike."""
    return {"kostra": one.kostra_group, "centrality": one.centrality, "county": one.county_code}[alike]


def _bars(here: Leaf, it: Municipality, others: Sequence[Municipality], alike: str) -> BarList:
    """The highest first; the municipality itself is always there."""
    told = {one.code: per_inhabitants(here.figures, one.code) for one in others}
    order = sorted(others, key=lambda one: (-_or_below(told[one.code].value), one.sort_key))
    kept = order[:MOST_BARS] if it in order[:MOST_BARS] else [*order[: MOST_BARS - 1], it]
    bars = tuple(Bar(one.name, told[one.code], strong=one is it) for one in kept)
    own = told[it.code].value
    named = {"place": it.name, "count": number(len(others)), "alike": _lower(str(ALIKE[alike]))}
    if own is None:
        finding = _("%(place)s has no number that can be compared") % named
    else:
        rank = 1 + sum((told[one.code].value or 0) > own for one in others)
        finding = _("%(place)s is number %(rank)s of %(count)s: %(own)s settled by 10 000 inhabitants") % {
            **named,
            "rank": number(rank),
            "own": number(own),
        }
    measure = _("Settled 2022–2025 by 10 000 inhabitants on 1 January 2025; %(alike)s") % named
    if len(order) > len(kept):
        measure = _("%(measure)s; the %(shown)s highest are drawn, the table has all") % {
            "measure": measure,
            "shown": number(MOST_BARS),
        }
    caption = history.captioned("compared", finding, measure, "IMDi, SSB", files(here.query))
    return BarList(caption, bars, pgettext("open figures", "Municipality"), _("By 10 000 inhabitants"))


def _lower(words: str) -> str:
    """As it stands inside a sentence; names keep their capitals."""
    return words[:1].lower() + words[1:]


def _or_below(value: int | None) -> int:
    """A number to sort by; none comes after every other."""
    return -1 if value is None else value


def _table(here: Leaf, it: Municipality, others: Sequence[Municipality], year: int) -> Table:
    columns = (
        Column("name", pgettext("open figures", "Municipality")),
        Column("population", cells.measure_name("population"), "number"),
        *(Column(one, cells.measure_name(one), "number") for one in history.STEPS),
        Column("per", _("Settled 2022–2025 by 10 000"), "number"),
    )  # fmt: skip
    figures = here.figures
    tables = {one: figures.municipal(one) for one in ("population", *history.STEPS)}
    rows = tuple(
        Row(
            (
                one.name,
                *(cells.place_cell(figures, table.get(one.code, {}).get(year)) for table in tables.values()),
                per_inhabitants(figures, one.code),
            ),
            href=here.address("statistics-municipality", one.code),
        )
        for one in others
    )
    return Table(
        _("%(place)s and those like it in %(year)s") % {"place": it.name, "year": year}, columns, rows
    )


def _file(figures: PublicFigures, others: Sequence[Municipality]) -> FileRows:
    rows: list[tuple[Cell, ...]] = []
    for one in others:
        for measure in ("population", *history.STEPS):
            for year, cell in sorted(figures.municipal(measure).get(one.code, {}).items()):
                rows.append(
                    (
                        one.code,
                        one.name,
                        one.kostra_group,
                        one.centrality,
                        one.county_code,
                        year,
                        measure,
                        cell.value,
                        cell.state.value,
                    )
                )
    return (
        "municipality_id",
        "name",
        "kostra_group",
        "centrality",
        "county_id",
        "year",
        "measure",
        "value",
        "state",
    ), rows
