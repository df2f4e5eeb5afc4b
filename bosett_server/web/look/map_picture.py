"""A map as a picture that stands by itself: title, cells, legend and source, in light colours."""

from __future__ import annotations

from bisect import bisect_left

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bosett_server.web.look.charts.frame import joined
from bosett_server.web.look.figures import SIGNS, figure_text
from bosett_server.web.look.hexmap import HexMap, HexValue, class_bounds, county_path
from bosett_server.web.look.numbers import number

SHADES = ("#ece5c4", "#cbb96e", "#958f78", "#575c6d", "#00204d")
MISSING = "#ffffff"
HEAD, FOOT, LEGEND_ROW = 70.0, 30.0, 26.0


def picture(drawing: HexMap) -> SafeString:
    """The whole picture as SVG text; colours as in `hexmap.css`, light."""
    numbers = [one.figure.value for one in drawing.values if one.figure.value is not None]
    bounds = list(drawing.bounds) or class_bounds(numbers)
    wide, high = drawing.layout.wide, drawing.layout.high
    legend = _legend(drawing, bounds, HEAD + high + 20)
    below = HEAD + high + 20 + LEGEND_ROW * len(legend) + FOOT
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="Inter, Arial, sans-serif" '
        'font-size="14"><title>{}</title><rect width="100%" height="100%" fill="#fff"/>'
        '<text x="10" y="26" font-size="18" font-weight="600">{}</text><text x="10" y="50" fill="#4b5a60">{}</text>'
        '<g transform="translate(10 {})">{}<path fill="none" stroke="#1d2b33" stroke-width="1.6" d="{}"/></g>{}'
        '<text x="10" y="{}" fill="#4b5a60">{}</text></svg>',
        f"{wide + 20:.0f}", f"{below:.0f}", drawing.caption.finding, drawing.caption.finding, drawing.caption.measure,
        f"{HEAD:.0f}", joined([_cell(drawing, one, bounds) for one in drawing.values]),
        county_path(drawing), joined(legend), f"{below - 10:.0f}", drawing.caption.source,
    )  # fmt: skip


def _cell(drawing: HexMap, one: HexValue, bounds: list[int]) -> SafeString:
    figure = one.figure
    fill = MISSING if figure.value is None else SHADES[bisect_left(bounds, figure.value)]
    spot = drawing.layout.spots[one.code]
    sign = "" if figure.value is not None else SIGNS[figure.state].sign
    return format_html(
        '<path fill="{}" stroke="#b8c2c7" d="{}"><title>{}: {}</title></path>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        fill, spot.path, one.name, figure_text(figure), f"{spot.x:.1f}", f"{spot.y + 5:.1f}", sign,
    )  # fmt: skip


def _legend(drawing: HexMap, bounds: list[int], top: float) -> list[SafeString]:
    lines = []
    for index, upper in enumerate(bounds):
        lower = bounds[index - 1] + 1 if index else 0
        lines.append((SHADES[index], "", f"{number(lower)}–{number(upper)}"))
    states = {one.figure.state for one in drawing.values if one.figure.value is None}
    lines += [(MISSING, SIGNS[state].sign, str(SIGNS[state].word)) for state in SIGNS if state in states]
    return [
        format_html(
            '<rect x="10" y="{}" width="18" height="18" fill="{}" stroke="#4b5a60"/>'
            '<text x="19" y="{}" text-anchor="middle">{}</text>'
            '<text x="38" y="{}">{}</text>',
            top + place * LEGEND_ROW, fill, top + place * LEGEND_ROW + 14, sign, top + place * LEGEND_ROW + 14, words,
        )
        for place, (fill, sign, words) in enumerate(lines)
    ]  # fmt: skip
