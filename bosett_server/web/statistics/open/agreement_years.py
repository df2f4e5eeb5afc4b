"""How many were settled in the years of the agreement, and how many under collective protection: sums with sources."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bosett.terms.figure import Figure
from bosett.terms.observation import Breakdown, breakdown_of
from bosett_server.queries.figures import FigureRow
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.numbers import number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.statistics.open import cells
from bosett_server.web.statistics.open.funnel import national

YEARS = (2022, 2023, 2024, 2025)
"""The agreement before this one."""
COLLECTIVE, UKRAINIAN = breakdown_of(protection="collective"), breakdown_of(origin="ukrainian")


def answers(figures: PublicFigures) -> list[tuple[str, str]]:
    """The numbers that the country's page begins with."""
    told = []
    settled = [national(figures, "settled", year).value for year in YEARS]
    if all(value is not None for value in settled):
        told.append((number(sum(value or 0 for value in settled)), _("settled in the four years 2022–2025")))
    protected = [(year, _protected(figures, year)) for year in YEARS]
    known = [(year, row, by) for year, (row, by) in protected if row is not None]
    if known:
        told.append((number(_sum([row for _year, row, _by in known])), _protection_words(known)))
    newest = max(figures.country("asked"), default=None)
    if newest is not None and (asked := national(figures, "asked", newest).value) is not None:
        told.append((number(asked), _("asked for in %(year)s") % {"year": newest}))
    return told


def _protected(figures: PublicFigures, year: int) -> tuple[FigureRow | None, Breakdown]:
    """What is stated of collective protection; where nothing is, of Ukrainian citizens, nearly all of whom have it."""
    for breakdown in (COLLECTIVE, UKRAINIAN):
        stated = figures.stated("settled", breakdown).get(year)
        if stated:
            return stated[0], breakdown
    return None, ()


def _protection_words(known: Sequence[tuple[int, FigureRow, Breakdown]]) -> str:
    exact = ", ".join(str(year) for year, _row, by in known if by == COLLECTIVE)
    near = ", ".join(str(year) for year, _row, by in known if by == UKRAINIAN)
    missing = ", ".join(str(year) for year in YEARS if year not in {year for year, _row, _by in known})
    words = _("of them with collective protection (%(years)s)") % {"years": exact}
    if near:
        words += _("; for %(years)s Ukrainian citizens, since collective protection was not published") % {
            "years": near
        }
    return words + (_("; not stored for %(years)s") % {"years": missing} if missing else "")


def table(figures: PublicFigures) -> Table:
    """Year by year: stated, added from the municipalities, what hidden cells take away, and collective protection."""
    columns = (
        Column("year", pgettext("open figures", "Year")),
        Column("stated", _("Settled, as stated"), "number"),
        Column("added", _("Added from the municipalities"), "number"),
        Column("hidden", _("In municipalities without a number"), "number"),
        Column("collective", _("Collective protection"), "number"),
        Column("source", _("Source")),
    )
    rows = [_row(figures, year) for year in YEARS]
    return Table(_("Settled 2022–2025, with sources"), columns, (*rows, _whole(figures)))


def _row(figures: PublicFigures, year: int) -> Row:
    stated, added = figures.stated("settled").get(year), figures.country("settled").get(year)
    row, by = _protected(figures, year)
    collective = (
        cells.linked(figures, row.observation) if row else cells.number_or_sign(None, cells.NOTHING.state)
    )
    if by == UKRAINIAN:
        collective = format_html(
            '{} <small class="aside aside--below">{}</small>', collective, _("Ukrainian citizens")
        )
    sources = [figures.source(one).title for one in (*(stated or ())[:1], *((row,) if row else ()))]
    return Row((
        str(year),
        cells.linked(figures, stated[0].observation) if stated else cells.figure_of_sum(None),
        cells.figure_of_sum(added),
        _taken(figures, year),
        collective,
        format_html('<span lang="en">{}</span>', "; ".join(dict.fromkeys(sources))),
    ))  # fmt: skip


def _taken(figures: PublicFigures, year: int) -> SafeString:
    """Persons of the stated sum who are in no shown number, and in how many municipalities."""
    stated, added = figures.stated("settled").get(year), figures.country("settled").get(year)
    if not stated or added is None or added.value is None:
        return cells.number_or_sign(None, cells.NOTHING.state)
    places = sum(added.without.values())
    words = ngettext("%(count)s municipality", "%(count)s municipalities", places) % {"count": number(places)}
    return format_html(
        '{} <small class="aside aside--below">{}</small>',
        number(int(stated[0].observation.value or 0) - added.value),
        words,
    )


def _whole(figures: PublicFigures) -> Row:
    """The four years; a sum is told only where every year has a number."""
    stated = _every([_value(figures.stated("settled").get(year)) for year in YEARS])
    sums = [figures.country("settled").get(year) for year in YEARS]
    added = _every([one.value if one else None for one in sums])
    collective = _every(
        [_value((row,) if row else None) for row, _by in (_protected(figures, year) for year in YEARS)]
    )
    taken = stated - added if stated is not None and added is not None else None
    told = (cells.NOTHING if one is None else Figure.of(one) for one in (stated, added, taken, collective))
    return Row((_("All four"), *told, ""), label=_("All four"))


def _value(rows: Sequence[FigureRow] | None) -> int | None:
    return int(rows[0].observation.value or 0) if rows and rows[0].observation.value is not None else None


def _every(values: Sequence[int | None]) -> int | None:
    known = [one for one in values if one is not None]
    return sum(known) if len(known) == len(values) else None


def _sum(rows: Sequence[FigureRow]) -> int:
    return sum(int(row.observation.value or 0) for row in rows)
