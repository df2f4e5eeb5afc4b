"""Asked, voted and settled through the years: the lines and the table that every place's page has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.statistics.ratios import Ratio
from bosett.terms.figure import Figure
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.statistics.open.cells import measure_name, ratio_cell

STEPS = ("asked", "voted", "settled")
FIRST_YEAR = 1995
SOURCES = "IMDi"
PER = 10_000
"""Inhabitants of a rate."""


def span(by_measure: Mapping[str, Mapping[int, object]]) -> list[int]:
    """Every year from the first to the last that has a figure of some step; a single one with the year before."""
    years = [year for one in by_measure.values() for year in one]
    return list(range(min(min(years), max(years) - 1), max(years) + 1)) if years else []


def lines(caption: Caption, years: Sequence[int], figure: Callable[[str, int], Figure]) -> LineChart:
    """The three lines over the years; a year without a number breaks its line."""
    series = tuple(
        Series(measure_name(one)[:16], tuple(figure(one, year) for year in years)) for one in STEPS
    )
    return LineChart(caption, tuple(str(year) for year in years), series, pgettext("open figures", "Year"))


def steps_table(
    caption: str,
    years: Sequence[int],
    cell: Callable[[str, int], SafeString],
    rates: Mapping[str, Callable[[int], object]],
    more: Mapping[str, Callable[[int], object]] | None = None,
) -> Table:
    """A row a year, newest first: asked, voted, settled, then rates and further columns by heading."""
    others = more or {}
    columns = (
        Column("year", pgettext("open figures", "Year")),
        *(Column(one, measure_name(one), "number") for one in STEPS),
        *(Column(f"rate{place}", heading, "number") for place, heading in enumerate(rates)),
        *(Column(f"more{place}", heading) for place, heading in enumerate(others)),
    )
    rows = tuple(
        Row(
            (
                str(year),
                *(cell(one, year) for one in STEPS),
                *(make(year) for make in (*rates.values(), *others.values())),
            )
        )
        for year in reversed(years)
    )
    return Table(caption, columns, rows)


def ratio_columns(of: Callable[[str, str, int, int], Ratio]) -> dict[str, Callable[[int], SafeString]]:
    """Heading -> cell of a year: voted and settled of what was asked for, and settled by inhabitants.

    Parameters
    ----------
    of
        Upper measure, lower measure, by how many, year -> ratio.
    """
    return {
        _("Voted of asked, per cent"): lambda year: ratio_cell(of("voted", "asked", 100, year)),
        _("Settled of asked, per cent"): lambda year: ratio_cell(of("settled", "asked", 100, year)),
        _("Settled by 10 000 inhabitants"): lambda year: ratio_cell(
            of("settled", "population", PER, year), 1
        ),
    }


def highest(years: Sequence[int], figure: Callable[[int], Figure]) -> tuple[int, int] | None:
    """(year, number) of the highest number, the latest when alike; None when there is none."""
    known = [(value, year) for year in years if (value := figure(year).value) is not None]
    if not known:
        return None
    most, year = max(known)
    return year, most


def captioned(
    ident: str, finding: str, measure: str, source: str = SOURCES, downloads: tuple[tuple[str, str], ...] = ()
) -> Caption:
    """The words round a drawing of published figures."""
    return Caption(ident, finding, measure, source, downloads=downloads)
