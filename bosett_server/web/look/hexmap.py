"""Norway with one equal cell per municipality, so that a small one is seen as well as a large one.

Cells stand in `parameters/registry/hexmap.csv`; how they were found stands in `hexmap.source.yaml`.
Rows with an odd number lie half a cell to the right.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from math import sqrt

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bosett.registry import Registry
from bosett.statistics.hexagons import Place, neighbours, shipped_layout
from bosett.terms.figure import Figure
from bosett_server.web.look.charts.frame import Caption, framed, hatch, joined
from bosett_server.web.look.figures import SIGNS, figure_text
from bosett_server.web.look.numbers import number

WIDTH = 20.0
ROW = WIDTH * sqrt(3) / 2
SIDE = WIDTH / sqrt(3)


@dataclass(frozen=True)
class HexValue:
    """What one municipality's cell shows and leads to."""

    code: str
    name: str
    figure: Figure
    href: str = ""


@dataclass(frozen=True)
class HexMap:
    """A map of one measure; `what` and `unit` head the table's columns.

    Parameters
    ----------
    bounds
        Upper bounds of the classes where several maps share them; without any they are the map's own.
    redraws
        Whether the page's script may show other years in it: every cell has room for a sign, the legend for all.

    Raises
    ------
    KeyError
        When drawn with a municipality that has no cell.
    """

    caption: Caption
    values: tuple[HexValue, ...]
    what: str
    unit: str
    bounds: tuple[int, ...] = ()
    redraws: bool = False


def places() -> Mapping[str, Place]:
    """Column and row of each municipality's cell, by code."""
    return shipped_layout()


