"""From permit to settlement: the spread of the time it takes, and the months when people will need a place."""

from __future__ import annotations

from fractions import Fraction

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.forecast.lags import LagDistribution
from bosett.outputs.tables import Cell
from bosett.terms.figure import Figure
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.forecast_lags import GroupLag, LagOverview, MonthNeed, lag_overview
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.dates import date_words
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file
from bosett_server.words.capacity import GROUPS

MOST_MONTHS = 24
TOLD_WITHIN = (3, 6, 12)
COLUMNS = ("month", "waiting_now", "permits_low", "permits_point", "permits_high")
LAG_COLUMNS = ("months_after_permit", "share", "share_within")
HALF = Fraction(1, 2)


@require_GET
@page(Permission.SITUATION_VIEW)
def overview(request: Request) -> HttpResponse:
    """The spread, each group's time, the months ahead; both tables also as files (`what=lags` for the spread)."""
    found = lag_overview(request.actor)
    if request.GET.get("as"):
        return _file(request, found)
    context = {
        "found": found,
        "chart": _chart(found) if found.everybody else None,
        "groups": [(one, str(GROUPS[one.group]), *_told(one)) for one in found.groups],
        "within": TOLD_WITHIN,
        "months": [
            (one, (one.waiting + one.permits[0], one.waiting + one.permits[1], one.waiting + one.permits[2]))
            if one.permits
            else (one, None)
            for one in found.months
        ],
    }
    return render(request, "forecast/lags.html", context)


def _told(one: GroupLag) -> tuple[int | None, list[float]]:
    """The month by which half are settled, None when that has not come; the shares within some months."""
    lags = one.lags
    if lags is None:
        return None, []
    half = lags.quantile(HALF)
    known = half < len(lags.seen)
    return half if known else None, [float(lags.within(min(n, len(lags.seen) - 1))) for n in TOLD_WITHIN]


def _chart(found: LagOverview) -> LineChart | None:
    lags = found.everybody
    if lags is None or len(lags.seen) < 2:
        return None
    shown = min(MOST_MONTHS, len(lags.seen))
    half = lags.quantile(HALF)
    finding = (
        _("Half are settled within %(months)s months of the permit") % {"months": half}
        if half < len(lags.seen)
        else _("Fewer than half of those with a permit have been settled")
    )
    caption = Caption(
        "lags", finding,
        _("Settled so many months after the permit, per cent, as of %(day)s; those who still wait are counted")
        % {"day": date_words(found.today)},
        _("Bosett's register of permits and settlements"),
        downloads=(
            (_("The spread as csv"), "/need/lags/?what=lags&as=csv"),
            (_("The spread as Excel"), "/need/lags/?what=lags&as=xlsx"),
            (_("The spread as JSON"), "/need/lags/?what=lags&as=json"),
        ),
    )  # fmt: skip
    points = tuple(Figure.of(round(100 * lags.within(month))) for month in range(shown))
    times = tuple(str(month) for month in range(shown))
    return LineChart(caption, times, (Series(_("Settled, %"), points),), _("Months after the permit"))


def _file(request: Request, found: LagOverview) -> HttpResponse:
    kind = request.GET["as"]
    if request.GET.get("what") == "lags":
        return table_file("permit-to-settlement", kind, LAG_COLUMNS, _spread(found.everybody))
    lines = [_line(one) for one in found.months]
    return table_file("settlement-by-month", kind, COLUMNS, lines, {"modelled": True, "as_of": found.today})


def _spread(lags: LagDistribution | None) -> list[list[Cell]]:
    if lags is None:
        return []
    return [
        [month, round(float(share), 4), round(float(lags.within(month)), 4)]
        for month, share in enumerate(lags.seen)
    ]


def _line(one: MonthNeed) -> list[Cell]:
    return [str(one.month), one.waiting, *(one.permits or (None, None, None))]
