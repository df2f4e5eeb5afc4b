"""The months ahead of a series as a fan, with what our earlier forecasts of it missed by; and asking for one."""

from __future__ import annotations

import re
from statistics import median
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bosett.forecast.quantiles import COLUMNS as QUANTILES
from bosett.forecast.series import Entry, monthly_series
from bosett.outputs.tables import Cell
from bosett.terms.days import Month
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.forecast_months_ahead import Asked, ask_for_months_ahead
from bosett_server.queries.forecast_ledger import SERIES_CODES
from bosett_server.queries.forecast_months import stored_series
from bosett_server.queries.forecast_months_ahead import MadeAhead, MonthsAhead, months_ahead
from bosett_server.web.file_fault import file_fault
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.dates import month_words
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, StepPage, posted, run
from bosett_server.web.table_file import table_file
from bosett_server.words.forecast import MODELS, MONTH_SERIES

HOME = "/need/months/ahead/"
BEHIND = 18
_WEIGHT = re.compile(r"(\w+) (\d+)%")
_JUDGED = re.compile(r"; x (?P<factor>[\d.]+) from (?P<month>\d{4}-\d{2}): (?P<reason>.*)$", re.DOTALL)
COLUMNS = ("made", "judged", "month", *QUANTILES, "actual", "vintage", "models", "synthetic")


