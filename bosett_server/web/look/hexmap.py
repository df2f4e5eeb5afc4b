"""A map of the municipalities: each an equal hexagon, so that the small are seen as well as the large; or as it lies.

Both have the same classes, the same signs and the same table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bosett.registry import Registry
from bosett.terms.figure import Figure
from bosett_server.web.look.charts.frame import Caption, framed, hatch, joined
from bosett_server.web.look.figures import SIGNS, figure_text
from bosett_server.web.look.hexagon_cells import hexagons, places
from bosett_server.web.look.map_layout import Layout, Spot
from bosett_server.web.look.numbers import number

__all__ = ["HexMap", "HexValue", "class_bounds", "county_path", "places", "render"]


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
    layout
        Where each municipality is drawn; hexagons without one.

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
    layout: Layout = field(default_factory=hexagons)


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


def _cell(drawing: HexMap, one: HexValue, bounds: list[int]) -> SafeString:
    spot = drawing.layout.spots[one.code]
    shape = _shape(drawing, one.figure, spot, bounds)
    called = escape(one.name)
    name = f"{called}: {escape(figure_text(one.figure))}"
    if not one.href:
        return SafeString(f"<g><title>{name}</title>{shape}</g>")
    at = f'data-cell="{spot.cell}"' if spot.cell else f'data-at="{spot.x} {spot.y}"'
    return SafeString(
        f'<a href="{escape(one.href)}" aria-label="{name}" {at}'
        f' data-name="{called}" data-code="{one.code}"><title>{name}</title>{shape}</a>'
    )


def _shape(drawing: HexMap, figure: Figure, spot: Spot, bounds: list[int]) -> SafeString:
    """The coloured cell; one without a number is hatched and carries its state's sign."""
    if figure.value is not None:
        shade = bisect_left(bounds, figure.value) + 1
        sign = _sign(spot, "") if drawing.redraws else ""
        return SafeString(f'<path class="hexagon hexagon--{shade}" d="{spot.path}"/>{sign}')
    return format_html(
        '<path class="hexagon hexagon--missing" fill="url(#{}-hatch)" d="{}"/>{}',
        drawing.caption.ident,
        spot.path,
        _sign(spot, SIGNS[figure.state].sign),
    )


def _sign(spot: Spot, sign: str) -> SafeString:
    return format_html(
        '<text class="hexagon__sign" x="{}" y="{}" text-anchor="middle">{}</text>',
        f"{spot.x:.2f}",
        f"{spot.y + 4.5:.2f}",
        sign,
    )


def _county_lines(drawing: HexMap) -> list[SafeString]:
    return [format_html('<path class="hexmap__counties" d="{}"/>', county_path(drawing))]


def county_path(drawing: HexMap) -> str:
    """Every side between two counties, or between land and nothing, as one path."""
    return drawing.layout.sides(tuple(sorted(one.code for one in drawing.values)))


def _county_names(drawing: HexMap) -> list[SafeString]:
    """Each county's name over the middle of its cells; of counties that are wholly drawn."""
    by_county: dict[str, list[tuple[float, float]]] = {}
    for one in drawing.values:
        spot = drawing.layout.spots[one.code]
        by_county.setdefault(one.code[:2], []).append((spot.x, spot.y))
    if len(drawing.values) < len(drawing.layout.spots):
        return []
    middles = {
        Registry.shipped().county(county).name: (
            sum(x for x, _ in cells) / len(cells), sum(y for _, y in cells) / len(cells) + 5,
        )
        for county, cells in sorted(by_county.items())
    }  # fmt: skip
    return [
        format_html(
            '<text class="hexmap__name" x="{}" y="{}" text-anchor="middle" aria-hidden="true">{}</text>',
            f"{x:.1f}", f"{y:.1f}", name,
        )
        for name, (x, y) in _apart(middles, *(ROOM_ON_BORDERS if drawing.layout.geographic else ROOM_ON_CELLS)).items()
    ]  # fmt: skip


ROOM_ON_BORDERS, ROOM_ON_CELLS = (11.0, 24.0), (6.5, 13.0)
"""Room that a letter and a line of a county's name take on the map with borders and on the hexagons."""


def _apart(
    middles: Mapping[str, tuple[float, float]], letter: float, line: float
) -> dict[str, tuple[float, float]]:
    """The names from north to south, each moved down until it covers none above it."""
    found: dict[str, tuple[float, float]] = {}
    for name, (x, y) in sorted(middles.items(), key=lambda one: one[1][1]):
        while any(
            abs(x - other_x) < letter * (len(name) + len(other)) / 2 and abs(y - other_y) < line
            for other, (other_x, other_y) in found.items()
        ):
            y += 1
        found[name] = (x, y)
    return found


def _picture(drawing: HexMap, content: SafeString) -> SafeString:
    layout, ident = drawing.layout, drawing.caption.ident
    return format_html(
        '<svg class="hexmap{}" data-hexmap viewBox="-2 -2 {} {}" role="group" direction="ltr" '
        'aria-labelledby="{}-finding {}-measure">{}'
        '<path class="hexmap__here hexmap__here--outer" data-here/><path class="hexmap__here hexmap__here--inner" '
        'data-here/></svg><p class="hexmap-name" data-hexmap-name aria-hidden="true"></p>',
        " hexmap--places" if layout.geographic else "",
        f"{layout.wide + 4:.0f}",
        f"{layout.high + 4:.0f}",
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
