"""The page of one step: one form, one action, errors beside the field and on top."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bosett.terms.errors import Refused
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.words.refusals import sentence

V = TypeVar("V")


class StepForm(forms.Form):
    """`blames` says which field a refusal's code is about; other refusals stand on top."""

    blames: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class StepPage:
    """The words round the form.

    Parameters
    ----------
    crumbs
        Label and address in turn, without "Overview" and without the page itself.
    warning
        Said before the button, for a step that cannot be undone.
    """

    title: str
    lead: str
    button: str
    back: str
    crumbs: tuple[str, ...] = ()
    warning: str = ""
    danger: bool = False
    template: str = "steps/step.html"
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """The crumbs as (label, address)."""
        return list(zip(self.crumbs[::2], self.crumbs[1::2], strict=True))


def take(form: StepForm, act: Callable[[], V]) -> V | None:
    """What the action gives, or None when it was refused and the form says why."""
    try:
        return act()
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        blamed = form.blames.get(refusal.code)
        form.add_error(blamed if blamed in form.fields else None, sentence(refusal))
        return None


def run(
    request: Request,
    form: StepForm,
    step: StepPage,
    act: Callable[[], object],
    done: Callable[[], tuple[str, str]],
) -> HttpResponse:
    """Show the form; when it is posted and valid take the step, say what is done, and go on.

    `done` gives (words, address) after the step.  A wrong form is 422, a refused step 409.
    """
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            status = 409
            if take(form, act) is not None:
                words, address = done()
                messages.success(request, words)
                return redirect(address)
    return show(request, form, step, status)


def show(request: Request, form: StepForm, step: StepPage, status: int = 200) -> HttpResponse:
    """The page as it stands; never kept by a browser or proxy."""
    response = render(
        request,
        step.template,
        {"form": form, "step": step, "request_key": uuid.uuid4(), **step.context},
        status=status,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def posted(request: Request) -> Any:
    """The form's data when it is posted, else None (an unbound form)."""
    return request.POST if request.method == "POST" else None
