"""The ledger of forecasts: who said what, when, from which figures, and what came."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bosett.forecast.ledger import Published
from bosett.forecast.ledger_scores import LedgerScores, Lessons
from bosett.outputs.tables import Cell
from bosett.terms.errors import BadInput
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.forecast_ledger import store_forecast, store_outcome
from bosett_server.queries.forecast_ledger import Ledger, LedgerRow, ledger
from bosett_server.queries.forecast_months_ahead import MAKER, MAKER_JUDGED
from bosett_server.web.file_fault import file_fault
from bosett_server.web.look.numbers import number, percent
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, StepPage, posted, run
from bosett_server.web.table_file import table_file
from bosett_server.words.forecast import LEADS, PURPOSES, SERIES

COLUMNS = (
    "made", "target", "series", "maker", "purpose", "low", "point", "high", "actual", "error_share", "held", "vintage",
    "source", "internal", "synthetic",
)  # fmt: skip
SCORE_COLUMNS = ("of", "which", *(one.name for one in fields(Lessons)))
NEED = gettext_lazy("Need and forecast")
LEDGER = gettext_lazy("Ledger of forecasts")
MOST = 10_000_000


class ForecastForm(StepForm):
    """A forecast with its vintage; an empty number is not told, which is not 0."""

    made = forms.DateField(label=gettext_lazy("Made on"))
    maker = forms.CharField(
        label=gettext_lazy("Made by"), max_length=80, help_text=gettext_lazy("An office, not a person.")
    )
    series = forms.ChoiceField(label=gettext_lazy("What is forecast"), choices=list(SERIES.items()))
    target = forms.RegexField(
        r"^\d{4}(-(0[1-9]|1[0-2]))?$", label=gettext_lazy("For which year or month"),
        help_text=gettext_lazy("For example 2027 or 2026-09."),
        error_messages={"invalid": gettext_lazy("Write a year or a month, for example 2027 or 2026-09.")},
    )  # fmt: skip
    purpose = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=list(PURPOSES.items()))
    low = forms.FloatField(label=gettext_lazy("Lowest"), required=False, min_value=0, max_value=MOST)
    point = forms.FloatField(label=gettext_lazy("Expected"), required=False, min_value=0, max_value=MOST)
    high = forms.FloatField(label=gettext_lazy("Highest"), required=False, min_value=0, max_value=MOST)
    vintage = forms.CharField(
        label=gettext_lazy("Made from which figures"), max_length=80,
        help_text=gettext_lazy("For example: UDI, monthly figures of 5 March 2026. They are revised, so it matters."),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)
    internal = forms.BooleanField(
        label=gettext_lazy("Internal: only the State's agencies and the ministry see it"), required=False
    )
    blames = {
        "maker_missing": "maker", "vintage_missing": "vintage", "source_missing": "source", "day_in_future": "made",
        "forecast_stored_before": "made", "series_not_known": "series", "purpose_not_known": "purpose",
    }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The numbers as one forecast; what does not fit is said beside its field."""
        told = super().clean() or {}
        if self.errors:
            return told
        given = {name: told[name] for name in ("series", "target", "low", "point", "high", "maker", "purpose",
                                               "vintage", "source")}  # fmt: skip
        try:
            told["forecast"] = Published(made=told["made"].isoformat(), **given)
        except BadInput as bad:
            field = bad.column if bad.column in self.fields else "point"
            self.add_error(field, file_fault(bad))
        return told


class OutcomeForm(StepForm):
    """What became of a series."""

    series = forms.ChoiceField(label=gettext_lazy("What was forecast"), choices=list(SERIES.items()))
    target = forms.RegexField(
        r"^\d{4}(-(0[1-9]|1[0-2]))?$", label=gettext_lazy("Which year or month"),
        error_messages={"invalid": gettext_lazy("Write a year or a month, for example 2027 or 2026-09.")},
    )  # fmt: skip
    value = forms.FloatField(label=gettext_lazy("Persons"), min_value=0, max_value=MOST)
    vintage = forms.CharField(
        label=gettext_lazy("From which figures"), max_length=80,
        help_text=gettext_lazy("A revised number is stored beside the one before; nothing is overwritten."),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)
    blames = {"outcome_not_over": "target", "vintage_missing": "vintage", "source_missing": "source",
              "outcome_negative": "value", "series_not_known": "series"}  # fmt: skip


