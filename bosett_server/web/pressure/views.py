"""Pressure on housing and services: the map of all in sight, and the municipality's own two-minute answer."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bosett.agreement.pressure_signals import shipped_readings
from bosett.registry import Registry
from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.pressure import answer_pulse
from bosett_server.queries.pressure import (
    alerts_standing,
    months_back,
    months_open,
    newest_answered,
    own_pulse,
    pressure_alerts,
    pressure_overview,
)
from bosett_server.web.page import page
from bosett_server.web.pressure.drawn import drawn
from bosett_server.web.pressure.forms import PulseForm
from bosett_server.web.pressure.heat import heat_of_months
from bosett_server.web.pressure.shown import (
    alert_table,
    month_named,
    part_table,
    pressure_file,
    reading_words,
    sector_multiples,
)
from bosett_server.web.step_form import StepPage, posted, run

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@require_GET
@page(Permission.PRESSURE_VIEW)
def overview(request: Request) -> HttpResponse:
    """A month's index on the map and as a table with its reach, and each sector month by month."""
    today = clock.today()
    month = _month(request, months_back(today, 1)[0], newest_answered(request.actor, today))
    county = _county(request)
    found = pressure_overview(request.actor, month, county=county)
    if request.GET.get("as"):
        return pressure_file(found, request.GET["as"])
    own = [code for code in request.actor.municipalities if code in found.names]
    context = {
        "it": found,
        "month": month_named(found.month),
        "months": [(f"{one:%Y-%m}", month_named(one), one == found.month) for one in months_back(today, 12)][
            ::-1
        ],
        "drawn": drawn(request, found, with_map=not own),
        "counties": [] if request.actor.county or own else _counties(county),
        "county": county,
        "alerts": alerts_standing(request.actor),
        "own": [(code, found.names[code]) for code in own],
        "open_months": [(f"{one:%Y-%m}", month_named(one)) for one in months_open(today)],
        "may_answer": request.actor.may(Permission.PULSE_ANSWER),
        "all": len(found.names),
    }
    return render(request, "pressure/overview.html", context)


@require_http_methods(["GET", "POST"])
@page(Permission.PULSE_ANSWER)
def pulse(request: Request, code: str) -> HttpResponse:
    """The municipality's own answer for a month that is open."""
    month = _month(request, months_back(clock.today(), 1)[0])
    told = own_pulse(request.actor, code, month)
    form = PulseForm(posted(request), told=told)
    step = StepPage(
        title=_("Pressure in %(name)s, %(month)s") % {"name": told.name, "month": month_named(month)},
        lead=_("Eight questions. Leave out what you cannot say anything about; it is shown as not answered."),
        button=_("Send the answer"),
        back="/pressure/",
        crumbs=(_("Pressure on housing and services"), "/pressure/"),
        template="pressure/pulse.html",
        context={"told": told},
    )

    def act() -> object:
        return answer_pulse(
            request.actor, municipality=code, month=month, answers=form.answers(),
            version=form.cleaned_data["version"],
        )  # fmt: skip

    return run(request, form, step, act, lambda: (_("Thank you. The answer is stored."), "/pressure/"))


@require_GET
@page(Permission.PRESSURE_VIEW)
def parts(request: Request, code: str) -> HttpResponse:
    """One municipality: each sector month by month, and every signal that the newest month is made of."""
    month = _month(request, months_back(clock.today(), 1)[0])
    found = pressure_overview(request.actor, month, only=code)
    context = {
        "it": found,
        "code": code,
        "name": found.names[code],
        "month": month_named(found.month),
        "heat": heat_of_months(found),
        "sectors": sector_multiples(found),
        "table": part_table(found, code),
        "readings": [reading_words(one) for one in shipped_readings()],
        "may_answer": request.actor.may(Permission.PULSE_ANSWER),
    }
    return render(request, "pressure/parts.html", context)


@require_GET
@page(Permission.PRESSURE_VIEW)
def alerts(request: Request) -> HttpResponse:
    """Where a sector has crossed the threshold and has not come down again, and what has ended."""
    today = clock.today()
    standing, ended = pressure_alerts(request.actor), pressure_alerts(request.actor, standing=False)
    rules = Parameters.shipped()
    context = {
        "standing": alert_table(standing, _("Standing alerts")),
        "ended": alert_table(ended, _("Alerts that have ended")) if ended else None,
        "modelled": any(one.modelled for one in [*standing, *ended]),
        "upper": round(100 * float(rules.lookup("agreement/pressure_alert_threshold", today).value)),
        "lower": round(100 * float(rules.lookup("agreement/pressure_alert_end", today).value)),
        "fewest": rules.lookup("agreement/pressure_alert_county_known", today).whole,
    }
    return render(request, "pressure/alerts.html", context)


def _county(request: Request) -> str:
    """The county in the address; empty for all, and for one that there is not."""
    asked = request.GET.get("county", "")
    return asked if asked in {one.code for one in Registry.shipped().counties()} else ""


def _counties(chosen: str) -> list[tuple[str, str, bool]]:
    named = sorted(Registry.shipped().counties(), key=lambda one: one.sort_key)
    return [(one.code, one.name, one.code == chosen) for one in named]


def _month(request: Request, last: date, otherwise: date | None = None) -> date:
    """The month in the address, not after the last; without one the other, or the last."""
    text = request.GET.get("month", "")
    if not MONTH.fullmatch(text):
        return otherwise or last
    return min(date.fromisoformat(f"{text}-01"), last)
