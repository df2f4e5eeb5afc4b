"""Results as charts and tables: curves with their intervals, bands, shares; hidden where few."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bosett.followup.secondary_moves import MovesOfYear
from bosett.terms.figure import Figure
from bosett_server.queries.followup_places import PlaceRow
from bosett_server.queries.followup_results import MONTH_DAYS, SIX, THREE, GroupWait, Kept
from bosett_server.queries.followup_work import WorkResult
from bosett_server.web.followup.results_curves import HIDDEN, SHORTEST, curve_chart, percent
from bosett_server.web.look.charts.frame import Caption
from bosett_server.web.look.charts.lines import LineChart, Series
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.followup_results import BANDS, DEADLINES, GROUPS, SHORT


def hidden_or(value: int | None) -> Figure:
    """The number, or that it is hidden."""
    return Figure.missing(HIDDEN) if value is None else Figure.of(value)


def waiting_chart(groups: Sequence[GroupWait], source: str, *, modelled: bool) -> LineChart | None:
    """Months from ready to settled, by track."""
    whole = groups[0].told
    half = whole.within.get(SIX)
    finding = (
        _("%(share)s per cent are settled within six months") % {"share": percent(half[0])}
        if half
        else _("How long it takes to be settled")
    )
    caption = Caption(
        "waiting-curve", finding,
        _("Per cent settled, by months since ready; the shaded part is the 95 per cent interval"), source, modelled,
    )  # fmt: skip
    curves = [(str(SHORT[one.group]), one.told.shown) for one in groups if one.group in SHORT]
    times = [str(month) for month in range(len(MONTH_DAYS))]
    return curve_chart(curves, MONTH_DAYS, times, caption, _("Months"))


def waiting_table(groups: Sequence[GroupWait]) -> Table:
    """Median and shares by group."""
    columns = (
        Column("group", pgettext("results", "Group")),
        Column("median", _("Half are settled within, days"), "number"),
        Column("three", _("Settled within three months")),
        Column("six", _("Settled within six months")),
    )
    rows = tuple(
        Row((str(GROUPS[one.group]), _median(one), _share(one, THREE), _share(one, SIX))) for one in groups
    )
    return Table(_("How long it took, with those who still wait counted as long as they have"), columns, rows)


def ageing_table(groups: Sequence[GroupWait]) -> Table:
    """Who waits now, by how long."""
    columns = (
        Column("group", pgettext("results", "Group")),
        Column("all", _("Wait now"), "number"),
        *(Column(f"b{at}", str(band), "number") for at, band in enumerate(BANDS)),
    )
    rows = tuple(
        Row((str(GROUPS[one.group]), hidden_or(one.waiting), *(hidden_or(count) for count in one.bands)))
        for one in groups
    )
    return Table(_("Persons who are ready and not settled, by how long they have waited"), columns, rows)


def deadline_table(kept: Sequence[Kept]) -> Table:
    """Deadlines that were kept, and not."""
    columns = (
        Column("what", _("Deadline")),
        Column("kept", pgettext("deadline", "In time"), "number"),
        Column("late", pgettext("deadline", "Too late"), "number"),
        Column("never", _("Not answered, or not due yet"), "number"),
    )
    rows = tuple(
        Row((str(DEADLINES[one.name]), hidden_or(one.in_time), hidden_or(one.late), hidden_or(one.never)))
        for one in kept
    )
    return Table(_("Deadlines kept"), columns, rows)


def published_chart(years: Sequence[MovesOfYear], source: str) -> LineChart | None:
    """The share of those with up to four years in Norway who have moved to where they live."""
    short = [one for one in years if one.residence == "0_4"]
    if len(short) < SHORTEST:
        return None
    first, last = short[0], short[-1]
    told = {"from": _percent_of(first), "to": _percent_of(last), "first": first.year, "last": last.year}
    caption = Caption(
        "published-moves",
        _("From %(from)s per cent in %(first)s to %(to)s in %(last)s had moved to where they lived") % told,
        _(
            "Refugees with up to four years in Norway, per cent of those of whom it is known how they came; the shaded "
            "part is what it could be if nobody or everybody of the unknown had moved"
        ),
        source,
    )
    points = tuple(Figure.of(_percent_of(one)) for one in short)
    bands = tuple((percent(float(one.least or 0)), percent(float(one.most or 0))) for one in short)
    return LineChart(
        caption,
        tuple(str(one.year) for one in short),
        (Series(_("Moved here"), points, band=bands),),
        _("Year"),
    )


def published_table(years: Sequence[MovesOfYear]) -> Table:
    """The figures as the source's rows of municipalities add up."""
    columns = (
        Column("year", _("Year")),
        Column("residence", _("Years in Norway")),
        Column("settled", _("Settled here"), "number"),
        Column("moved", _("Moved here"), "number"),
        Column("unknown", _("Not known"), "number"),
        Column("total", _("All"), "number"),
        Column("places", _("Municipalities in the source"), "number"),
        Column("hidden", _("Hidden by the source"), "number"),
    )
    words = {"0_4": _("0 to 4"), "5_plus": _("5 and more")}
    rows = tuple(
        Row(
            (
                str(one.year), words[one.residence], one.settled_here, one.moved_here, one.unknown, one.total,
                one.places, one.hidden,
            )
        )
        for one in years
    )  # fmt: skip
    return Table(_("Refugees by how they came to the municipality they live in"), columns, rows)


