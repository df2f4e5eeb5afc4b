"""Pressure as map, small multiples, tables and files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bosett.agreement.pressure import SECTORS, Origin, Sector
from bosett.agreement.pressure_signals import Reading, shipped_readings
from bosett.terms.days import Month
from bosett.terms.figure import Figure, State
from bosett_server.queries.pressure import AlertRow, PressureOverview
from bosett_server.queries.pressure_signals import Component
from bosett_server.web.look.charts.frame import Caption
from bosett_server.web.look.charts.multiples import Multiples, Small
from bosett_server.web.look.dates import month_words
from bosett_server.web.look.hexmap import HexMap, HexValue, places
from bosett_server.web.look.language import reading_language
from bosett_server.web.look.numbers import number
from bosett_server.web.look.sources import publisher_words
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.table_file import table_file
from bosett_server.words.pressure import SECTORS as NAMES
from bosett_server.words.pressure import STEPS

CLASSES = (20, 40, 60, 80, 100)
HARD = 0.6


def month_named(month: date) -> str:
    """`mars 2026`."""
    return month_words(Month(month.year, month.month))


def pressure_map(found: PressureOverview) -> HexMap:
    """The index of each municipality on the hexagon map."""
    pressed = int(np.sum(found.told.index[:, -1] > HARD))
    caption = Caption(
        "pressure-map",
        ngettext(
            "%(count)s municipality is hard pressed", "%(count)s municipalities are hard pressed", pressed
        ) % {"count": number(pressed)},
        _("Index from 0 (no pressure) to 100 (nothing more can be taken), %(month)s")
        % {"month": month_named(found.month)},
        sources_of(found),
        modelled=found.modelled,
    )  # fmt: skip
    values = tuple(
        HexValue(code, name, percent_of(value), f"/pressure/{code}/parts/")
        for (code, name), value in zip(found.names.items(), found.told.index[:, -1], strict=True)
        if code in places()
    )
    return HexMap(caption, values, _("Municipality"), _("Index"), CLASSES)


def pressure_table(found: PressureOverview) -> Table:
    """Whoever something is known of, the most pressed first, each leading to what its index is made of."""
    columns = (
        Column("name", _("Municipality")),
        Column("index", _("Index"), "number"),
        Column("reach", _("At least and at most")),
        Column("known", _("Sectors known"), "number"),
        Column("said", pgettext("pulse", "Answered")),
    )
    told = found.told
    order = np.argsort(-np.nan_to_num(told.index[:, -1], nan=-1), kind="stable")
    names = list(found.names.items())
    rows = tuple(
        Row(
            (
                names[at][1], percent_of(told.index[at, -1]), _reach(told.low[at, -1], told.high[at, -1]),
                int(told.known[at, -1]), pgettext("pulse", "Yes") if found.said[at, -1] else pgettext("pulse", "No"),
            ),
            href=f"/pressure/{names[at][0]}/parts/",
        )
        for at in order
        if told.known[at, -1]
    )  # fmt: skip
    return Table(_("The municipalities that something is known of"), columns, rows)


def sector_multiples(found: PressureOverview) -> Multiples:
    """Each sector month by month: of one municipality, or the mean of those of whom something is known."""
    values = found.told.sectors
    counted = (~np.isnan(values)).sum(axis=0)
    mean = np.divide(
        np.nansum(values, axis=0), counted, out=np.full(counted.shape, np.nan), where=counted > 0
    )
    drawn = tuple(
        Small(str(NAMES[sector]), tuple(percent_of(value) for value in mean[:, at]))
        for at, sector in enumerate(SECTORS)
    )
    one = len(found.names) == 1
    measure = (
        _("Pressure from 0 (none) to 100 (nothing more can be taken), month by month")
        if one
        else _("Mean of the municipalities of whom something is known, from 0 to 100, month by month")
    )
    caption = Caption(
        "pressure-sectors", _most(mean[-1]), measure, sources_of(found), modelled=found.modelled
    )
    return Multiples(caption, tuple(f"{month:%m.%y}" for month in found.told.months), drawn, _("Sector"))


def part_table(found: PressureOverview, code: str) -> Table:
    """Every sector of one municipality in the last month with the signals it is the mean of."""
    columns = (
        Column("sector", _("Sector")),
        Column("value", _("Pressure"), "number"),
        Column("reach", _("At least and at most")),
        Column("parts", _("What it is made of")),
    )
    told, components = found.told, found.components.get(code, ())
    rows = []
    for at, sector in enumerate(SECTORS):
        value = told.sectors[0, -1, at]
        own = [one for one in components if one.sector is sector]
        rows.append(
            Row(
                (
                    str(NAMES[sector]), percent_of(value),
                    _reach(told.sector_low[0, -1, at], told.sector_high[0, -1, at]),
                    _made_of(found.steps.get(code, {}).get(sector), own),
                )
            )
        )  # fmt: skip
    return Table(_("Each sector and its signals"), columns, tuple(rows))


def alert_table(rows: Sequence[AlertRow], caption: str) -> Table:
    """Alerts, each leading to what it is made of."""
    columns = (
        Column("place", _("Municipality or county")),
        Column("sector", _("Sector")),
        Column("value", _("Pressure"), "number"),
        Column("month", _("Crossed in")),
        Column("ended", _("Lower again in")),
    )
    return Table(
        caption,
        columns,
        tuple(
            Row(
                (
                    one.name, str(NAMES[one.sector]), round(100 * one.value), month_named(one.month),
                    month_named(one.ended) if one.ended else "\u2013",
                ),
                href=f"/pressure/{one.municipality}/parts/" if one.municipality else "",
            )
            for one in rows
        ),
    )  # fmt: skip


def pressure_file(found: PressureOverview, kind: str) -> HttpResponse:
    """Every month of every municipality in sight; empty where nothing is known."""
    columns = ("municipality", "name", "month", "index", "low", "high", "sectors_known", *SECTORS, "answered")
    told = found.told
    rows = [
        (
            code, name, month, _exact(told.index[at, m]), _exact(told.low[at, m]), _exact(told.high[at, m]),
            int(told.known[at, m]), *(_exact(value) for value in told.sectors[at, m]), int(found.said[at, m]),
        )
        for at, (code, name) in enumerate(found.names.items())
        for m, month in enumerate(told.months)
    ]  # fmt: skip
    return table_file("pressure", kind, columns, rows, {"modelled": found.modelled})


def _made_of(step: int | None, own: Sequence[Component]) -> SafeString | str:
    """The signals in words, the own answer first."""
    answer = [
        _("the municipality's own answer: %(words)s: %(value)s")
        % {"words": STEPS[step], "value": round(100 * (step - 1) / (len(STEPS) - 1))}
    ] if step else []  # fmt: skip
    parts = [*answer, *(_component(one) for one in own)]
    if not parts:
        return _("Nothing is known")
    listed = format_html_join("", "<li>{}</li>", ((part,) for part in parts))
    return format_html('<ul class="plain-list">{}</ul>', listed)


def _component(one: Component) -> str:
    if one.origin is Origin.CAPACITY:
        told: dict[str, Any] = {"persons": one.told, "value": round(100 * one.value)}
        return _("weeks ahead: %(persons)s persons to come without a week: %(value)s") % told
    label = next(reading.label for reading in shipped_readings() if reading.measure == one.measure)
    name = label.in_language(reading_language())
    return _("%(name)s: %(figure)s (%(publisher)s, %(year)s): %(value)s") % {
        "name": name, "figure": _decimal(one.told),
        "publisher": publisher_words(one.publisher), "year": one.year, "value": round(100 * one.value),
    }  # fmt: skip


def reading_words(one: Reading) -> str:
    """How a statistic is read as pressure in its sector."""
    return _("%(sector)s: %(name)s. No pressure at %(none)s, full pressure at %(full)s.") % {
        "sector": NAMES[one.sector], "name": one.label.in_language(reading_language()),
        "none": one.none_at, "full": one.full_at,
    }  # fmt: skip


def _decimal(value: Decimal) -> str:
    return str(value) if reading_language() == "en" else str(value).replace(".", ",")


def _most(values: Any) -> str:
    """The finding: which sector is pressed the most."""
    if np.isnan(values).all():
        return _("Nothing is known of any sector this month")
    sector: Sector = SECTORS[int(np.nanargmax(values))]
    return _("%(sector)s is pressed the most") % {"sector": NAMES[sector]}


def sources_of(found: PressureOverview) -> str:
    """Where the signals are from: the answers, and the publishers of the statistics."""
    told = {one.publisher for own in found.components.values() for one in own if one.publisher}
    publishers = sorted({publisher_words(each) for one in told for each in one.split("; ")})
    return ", ".join([_("The municipalities' own answers"), *publishers])


def _reach(low: float, high: float) -> str:
    return f"{round(100 * low)}\u2013{round(100 * high)}"


def percent_of(value: float) -> Figure:
    """A pressure from 0 to 1 as a whole number to 100."""
    return Figure.missing(State.UNKNOWN) if np.isnan(value) else Figure.of(round(100 * value))


def _exact(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
