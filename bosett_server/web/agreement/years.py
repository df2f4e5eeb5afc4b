"""Each commitment's state at the end of every year since 2016 and on a day: a table to look at."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.agreement import (
    Change,
    Fact,
    FactBook,
    Verdict,
    YearBalance,
    YearHeld,
    balance,
    changes_of_year,
    commitments_of,
)
from bosett.agreement.names import missing_in_words, name
from bosett.terms.figure import Figure, State
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.agreement import evidence_by_year
from bosett_server.web.agreement.wording import SIGNS, TONES, in_reader_language, reader_language
from bosett_server.web.known import known_day
from bosett_server.web.look.charts.frame import Caption
from bosett_server.web.look.charts.lines import LineChart, Series
from bosett_server.web.look.numbers import number, signed
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page


@dataclass(frozen=True)
class Cell:
    """One year's state of a commitment; `words` is what the sign says."""

    year: int
    sign: str
    tone: str
    words: str


@dataclass(frozen=True)
class Line:
    """One commitment through the years."""

    code: str
    title: str
    cells: tuple[Cell, ...]


@require_GET
@page(Permission.AGREEMENT_VIEW)
def years(request: Request) -> HttpResponse:
    """The states, every change of the number within a year, settled against voted, and what cannot be said."""
    day = known_day(request)
    told, book = evidence_by_year(request.actor, day.known)
    context = {
        "day": day,
        "years": [str(one.year) for one in told],
        "lines": [_line(code, told) for code in commitments_of(told)],
        "legend": [_cell(0, verdict) for verdict in (*Verdict, None)],
        "changes": _changes(book, told),
        "numbers": _numbers(book, told),
        "unsaid": [(one.year, _missing(one)) for one in reversed(told)],
    }
    return render(request, "agreement/years.html", context)


def _line(code: str, told: tuple[YearHeld, ...]) -> Line:
    title = in_reader_language(name("commitment", code))
    return Line(code, title, tuple(_cell(one.year, one.verdict(code)) for one in told))


def _cell(year: int, verdict: Verdict | None) -> Cell:
    if verdict is None:
        return Cell(year, "", "absent", _("Not in that year's agreement"))
    return Cell(year, SIGNS[verdict], TONES[verdict], in_reader_language(name("verdict", verdict)))


def _changes(book: FactBook, told: tuple[YearHeld, ...]) -> Table:
    columns = (
        Column("year", _("Year")), Column("what", _("What was changed")), Column("before", _("From"), "number"),
        Column("after", _("To"), "number"), Column("persons", _("Change"), "number"),
        Column("share", _("Per cent"), "number"), Column("on", _("Known")),
    )  # fmt: skip
    kinds = {"request": _("The request"), "need": _("The need")}
    rows = tuple(
        Row(_change(each, kinds[each.after.what], one.year))
        for one in told
        for each in changes_of_year(book, one.year, one.as_of)
    )
    return Table(_("Every change of a year's number within the year"), columns, rows)


def _change(one: Change, what: str, year: int) -> tuple[object, ...]:
    """A row; a source that tells only the year is not made to tell a day."""
    share = signed(round(100 * float(one.share), 1), 1)
    sizes = (int(one.before.value), int(one.after.value), signed(one.persons), share)
    return (str(year), what, *sizes, str(one.after.on))


def _numbers(book: FactBook, told: tuple[YearHeld, ...]) -> LineChart:
    found = balance(book, told[0].year, told[-1].year, told[-1].as_of)
    voted, settled = (_series(found, what) for what in ("voted", "settled"))
    known = [one for one in found if one.settled_of_voted is not None]
    least = min(known, key=lambda one: one.settled_of_voted or 0.0)
    finding = _("Fewest of the voted places were used in %(year)s: %(share)s per cent") % {
        "year": least.year, "share": number(least.settled_of_voted or 0.0, 1),
    }  # fmt: skip
    measure = _("Persons: places the councils voted for, and settled, by year")
    caption = Caption(
        "voted-settled", finding, measure, _("IMDi and the government, as the overview names them")
    )
    series = (Series(_("Voted places"), voted), Series(_("Settled"), settled))
    return LineChart(caption, tuple(str(one.year) for one in found), series, _("Year"))


def _series(found: tuple[YearBalance, ...], what: str) -> tuple[Figure, ...]:
    facts: list[Fact | None] = [getattr(one, what) for one in found]
    return tuple(
        Figure.missing(State.NOT_STORED) if one is None else Figure.of(int(one.value)) for one in facts
    )


def _missing(one: YearHeld) -> list[tuple[str, str]]:
    """(indicator, what is missing) in words, each once."""
    language = reader_language()
    found = {
        told.indicator: "; ".join(missing_in_words(code, language) for code in told.missing)
        for each in one.held
        for told in each.findings
        if told.missing
    }
    return [(in_reader_language(name("indicator", code)), words) for code, words in found.items()]
