"""A file of homes: the template, what the file would change, and taking it in."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.outputs.tables import Cell
from bosett.sources.home_rows import COLUMNS, HomeRow, read_homes
from bosett.sources.tables import read_table
from bosett.terms.errors import BadInput
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.homes import MOST_HOMES, HomeFacts, import_homes
from bosett_server.queries.decisions import place_name
from bosett_server.queries.homes import homes_of_place
from bosett_server.web.file_fault import file_fault
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.planner.forms import FileForm
from bosett_server.web.step_form import StepForm, StepPage, posted, run, show
from bosett_server.web.table_file import table_file

MOST_BYTES = 2_000_000
ENDINGS = (".csv", ".xlsx")
SALT = "bosett.homes"
HOUR = 3600


@require_GET
@page(Permission.HOME_EDIT)
def template(request: Request, code: str, form: str) -> HttpResponse:
    """The file to begin with: its headings, and the homes that are registered already."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.address, one.home.bedrooms, one.home.free.start, one.home.free.end,
            "ja" if one.home.step_free else "nei", one.home.rent_nok, one.home.school, one.home.school_minutes,
        )
        for one in homes_of_place(request.actor, code)
    ]  # fmt: skip
    return table_file(f"bosett-homes-{code}", form, COLUMNS, rows)


@page(Permission.HOME_EDIT)
def upload(request: Request, code: str) -> HttpResponse:
    """Choose a file and see what it would change; only the next button changes anything."""
    homes_of_place(request.actor, code)
    if request.method == "POST" and request.POST.get("do") == "apply":
        return _apply(request, code)
    form = FileForm(posted(request), request.FILES if request.method == "POST" else None)
    told: dict[str, Any] = {"preview": None, "faults": [], "code": code}
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            told |= _looked_at(request, code, form)
            status = 200 if told["preview"] else 422
    return show(request, form, _page(code, told), status)


def _apply(request: Request, code: str) -> HttpResponse:
    """What was shown is taken in: the rows come back signed, so they are the ones that were looked at."""
    form = StepForm(request.POST)
    back = f"/homes/{code}/"
    try:
        rows = signing.loads(request.POST.get("rows", ""), salt=f"{SALT}.{code}", max_age=HOUR)
    except signing.BadSignature:
        fresh = FileForm()
        told = {
            "preview": None,
            "faults": [_("The preview is too old. Choose the file again.")],
            "code": code,
        }
        return show(request, fresh, _page(code, told), 422)
    homes = [_facts(row) for row in rows]
    return run(
        request, form, _page(code, {"preview": None, "faults": [], "code": code}),
        lambda: import_homes(request.actor, municipality=code, homes=homes),
        lambda: (_("The homes of the file are registered."), back),
    )  # fmt: skip


def _page(code: str, told: dict[str, Any]) -> StepPage:
    return StepPage(
        _("Homes from a file"),
        _(
            "You see what the file would change before anything is changed. Homes it does not name stay as they are."
        ),
        _("Look at the file"),
        f"/homes/{code}/",
        (place_name(code), f"/municipalities/{code}/", _("Homes"), f"/homes/{code}/"),
        template="planner/home_file.html",
        context=told,
    )


def _looked_at(request: Request, code: str, form: FileForm) -> dict[str, Any]:
    given = form.cleaned_data["file"]
    ending = Path(given.name or "").suffix.lower()
    if ending not in ENDINGS or (given.size or 0) > MOST_BYTES:
        form.add_error("file", _("Choose a CSV or Excel file of at most 2 MB."))
        return {}
    try:
        with tempfile.TemporaryDirectory(prefix="bosett-homes-") as folder:
            path = Path(folder) / f"homes{ending}"
            path.write_bytes(given.read())
            rows, faults = read_homes(read_table(path))
    except BadInput as fault:
        form.add_error("file", file_fault(fault))
        return {}
    if faults or not 0 < len(rows) <= MOST_HOMES:
        form.add_error("file", _("The file cannot be taken in as it is."))
        return {"faults": [file_fault(one) for one in faults] or [_("There is no home in the file.")]}
    told = [asdict(one) for one in rows]
    for one in told:
        one["free_from"] = one["free_from"] or clock.today()
    packed = [
        {key: str(value) if key.startswith("free_") and value else value for key, value in one.items()}
        for one in told
    ]
    return {
        "preview": _preview(request, code, rows),
        "count": len(rows),
        "rows": signing.dumps(packed, salt=f"{SALT}.{code}", compress=True),
    }


def _facts(row: dict[str, Any]) -> HomeFacts:
    until = date.fromisoformat(row["free_until"]) if row["free_until"] else None
    return HomeFacts(
        row["address"], row["bedrooms"], date.fromisoformat(row["free_from"]), until, row["step_free"],
        row["rent_nok"], row["school"], row["school_minutes"],
    )  # fmt: skip


def _preview(request: Request, code: str, rows: tuple[HomeRow, ...]) -> Table:
    known = {" ".join(one.address.split()).casefold(): one for one in homes_of_place(request.actor, code)}
    shown = []
    for one in rows:
        before = known.get(" ".join(one.address.split()).casefold())
        what = _("New") if before is None else _changes(one, before.home.bedrooms, before.home.rent_nok)
        rent = "" if one.rent_nok is None else str(one.rent_nok)
        shown.append(Row((one.row, one.address, one.bedrooms, rent, what)))
    columns = (
        Column("row", _("Row"), "number"), Column("address", _("Home")), Column("bedrooms", _("Bedrooms"), "number"),
        Column("rent", _("Rent a month"), "number"), Column("what", _("What happens")),
    )  # fmt: skip
    return Table(_("What the file would change"), columns, tuple(shown))


def _changes(one: HomeRow, bedrooms: int, rent_nok: int | None) -> str:
    told = []
    if one.bedrooms != bedrooms:
        told.append(_("bedrooms %(before)s → %(after)s") % {"before": bedrooms, "after": one.bedrooms})
    if one.rent_nok != rent_nok:
        told.append(
            _("rent %(before)s → %(after)s")
            % {
                "before": "–" if rent_nok is None else rent_nok,
                "after": "–" if one.rent_nok is None else one.rent_nok,
            }
        )
    return _("Known. %(changes)s") % {"changes": ", ".join(told)} if told else _("Known")
