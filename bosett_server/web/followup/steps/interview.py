"""The settlement interview, part by part: it can be left and resumed, and is held when nothing is missing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.interviews import hold_interview, save_interview, withdraw_health_consent
from bosett_server.queries.household_head import HouseholdHead
from bosett_server.queries.interviews import InterviewView, interview_of
from bosett_server.web.followup.steps import interview_forms as parts
from bosett_server.web.followup.steps.frame import head_of, step_page
from bosett_server.web.look.dates import date_digits
from bosett_server.web.page import page
from bosett_server.web.step_form import StepForm, posted, run, show, take
from bosett_server.words.household_codes import language_word, word


@dataclass(frozen=True)
class Part:
    """One screen of the interview."""

    title: str | Promise
    lead: str | Promise
    form: type[parts.PartForm]


PARTS: dict[str, Part] = {
    "conversation": Part(
        gettext_lazy("The conversation"),
        gettext_lazy("When it is held, and how you understand each other."),
        parts.ConversationForm,
    ),
    "wishes": Part(
        gettext_lazy("Wishes"),
        gettext_lazy("Where would the household like to live? A wish counts, but is no promise."),
        parts.WishesForm,
    ),
    "ties": Part(
        gettext_lazy("Ties"),
        gettext_lazy("Does the household have family, friends, work or studies somewhere?"),
        parts.TiesForm,
    ),
    "consent": Part(
        gettext_lazy("Consent for health information"),
        gettext_lazy("Only codes of need are used, never a diagnosis."),
        parts.ConsentForm,
    ),
    "child": Part(
        gettext_lazy("The child's best interests"),
        gettext_lazy("The child is heard too, and what is best for it comes first."),
        parts.ChildForm,
    ),
    "comment": Part(
        gettext_lazy("A chance to comment"),
        gettext_lazy("The household can say what it thinks before anything is decided."),
        parts.CommentForm,
    ),
}


@dataclass(frozen=True)
class Line:
    """One part on the overview: what is told so far."""

    code: str
    title: str
    told: str
    left_out: str
    done: bool
    url: str


@require_GET
@page(Permission.INTERVIEW_HOLD)
def overview(request: Request, household: UUID) -> HttpResponse:
    """All parts with what is told so far; the last button holds the interview."""
    head = head_of(request, household, "interview_page")
    return _overview(request, head, StepForm(), 200)


@page(Permission.INTERVIEW_HOLD)
def part(request: Request, household: UUID, code: str) -> HttpResponse:
    """One part: save and go on, or save and come back later."""
    head = head_of(request, household, "interview_page")
    order = _order(head)
    if code not in order:
        raise Http404
    view = interview_of(request.actor, head.id)
    base = f"{head.url}interview/"
    form = PARTS[code].form(posted(request), head=head, view=view)
    after = order.index(code) + 1
    number = {"number": after, "all": len(order)}
    step = step_page(
        head, str(PARTS[code].title), str(PARTS[code].lead), _("Save and continue"),
        template="followup/steps/interview_part.html", between=(_("Settlement interview"), base),
        progress=_("Part %(number)s of %(all)s") % number,
    )  # fmt: skip
    follows = f"{base}{order[after]}/" if after < len(order) else base

    def done() -> tuple[str, str]:
        return _("Saved. You can go on now or later."), base if request.POST.get(
            "then"
        ) == "later" else follows

    return run(
        request, form, step, lambda: save_interview(request.actor, household=head.id, answers=form.answers()), done
    )  # fmt: skip


@require_POST
@page(Permission.INTERVIEW_HOLD)
def hold(request: Request, household: UUID) -> HttpResponse:
    """The interview is held and closed."""
    head = head_of(request, household, "interview_page")
    form = StepForm({})
    form.is_valid()
    if take(form, lambda: hold_interview(request.actor, household=head.id)) is None:
        return _overview(request, head, form, 409)
    messages.success(request, _("The interview is held. The caseworker is told."))
    return redirect(head.url)


@require_POST
@page(Permission.INTERVIEW_HOLD)
def withdraw_consent(request: Request, household: UUID) -> HttpResponse:
    """The household takes its consent back."""
    head = head_of(request, household, "interview_page")
    withdraw_health_consent(request.actor, household=head.id)
    messages.success(request, _("The consent is withdrawn, and the caseworker is told."))
    return redirect(f"{head.url}interview/")


@require_GET
@page(Permission.HOUSEHOLD_VIEW)
def sheet(request: Request, household: UUID) -> HttpResponse:
    """The interview on one sheet, to print: the household can have it, and sign that it was heard."""
    head = head_of(request, household, "interview_sheet")
    held = interview_of(request.actor, head.id, held=True)
    draft = interview_of(request.actor, head.id)
    view = draft if held.id is None else held
    step = step_page(
        head, _("Settlement interview"), _("What was said and what was left out."), "",
        template="followup/steps/sheet.html", lines=_lines(head, view), view=view,
    )  # fmt: skip
    return show(request, StepForm(), step)


def _overview(request: Request, head: HouseholdHead, form: StepForm, status: int) -> HttpResponse:
    view = interview_of(request.actor, head.id)
    held = interview_of(request.actor, head.id, held=True)
    lines = _lines(head, view)
    step = step_page(
        head, _("Settlement interview"), _("You can take the parts in any order, leave, and come back."),
        _("The interview is held"), template="followup/steps/interview.html",
        lines=lines, view=view, held=held, complete=all(line.done for line in lines),
        begin=f"{head.url}interview/{_order(head)[0]}/",
    )  # fmt: skip
    return show(request, form, step, status)


def _order(head: HouseholdHead) -> list[str]:
    return [code for code in PARTS if code != "child" or head.has_children]


def _lines(head: HouseholdHead, view: InterviewView) -> list[Line]:
    base = f"{head.url}interview/"
    told = _told(view)
    found = []
    for code in _order(head):
        reasons = [view.missing[item] for item in PARTS[code].form.items if item in view.missing]
        left_out = word("missing", reasons[0]) if reasons else ""
        words = told[code]
        found.append(
            Line(code, str(PARTS[code].title), words, left_out, bool(words or left_out), f"{base}{code}/")
        )
    return found


def _told(view: InterviewView) -> dict[str, str]:
    """What each part says; empty = not answered.  No wish and no tie are answers once the interview has begun."""
    begun = view.id is not None
    language = language_word(view.interpreter_language) if view.interpreter_language else ""
    spoken = ", ".join(one for one in (word("interpreter", view.interpreter), language) if one)
    ties = [f"{one.name} ({word('tie', one.kind)})" for one in view.ties]
    consent = {None: "", True: _("Yes"), False: _("No")}[view.health_consent]
    dates = ""
    if view.comment_invited_on and view.comment_due_on:
        dates = _("Invited %(invited)s, until %(due)s") % {
            "invited": date_digits(view.comment_invited_on), "due": date_digits(view.comment_due_on),
        }  # fmt: skip
    return {
        "conversation": spoken if view.interpreter else "",
        "wishes": ", ".join(one.name for one in view.wishes) or (_("No wishes") if begun else ""),
        "ties": ", ".join(ties) or (_("No ties") if begun else ""),
        "consent": _("Withdrawn") if view.consent_withdrawn_on else consent,
        "child": view.child_best_interests,
        "comment": dates,
    }
