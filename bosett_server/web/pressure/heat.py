"""The heat map of pressure: what presses where, and in one municipality what has pressed when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from bosett.agreement.pressure import SECTORS, Values
from bosett.registry import Registry
from bosett.terms.figure import Figure
from bosett_server.queries.pressure import PressureOverview
from bosett_server.web.pressure.shown import CLASSES, month_named, percent_of, sources_of
from bosett_server.words.pressure import SECTORS as NAMES


@dataclass(frozen=True)
class Cell:
    """One number with its class from 1 (least) to 5 (most); class 0 where nothing is known."""

    figure: Figure
    shade: int


@dataclass(frozen=True)
class Line:
    """One row, and where its name leads."""

    name: str
    cells: tuple[Cell, ...]
    href: str = ""


@dataclass(frozen=True)
class Heat:
    """The whole drawing: a table whose cells are coloured by five fixed classes.

    Parameters
    ----------
    heads
        (as it is seen, as it is read out) of each column.
    over
        (words, how many columns) over the heads; empty for none.
    """

    ident: str
    finding: str
    measure: str
    source: str
    modelled: bool
    corner: str
    heads: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    over: tuple[tuple[str, int], ...] = ()

    @property
    def classes(self) -> list[tuple[int, str]]:
        """The legend: each class and its numbers."""
        lowest = (0, *(upper + 1 for upper in CLASSES[:-1]))
        return [
            (at, f"{low}\u2013{high}") for at, (low, high) in enumerate(zip(lowest, CLASSES, strict=True), 1)
        ]


def heat_of_places(found: PressureOverview) -> Heat | None:
    """Sector by sector in the last month: counties by their means where there are several, else municipalities."""
    values = found.told.sectors[:, -1]
    rows = {code: at for at, code in enumerate(found.names)}
    counties = sorted({code[:2] for code in rows})
    if len(counties) > 1:
        registry = Registry.shipped()
        named = sorted((registry.county(code) for code in counties), key=lambda one: one.sort_key)
        lines = [
            (
                one.name,
                f"?month={found.month:%Y-%m}&county={one.code}",
                _mean(values[[at for code, at in rows.items() if code[:2] == one.code]]),
            )
            for one in named
        ]
        corner, measure = _("County"), _("Mean of the municipalities of whom something is known, %(month)s")
    elif len(rows) > 1:
        lines = [(found.names[code], f"/pressure/{code}/parts/", values[at]) for code, at in rows.items()]
        corner, measure = _("Municipality"), _("Each municipality of whom something is known, %(month)s")
    else:
        return None
    known = [line for line in lines if not np.isnan(line[2]).all()]
    return Heat(
        "pressure-heat", _("What presses where"), measure % {"month": month_named(found.month)}, sources_of(found),
        found.modelled, corner, tuple((str(NAMES[one]), str(NAMES[one])) for one in SECTORS),
        tuple(Line(name, _cells(told), href) for name, href, told in known),
    )  # fmt: skip


def heat_of_months(found: PressureOverview) -> Heat:
    """One municipality: every sector month by month."""
    months = found.told.months
    heads = tuple((f"{one.month:02}", month_named(one)) for one in months)
    lines = tuple(
        Line(str(NAMES[sector]), _cells(found.told.sectors[0, :, at])) for at, sector in enumerate(SECTORS)
    )
    return Heat(
        "pressure-heat", _("What has pressed when"), _("Each sector from 0 to 100, month by month"), sources_of(found),
        found.modelled, _("Sector"), heads, lines, _years(months),
    )  # fmt: skip


def _mean(values: Values) -> Values:
    known = (~np.isnan(values)).sum(axis=0)
    mean: Values = np.divide(
        np.nansum(values, axis=0), known, out=np.full(known.shape, np.nan), where=known > 0
    )
    return mean


def _cells(values: Values) -> tuple[Cell, ...]:
    return tuple(_cell(percent_of(float(value))) for value in values)


def _cell(figure: Figure) -> Cell:
    if figure.value is None:
        return Cell(figure, 0)
    return Cell(figure, bisect_left(CLASSES, figure.value) + 1)


def _years(months: Sequence[date]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for one in months:
        found[str(one.year)] = found.get(str(one.year), 0) + 1
    return tuple(found.items())
