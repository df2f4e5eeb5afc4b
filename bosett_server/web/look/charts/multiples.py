"""Small multiples: the same little bar drawing for many places, one scale, each a link."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bosett.terms.figure import Figure
from bosett_server.web.look.charts.frame import Caption, framed, hatch, joined
from bosett_server.web.look.figures import SIGNS, figure_text
from bosett_server.web.look.numbers import number

WIDE, HIGH, HEAD = 100, 36, 2


@dataclass(frozen=True)
class Small:
    """One place: its name, a figure for each time, and where it leads."""

    name: str
    points: tuple[Figure, ...]
    href: str = ""


@dataclass(frozen=True)
class Multiples:
    """Many places over the same times; `own_scale` draws each on its own scale and says so."""

    caption: Caption
    times: tuple[str, ...]
    places: tuple[Small, ...]
    what: str
    own_scale: bool = False


def render(chart: Multiples) -> SafeString:
    """The drawings side by side, their scale in words, and the same data as a table."""
    top = max((_top(one) for one in chart.places), default=1)
    drawn = joined([_small(chart, one, _top(one) if chart.own_scale else top) for one in chart.places])
    scale = _scale(chart, top)
    picture = format_html(
        '<svg class="ds-sr-only" width="0" height="0" aria-hidden="true" focusable="false">{}</svg>'
        '<ul class="multiples">{}</ul><p class="chart__measure">{}</p>',
        hatch(chart.caption.ident),
        drawn,
        scale,
    )
    rows = [(one.name, *one.points) for one in chart.places]
    return framed(chart.caption, picture, (chart.what, *chart.times), rows)


def _scale(chart: Multiples, top: int) -> str:
    told = {"first": chart.times[0], "last": chart.times[-1], "top": number(top)}
    if chart.own_scale:
        return _("Each drawing from %(first)s to %(last)s has its own scale: its highest bar.") % told
    return _("Every drawing goes from %(first)s to %(last)s and from 0 to %(top)s.") % told


def _top(one: Small) -> int:
    return max((point.value or 0 for point in one.points), default=0) or 1


def _small(chart: Multiples, one: Small, top: int) -> SafeString:
    step = WIDE / len(chart.times)
    bars = joined([_bar(chart, point, place * step, step, top) for place, point in enumerate(one.points)])
    last = one.points[-1]
    words = f"{one.name}: {chart.times[-1]}: {figure_text(last)}"
    name = format_html('<a href="{}">{}</a>', one.href, one.name) if one.href else one.name
    return format_html(
        '<li><p class="multiples__name"><span>{}</span> <span class="multiples__last">{}</span></p>'
        '<svg class="multiples__svg" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="{}" focusable="false"><path class="chart__axis" d="M0 {}H{}" vector-effect="non-scaling-stroke"/>'
        "{}</svg></li>",
        name,
        number(last.value) if last.value is not None else SIGNS[last.state].sign,
        WIDE,
        HIGH + HEAD,
        words,
        HIGH + HEAD,
        WIDE,
        bars,
    )


def _bar(chart: Multiples, point: Figure, x: float, step: float, top: int) -> SafeString:
    if point.value is None:
        return format_html(
            '<rect class="multiples__gap" fill="url(#{}-hatch)" x="{}" y="{}" width="{}" height="{}"/>',
            chart.caption.ident, f"{x + step * 0.1:.2f}", HEAD, f"{step * 0.8:.2f}", HIGH,
        )  # fmt: skip
    high = HIGH * point.value / top
    return format_html(
        '<rect class="chart__bar" x="{}" y="{}" width="{}" height="{}"/>',
        f"{x + step * 0.1:.2f}", f"{HEAD + HIGH - high:.2f}", f"{step * 0.8:.2f}", f"{high:.2f}",
    )  # fmt: skip