class AheadForm(StepForm):
    """What is forecast, and a judgement on top where there is one."""

    series = forms.ChoiceField(label=gettext_lazy("Which figures"))
    first = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$", label=gettext_lazy("Your judgement counts from the month"), required=False,
        help_text=gettext_lazy("For example 2026-05. Leave empty when the models are to stand alone."),
        error_messages={"invalid": gettext_lazy("Write a month, for example 2026-09.")},
    )  # fmt: skip
    factor = forms.FloatField(
        label=gettext_lazy("Times what the models say"), required=False, min_value=0.01, max_value=100,
        help_text=gettext_lazy("For example 0.6 when you expect two fifths fewer."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=120,
        help_text=gettext_lazy("Stands beside the forecast in the ledger. Write nothing about persons."),
    )  # fmt: skip
    blames = {
        "forecast_shift_wrong": "factor",
        "months_not_forecastable": "series",
        "months_ahead_made_today": "series",
    }

    def __init__(self, *args: Any, there: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = [(code, MONTH_SERIES.get(code, code)) for code in there]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A judgement is whole or not there."""
        told = super().clean() or {}
        given = [bool(told.get(name)) for name in ("first", "factor", "reason")]
        if any(given) and not all(given) and not self.errors:
            self.add_error(
                "reason", _("A judgement needs its month, its factor and its reason, or none of them.")
            )
        return told


def made_by(explained: str) -> list[tuple[str, str]]:
    """Each model's name in words and its weight, from what stands as a forecast's source; the heaviest first."""
    models = _JUDGED.sub("", explained)
    return [(str(MODELS.get(name, name)), weight) for name, weight in _WEIGHT.findall(models)]


def judgement_in(explained: str) -> str:
    """The judgement that stands on top, in words with its reason; as it is written where it was cut short."""
    told = _JUDGED.search(explained)
    if told is None:
        return explained
    words = {"factor": number(float(told["factor"]), 2), "month": month_words(Month.parse(told["month"]))}
    return _("times %(factor)s from %(month)s. %(reason)s") % {**words, "reason": told["reason"]}


@require_GET
@page(Permission.SITUATION_VIEW)
def overview(request: Request) -> HttpResponse:
    """The newest forecast as a fan, each month's interval, the models, and earlier misses; also as a file."""
    there = _forecastable(request)
    asked = request.GET.get("series", "")
    series = asked if asked in there else next(iter(there), "")
    today = clock.today()
    found = months_ahead(request.actor, series, today)
    if request.GET.get("as"):
        lines = [line for one in found.made for line in _lines(one)]
        about = {"modelled": True, "series": series}
        return table_file(f"months-ahead-{series or 'none'}", request.GET["as"], COLUMNS, lines, about)
    newest = next((one for one in found.made if not one.judged), None) or next(iter(found.made), None)
    judged = next((one for one in found.made if one.judged and newest and one.made == newest.made), None)
    context = {
        "today": today,
        "series": series,
        "name": str(MONTH_SERIES.get(series, series)),
        "choices": [(code, str(MONTH_SERIES.get(code, code))) for code in there],
        "found": found,
        "newest": newest,
        "models": made_by(newest.explained) if newest else [],
        "judgement": judgement_in(judged.explained) if judged else "",
        "chart": _chart(found, newest, judged) if newest else None,
        "judged": judged,
        "months": [(one, one.at(0.10), one.at(0.50), one.at(0.90)) for one in newest.months]
        if newest
        else [],
        "missed": [
            (place, len(ratios), ratios[0], median(ratios), ratios[-1])
            for place, ratios in found.missed.items()
        ],
        "countries": [str(MONTH_SERIES[code]) for code in found.countries],
        "hindrance": _hindrance(found),
        "may_add": request.actor.may(Permission.FORECAST_ADD),
    }
    return render(request, "forecast/ahead.html", context)


@page(Permission.FORECAST_ADD)
def new(request: Request) -> HttpResponse:
    """Ask for a forecast."""
    there = _forecastable(request)
    form = AheadForm(posted(request), there=there, initial={"series": request.GET.get("series", "")})
    step = StepPage(
        _("Forecast the months ahead"),
        _("Twelve months are forecast from the months as they stand today. Your inbox tells when it is done."),
        _("Make the forecast"), HOME,
        (_("Need and forecast"), "/need/", _("Monthly figures"), "/need/months/", _("Months ahead"), HOME),
        warning=_("It is kept in the ledger as it is made, and scored when the months are known."),
    )  # fmt: skip

    def asked() -> Asked:
        told = form.cleaned_data
        return Asked(told["series"], told["first"] or "", told["factor"], told["reason"] or "")

    return run(
        request, form, step, lambda: ask_for_months_ahead(request.actor, asked=asked()),
        lambda: (_("The forecast is being made. You are told in your inbox."), f"{HOME}?series={asked().series}"),
    )  # fmt: skip


def _forecastable(request: Request) -> list[str]:
    """Norway's own series; other countries' only stand beside."""
    return [code for code in stored_series(request.actor) if code in SERIES_CODES]


def _hindrance(found: MonthsAhead) -> str:
    try:
        monthly_series(Entry(one.month, float(one.value)) for one in found.figures.months)
    except BadInput as fault:
        return file_fault(fault)
    return ""


def _chart(found: MonthsAhead, newest: MadeAhead, judged: MadeAhead | None) -> LineChart:
    """The months behind as known today, the band ahead, a judgement on top, and a ring for each earlier miss."""
    first = newest.months[0].month
    behind = [one for one in found.figures.months if one.month < first][-BEHIND:]
    times = [*(one.month for one in behind), *(one.month for one in newest.months)]
    unknown = Figure.missing(State.UNKNOWN)
    known = [Figure.of(one.value) for one in behind] + [unknown] * len(newest.months)
    middle = [unknown] * len(behind) + [Figure.of(one.at(0.50)) for one in newest.months]
    band = [None] * len(behind) + [(one.at(0.10), one.at(0.90)) for one in newest.months]
    last = newest.months[-1]
    caption = Caption(
        "months-ahead",
        _("In %(month)s between %(low)s and %(high)s, 8 of 10 times")
        % {"month": month_words(last.month), "low": number(last.at(0.10)), "high": number(last.at(0.90))},
        _("%(series)s, persons a month; the band holds 8 of 10 cases.")
        % {"series": MONTH_SERIES.get(found.figures.series, found.figures.series)}
        + " "
        + _("A ring: the month if the forecast missed as an earlier one of ours did, so many months ahead."),
        _("Bosett's forecast of %(made)s from the figures of %(vintage)s")
        % {"made": newest.made, "vintage": newest.vintage},
        modelled=True,
        downloads=_files(found.figures.series),
    )
    dots = tuple(
        (len(behind) + place - 1, round(newest.months[place - 1].quantiles[4] * ratio))
        for place, ratios in found.missed.items()
        if place <= len(newest.months)
        for ratio in ratios
    )
    series = [
        Series(_("As known"), tuple(known)),
        Series(_("Forecast"), tuple(middle), modelled=True, band=tuple(band)),
    ]
    if judged is not None and judged is not newest:
        told = [unknown] * len(behind) + [Figure.of(one.at(0.50)) for one in judged.months]
        series.append(Series(_("Judgement"), tuple(told), modelled=True))
    return LineChart(caption, tuple(str(one) for one in times), tuple(series), _("Month"), dots)


def _files(series: str) -> tuple[tuple[str, str], ...]:
    asked = f"{HOME}?series={series}&as="
    return (
        (_("Every forecast as csv"), f"{asked}csv"),
        (_("Every forecast as Excel"), f"{asked}xlsx"),
        (_("Every forecast as JSON"), f"{asked}json"),
    )


def _lines(one: MadeAhead) -> list[list[Cell]]:
    return [
        [
            one.made, one.judged, str(month.month), *(round(value, 3) for value in month.quantiles), month.actual,
            one.vintage, one.explained, one.synthetic,
        ]
        for month in one.months
    ]  # fmt: skip
