"""Runs as they are kept: started with an aim, followed, checked, computed again, compared, taken along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.placement import cancel_run
from bosett_server.actions.placement_work import draw_curve, run_placement
from bosett_server.queries import placement_runs as queries
from bosett_server.queries.placement_compare import compared
from bosett_server.queries.placement_files import pack, unpack
from bosett_server.queries.placement_scores import score_tables
from bosett_server.web.page import page
from bosett_server.web.placement.drawings import county_shifts, curve_chart
from bosett_server.web.placement.run_forms import RunForm
from bosett_server.web.placement.run_words import (
    bound_beforehand,
    differences,
    fault_words,
    is_flat,
    level_line,
    level_name,
    level_value,
    run_line,
    spread_of_prices,
)
from bosett_server.web.placement.show import attempt, chosen_year, form_key
from bosett_server.words.placement_codes import word
from bosett_server.words.placement_runs import BREACHES, PHASES, run_word

MOST_PRICES = 15


@page(Permission.PROPOSAL_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every run, the newest first, and a form for one with another aim."""
    return _overview(request, _form(request))


@require_POST
@page(Permission.PROPOSAL_RUN)
def start(request: Request) -> HttpResponse:
    """A run with the aim that was chosen; the page of the run shows how it goes."""
    form = _form(request)
    if not form.is_valid():
        return _overview(request, form, 422)
    told = form.cleaned_data
    run, taken = attempt(form, lambda: run_placement(
        request.actor, year=chosen_year(request), objective=told["objective"], fairness_floor=told["fairness_floor"],
        score_floor=told["score_floor"], scores=int(told["scores"]) if told["scores"] else None,
        pressure_percent=told["pressure_percent"], homes=told["homes"], priorities=told["priorities"],
    ))  # fmt: skip
    return redirect(f"/proposals/runs/{run}/") if taken else _overview(request, form, 409)


