"""From one state to another: each place's difference to the left or the right of a middle line, the largest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from bosett.terms.figure import Figure
from bosett_server.web.look.charts.frame import Caption, bar, framed, joined, svg, text
from bosett_server.web.look.numbers import number, signed

ROW_REM = 2.625
MIDDLE = 50.0


@dataclass(frozen=True)
class Shift:
    """One place, in whole numbers before and after."""

    label: str
    before: int
    after: int

    @property
    def size(self) -> int:
        """How many more there are after; fewer is below 0."""
        return self.after - self.before


@dataclass(frozen=True)
class Shifts:
    """Places in the order given; `what` heads their names, `before` and `after` the two columns of numbers."""

    caption: Caption
    places: tuple[Shift, ...]
    what: str
    before: str
    after: str


def render(chart: Shifts) -> SafeString:
    """The chart as HTML; bars have one scale, the same to both sides."""
    longest = max((abs(one.size) for one in chart.places), default=0)
    drawn = [_row(one, index, longest) for index, one in enumerate(chart.places)]
    height = len(chart.places) * ROW_REM + 0.25
    axis = SafeString(
        f'<line class="chart__axis" x1="{MIDDLE:g}%" x2="{MIDDLE:g}%" y1="1.375rem" y2="{height:g}rem"/>'
    )
    headings = (chart.what, chart.before, chart.after, pgettext("frame", "Difference"))
    rows = [
        (one.label, Figure.of(one.before), Figure.of(one.after), signed(one.size)) for one in chart.places
    ]
    return framed(chart.caption, svg(chart.caption, height, joined([*drawn, axis])), headings, rows)


def _row(one: Shift, index: int, longest: int) -> SafeString:
    top = index * ROW_REM
    wide = MIDDLE * abs(one.size) / longest if longest else 0.0
    start, classes = (MIDDLE, "chart__bar--strong") if one.size >= 0 else (MIDDLE - wide, "")
    told = f"{number(one.before)} → {number(one.after)}"
    return joined([
        text("0", top + 1.1, one.label),
        text("100%", top + 1.1, f"{signed(one.size)} ({told})", "chart__text--value", anchor="end"),
        bar(0, 100, top + 1.5, 0.625, "chart__track"),
        bar(start, wide, top + 1.5, 0.625, f"chart__bar {classes}".strip()),
    ])  # fmt: skip
