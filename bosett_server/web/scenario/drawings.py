"""What came out of the workbench, drawn and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from bosett.scenario.tried import Fan, Side, Tried
from bosett.terms.figure import Figure
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.dates import date_short, date_words
from bosett_server.web.look.numbers import number

MOST_POINTS = 27
MILLION = 1_000_000


@dataclass(frozen=True)
class CostRow:
    """One line of the costs: today's rule, the dials, and the difference, in million kroner or shares."""

    label: str
    today: str
    yours: str
    difference: str


def ahead(tried: Tried, today: date, downloads: tuple[tuple[str, str], ...] = ()) -> LineChart:
    """Residents and places week by week, 8 of 10 draws as a band."""
    places = _picked(len(tried.residents.middle))
    peak = max(tried.residents.middle)
    last = tried.residents
    caption = Caption(
        "scenario-ahead",
        _("In the middle draw at most %(peak)s live in reception") % {"peak": number(peak)},
        _("Residents and places from %(day)s; the bands hold 8 of 10 draws") % {"day": date_words(today)},
        _("Bosett's simulation from today's chain and the assumptions on this page"),
        modelled=True,
        downloads=downloads,
    )
    series = (
        _series(_("Residents"), last, places),
        _series(_("Places"), tried.places, places),
    )
    return LineChart(caption, _days(today, places), series, _("Week from"))


def waiting(tried: Tried, today: date) -> LineChart:
    """Who is ready and has no municipality, week by week."""
    places = _picked(len(tried.ready.middle))
    first, last = tried.ready.middle[0], tried.ready.middle[-1]
    finding = _("About as many wait at the end as at the start")
    if last > first * 1.05:
        finding = _("%(more)s more wait at the end than at the start") % {"more": number(last - first)}
    elif last < first * 0.95:
        finding = _("%(fewer)s fewer wait at the end than at the start") % {"fewer": number(first - last)}
    caption = Caption(
        "scenario-waiting", finding,
        _("Persons with a permit who are not settled, from %(day)s; the band holds 8 of 10 draws")
        % {"day": date_words(today)},
        _("Bosett's simulation from today's chain and the assumptions on this page"), modelled=True,
    )  # fmt: skip
    return LineChart(
        caption, _days(today, places), (_series(_("Waiting"), tried.ready, places),), _("Week from")
    )


def costs(tried: Tried) -> list[CostRow]:
    """Empty and short places side by side, with the tail."""
    lines = [
        (_("All places, mean, million kroner"), "cost_nok"),
        (_("Of it empty places and standby, million kroner"), "empty_nok"),
        (_("Of it places missing or called, million kroner"), "short_nok"),
        (_("All places, 1 of 20 draws is dearer, million kroner"), "dear_nok"),
    ]
    rows = [_row(label, tried.today, tried.yours, name) for label, name in lines]
    share = [100 * tried.today.ever_short, 100 * tried.yours.ever_short]
    label = _("Draws in which somebody lacks a place in some week, per cent")
    return [*rows, CostRow(label, number(share[0]), number(share[1]), _signed(share[1] - share[0]))]


def _row(label: str, today: Side, yours: Side, name: str) -> CostRow:
    now, then = (getattr(side, name) / MILLION for side in (today, yours))
    return CostRow(label, number(now), number(then), _signed(then - now))


def _signed(value: float) -> str:
    whole = round(value)
    return f"+{number(whole)}" if whole > 0 else f"−{number(-whole)}" if whole < 0 else number(0)


def _picked(weeks_in_all: int) -> Sequence[int]:
    """At most so many weeks to draw, the last one always."""
    apart = -(-weeks_in_all // MOST_POINTS)
    return [*range((weeks_in_all - 1) % apart, weeks_in_all, apart)]


def _days(today: date, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(date_short(today + timedelta(weeks=week)) for week in places)


def _series(label: str, fan: Fan, places: Sequence[int]) -> Series:
    return Series(
        label,
        tuple(Figure.of(fan.middle[week]) for week in places),
        modelled=True,
        band=tuple((fan.low[week], fan.high[week]) for week in places),
    )
