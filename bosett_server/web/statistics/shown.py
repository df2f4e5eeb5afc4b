"""The published tables as charts, maps and tables of the look."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.terms.figure import Figure
from bosett_server.queries.statistics import KINDS, NOT_BY_COUNTY, WHOLE, Published, PublishedRow
from bosett_server.web.look.charts import Caption, Funnel, Stage
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.hexmap import HexMap, HexValue
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.statistics.open.funnel import gaps
from bosett_server.words.statistics import MEASURES

__all__ = ["KINDS", "counties", "funnel", "municipalities", "places_map", "title"]


def title(table: Published) -> str:
    """What the table is called on the page."""
    names = {
        "funnel": _("From need to settled, the whole country"),
        "by_county": _("By county"),
        "by_municipality": _("By municipality"),
    }
    return names[table.kind]


def _source(table: Published) -> str:
    return " · ".join(dict.fromkeys(table.sources[one] for one in table.measures))


def _caption(table: Published, ident: str, finding: str, measure: str, *, modelled: bool) -> Caption:
    downloads = tuple((kind, f"/statistics/{table.name}.{kind}") for kind in ("csv", "xlsx", "json"))
    return Caption(ident, finding, measure, _source(table), modelled, downloads)


def funnel(table: Published) -> Funnel:
    """Need to settled for the whole country, with the gaps named."""
    row, words = table.row(WHOLE), gaps()
    stages = tuple(
        Stage(str(MEASURES[one]), row.figures[one], *words.get(one, ("", "")), modelled=one in table.modelled)
        for one in table.measures
    )
    told = {"year": table.year, "day": date_digits(table.as_of)}
    measure = _("Persons in %(year)s, as of %(day)s") % told
    caption = _caption(table, "funnel", _finding(row, table.year), measure, modelled=bool(table.modelled))
    return Funnel(caption, stages, _("Persons"))


def _finding(row: PublishedRow, year: int) -> str:
    settled, agreed = row.figures["settled"].value, row.figures["agreed"].value
    if settled is None or agreed is None:
        return _("From need to settled in %(year)s") % {"year": year}
    told = {"settled": number(settled), "more": number(agreed - settled), "year": year}
    return _("%(settled)s settled and %(more)s more agreed in %(year)s") % told


def counties(table: Published) -> Table:
    """Every county, those in no county's count, and the whole country."""
    rows = [_row(table, one, _county_name(one)) for one in table.rows]
    return Table(
        _("Persons by county in %(year)s") % {"year": table.year},
        _columns(table, pgettext("statistics", "County")),
        tuple(rows),
    )


def _county_name(row: PublishedRow) -> str:
    if row.code == WHOLE:
        return _("The whole country")
    return _("In no county's count (protected address)") if row.code == NOT_BY_COUNTY else row.name


def municipalities(table: Published, county: str) -> Table:
    """Every municipality, or those of one county."""
    rows = [_row(table, one, one.name) for one in table.rows if county in ("", one.county)]
    return Table(
        _("Persons by municipality in %(year)s") % {"year": table.year},
        _columns(table, pgettext("statistics", "Municipality")),
        tuple(rows),
    )


def _columns(table: Published, first: str) -> tuple[Column, ...]:
    marked = [Column(one, _heading(table, one), "number") for one in table.measures]
    return (Column("place", first), *marked)


def _heading(table: Published, measure: str) -> str:
    name = str(MEASURES[measure])
    return _("%(measure)s (modelled)") % {"measure": name} if measure in table.modelled else name


def _row(table: Published, row: PublishedRow, name: str) -> Row:
    cells: list[object] = [name]
    for measure in table.measures:
        figure = row.figures[measure]
        cells.append(_with_unanswered(figure, row.unanswered) if measure == "voted" else figure)
    return Row(tuple(cells), label=name)


def _with_unanswered(figure: Figure, unanswered: int) -> object:
    """A sum that lacks somebody's answer says so."""
    if figure.value is None or unanswered == 0:
        return figure
    words = _("%(count)s without an answer") % {"count": number(unanswered)}
    return format_html('{} <small class="aside">({})</small>', number(figure.value), words)


def places_map(table: Published, measure: str) -> HexMap:
    """One measure on the map."""
    values = tuple(HexValue(one.code, one.name, one.figures[measure]) for one in table.rows)
    told = {"measure": MEASURES[measure], "year": table.year, "day": date_digits(table.as_of)}
    finding = _most(table.rows, measure) or _("%(measure)s by municipality") % told
    caption = _caption(
        table, "map", finding, _("%(measure)s: persons in %(year)s, as of %(day)s") % told,
        modelled=measure in table.modelled,
    )  # fmt: skip
    return HexMap(caption, values, pgettext("statistics", "Municipality"), _("Persons"))


def _most(rows: Sequence[PublishedRow], measure: str) -> str:
    """Which municipality has the most; empty when no number is shown."""
    known = [(one.figures[measure].value or 0, one.name) for one in rows if one.figures[measure].value]
    if not known:
        return ""
    most, name = max(known)
    told = {"name": name, "persons": number(most), "measure": MEASURES[measure]}
    return _("%(name)s has the most: %(persons)s (%(measure)s)") % told