def class_bounds(values: Sequence[int], classes: int = 5) -> list[int]:
    """Upper bounds of up to five classes with about as many in each; equal values stay together."""
    ordered = sorted(values)
    if not ordered:
        return []
    cuts = {ordered[-(-len(ordered) * k // classes) - 1] for k in range(1, classes + 1)}
    return sorted(cuts)


def render(drawing: HexMap) -> SafeString:
    """The map, its legend with counts, and its table."""
    numbers = [one.figure.value for one in drawing.values if one.figure.value is not None]
    bounds = list(drawing.bounds) or class_bounds(numbers)
    cells = [_cell(drawing, one, bounds) for one in drawing.values]
    content = joined([hatch(drawing.caption.ident), *cells, *_county_lines(drawing), *_county_names(drawing)])
    picture = joined([_picture(drawing, content), _legend(drawing, bounds, numbers)])
    rows = [(one.name, one.figure) for one in sorted(drawing.values, key=lambda one: one.code)]
    return framed(drawing.caption, picture, (drawing.what, drawing.unit), rows)


@cache
def _outline(place: Place) -> str:
    """The cell's border as a path."""
    return "L".join(f"{x:.2f} {y:.2f}" for x, y in _corners(place))


def _centre(place: Place) -> tuple[float, float]:
    col, row = place
    return WIDTH * (col + 0.5 + (row % 2) / 2), SIDE + ROW * row


def _corners(place: Place) -> list[tuple[float, float]]:
    """Clockwise from the upper right, so that side k lies towards neighbour k."""
    x, y = _centre(place)
    half, low = WIDTH / 2, SIDE / 2
    steps = [(half, -low), (half, low), (0, SIDE), (-half, low), (-half, -low), (0, -SIDE)]
    return [(x + right, y + down) for right, down in steps]


def _cell(drawing: HexMap, one: HexValue, bounds: list[int]) -> SafeString:
    place = places()[one.code]
    shape = _shape(drawing, one.figure, place, bounds)
    called = escape(one.name)
    name = f"{called}: {escape(figure_text(one.figure))}"
    if not one.href:
        return SafeString(f"<g><title>{name}</title>{shape}</g>")
    return SafeString(
        f'<a href="{escape(one.href)}" aria-label="{name}" data-cell="{place[0]} {place[1]}"'
        f' data-name="{called}" data-code="{one.code}"><title>{name}</title>{shape}</a>'
    )


def _shape(drawing: HexMap, figure: Figure, place: Place, bounds: list[int]) -> SafeString:
    """The coloured cell; one without a number is hatched and carries its state's sign."""
    corners = _outline(place)
    if figure.value is not None:
        shade = bisect_left(bounds, figure.value) + 1
        sign = _sign(place, "") if drawing.redraws else ""
        return SafeString(f'<path class="hexagon hexagon--{shade}" d="M{corners}Z"/>{sign}')
    return format_html(
        '<path class="hexagon hexagon--missing" fill="url(#{}-hatch)" d="M{}Z"/>{}',
        drawing.caption.ident,
        corners,
        _sign(place, SIGNS[figure.state].sign),
    )


def _sign(place: Place, sign: str) -> SafeString:
    x, y = _centre(place)
    return format_html(
        '<text class="hexagon__sign" x="{}" y="{}" text-anchor="middle">{}</text>',
        f"{x:.2f}",
        f"{y + 4.5:.2f}",
        sign,
    )


def _county_lines(drawing: HexMap) -> list[SafeString]:
    lines = _sides(tuple(sorted(one.code for one in drawing.values)))
    return [format_html('<path class="hexmap__counties" d="{}"/>', lines)]


def cell_path(place: Place) -> str:
    """A cell's border as a closed path."""
    return f"M{_outline(place)}Z"


def county_path(drawing: HexMap) -> str:
    """Every side between two counties, or between land and nothing, as one path."""
    return _sides(tuple(sorted(one.code for one in drawing.values)))


def _county_names(drawing: HexMap) -> list[SafeString]:
    """Each county's name over the middle of its cells; of counties that are wholly drawn."""
    by_county: dict[str, list[tuple[float, float]]] = {}
    for one in drawing.values:
        by_county.setdefault(one.code[:2], []).append(_centre(places()[one.code]))
    if len(drawing.values) < len(places()):
        return []
    return [
        format_html(
            '<text class="hexmap__name" x="{}" y="{}" text-anchor="middle" aria-hidden="true">{}</text>',
            f"{sum(x for x, _ in cells) / len(cells):.1f}", f"{sum(y for _, y in cells) / len(cells) + 5:.1f}",
            Registry.shipped().county(county).name,
        )
        for county, cells in sorted(by_county.items())
    ]  # fmt: skip


@lru_cache(maxsize=64)
def _sides(codes: tuple[str, ...]) -> str:
    """Every side between two counties, or between land and nothing, once."""
    county = {places()[code]: code[:2] for code in codes}
    sides = []
    for place, code in county.items():
        corners = _corners(place)
        for side, other in enumerate(neighbours(place)):
            if county.get(other) != code and (other not in county or place < other):
                (x1, y1), (x2, y2) = corners[side], corners[(side + 1) % 6]
                sides.append(f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}")
    return "".join(sides)


def _picture(drawing: HexMap, content: SafeString) -> SafeString:
    wide = WIDTH * (max(col for col, _ in places().values()) + 1.5)
    high = ROW * max(row for _, row in places().values()) + 2 * SIDE
    ident = drawing.caption.ident
    return format_html(
        '<svg class="hexmap" data-hexmap viewBox="-2 -2 {} {}" role="group" direction="ltr" '
        'aria-labelledby="{}-finding {}-measure">{}'
        '<path class="hexmap__here hexmap__here--outer" data-here/><path class="hexmap__here hexmap__here--inner" '
        'data-here/></svg><p class="hexmap-name" data-hexmap-name aria-hidden="true"></p>',
        f"{wide + 4:.0f}",
        f"{high + 4:.0f}",
        ident,
        ident,
        content,
    )


def _legend(drawing: HexMap, bounds: list[int], numbers: list[int]) -> SafeString:
    items = []
    for index, upper in enumerate(bounds):
        lowest = 0 if drawing.bounds else min(numbers)
        lower = bounds[index - 1] + 1 if index else min(lowest, upper)
        counted = sum(lower <= value <= upper for value in numbers)
        words = number(upper) if lower == upper else f"{number(lower)}–{number(upper)}"
        items.append(_key(f"hexagon hexagon--{index + 1}", words, counted, key=str(index + 1)))
    fill = f"url(#{drawing.caption.ident}-hatch)"
    for state, shown in SIGNS.items():
        counted = sum(one.figure.state is state for one in drawing.values)
        if counted or drawing.redraws:
            items.append(
                _key("hexagon hexagon--missing", str(shown.word), counted, fill, shown.sign, state.value)
            )
    return format_html('<ul class="hexmap-legend">{}</ul>', joined(items))


def _key(classes: str, words: str, counted: int, fill: str = "", sign: str = "", key: str = "") -> SafeString:
    filled = format_html(' fill="{}"', fill) if fill else ""
    return format_html(
        '<li data-key="{}"{}><svg class="hexmap-legend__key" viewBox="0 0 20 24" width="20" '
        'height="24" aria-hidden="true" '
        'focusable="false"><path class="{}"{} d="M10 .5L19.5 6v12L10 23.5L.5 18V6z"/>'
        '<text class="hexagon__sign" x="10" y="16.5" text-anchor="middle">{}</text></svg>'
        '<span>{}</span> <span class="hexmap-legend__count">({})</span></li>',
        key,
        "" if counted or not sign else SafeString(" hidden"),
        classes,
        filled,
        sign,
        words,
        number(counted),
    )
