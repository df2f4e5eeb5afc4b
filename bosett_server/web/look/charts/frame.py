"""What every chart has round its drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bosett_server.web.look.tables import plain_rows


@dataclass(frozen=True)
class Caption:
    """The words of a chart.

    Parameters
    ----------
    ident
        Unique on the page; letters, digits and hyphens.
    finding
        The title: what the chart shows to be so.
    measure
        The subtitle: what is measured, in which unit, as of when.
    source
        Where it comes from, in one line.
    modelled
        Whether any value comes out of a model.
    downloads
        (words, address) of csv, svg, png …
    """

    ident: str
    finding: str
    measure: str
    source: str
    modelled: bool = False
    downloads: tuple[tuple[str, str], ...] = ()


def framed(
    caption: Caption, drawing: SafeString, headings: Sequence[str], rows: Sequence[Sequence[object]]
) -> SafeString:
    """Put the drawing between its words; `rows` is the same data as a table, first cell the row's name."""
    parts = {"caption": caption, "drawing": drawing, "headings": headings, "rows": plain_rows(rows)}
    return render_to_string("look/chart.html", parts)


def svg(caption: Caption, height_rem: float, content: SafeString, classes: str = "") -> SafeString:
    """A drawing as wide as its place and `height_rem` high; text keeps its size however narrow it gets."""
    return format_html(
        '<svg class="chart__svg {}" role="img" width="100%" height="{}rem" focusable="false" '
        'direction="ltr" aria-labelledby="{}-finding {}-measure">{}{}</svg>',
        classes,
        f"{height_rem:g}",
        caption.ident,
        caption.ident,
        hatch(caption.ident),
        content,
    )


def hatch(ident: str) -> SafeString:
    """The pattern that means modelled, missing or a gap."""
    return format_html(
        '<defs><pattern id="{}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hatch__ground" width="6" height="6"/>'
        '<path class="hatch__line" d="M1.5 0V6"/></pattern></defs>',
        ident,
    )


def text(x: str, y_rem: float, words: object, classes: str = "", anchor: str = "start") -> SafeString:
    """A line of text at `x` (any SVG length) and a baseline `y_rem` from the top."""
    return format_html(
        '<text class="chart__text {}" x="{}" y="{}rem" text-anchor="{}">{}</text>',
        classes,
        x,
        f"{y_rem:g}",
        anchor,
        words,
    )


def bar(
    percent_from: float, percent_wide: float, y_rem: float, height_rem: float, classes: str, fill: str = ""
) -> SafeString:
    """A lying bar; `fill` overrides the class's colour, for a pattern."""
    filled = format_html(' fill="{}"', fill) if fill else mark_safe("")
    return format_html(
        '<rect class="{}"{} x="{}%" y="{}rem" width="{}%" height="{}rem"/>',
        classes,
        filled,
        f"{percent_from:.3f}",
        f"{y_rem:g}",
        f"{percent_wide:.3f}",
        f"{height_rem:g}",
    )


def joined(parts: Sequence[SafeString]) -> SafeString:
    """Parts of a drawing one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))
