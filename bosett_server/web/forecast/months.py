"""Monthly figures as they were known on a day: what later publications changed, and how a new one is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from bosett.forecast.series import Entry, monthly_series
from bosett.sources.monthly_series import months_of
from bosett.sources.tables import read_table
from bosett.terms.days import Month
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.forecast_months import store_months
from bosett_server.queries.forecast_months import MonthlyFigures, monthly_figures, stored_series
from bosett_server.web.file_fault import file_fault
from bosett_server.web.known import known_day
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.dates import date_words
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, StepPage, posted, run
from bosett_server.web.table_file import table_file
from bosett_server.words.forecast import MONTH_SERIES

COLUMNS = ("month", "value", "published", "first_value", "first_published", "versions")
HOME = "/need/months/"
ENDINGS, MOST_BYTES = (".csv", ".xlsx", ".parquet"), 2_000_000


class MonthsForm(StepForm):
    """A file of months as published on a day."""

    series = forms.ChoiceField(label=gettext_lazy("Which figures"), choices=list(MONTH_SERIES.items()))
    published = forms.DateField(
        label=gettext_lazy("Published on"),
        help_text=gettext_lazy("The day these figures stood so. Earlier publications stay as they are."),
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)
    file = forms.FileField(
        label=gettext_lazy("CSV or Excel file"),
        help_text=gettext_lazy("Two columns: month (2026-02) and value. Every month once, none left out between."),
    )  # fmt: skip
    blames = {
        "series_not_known": "series", "source_missing": "source", "day_in_future": "published",
        "months_stored_before": "published", "month_after_publication": "published", "months_missing": "file",
        "months_too_many": "file",
    }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The months of the file; what is wrong with it is said beside it."""
        told = super().clean() or {}
        if not self.errors:
            try:
                told["months"] = _months(told["file"])
            except BadInput as fault:
                self.add_error("file", file_fault(fault))
        return told


@require_GET
@page(Permission.SITUATION_VIEW)
def overview(request: Request) -> HttpResponse:
    """A series as it was known on a day, what was revised, and every publication; also as a file."""
    there = stored_series(request.actor)
    asked = request.GET.get("series", "")
    series = asked if asked in there else next(iter(there), "")
    day = known_day(request)
    found = monthly_figures(request.actor, series, day.known.day)
    if request.GET.get("as"):
        return table_file(f"monthly-{series or 'figures'}", request.GET["as"], COLUMNS, _lines(found))
    revised = [one for one in found.months if one.revised_by]
    context = {
        "day": day,
        "found": found,
        "name": str(MONTH_SERIES.get(series, series)),
        "choices": [(code, str(MONTH_SERIES.get(code, code))) for code in there],
        "months": list(reversed(found.months)),
        "revised": revised,
        "synthetic": any(one.synthetic for one in found.publications),
        "chart": _chart(found) if len(found.months) > 1 else None,
        "hindrance": _hindrance(found),
        "known": "" if day.known.is_today else day.known.day.isoformat(),
        "may_add": request.actor.may(Permission.FORECAST_ADD),
    }
    return render(request, "forecast/months.html", context)


@page(Permission.FORECAST_ADD)
def new(request: Request) -> HttpResponse:
    """Load the months as published on a day."""
    files = request.FILES if request.method == "POST" else None
    form = MonthsForm(posted(request), files, initial={"published": clock.today()})
    step = StepPage(
        _("Load monthly figures"),
        _("What was published before stays, so that a forecast can be judged by what was known when it was made."),
        _("Store the months"), HOME,
        (_("Need and forecast"), "/need/", _("Monthly figures"), HOME),
        warning=_("Stored months are never changed. A correction is a new publication."),
    )  # fmt: skip
    return run(
        request, form, step,
        lambda: store_months(
            request.actor, series=form.cleaned_data["series"], published=form.cleaned_data["published"],
            months=form.cleaned_data["months"], source=form.cleaned_data["source"],
        ),
        lambda: (_("The months are stored."), f"{HOME}?series={form.cleaned_data['series']}"),
    )  # fmt: skip


def _months(file: Any) -> Mapping[Month, int]:
    ending = Path(file.name or "").suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(file.name or "no name", "a file that ends with .csv, .xlsx or .parquet")
    if (file.size or 0) > MOST_BYTES:
        raise BadInput(f"{file.size} bytes", f"at most {MOST_BYTES} bytes")
    with TemporaryDirectory(prefix="bosett-months-") as folder:
        path = Path(folder) / f"months{ending}"
        path.write_bytes(file.read())
        return months_of(read_table(path))


def _hindrance(found: MonthlyFigures) -> str:
    """Why `bosett forecast` would refuse the months as they stand; empty when it would not."""
    try:
        monthly_series(Entry(one.month, float(one.value)) for one in found.months)
    except BadInput as fault:
        return file_fault(fault)
    return ""


def _chart(found: MonthlyFigures) -> LineChart:
    revised = [one for one in found.months if one.revised_by]
    finding = _("No month has been revised by this day")
    if revised:
        most = max(revised, key=lambda one: abs(one.revised_by))
        finding = ngettext(
            "%(count)s month has been revised; %(month)s by %(persons)s",
            "%(count)s months have been revised; most of all %(month)s, by %(persons)s",
            len(revised),
        ) % {"count": number(len(revised)), "month": most.month, "persons": number(abs(most.revised_by))}
    caption = Caption(
        "months-known", finding,
        _("%(series)s, persons a month, as known on %(day)s")
        % {"series": MONTH_SERIES.get(found.series, found.series), "day": date_words(found.on)},
        "; ".join(dict.fromkeys(one.source for one in found.publications)),
        downloads=_files(found),
    )  # fmt: skip
    lines = (
        Series(_("As known"), tuple(Figure.of(one.value) for one in found.months)),
        Series(_("As first told"), tuple(Figure.of(one.first) for one in found.months)),
    )
    return LineChart(caption, tuple(str(one.month) for one in found.months), lines, _("Month"))


def _files(found: MonthlyFigures) -> tuple[tuple[str, str], ...]:
    asked = f"?series={found.series}&known={found.on}&as="
    return (
        (_("Every month as csv"), f"{HOME}{asked}csv"),
        (_("Every month as Excel"), f"{HOME}{asked}xlsx"),
        (_("Every month as JSON"), f"{HOME}{asked}json"),
    )


def _lines(found: MonthlyFigures) -> list[list[str | int]]:
    return [
        [str(one.month), one.value, str(one.value_on), one.first, str(one.first_on), one.versions]
        for one in found.months
    ]
