"""A list of bars from zero: the name and the number above each bar, so nothing collides when narrow."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from bosett.terms.figure import Figure
from bosett_server.web.look.charts.frame import Caption, bar, framed, joined, svg, text
from bosett_server.web.look.figures import figure_text

ROW_REM = 2.625
LONGEST_NAME = 24


@dataclass(frozen=True)
class Bar:
    """One bar; `strong` marks the one that the finding speaks of."""

    label: str
    figure: Figure
    modelled: bool = False
    strong: bool = False


@dataclass(frozen=True)
class BarList:
    """Bars in the order given; `what` and `unit` head the two columns of the table."""

    caption: Caption
    bars: tuple[Bar, ...]
    what: str
    unit: str


def render(chart: BarList) -> SafeString:
    """The chart as HTML."""
    longest = max((one.figure.value or 0 for one in chart.bars), default=0)
    drawn = [_row(chart, one, index, longest) for index, one in enumerate(chart.bars)]
    drawing = svg(chart.caption, len(chart.bars) * ROW_REM + 0.25, joined(drawn))
    rows = [(one.label, one.figure, gettext("Modelled") if one.modelled else "") for one in chart.bars]
    headings = (chart.what, chart.unit, pgettext("frame", "Mark"))
    wide = 3 if any(one.modelled for one in chart.bars) else 2
    return framed(chart.caption, drawing, headings[:wide], [row[:wide] for row in rows])


def _emphasis(one: Bar) -> str:
    """A long name is set smaller where it is narrow, so that it does not run into its number."""
    long = " chart__text--long" if len(one.label) > LONGEST_NAME else ""
    return ("chart__text--strong" if one.strong else "") + long


def _row(chart: BarList, one: Bar, index: int, longest: int) -> SafeString:
    top = index * ROW_REM
    words = [
        text("0", top + 1.1, one.label, _emphasis(one)),
        text("100%", top + 1.1, figure_text(one.figure), "chart__text--value", anchor="end"),
    ]
    if one.figure.value is None:
        return joined([*words, bar(0, 100, top + 1.5, 0.625, "chart__absent")])
    wide = 100 * one.figure.value / longest if longest else 0
    classes, fill = "chart__bar chart__bar--strong" if one.strong else "chart__bar", ""
    if one.modelled:
        classes, fill = "chart__hatched", f"url(#{chart.caption.ident}-hatch)"
    track = bar(0, 100, top + 1.5, 0.625, "chart__track")
    return joined([*words, track, bar(0, wide, top + 1.5, 0.625, classes, fill)])