@require_GET
@page(Permission.SITUATION_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every forecast in sight with its outcome, and what the rows teach; both also as csv, xlsx and json."""
    series = request.GET.get("series", "")
    found = ledger(request.actor, series=series if series in SERIES else "")
    if request.GET.get("as"):
        if request.GET.get("what") == "scores":
            return table_file("forecast-scores", request.GET["as"], SCORE_COLUMNS, _score_lines(found.scores))
        return table_file("forecast-ledger", request.GET["as"], COLUMNS, [_line(row) for row in found.rows])
    of_series = f"series={quote(series)}&" if series else ""
    context = {
        "rows": [
            (row, _series(row), str(PURPOSES.get(row.forecast.purpose, "")), _told(row))
            for row in sorted(found.rows, key=lambda row: len(row.forecast.target) > len("2026"))
        ],
        "overall": found.scores.overall,
        "by_lead": [(str(LEADS[lead]), *_scores(one)) for lead, one in found.scores.by_lead.items()],
        "by_maker": [(_maker(maker), *_scores(one)) for maker, one in found.scores.by_maker.items()],
        "outcomes": [(one, str(SERIES.get(one.series, one.series))) for one in found.outcomes],
        "series": series,
        "of_series": of_series,
        "of_scores": f"what=scores&{of_series}",
        "all_series": _all_series(found),
        "may_add": request.actor.may(Permission.FORECAST_ADD),
    }
    return render(request, "forecast/ledger.html", context)


@page(Permission.FORECAST_ADD)
def new(request: Request) -> HttpResponse:
    """Add a forecast."""
    form = ForecastForm(posted(request), initial={"made": clock.today()})
    lead = _("It is kept as you write it, and scored when its year is known.")
    step = _page(
        _("Add a forecast"), lead, _("Store the forecast"), _("A forecast is never changed afterwards.")
    )
    return run(
        request, form, step,
        lambda: store_forecast(
            request.actor, forecast=form.cleaned_data["forecast"], internal=form.cleaned_data["internal"]
        ),
        lambda: (_("The forecast is in the ledger."), "/need/ledger/"),
    )  # fmt: skip


@page(Permission.FORECAST_ADD)
def outcome(request: Request) -> HttpResponse:
    """Add what became of a series."""
    form = OutcomeForm(posted(request))
    lead = _("Every forecast of it is scored against the newest number. Earlier ones are kept.")
    step = _page(_("Add an outcome"), lead, _("Store the outcome"))
    return run(
        request, form, step, lambda: store_outcome(request.actor, **form.cleaned_data),
        lambda: (_("The outcome is stored, and the forecasts are scored."), "/need/ledger/"),
    )  # fmt: skip


def _page(title: str, lead: str, button: str, warning: str = "") -> StepPage:
    crumbs = (str(NEED), "/need/", str(LEDGER), "/need/ledger/")
    return StepPage(title, lead, button, "/need/ledger/", crumbs, warning=warning)


def _maker(name: str) -> str:
    """Our own two names in the reader's language; everybody else's as they stand."""
    return f"{MAKER}, {_('with a judgement')}" if name == MAKER_JUDGED else name


def _series(row: LedgerRow) -> str:
    return str(SERIES.get(row.forecast.series, row.forecast.series))


def _all_series(found: Ledger) -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in SERIES.items()]


def _told(row: LedgerRow) -> dict[str, str]:
    """The numbers as people write them; what is not known is said so."""
    one = row.forecast
    span = ""
    if one.low is not None and one.high is not None:
        span = f"{number(one.low)}–{number(one.high)}"
    elif one.low is not None:
        span = f"≥ {number(one.low)}"
    elif one.high is not None:
        span = f"≤ {number(one.high)}"
    error = ""
    if one.error_share is not None:
        sign = "+" if one.error_share > 0 else "−" if one.error_share < 0 else ""
        error = f"{sign}{percent(abs(one.error_share), 0)}"
    return {
        "maker": _maker(one.maker),
        "point": "" if one.point is None else number(one.point),
        "range": span,
        "actual": "" if one.actual is None else number(one.actual),
        "error": error,
        "held": "" if one.held is None else _("Held") if one.held else _("Did not hold"),
    }


def _scores(one: Lessons) -> tuple[str, ...]:
    """Points, median error, typical factor, too high, ranges that held, CRPS."""
    none = "–"
    return (
        number(one.points),
        none if one.median_absolute_error is None else percent(one.median_absolute_error, 0),
        none if one.typical_factor is None else number(one.typical_factor, 2),
        none if one.too_high is None else percent(one.too_high, 0),
        none if not one.ranges else _("%(held)s of %(all)s") % {"held": one.ranges_held, "all": one.ranges},
        none if one.median_interval_score is None else number(one.median_interval_score),
        none if one.mean_crps is None else number(one.mean_crps),
    )


def _score_lines(scores: LedgerScores) -> list[list[Cell]]:
    """Every score there is; what no row can tell is empty."""
    told = [("all", "", scores.overall)]
    told += [("lead", lead.value, one) for lead, one in scores.by_lead.items()]
    told += [("maker", maker, one) for maker, one in scores.by_maker.items()]
    return [[of, which, *asdict(one).values()] for of, which, one in told]


def _line(row: LedgerRow) -> list[Cell]:
    one = row.forecast
    return [
        one.made, one.target, one.series, one.maker, one.purpose, one.low, one.point, one.high, one.actual,
        one.error_share, one.held, one.vintage, one.source, row.internal, row.synthetic,
    ]  # fmt: skip