def place_table(rows: Sequence[PlaceRow]) -> Table:
    """Each municipality by name; never in order of what is measured."""
    columns = (
        Column("name", _("Municipality")),
        Column("kostra", _("KOSTRA group")),
        Column("settled", _("Settled"), "number"),
        Column("moved", _("Moved on within five years"), "number"),
        Column("beside", _("Of the expected, with interval")),
    )
    shown = tuple(
        Row(
            (
                one.name, one.kostra.removeprefix("EKG").lstrip("0"), hidden_or(one.settled), hidden_or(one.moved),
                beside_words(one),
            ),
            href=f"/followup/places/{one.code}/",
        )
        for one in rows
    )  # fmt: skip
    return Table(_("Settled, and moved on, by municipality in alphabetical order"), columns, shown)


def beside_words(one: PlaceRow) -> str:
    """Moved by expected with both ends; 1 as expected."""
    if one.beside is None:
        return "\u2013"
    told = one.beside
    return _("%(ratio)s (%(low)s to %(high)s)") % {
        "ratio": _decimal(told.ratio), "low": _decimal(told.low), "high": _decimal(told.high),
    }  # fmt: skip


def work_table(one: WorkResult, caption: str) -> Table:
    """A result by year."""
    columns = (
        Column("year", _("Year")),
        Column("of", _("Persons"), "number"),
        Column("so", pgettext("results", "Of them"), "number"),
        Column("share", _("Per cent"), "number"),
        Column("places", _("Municipalities with both numbers"), "number"),
    )
    rows = tuple(
        Row(
            (
                str(year.year), hidden_or(year.of), hidden_or(year.so),
                hidden_or(None if year.share is None else percent(float(year.share))), year.places,
            )
        )
        for year in one.years
    )  # fmt: skip
    return Table(caption, columns, rows)


def _median(one: GroupWait) -> Figure:
    return hidden_or(one.told.median_days)


def _share(one: GroupWait, day: int) -> str:
    told = one.told.within.get(day)
    if told is None:
        return pgettext("results", "Too few to tell")
    share, low, high = told
    if low is None or high is None:
        return _("%(share)s per cent") % {"share": percent(share)}
    return _("%(share)s per cent (%(low)s to %(high)s)") % {
        "share": percent(share), "low": percent(low), "high": percent(high),
    }  # fmt: skip


def _percent_of(one: MovesOfYear) -> int:
    return percent(float(one.share_moved or 0))


def _decimal(value: float) -> str:
    return number_format(round(Decimal(value), 2), 2)


def alike_words(count: int, kostra: str) -> str:
    """Whom the municipality stands beside; it is one of them."""
    return ngettext(
        "KOSTRA group %(group)s, where %(count)s municipality has settled somebody",
        "KOSTRA group %(group)s, where %(count)s municipalities have settled somebody",
        count,
    ) % {"count": count, "group": kostra.removeprefix("EKG").lstrip("0")}
