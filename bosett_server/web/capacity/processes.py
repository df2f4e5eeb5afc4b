"""Opening and closing a centre: what is planned, who was told when, what the municipality says."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bosett.capacity.process import Direction, ProcessStep
from bosett.outputs.tables import Cell
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.reception_process import (
    give_statement,
    give_up_process,
    start_process,
    take_step,
)
from bosett_server.queries.capacity import centre_view
from bosett_server.queries.capacity_hosts import host_change, host_settlement
from bosett_server.queries.capacity_processes import ProcessView, process_view, processes
from bosett_server.web.capacity.centre import RECEPTION, step_of
from bosett_server.web.capacity.files import steps_file
from bosett_server.web.look.steps import Step
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, StepPage, posted, run
from bosett_server.web.table_file import table_file
from bosett_server.words.capacity import DIRECTIONS, KINDS, STEPS

PROCESSES = gettext_lazy("Openings and closings")
COLUMNS = (
    "process_id", "centre", "municipality_id", "municipality", "direction", "kind", "places", "planned_on",
    "informed_on", "answer_by", "announced_on", "ended_on", "given_up", "synthetic",
)  # fmt: skip


class StartForm(StepForm):
    """A plan to open or close."""

    made_on = forms.DateField(label=gettext_lazy("The plan was made on"))
    planned_on = forms.DateField(label=gettext_lazy("Opens or closes on"))
    places = forms.IntegerField(
        label=gettext_lazy("Number of places"), required=False, min_value=0, max_value=5000,
        help_text=gettext_lazy("Leave empty to take those that are set."),
    )  # fmt: skip
    answer_days = forms.IntegerField(
        label=gettext_lazy("Days the municipality has to answer"), initial=14, min_value=0,
        help_text=gettext_lazy("No rule that was found says how many. Fourteen is our suggestion."),
    )  # fmt: skip
    document = forms.CharField(label=gettext_lazy("Where the plan is documented"), max_length=200)
    blames = {
        "closes_before_it_opens": "planned_on", "closes_in_the_past": "planned_on",
        "answer_days_out_of_range": "answer_days", "step_in_the_future": "made_on",
        "told_or_document_missing": "document",
    }  # fmt: skip


class TakenForm(StepForm):
    """A step that was taken."""

    on = forms.DateField(label=gettext_lazy("Which day"))
    told = forms.CharField(
        label=gettext_lazy("Who was told"), max_length=200,
        help_text=gettext_lazy("Offices and roles, not names of persons: for example mayor and municipal director."),
    )  # fmt: skip
    document = forms.CharField(
        label=gettext_lazy("Where it is documented"), max_length=200,
        help_text=gettext_lazy("For example a case number."),
    )  # fmt: skip
    blames = {
        "step_in_the_future": "on", "step_before_the_last": "on", "municipality_may_still_answer": "on",
        "told_or_document_missing": "told",
    }  # fmt: skip


class StatementForm(StepForm):
    """What the municipality says."""

    statement = forms.CharField(
        label=gettext_lazy("What the municipality says"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("For example about schools, health services and housing. Write nothing about persons."),
    )  # fmt: skip
    document = forms.CharField(label=gettext_lazy("Your case number"), required=False, max_length=200)
    blames = {"statement_missing": "statement"}


@require_GET
@page(Permission.CENTRE_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every opening and closing in sight; also as csv and xlsx."""
    found = processes(request.actor)
    if request.GET.get("as"):
        return table_file("openings-and-closings", request.GET["as"], COLUMNS, [_line(one) for one in found])
    rows = [(one, str(DIRECTIONS[one.direction]), str(KINDS[one.kind]), state_of(one)) for one in found]
    context = {
        "rows": rows,
        "today": clock.today(),
        "may_manage": request.actor.may(Permission.CENTRE_MANAGE),
    }
    return render(request, "capacity/processes.html", context)


@require_GET
@page(Permission.CENTRE_VIEW)
def detail(request: Request, process: int) -> HttpResponse:
    """One opening or closing: the steps, who was told when, what the municipality says, what can be done now.

    The steps also as csv, xlsx and json.
    """
    one = process_view(request.actor, process)
    if request.GET.get("as"):
        return steps_file(request.GET["as"], one)
    context = {
        "one": one,
        "direction": str(DIRECTIONS[one.direction]),
        "kind": str(KINDS[one.kind]),
        "state": state_of(one),
        "steps": timeline(one),
        "taken": [(taken, str(STEPS[taken.step])) for taken in one.taken],
        "open_steps": [(step.value, str(STEPS[step])) for step in one.open_steps],
        "host": host_settlement(one.municipality, one.planned_on.year),
        "change": host_change(one),
        "opens": one.direction is Direction.OPENING,
        "today": clock.today(),
        "may_manage": request.actor.may(Permission.CENTRE_MANAGE),
        "may_open_centre": request.actor.may(Permission.CENTRE_MANAGE) or one.announced_on is not None,
    }
    return render(request, "capacity/process.html", context)


