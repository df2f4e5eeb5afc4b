"""A municipality holds its own list against the register: nothing is stored."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bosett.sources.tables import read_table
from bosett.terms.errors import BadInput
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.interviews import municipality_choices
from bosett_server.queries.settlements import Comparison, compare
from bosett_server.web.file_fault import file_fault
from bosett_server.web.followup.steps.forms import ReconcileForm
from bosett_server.web.page import page
from bosett_server.web.step_form import StepPage, posted, show
from bosett_server.words.followup import DIFFERENCES, WHAT_TO_DO

MOST_BYTES = 5_000_000
ENDINGS = (".csv", ".xlsx")


@page(Permission.SETTLEMENT_RECORD)
def reconcile(request: Request) -> HttpResponse:
    """Upload, and see every difference with what to do about it."""
    own = [(code, name) for code, name in municipality_choices() if code in request.actor.municipalities]
    files = request.FILES if request.method == "POST" else None
    form = ReconcileForm(posted(request), files, places=own, initial={"year": clock.today().year})
    found = None
    if form.is_bound and form.is_valid():
        found = _compared(request, form)
    status = 422 if form.is_bound and found is None else 200
    step = StepPage(
        _("Does your list agree with the register?"),
        _("Upload your own list of who is settled. It is compared and forgotten: nothing is stored."),
        _("Compare"),
        "/households/",
        (_("Households"), "/households/"),
        template="followup/steps/reconcile.html",
        context={"found": found, "lines": _lines(found) if found else []},
    )
    return show(request, form, step, status)


@page(Permission.SETTLEMENT_RECORD)
def template(request: Request) -> HttpResponse:
    """An empty list with the right headings."""
    response = HttpResponse("duf_number,settled_on\n", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="bosett-list.csv"'
    return response


def _compared(request: Request, form: ReconcileForm) -> Comparison | None:
    told = form.cleaned_data
    given = told["file"]
    ending = Path(given.name or "").suffix.lower()
    if ending not in ENDINGS or (given.size or 0) > MOST_BYTES:
        form.add_error("file", _("Choose a CSV or Excel file of at most 5 MB."))
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="bosett-list-") as folder:
            path = Path(folder) / f"list{ending}"
            path.write_bytes(given.read())
            return compare(request.actor, told["municipality"], told["year"], read_table(path))
    except BadInput as fault:
        form.add_error("file", file_fault(fault))
        return None


def _lines(found: Comparison) -> list[dict[str, object]]:
    return [
        {
            "key": one.person_id,
            "what": DIFFERENCES[one.difference.value],
            "todo": WHAT_TO_DO[one.difference.value],
            "ours": one.listed.settled_on if one.listed else None,
            "theirs": one.registered.settled_on if one.registered else None,
        }
        for one in found.differences
    ]
