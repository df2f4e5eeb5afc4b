"""Which places to hold in contracts: the best rule beside today's, and what each option is worth in words."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.scenario.portfolio import Prices, Rule, Worth
from bosett.scenario.weeks.workers import cores, threads
from bosett.scenario.workbench import Dials
from bosett.scenario.workbench_portfolio import Portfolio, RuleCost, best_portfolio, shipped_prices
from bosett.terms.errors import BadInput, NoAnswer
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.scenario import chain_start
from bosett_server.web.file_fault import file_fault
from bosett_server.web.look.numbers import kroner, number, percent
from bosett_server.web.page import page
from bosett_server.web.scenario.dials import ASSUMED, AssumedForm, address, read
from bosett_server.web.table_file import table_file

MILLION = 1_000_000
PRICES = ("occupied_nok", "empty_nok", "standby_fee_nok", "standby_call_nok", "short_nok")
TAIL_WEIGHT = 0.5
COLUMNS = (
    "rule",
    "standing",
    "share",
    "standby",
    "total_nok",
    "empty_nok",
    "short_nok",
    "p95_nok",
    "tail_nok",
)
SMALL = 0.5


class PriceForm(forms.Form):
    """Kroner a place and day, and how much the dearest draws weigh; from the table until somebody says otherwise."""

    occupied_nok = forms.IntegerField(
        label=gettext_lazy("A held place with a resident"), min_value=0, max_value=20_000
    )
    empty_nok = forms.IntegerField(
        label=gettext_lazy("A held place that is empty"), min_value=0, max_value=20_000
    )
    standby_fee_nok = forms.IntegerField(
        label=gettext_lazy("A place kept on standby"), min_value=0, max_value=20_000
    )
    standby_call_nok = forms.IntegerField(
        label=gettext_lazy("A standby place while called"), min_value=0, max_value=20_000
    )
    short_nok = forms.IntegerField(
        label=gettext_lazy("A place that is missing"), min_value=1, max_value=20_000,
        help_text=gettext_lazy("What it costs to buy one at once, or what you say it is worth that nobody lacks one."),
    )  # fmt: skip
    tail_weight = forms.FloatField(
        label=gettext_lazy("Weight of the dearest 5 in 100 draws, 0 to 1"), min_value=0, max_value=1
    )

    def clean(self) -> dict[str, Any]:
        """A missing place never costs less than a held one: nobody would hold any."""
        told = super().clean() or {}
        short, held = told.get("short_nok"), told.get("occupied_nok")
        if short is not None and held is not None and short < held:
            words = _("A missing place costs at least as much as a held place with a resident: %(kroner)s.")
            self.add_error("short_nok", words % {"kroner": kroner(held)})
        return told


@require_GET
@page(Permission.SCENARIO_USE)
def overview(request: Request) -> HttpResponse:
    """The best rule for the dials' draws and the prices given; also as csv, xlsx and json."""
    dials, today = read(request.GET), clock.today()
    assumed = AssumedForm.of(request.GET).told(today)
    shipped = dict(zip(PRICES, map(round, astuple(shipped_prices())), strict=True))
    begun = {**shipped, "tail_weight": TAIL_WEIGHT}
    told = {name: request.GET.get(name, value) for name, value in begun.items()}
    form = PriceForm(told, label_suffix="")
    found = _found(request, form, dials, assumed) if form.is_valid() else None
    if request.GET.get("as") and found is not None:
        rows = [_line("today", found.today), _line("best", found.best)]
        about = {
            "modelled": True,
            ASSUMED: assumed,
            "prices": dict(zip(PRICES, astuple(found.prices), strict=True)),
        }
        return table_file("contract-portfolio", request.GET["as"], COLUMNS, rows, about)
    query = request.GET.copy()
    query.pop("as", None)
    context: dict[str, Any] = {
        "form": form,
        "dials": dials,
        "dial_fields": [
            (name, value) for name, value in request.GET.items() if name not in begun and name != "as"
        ],
        "back": address(dials, assumed),
        "assumed": assumed,
        "query": query.urlencode(),
        "found": found,
        "rules": _rules(found) if found else [],
        "worth": [_worth_words(one, found.best.rule) for one in found.worth] if found else [],
        "share": percent(found.held_share, 0) if found else "",
        "implied": number(found.implied_nok) if found else "",
        "today": today,
    }
    return render(request, "scenario/portfolio.html", context, status=200 if form.is_valid() else 422)


def _found(request: Request, form: PriceForm, dials: Dials, assumed: int | None) -> Portfolio | None:
    given = dict(form.cleaned_data)
    weight = given.pop("tail_weight")
    try:
        prices = Prices(**{name: float(value) for name, value in given.items()})
        start = chain_start(request.actor, clock.today(), assumed)
        return best_portfolio(start, dials, prices, weight, mapper=threads(cores()))
    except BadInput as bad:
        form.add_error("short_nok", file_fault(bad))
    except NoAnswer:
        return None
    return None


def rule_words(rule: Rule) -> str:
    """The three numbers of a rule as a sentence; what is none of is left out."""
    parts = []
    if rule.standing >= SMALL:
        parts.append(_("%(places)s places stand") % {"places": number(rule.standing)})
    if rule.share >= SMALL / 100:
        parts.append(_("%(share)s of the most residents seen") % {"share": percent(rule.share, 0)})
    if rule.standby >= SMALL:
        parts.append(_("%(places)s on standby") % {"places": number(rule.standby)})
    return ", ".join(parts) or _("No places are held")


def _rules(found: Portfolio) -> list[tuple[str, str, list[str]]]:
    rows = []
    for name, one in ((_("Today's rule"), found.today), (_("The best rule"), found.best)):
        sums = (one.total_nok, one.empty_nok, one.short_nok, one.p95_nok, one.tail_nok)
        rows.append((name, rule_words(one.rule), [number(nok / MILLION) for nok in sums]))
    return rows


def _worth_words(one: Worth, best: Rule) -> tuple[str, str]:
    """The option, and in a sentence what it saves against the best rule without it."""
    names = {
        "standing": _("A standing number of places"),
        "share": _("Places that follow the residents"),
        "standby": _("Places on standby"),
    }
    if getattr(best, one.option) < SMALL / 100:
        return names[one.option], _("The best rule has none, so it is worth nothing at these prices.")
    if max(abs(one.mean_nok), abs(one.tail_nok)) < MILLION / 2:
        return names[one.option], _("Makes less than a million kroner of difference.")
    told = {"mean": number(abs(one.mean_nok) / MILLION), "tail": number(abs(one.tail_nok) / MILLION)}
    if one.mean_nok < 0:
        words = _(
            "Costs %(mean)s million kroner in the mean, saves %(tail)s million in the dearest 5 in 100 draws."
        )
        if one.tail_nok < 0:
            words = _("Costs %(mean)s million kroner in the mean and %(tail)s million in the dearest draws.")
        return names[one.option], words % told
    return names[one.option], _(
        "Saves %(mean)s million kroner in the mean and %(tail)s million in the dearest 5 in 100 draws, against the best"
        " rule without it."
    ) % told  # fmt: skip


def _line(name: str, one: RuleCost) -> list[Cell]:
    rule = one.rule
    sums = (one.total_nok, one.empty_nok, one.short_nok, one.p95_nok, one.tail_nok)
    return [
        name,
        round(rule.standing, 3),
        round(rule.share, 4),
        round(rule.standby, 3),
        *(round(nok) for nok in sums),
    ]
