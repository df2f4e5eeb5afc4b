"""Grant sums and lines as tables; no amount stands without its status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.grants.result import Status
from bosett.outputs.tables import Cell
from bosett_server.queries.grants import LineRow, SchemeSum
from bosett_server.web.grants.words import rule_label, sentence
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.grants import SCHEMES, STATUSES

NO_AMOUNT = "?"
EXPORT_COLUMNS = (
    "line", "municipality_id", "year", "scheme", "household", "birth_year", "settled_on", "grant_year", "share",
    "rate_nok", "amount_nok", "status", "rule", "source", "sentence", "computed_at", "synthetic",
)  # fmt: skip


def _amount(value: int | None) -> object:
    """Kroner, or the sign for unknown with its word."""
    if value is not None:
        return value
    return format_html(
        '<span aria-hidden="true">{}</span><span class="ds-sr-only">{}</span>', NO_AMOUNT, _("cannot be said")
    )


def _state(lines: int, missing: int) -> str:
    if missing == 0:
        return str(STATUSES[Status.CALCULATED])
    if missing == lines:
        return str(STATUSES[Status.RATE_MISSING])
    told = {"missing": number(missing), "lines": number(lines)}
    return _("%(missing)s of %(lines)s lines have no known rate") % told


def by_year(name: str, sums: Sequence[SchemeSum]) -> Table | None:
    """One municipality's sums, a row per year and scheme; None when there is no line."""
    columns = (
        Column("year", pgettext("grants", "Year")),
        Column("scheme", pgettext("grants", "Scheme")),
        Column("lines", pgettext("grants", "Lines"), "number"),
        Column("amount", pgettext("grants", "Sum"), "kroner"),
        Column("state", pgettext("grants", "Status")),
    )
    rows = tuple(
        Row(
            (
                str(one.year),
                str(SCHEMES[one.scheme]),
                one.lines,
                _amount(one.amount_nok),
                _state(one.lines, one.missing),
            ),
            href=f"/grants/{one.municipality}/{one.year}/?scheme={one.scheme}",
        )
        for one in sums
    )  # fmt: skip
    caption = _("Grants to %(name)s by year and scheme") % {"name": name}
    return Table(caption, columns, rows) if rows else None


def by_municipality(
    year: int, sums: Sequence[SchemeSum], names: Mapping[str, str], without: Mapping[str, int]
) -> Table:
    """Every municipality with a line in the year, by name as the names come."""
    found: dict[str, list[SchemeSum]] = {}
    for one in sums:
        found.setdefault(one.municipality, []).append(one)
    columns = (
        Column("municipality", pgettext("grants", "Municipality")),
        Column("lines", pgettext("grants", "Lines"), "number"),
        Column("amount", pgettext("grants", "Sum"), "kroner"),
        Column("state", pgettext("grants", "Status")),
        Column("without", pgettext("grants", "Family, ground not stored"), "number"),
    )
    rows = tuple(
        _municipality_row(year, code, names[code], found[code], without.get(code, 0))
        for code in names
        if code in found
    )
    return Table(_("Grants by municipality in %(year)s") % {"year": year}, columns, rows)


def _municipality_row(year: int, code: str, name: str, sums: Sequence[SchemeSum], without: int) -> Row:
    known = [one.amount_nok for one in sums if one.amount_nok is not None]
    lines, missing = sum(one.lines for one in sums), sum(one.missing for one in sums)
    cells = (name, lines, _amount(sum(known) if known else None), _state(lines, missing), without)
    return Row(cells, href=f"/grants/{code}/{year}/")


def of_lines(rows: Iterable[LineRow]) -> Table:
    """Each line with household, amount, status and the sentence that says why."""
    columns = (
        Column("line", pgettext("grants", "Line")),
        Column("household", pgettext("grants", "Household")),
        Column("born", pgettext("grants", "Born")),
        Column("scheme", pgettext("grants", "Scheme")),
        Column("amount", pgettext("grants", "Amount"), "kroner"),
        Column("status", pgettext("grants", "Status")),
        Column("why", pgettext("grants", "Why")),
    )
    return Table(_("Grant lines"), columns, tuple(_line_row(row) for row in rows))


def _line_row(row: LineRow) -> Row:
    home: object = (
        pgettext("grants", "has moved on") if row.person else pgettext("grants", "the municipality")
    )
    if row.household:
        home = format_html(
            '<a class="ds-link" href="/households/{}/">{}</a>', row.household_id, row.household
        )
    cells = (
        str(row.id), home, str(row.birth_year or ""), str(SCHEMES[row.scheme]), _amount(row.amount_nok),
        str(STATUSES[row.status]), format_html('<span class="why">{}</span>', sentence(row)),
    )  # fmt: skip
    return Row(cells, href=f"/grants/lines/{row.id}/")


def export_row(row: LineRow) -> tuple[Cell, ...]:
    """One line for the file: codes and plain values, and the sentence in the reader's language."""
    return (
        row.id, row.municipality, row.year, row.scheme, row.household, row.birth_year, row.settled_on,
        row.grant_year, None if row.share is None else str(row.share), row.rate_nok, row.amount_nok,
        row.status.value, row.rule, row.source.title if row.source else None, sentence(row),
        timezone.localdate(row.computed_at), row.synthetic,
    )  # fmt: skip


def missing_rules(sums: Iterable[SchemeSum]) -> list[tuple[str, str, list[int]]]:
    """(rule, what it is called, years without a value), for the lines that have no amount."""
    found: dict[str, set[int]] = {}
    for one in sums:
        for rule in one.missing_rules:
            found.setdefault(rule, set()).add(one.year)
    return [(rule, rule_label(rule), sorted(years)) for rule, years in sorted(found.items())]