@page(Permission.CENTRE_MANAGE)
def start(request: Request, centre: int) -> HttpResponse:
    """Plan to open a centre that is not announced, or to close one that is."""
    found = centre_view(request.actor, centre, clock.today())
    opening = found.row.announced_on is None
    form = StartForm(
        posted(request),
        initial={"made_on": clock.today(), "planned_on": found.row.opens_on if opening else None},
    )
    step = step_of(
        found,
        _("Plan the opening") if opening else _("Plan the closing"),
        _(
            "The plan is UDI's alone until the municipality is informed. Its approval is not needed, but it is heard."
        ),
        _("Save the plan"),
    )
    made: dict[str, int] = {}

    def act() -> int:
        way = Direction.OPENING if opening else Direction.CLOSING
        made["id"] = start_process(request.actor, centre=centre, direction=way, **form.cleaned_data)
        return made["id"]

    return run(
        request, form, step, act, lambda: (_("The plan is saved."), f"/reception/processes/{made['id']}/")
    )


@page(Permission.CENTRE_MANAGE)
def take(request: Request, process: int, step: str) -> HttpResponse:
    """Record a step: the day, who was told, where it is documented."""
    one = process_view(request.actor, process)
    if step not in one.open_steps:
        raise NotInSight("not_in_sight")
    form = TakenForm(posted(request), initial={"on": clock.today()})
    warning = ""
    if step == ProcessStep.ANNOUNCED:
        warning = _(
            "Everybody who works with reception sees it, and those concerned are told at once. This cannot be undone."
        )
    elif step == ProcessStep.INFORMED:
        warning = _(
            "The municipality sees the plan from now on, and is asked for its view. This cannot be undone."
        )
    shown = _page(
        one, str(STEPS[step]), _("A step that is saved stands as it is."), _("Save the step"), warning
    )
    return run(
        request, form, shown,
        lambda: take_step(request.actor, process=process, step=ProcessStep(step), **form.cleaned_data),
        lambda: (_("The step is saved."), shown.back),
    )  # fmt: skip


@page(Permission.CENTRE_CONSULT)
def statement(request: Request, process: int) -> HttpResponse:
    """The municipality says what it thinks."""
    one = process_view(request.actor, process)
    if not one.may_answer:
        raise NotInSight("not_in_sight")
    form = StatementForm(posted(request))
    lead = _("UDI reads your answer before it decides. Your approval is not needed.")
    shown = _page(
        one, _("Answer UDI"), lead, _("Send the answer"), _("Once it is sent it cannot be changed.")
    )
    return run(
        request, form, shown,
        lambda: give_statement(request.actor, process=process, **form.cleaned_data),
        lambda: (_("The answer is sent to UDI."), shown.back),
    )  # fmt: skip


@page(Permission.CENTRE_MANAGE)
def give_up(request: Request, process: int) -> HttpResponse:
    """Give up a plan that is not announced."""
    one = process_view(request.actor, process)
    form = StepForm(posted(request))
    lead = _("The municipality is told if it had been informed.")
    shown = _page(
        one, _("Give up the plan"), lead, _("Give up the plan"), _("This cannot be undone."), danger=True
    )
    return run(
        request, form, shown, lambda: give_up_process(request.actor, process=process),
        lambda: (_("The plan is given up."), shown.back),
    )  # fmt: skip


def state_of(one: ProcessView) -> str:
    """Where it stands, in words."""
    if one.given_up:
        return _("Given up")
    if one.ended_on is not None:
        return _("Done")
    if one.announced_on is not None:
        return _("Announced")
    if one.informed_on is None:
        return _("Planned, UDI only")
    return (
        _("The municipality is asked")
        if one.day_of(ProcessStep.CONSULTED) is None
        else _("The municipality is heard")
    )


def timeline(one: ProcessView) -> list[Step]:
    """The steps in order, as far as they are the reader's to see."""
    ahead = [step for step in one.order if one.day_of(step) is None]
    found = []
    for step in one.order:
        day = one.day_of(step)
        passed = day is None and any(one.day_of(later) for later in one.order[one.order.index(step) + 1 :])
        if day is not None:
            progress = "done"
        elif passed or one.ended_on is not None:
            progress = "left_out"
        else:
            progress = "here" if step == ahead[0] else "ahead"
        found.append(Step(str(STEPS[step]), progress, day))  # type: ignore[arg-type]
    return found


def _page(
    one: ProcessView, title: str, lead: str, button: str, warning: str = "", *, danger: bool = False
) -> StepPage:
    back = f"/reception/processes/{one.id}/"
    crumbs = (str(RECEPTION), "/reception/", str(PROCESSES), "/reception/processes/", one.name, back)
    return StepPage(title, lead, button, back, crumbs, warning=warning, danger=danger)


def _line(one: ProcessView) -> list[Cell]:
    return [
        one.id, one.name, one.municipality, one.municipality_name, one.direction.value, one.kind, one.places,
        one.planned_on, one.informed_on, one.answer_by, one.announced_on, one.ended_on, one.given_up, one.synthetic,
    ]  # fmt: skip
