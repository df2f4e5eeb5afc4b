"""Lines over time from zero, named where they end; a missing value breaks the line, it is never zero."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bosett.terms.figure import Figure
from bosett_server.web.look.charts.frame import Caption, framed, joined, svg, text
from bosett_server.web.look.numbers import number

TOP_REM, PLOT_REM, FOOT_REM = 1.5, 13.0, 1.75
LONGEST_NAME = 16


@dataclass(frozen=True)
class Series:
    """One line; its `label` stands beside its end; `band` is (low, high) per point, or None, drawn behind it."""

    label: str
    points: tuple[Figure, ...]
    modelled: bool = False
    band: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True)
class LineChart:
    """Lines over the same points in time, at least two; `what` heads the column of times.

    `dots` are (place in the times, value), drawn small behind the lines; the page says what they are and tells them
    in a table of their own.

    Raises
    ------
    ValueError
        If there are fewer than two times, a series has not one point for each, or a name is longer
        than 16 letters and would not fit beside its line on a narrow screen.
    """

    caption: Caption
    times: tuple[str, ...]
    series: tuple[Series, ...]
    what: str
    dots: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if len(self.times) < 2:
            raise ValueError("a line needs at least two points in time")
        for one in self.series:
            if len(one.label) > LONGEST_NAME:
                raise ValueError(f"{one.label!r} is longer than {LONGEST_NAME} letters")
            if len(one.points) != len(self.times) or len(one.band) not in (0, len(self.times)):
                raise ValueError(f"{one.label!r} has not one point for each of {len(self.times)} times")


def ceiling(highest: int) -> int:
    """The first of 1, 2, 4, 5, 8 or 10 times a power of ten that is not below `highest`; at least 4."""
    if highest <= 4:
        return 4
    power = int(10 ** floor(log10(highest)))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= highest)


def runs(points: tuple[Figure, ...]) -> list[list[tuple[int, int]]]:
    """Unbroken stretches of (place, value)."""
    found: list[list[tuple[int, int]]] = [[]]
    for place, point in enumerate(points):
        if point.value is None:
            found.append([])
        else:
            found[-1].append((place, point.value))
    return [run for run in found if run]


def render(chart: LineChart) -> SafeString:
    """The chart as HTML."""
    top = ceiling(_highest(chart))
    parts = [_grid(top), _plot(chart, top), _dots(chart, top), _ticks(top), _times(chart), _names(chart, top)]
    drawing = svg(chart.caption, TOP_REM + PLOT_REM + FOOT_REM, joined(parts), "chart__svg--lines")
    rows = [(time, *(one.points[place] for one in chart.series)) for place, time in enumerate(chart.times)]
    return framed(chart.caption, drawing, (chart.what, *(one.label for one in chart.series)), rows)


def _highest(chart: LineChart) -> int:
    points = [point.value or 0 for one in chart.series for point in one.points]
    points += [value for _, value in chart.dots]
    return max(
        [*points, *(ends[1] for one in chart.series for ends in one.band if ends is not None)], default=0
    )


def _height(value: float, top: int) -> float:
    """Distance from the top of the drawing, in rem."""
    return TOP_REM + PLOT_REM * (1 - value / top)


def _grid(top: int) -> SafeString:
    parts = []
    for quarter in range(5):
        y = _height(top * quarter / 4, top)
        line = "chart__axis" if quarter == 0 else "chart__grid"
        parts.append(
            format_html('<line class="{}" x1="0" x2="100%" y1="{}rem" y2="{}rem"/>', line, f"{y:g}", f"{y:g}")
        )
    return joined(parts)


def _ticks(top: int) -> SafeString:
    """The numbers of the grid, above the lines, so that none is struck through."""
    return joined([
        text("0", _height(top * quarter / 4, top) - 0.25, number(top * quarter // 4), "chart__text--tick")
        for quarter in range(1, 5)
    ])  # fmt: skip


def _plot(chart: LineChart, top: int) -> SafeString:
    last = len(chart.times) - 1
    drawn = [_band(chart, one, top) for one in chart.series if one.band]
    for index, one in enumerate(chart.series, start=1):
        drawn += [_path(run, last, top, index) for run in runs(one.points)]
    return format_html(
        '<svg x="0" y="{}rem" width="100%" height="{}rem" viewBox="0 0 1000 1000" preserveAspectRatio="none" '
        'overflow="visible">{}</svg>',
        f"{TOP_REM:g}",
        f"{PLOT_REM:g}",
        joined(drawn),
    )


def _path(run: list[tuple[int, int]], last: int, top: int, index: int) -> SafeString:
    corners = [f"{1000 * place / last:.1f} {1000 * (1 - value / top):.1f}" for place, value in run]
    if len(corners) == 1:
        corners.append(corners[0])
    return format_html('<path class="chart__line chart__line--{}" d="M{}"/>', index, "L".join(corners))


def _band(chart: LineChart, one: Series, top: int) -> SafeString:
    last = len(chart.times) - 1
    known = [(i, *ends) for i, ends in enumerate(one.band) if ends is not None]
    there = [f"{1000 * i / last:.1f} {1000 * (1 - high / top):.1f}" for i, _, high in known]
    back = [f"{1000 * i / last:.1f} {1000 * (1 - low / top):.1f}" for i, low, _ in known]
    return format_html('<path class="chart__band" d="M{}Z"/>', "L".join([*there, *reversed(back)]))


def _dots(chart: LineChart, top: int) -> SafeString:
    last = len(chart.times) - 1
    alone = [run[0] for one in chart.series for run in runs(one.points) if len(run) == 1]
    drawn = [
        format_html(
            '<circle class="chart__dot" cx="{}%" cy="{}rem" r="4"/>',
            f"{100 * place / last:.2f}",
            f"{_height(value, top):g}",
        )
        for place, value in (*chart.dots, *alone)
    ]
    return joined(drawn)


def _times(chart: LineChart) -> SafeString:
    y = TOP_REM + PLOT_REM + 1.25
    return joined([text("0", y, chart.times[0]), text("100%", y, chart.times[-1], anchor="end")])


def _names(chart: LineChart, top: int) -> SafeString:
    """Names beside the lines' ends, pushed apart so that none lies on another."""
    numbered = enumerate(chart.series, start=1)
    ends = [(found[-1][-1][1], index, one.label) for index, one in numbered if (found := runs(one.points))]
    parts, lowest = [], 0.0
    for value, index, label in sorted(ends, key=lambda end: (-end[0], end[1])):
        lowest = max(_height(value, top) + 0.3, lowest + 1.125)
        parts.append(_name(index, lowest, label))
    return joined(parts)


def _name(index: int, y_rem: float, label: str) -> SafeString:
    return format_html(
        '<text class="chart__text chart__text--name chart__text--name-{}" x="100%" dx="8" y="{}rem">{}</text>',
        index,
        f"{y_rem:g}",
        label,
    )
