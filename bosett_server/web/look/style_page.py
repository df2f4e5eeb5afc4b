"""What the living style page shows: every part once, with made-up values and a note that says so."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from bosett.registry.registry import Registry
from bosett.terms.figure import Figure, State
from bosett.terms.source import Source
from bosett_server.access import clock
from bosett_server.web.look.charts import (
    Bar,
    BarList,
    Caption,
    Funnel,
    LineChart,
    Series,
    Shift,
    Shifts,
    Stage,
)
from bosett_server.web.look.hexagon_cells import places
from bosett_server.web.look.hexmap import HexMap, HexValue
from bosett_server.web.look.steps import Step
from bosett_server.web.look.tables import Column, Row, Table


def said(words: str) -> str:
    """In a context of its own, so that these words never stand in for another room's."""
    return pgettext("style page", words)


said_later = partial(pgettext_lazy, "style page")


class ExampleForm(forms.Form):
    """One of each kind of field."""

    persons = forms.IntegerField(
        label=said_later("Number of persons"),
        help_text=said_later("All persons, unaccompanied minors included."),
        min_value=0,
    )
    meeting = forms.DateField(label=said_later("Date of the council meeting"), required=False)
    state = forms.ChoiceField(
        label=said_later("Answer"),
        widget=forms.RadioSelect,
        choices=[
            ("number", said_later("A number")),
            ("zero", said_later("Zero")),
            ("awaiting", said_later("Not decided yet")),
        ],
    )
    read = forms.BooleanField(label=said_later("I have read the conditions"))
    note = forms.CharField(
        label=said_later("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def content() -> dict[str, Any]:
    """Everything the template needs."""
    today = clock.today()
    return {
        "figures": _six_figures(),
        "deadlines": [today + timedelta(days=days) for days in (-2, 0, 3, 21)],
        "today": today,
        "tones": ["neutral", "info", "success", "warning", "danger"],
        "table": _table(today),
        "columns": _table(today).columns,
        "chips": [(said("Municipality: Kárášjohka – Karasjok"), "?"), (said("Waiting over 90 days"), "?")],
        "form": ExampleForm({"persons": "-1", "state": ""}),
        "empty_form": ExampleForm(auto_id="empty_%s"),
        "steps": _steps(today),
        "source": Source(said("Made-up source"), said("table 1"), "https://example.org/", date(2025, 11, 3)),
        "definition": said("Persons that the municipality is asked to settle in the year."),
        "bars": _bars(),
        "shifts": _shifts(),
        "funnel": _funnel(),
        "lines": _lines(),
        "hexmap": _hexmap(),
    }


def _six_figures() -> list[Figure]:
    missing = [Figure.missing(state) for state in State if state is not State.NUMBER]
    return [Figure.of(13000), Figure.of(0), *missing]


def _steps(today: date) -> list[Step]:
    note = said("The municipality answers within a week")
    return [
        Step(said("Residence permit"), "done", today - timedelta(days=64)),
        Step(said("Settlement interview"), "done", today - timedelta(days=41)),
        Step(said("Proposed to a municipality"), "here", today - timedelta(days=3), note),
        Step(said("Accepted"), "ahead"),
        Step(said("Settled"), "ahead"),
    ]


def _table(today: date) -> Table:
    columns = (
        Column("household", said("Household"), sortable=True),
        Column("persons", said("Persons"), "number", sortable=True),
        Column("ready", said("Ready since"), "date", sortable=True),
        Column("municipality", said("Municipality")),
        Column("asked", said("Asked"), "number"),
        Column("grant", said("Grant, first year"), "kroner"),
    )
    names = ["Kárášjohka – Karasjok", "Unjárga – Nesseby", "Guovdageaidnu – Kautokeino", "Loabák – Lavangen"]
    asked = [Figure.of(30), Figure.missing(State.NOT_ASKED), Figure.missing(State.AWAITING), Figure.of(0)]
    days = [today - timedelta(days=7 * i) for i in range(12)]
    rows = tuple(
        Row((f"H-{1041 + i}", 1 + i % 5, day, names[i % 4], asked[i % 4], 1205500 + 2411 * i), f"{i}", "?")
        for i, day in enumerate(days)
    )
    return Table(said("Households ready to be settled"), columns, rows, sort="-ready", selectable=True)


def _caption(ident: str, finding: str, measure: str, modelled: bool = False) -> Caption:
    downloads = (("csv", "?format=csv"), ("svg", "?format=svg"))
    return Caption(ident, finding, measure, said("Made-up values for this style page"), modelled, downloads)


def _bars() -> BarList:
    bars = (
        Bar("Vestland", Figure.of(1712), strong=True),
        Bar("Rogaland", Figure.of(1240)),
        Bar("Innlandet", Figure.of(1105), modelled=True),
        Bar("Finnmark – Finnmárku – Finmarkku", Figure.of(388)),
        Bar("Telemark", Figure.missing(State.AWAITING)),
    )
    caption = _caption(
        "bars", said("Vestland is asked for most"), said("Persons asked for in 2026"), modelled=True
    )
    return BarList(caption, bars, said("County"), said("Persons"))


def _shifts() -> Shifts:
    places = (Shift("Nordland", 212, 260), Shift("Oslo", 840, 811), Shift("Innlandet", 405, 398))
    caption = _caption("shifts", said("Nordland is asked for more than last year"), said("Persons asked for"))
    return Shifts(caption, places, said("County"), "2025", "2026")


def _funnel() -> Funnel:
    stages = (
        Stage(said("Asked"), Figure.of(13000)),
        Stage(said("Voted"), Figure.of(11240), said("not voted for"), said("more than asked")),
        Stage(said("Agreed"), Figure.of(10910), said("voted, not agreed"), said("more than voted")),
        Stage(said("Settled"), Figure.of(4380), said("agreed, not settled yet"), said("more than agreed")),
    )
    caption = _caption("funnel", said("A third of the need is settled"), said("Persons, so far in 2026"))
    return Funnel(caption, stages, said("Persons"))


def _lines() -> LineChart:
    def points(values: list[int | None]) -> tuple[Figure, ...]:
        return tuple(Figure.missing(State.NOT_STORED) if v is None else Figure.of(v) for v in values)

    asked = points([5500, 5020, 4930, None, 37000, 37700, 18000, 13000])
    settled = points([4822, 3503, 5510, 31500, 33900, 21000, 14000, None])
    known = [(value, value) for value in (4822, 3503, 5510, 31500, 33900)]
    band = (*known, (20000, 22000), (12000, 17000), (9800, 12400))
    expected = points([None, None, None, None, None, 21000, 14300, 11000])
    series = (
        Series(said("Asked"), asked),
        Series(said("Settled"), settled),
        Series(said("Expected"), expected, modelled=True, band=band),
    )
    caption = _caption(
        "lines", said("Settlement has fallen since 2023"), said("Persons a year, 2019–2026"), modelled=True
    )
    return LineChart(caption, tuple(str(year) for year in range(2019, 2027)), series, said("Year"))


def _hexmap() -> HexMap:
    names = {str(one.code): one.official_name for one in Registry.shipped().all_municipalities}
    values = tuple(HexValue(code, names[code], _made_up(code), f"?at={code}") for code in sorted(places()))
    caption = _caption("hexmap", said("One equal cell per municipality"), said("Persons asked for, made up"))
    return HexMap(caption, values, said("Municipality"), said("Persons"))


def _made_up(code: str) -> Figure:
    remainder = int(code) * 7919 % 97
    if remainder < 7:
        return Figure.missing(State.NOT_ASKED)
    return Figure.missing(State.AWAITING) if remainder < 9 else Figure.of(remainder * remainder // 40)
