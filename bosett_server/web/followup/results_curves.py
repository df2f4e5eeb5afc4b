"""Curves of what happened to whom by when: as lines with their intervals, and in words how far they are told."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.followup.survival import Curve
from bosett.terms.figure import Figure, State
from bosett_server.web.look.charts.frame import Caption
from bosett_server.web.look.charts.lines import LineChart, Series

HIDDEN = State.SUPPRESSED
SHORTEST = 2
"""A line has at least two points."""


def percent(share: float) -> int:
    """A share in whole per cent."""
    return round(100 * share)


def curve_chart(
    curves: Sequence[tuple[str, Curve]],
    days: Sequence[int],
    times: Sequence[str],
    caption: Caption,
    what: str,
) -> LineChart | None:
    """The share to whom it has happened, with intervals; None when no point can be told."""
    told = [(label, _points(curve, days), _bands(curve, days)) for label, curve in curves]
    last = max(
        (at for _, points, _ in told for at, one in enumerate(points) if one.value is not None), default=0
    )
    if last + 1 < SHORTEST:
        return None
    series = tuple(
        Series(label, points[: last + 1], band=bands[: last + 1])
        for label, points, bands in told
        if any(one.value is not None for one in points[1:])
    )
    return LineChart(caption, tuple(times[: last + 1]), series, what) if series else None


def _points(curve: Curve, days: Sequence[int]) -> tuple[Figure, ...]:
    """A day that cannot be told breaks the line."""
    shares = {point.day: point.share for point in curve.points}
    return tuple(
        Figure.of(percent(1 - shares[day])) if day in shares else Figure.missing(HIDDEN) for day in days
    )


def spans(curves: Sequence[tuple[str, Curve]], days: Sequence[int], *, months: int) -> list[str]:
    """How far each curve is told, in words, of those that stop before the last day or leave something out.

    Parameters
    ----------
    days, months
        Days of the chart, and how many months lie between two of them: 12 or 6.
    """
    return [words for name, curve in curves if (words := _span(name, curve, days, months))]


def _span(name: str, curve: Curve, days: Sequence[int], months: int) -> str:
    there = [day in {point.day for point in curve.points} for day in days]
    near = max(0, there.index(False) - 1) if False in there else len(days) - 1
    far = max((at for at, one in enumerate(there) if one), default=0)
    if near == len(days) - 1:
        return ""
    told = {"curve": name, "near": _long(near * months), "far": _long(far * months)}
    if far > near:
        words = _("%(curve)s: up to %(near)s, and at %(far)s. What lies between would tell of few persons.")
        alone = _("%(curve)s: at %(far)s alone. What lies before would tell of few persons.")
        return (words if near else alone) % told
    words = _("%(curve)s: up to %(near)s. Beyond that there are too few to tell of.")
    none = _(
        "%(curve)s: no curve can be shown without telling of few persons, here or in another municipality."
    )
    return (words if near else none) % told


def _long(months: int) -> str:
    """`2 years`, `6 months`."""
    if months % 12:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s year", "%(count)s years", months // 12) % {"count": months // 12}


def _bands(curve: Curve, days: Sequence[int]) -> tuple[tuple[int, int] | None, ...]:
    ends = {point.day: (point.low, point.high) for point in curve.points}
    found: list[tuple[int, int] | None] = []
    for day in days:
        low, high = ends.get(day, (None, None))
        found.append(None if low is None or high is None else (percent(1 - high), percent(1 - low)))
    return tuple(found)
