"""A municipality's numbers as tables, map and lines of the look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.registry.tables import read_table_source
from bosett.rules.parameters import SHIPPED
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.source import Source
from bosett_server.queries.decisions import Version
from bosett_server.queries.registry import MunicipalityRow, Profile
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.hexmap import HexMap, HexValue
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Column, Row, Table

FEWEST_POINTS = 2


def group_name(group: str) -> str:
    """Who a number counts."""
    names = {
        "all": pgettext("group", "All persons"),
        "em_under15": pgettext("group", "Unaccompanied minors under 15"),
        "em_15_17": pgettext("group", "Unaccompanied minors 15–17"),
    }
    return names[group]


def measure_name(measure: str) -> str:
    """What the map shows."""
    names = {
        "asked": pgettext("municipality", "Asked"),
        "voted": pgettext("municipality", "Vedtak in force"),
        "left": pgettext("municipality", "Places left"),
    }
    return names[measure]


@cache
def source_of(table: str) -> Source:
    """Where a table of the registry is from."""
    told = read_table_source(SHIPPED / "registry" / f"{table}.csv")
    return Source(told.title, told.publisher, told.href, told.retrieved)


def left(row: MunicipalityRow) -> Figure:
    """Places left now; nothing approved or opened gives none, and that is not zero."""
    if row.places is None or (row.places.vedtak.value is None and row.places.opened == 0):
        awaited = row.line.voted.state
        return Figure.missing(awaited if awaited is not State.NUMBER else State.UNKNOWN)
    return Figure.of(row.places.left)


def listed(rows: Sequence[MunicipalityRow], year: int) -> Table:
    """The list, a row per municipality; modelled vedtak are marked, in the heading when all are."""
    answered = [row.line for row in rows if row.line.voted.value is not None]
    all_modelled = bool(answered) and all(line.modelled for line in answered)
    voted = pgettext("municipality", "Vedtak in force (modelled)") if all_modelled else measure_name("voted")
    columns = (
        Column("name", pgettext("municipality", "Municipality")),
        Column("county", pgettext("municipality", "County")),
        Column("inhabitants", pgettext("municipality", "Inhabitants"), "number"),
        Column("asked", pgettext("municipality", "Asked"), "number"),
        Column("voted", voted, "number"),
        Column("left", pgettext("municipality", "Places left"), "number"),
    )
    lines = tuple(_listed(row, year, marked=not all_modelled) for row in rows)
    return Table(_("Municipalities in %(year)s") % {"year": year}, columns, lines)


def _listed(row: MunicipalityRow, year: int, *, marked: bool) -> Row:
    voted: object = row.line.voted
    if marked and row.line.modelled and row.line.voted.value is not None:
        mark = pgettext("municipality", "modelled")
        voted = format_html('{} <span class="modelled">{}</span>', number(row.line.voted.value), mark)
    name, county = row.facts.official_name, row.county.name
    cells = (name, county, row.population, row.line.asked, voted, _left(row))
    return Row(cells, href=f"/municipalities/{row.facts.code}/?year={year}")


def _left(row: MunicipalityRow) -> object:
    if row.places is not None and row.places.over_by:
        return _("over by %(count)s") % {"count": number(row.places.over_by)}
    return left(row)


def map_of(rows: Sequence[MunicipalityRow], measure: str, year: int) -> HexMap:
    """One measure on the map; each cell leads to its municipality."""
    values = tuple(
        HexValue(
            row.facts.code, row.facts.official_name, _measured(row, measure),
            f"/municipalities/{row.facts.code}/?year={year}",
        )
        for row in rows
    )  # fmt: skip
    known = [one.figure.value for one in values if one.figure.value is not None]
    told = {"count": number(len(known)), "sum": number(sum(known)), "year": year}
    findings = {
        "asked": _("%(count)s municipalities are asked for %(sum)s persons in %(year)s") % told,
        "voted": _("%(count)s municipalities have a vedtak in force, %(sum)s persons in all") % told,
        "left": _("%(sum)s places are left in %(count)s municipalities") % told,
    }
    modelled = measure != "asked" and any(row.line.modelled for row in rows)
    caption = Caption(
        "municipalities", findings[measure], _("Persons, one equal cell per municipality"), "Bosett", modelled
    )
    return HexMap(caption, values, pgettext("municipality", "Municipality"), measure_name(measure))


def _measured(row: MunicipalityRow, measure: str) -> Figure:
    return {"asked": row.line.asked, "voted": row.line.voted}[measure] if measure != "left" else left(row)


def population(found: Profile) -> LineChart | None:
    """Inhabitants year by year; None when fewer than two years are known."""
    points = tuple(figure for _year, figure in found.population)
    known = [figure.value for figure in points if figure.value is not None]
    if len(known) < FEWEST_POINTS:
        return None
    change = known[-1] - known[0]
    first = next(year for year, figure in found.population if figure.value is not None)
    told = {"name": found.facts.name, "change": number(abs(change)), "year": first}
    words = (
        _("%(name)s has %(change)s more inhabitants than in %(year)s")
        if change >= 0
        else _("%(name)s has %(change)s fewer inhabitants than in %(year)s")
    )
    caption = Caption(
        "population", words % told, _("Inhabitants on 1 January, borders of 2024"), source_of("population").title
    )  # fmt: skip
    times = tuple(str(year) for year, _figure in found.population)
    series = (Series(pgettext("municipality", "Inhabitants"), points),)
    return LineChart(caption, times, series, pgettext("municipality", "Year"))


def versions(found: Profile) -> Table | None:
    """Every version of request and vedtak, the newest first; None when there is none."""
    columns = (
        Column("from", pgettext("municipality", "From")),
        Column("what", pgettext("municipality", "What")),
        Column("group", pgettext("municipality", "Who")),
        Column("figure", pgettext("municipality", "Persons"), "number"),
        Column("state", pgettext("municipality", "State")),
        Column("source", pgettext("municipality", "Source and reason")),
    )
    ordered = sorted(
        found.request.versions, key=lambda one: (one[1].recorded_at, one[1].valid_from), reverse=True
    )
    rows = tuple(
        Row(
            (
                one.valid_from, pgettext("municipality", "Request") if what == "asked" else "Vedtak",
                group_name(one.group), one.figure, _standing(found, what, one), _grounds(one),
            )
        )
        for what, one in ordered
    )  # fmt: skip
    caption = _("Request and vedtak in %(year)s, every version") % {"year": found.year}
    return Table(caption, columns, rows) if rows else None


def _standing(found: Profile, what: str, one: Version) -> str:
    if what == "asked":
        return pgettext("version", "in force") if one.current else pgettext("version", "replaced")
    force = found.request.in_force
    if force is not None and one.group is Group.ALL and one is force:
        return pgettext("version", "in force")
    if one.figure.state is State.AWAITING:
        return pgettext("version", "awaiting the council")
    if not one.current:
        return pgettext("version", "replaced")
    return (
        pgettext("version", "in force")
        if one.approved_at is not None and one.approved_at < found.known.until
        else pgettext("version", "recorded, not approved")
    )


def _grounds(one: Version) -> SafeString:
    words = " · ".join(part for part in (one.source, one.reason) if part)
    if not one.modelled:
        return format_html("{}", words)
    return format_html('<span class="modelled">{}</span> {}', pgettext("municipality", "modelled"), words)
