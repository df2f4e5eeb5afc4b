"""Contracts: UDI's own pages.  Which can end, what empty places cost, by when an option must be used."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.reception import set_contract
from bosett_server.queries.capacity import centre_view
from bosett_server.queries.capacity_contracts import ContractView, contract_views
from bosett_server.web.capacity.centre import step_of
from bosett_server.web.capacity.contract_forms import ContractForm
from bosett_server.web.page import page
from bosett_server.web.step_form import posted, run
from bosett_server.web.table_file import table_file

COLUMNS = (
    "centre_id", "centre", "municipality", "kind", "from", "until", "fixed_places", "call_places", "occupied_nok",
    "empty_nok", "call_nok", "notice_days", "lead_days", "locked_until", "earliest_end", "option_say_by",
    "residents", "cost_day_nok", "empty_day_nok", "document", "synthetic",
)  # fmt: skip


@require_GET
@page(Permission.CONTRACT_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every contract that runs or is to come, those that can end first first; also as csv and xlsx."""
    today = clock.today()
    found = contract_views(request.actor, today)
    if request.GET.get("as"):
        return table_file("contracts", request.GET["as"], COLUMNS, [_line(one) for one in found])
    known = [one.cost for one in found if one.cost is not None]
    context = {
        "contracts": found,
        "today": today,
        "cost_nok": sum(one.total_nok for one in known),
        "empty_nok": sum(one.empty_nok for one in known),
        "not_known": len(found) - len(known),
        "can_end": sum(one.earliest_end is not None for one in found),
        "any_synthetic": any(one.synthetic for one in found),
    }
    return render(request, "capacity/contracts.html", context)


@page(Permission.CONTRACT_VIEW)
def new(request: Request, centre: int) -> HttpResponse:
    """Price, notice and lock-in; nobody outside UDI sees them."""
    found = centre_view(request.actor, centre, clock.today())
    form = ContractForm(posted(request), initial={"starts_on": clock.today()})
    step = step_of(
        found, _("Add a contract"), _("Only UDI sees price, notice and lock-in."), _("Save the contract")
    )
    return run(
        request, form, step, lambda: set_contract(request.actor, centre=centre, told=form.told()),
        lambda: (_("The contract is saved."), step.back),
    )  # fmt: skip


def _line(one: ContractView) -> list[Cell]:
    terms = one.terms
    return [
        one.centre, one.centre_name, one.municipality_name, terms.kind.value, terms.start, terms.end,
        terms.fixed_places, terms.call_places, terms.occupied_nok, terms.empty_nok, terms.call_nok, terms.notice_days,
        terms.lead_days, terms.locked_until, one.earliest_end, one.say_by, one.residents,
        one.cost.total_nok if one.cost else None, one.cost.empty_nok if one.cost else None, one.document,
        one.synthetic,
    ]  # fmt: skip
