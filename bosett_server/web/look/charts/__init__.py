"""Charts drawn on the server as SVG: they need no script, they print, they read in grey."""

from __future__ import annotations

from django.utils.safestring import SafeString

from bosett_server.web.look.charts import bars, funnel, lines, multiples, shifts
from bosett_server.web.look.charts.bars import Bar, BarList
from bosett_server.web.look.charts.frame import Caption
from bosett_server.web.look.charts.funnel import Funnel, Stage
from bosett_server.web.look.charts.lines import LineChart, Series
from bosett_server.web.look.charts.multiples import Multiples, Small
from bosett_server.web.look.charts.shifts import Shift, Shifts

Chart = BarList | Funnel | LineChart | Multiples | Shifts

__all__ = [
    "Bar",
    "BarList",
    "Caption",
    "Chart",
    "Funnel",
    "LineChart",
    "Multiples",
    "Series",
    "Shift",
    "Shifts",
    "Small",
    "Stage",
    "render",
]


def render(chart: Chart) -> SafeString:
    """The chart in its frame: finding, measure, drawing, source, the same data as a table."""
    match chart:
        case BarList():
            return bars.render(chart)
        case Funnel():
            return funnel.render(chart)
        case LineChart():
            return lines.render(chart)
        case Multiples():
            return multiples.render(chart)
        case Shifts():
            return shifts.render(chart)