@page(Permission.PROPOSAL_VIEW)
def detail(request: Request, number: int) -> HttpResponse:
    """What went in, what came out, how good it is and how it is known."""
    run = queries.run_kept(request.actor, number)
    prices = queries.run_prices(request.actor, number) if run.state == "done" else []
    shares = run.summary.get("group_shares", {})
    context = {
        "run": run,
        "line": run_line(run),
        "phase": PHASES.get(run.phase, ""),
        "seen": _seen(run),
        "bound": bound_beforehand(run),
        "fault": fault_words(run.fault),
        "levels": [level_line(one) for one in run.summary.get("levels", ())],
        "shares": [(run_word("fair_group", group), share) for group, share in shares.items()],
        "prices": [(one, run_word("dimension", one.dimension)) for one in prices[:MOST_PRICES]],
        "more_prices": max(0, len(prices) - MOST_PRICES),
        "priced": spread_of_prices(prices),
        "curve": curve_chart(run) if run.curve else None,
        "is_flat": is_flat(run.curve),
        "points": run.curve,
        "others": [(one, run_line(one)) for one in queries.runs(request.actor) if one.id != number][:8],
        "may_run": request.actor.may(Permission.PROPOSAL_RUN),
        "request_key": form_key(),
    }
    response = render(request, "placement/run.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@page(Permission.PROPOSAL_VIEW)
def progress(request: Request, number: int) -> HttpResponse:
    """How far the run has come: the part of its page that asks again by itself.

    While nothing is new since `seen` there is nothing to show: nothing moves, and no reader is told twice.
    """
    run = queries.run_kept(request.actor, number)
    if run.under_way and request.GET.get("seen") == _seen(run):
        return HttpResponse(status=204)
    context = {"run": run, "line": run_line(run), "phase": PHASES.get(run.phase, ""), "seen": _seen(run)}
    response = render(request, "placement/run_progress.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@page(Permission.PROPOSAL_VIEW)
def check(request: Request, number: int) -> HttpResponse:
    """The check that trusts no solver; asked for, the run is also computed again from what it was given."""
    again = request.method == "POST"
    checked = queries.verified(request.actor, number, again=again)
    breaches = [(run_word("breach", one.code), one) for one in checked.breaches]
    known = [code for code in BREACHES if code not in {one.code for one in checked.breaches}]
    context = {
        "checked": checked,
        "run": checked.run,
        "run_url": f"/proposals/runs/{number}/",
        "line": run_line(checked.run),
        "breaches": breaches,
        "kept": [run_word("breach", code) for code in known],
        "again": again,
        "request_key": form_key(),
    }
    return render(request, "placement/run_check.html", context)


@page(Permission.PROPOSAL_VIEW)
def files(request: Request, number: int) -> HttpResponse:
    """The instance and the answer as the command line reads them, in one file."""
    run, instance, answer = queries.files(request.actor, number)
    together = {f"instance/{name}": content for name, content in unpack(instance).items()}
    together |= {f"out/{name}": content for name, content in unpack(answer).items()}
    response = HttpResponse(pack(together), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="bosett-run-{run.id}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


@page(Permission.PROPOSAL_VIEW)
def compare(request: Request) -> HttpResponse:
    """Who moves and what changes between two runs."""
    chosen = [request.GET.get(name, "") for name in ("first", "second")]
    listed = [(one, run_line(one)) for one in queries.runs(request.actor) if one.state == "done"]
    context: dict[str, Any] = {"listed": listed, "chosen": chosen, "told": None}
    if all(number.isdigit() and len(number) < 18 for number in chosen):
        told = compared(request.actor, int(chosen[0]), int(chosen[1]))
        context |= {
            "told": told,
            "first": run_line(told.first),
            "second": run_line(told.second),
            "levels": [
                (level_name(name), level_value(name, before), level_value(name, after))
                for name, before, after in told.levels
            ],
            "aims": differences(told.first, told.second),
            "moved": [(one, word("unplaced", one.before_reason), word("unplaced", one.after_reason))
                      for one in (*told.moved, *told.came, *told.left)],
            "finding": _finding(len(told.moved), told.same),
            "shifts": county_shifts(told),
            "places": sorted(
                ((one, one.after - one.before) for one in told.persons if one.after != one.before),
                key=lambda pair: -abs(pair[1]),
            ),
        }  # fmt: skip
    return render(request, "placement/run_compare.html", context)


@require_POST
@page(Permission.PROPOSAL_RUN)
def cancel(request: Request, number: int) -> HttpResponse:
    """Stop a run that has not ended."""
    cancel_run(request.actor, run=number)
    messages.success(request, _("The run is stopped. What stood before it stands."))
    return redirect(f"/proposals/runs/{number}/")


@require_POST
@page(Permission.PROPOSAL_RUN)
def curve(request: Request, number: int) -> HttpResponse:
    """Draw the price of fairness now instead of waiting for the worker."""
    queries.run_kept(request.actor, number)
    draw_curve(number)
    return redirect(f"/proposals/runs/{number}/#fairness")


def _seen(run: queries.RunKept) -> str:
    return f"{run.state}-{run.phase}"


def _form(request: Request) -> RunForm:
    tables = [(str(one.id), one.name) for one in score_tables(request.actor, state="active")]
    if request.method == "POST":
        return RunForm(request.POST, tables=tables)
    return RunForm(None, tables=tables, initial=queries.usual_aim(request.actor, chosen_year(request)))


def _overview(request: Request, form: RunForm, status: int = 200) -> HttpResponse:
    before = request.GET.get("before", "")
    listed = queries.runs(
        request.actor, before_id=int(before) if before.isdigit() and len(before) < 18 else 0
    )
    context = {
        "year": chosen_year(request),
        "lines": [(one, run_line(one)) for one in listed],
        "older": listed[-1].id if len(listed) == queries.PAGE_SIZE else 0,
        "form": form,
        "tables": score_tables(request.actor),
        "may_run": request.actor.may(Permission.PROPOSAL_RUN),
        "request_key": form_key(),
    }
    return render(request, "placement/runs.html", context, status=status)


def _finding(moved: int, same: int) -> str:
    told = ngettext(
        "%(moved)s household is proposed elsewhere, %(same)s as before",
        "%(moved)s households are proposed elsewhere, %(same)s as before",
        moved,
    )
    return told % {"moved": moved, "same": same}
