"""What is free by month: the grid, typed or pasted, with last year's numbers and those of the homes on offer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bosett.decisions.homes import places_in_homes
from bosett.decisions.planner import Resource
from bosett.terms.errors import Refused
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.planner import MOST_A_BEDROOM, MOST_UNITS, MOST_USE, save_plan
from bosett_server.queries.homes import homes_of_place
from bosett_server.queries.planner import PlanSheet, SheetRow, plan_sheet
from bosett_server.web.look.dates import month_words
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.planner.grid import (
    Cell,
    Grid,
    Line,
    decimal_in,
    pasted_rows,
    place_rows,
    typed,
    written,
    wrong_number,
)
from bosett_server.web.planner.rooms import check_year, frame
from bosett_server.words.planner_codes import RESOURCES, UNITS
from bosett_server.words.refusals import sentence

USE, ALL = "use", "all"
BEDROOM = "persons_a_bedroom"
Texts = dict[str, str]


@dataclass(frozen=True)
class Read:
    """What was posted: the rows when all of it can be read, and what is wrong by cell."""

    rows: Mapping[Resource, SheetRow]
    wrong: Mapping[str, str]


@require_http_methods(["GET", "POST"])
@page(Permission.PLAN_EDIT)
def resources(request: Request, code: str, year: int) -> HttpResponse:
    """The grid; a post saves it, or fills in what was pasted or offered for the editor to look at first."""
    check_year(year)
    sheet = plan_sheet(request.actor, code, year)
    if request.method == "GET":
        return _shown(request, sheet, texts_of(sheet))
    texts = typed(request.POST)
    match request.POST.get("do"):
        case "paste":
            return _pasted(request, sheet, texts)
        case "last-year":
            return _offered(request, sheet, texts, _last_year(sheet))
        case "homes":
            return _offered(request, sheet, texts, _from_homes(request, sheet, texts))
        case _:
            return _saved(request, sheet, texts)


def _saved(request: Request, sheet: PlanSheet, texts: Texts) -> HttpResponse:
    read = read_texts(sheet, texts)
    if read.wrong:
        return _shown(request, sheet, texts, read.wrong, status=422)
    version = texts.get("version", "")
    try:
        save_plan(
            request.actor, municipality=sheet.municipality, year=sheet.year,
            version=int(version) if version.isdigit() else -1, rows=read.rows, persons_a_bedroom=_bedroom(texts),
        )  # fmt: skip
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        return _shown(request, sheet, texts, {}, [sentence(refusal)], status=409, changed=True)
    messages.success(request, _("The numbers are saved."))
    return redirect("planner-plan", sheet.municipality, sheet.year)


def _pasted(request: Request, sheet: PlanSheet, texts: Texts) -> HttpResponse:
    """The pasted cells stand in the grid, to be looked at and saved."""
    rows = pasted_rows(request.POST.get("pasted", ""))
    months = [str(month.number) for month in sheet.months]
    widest = max((len(row) for row in rows), default=0)
    keys = [USE, *months] if widest - 1 > len(months) else months
    placed, faults = place_rows(rows, row_names(), keys, [one.value for one in Resource])
    if not placed and not faults:
        faults = [_("Nothing was pasted. Copy the cells in the spreadsheet first.")]
    filled = {f"{row}-{column}": text for (row, column), text in placed.items()}
    return _offered(request, sheet, texts, filled, faults, over=True)


def _offered(
    request: Request,
    sheet: PlanSheet,
    texts: Texts,
    offers: Mapping[str, str],
    faults: list[str] | None = None,
    *,
    over: bool = False,
) -> HttpResponse:
    """The grid with the offers in its empty cells (in all of theirs when `over`), marked and not saved."""
    taken = {key: text for key, text in offers.items() if text and (over or not texts.get(key, "").strip())}
    wrong = read_texts(sheet, texts | taken).wrong
    if taken:
        messages.info(
            request, _("The numbers are filled in below and not saved yet. Look at them, and save.")
        )
    return _shown(
        request,
        sheet,
        texts | taken,
        wrong,
        faults,
        status=422 if wrong or faults else 200,
        offered=set(taken),
    )


def _shown(
    request: Request,
    sheet: PlanSheet,
    texts: Texts,
    wrong: Mapping[str, str] | None = None,
    faults: list[str] | None = None,
    *,
    status: int = 200,
    offered: set[str] | None = None,
    changed: bool = False,
) -> HttpResponse:
    grid = grid_of(sheet, texts, wrong or {}, offered or set(), changed=changed)
    context: dict[str, Any] = {
        "grid": grid, "faults": [*((None, told) for told in faults or ()), *grid.faults],
        "version": sheet.version, "request_key": uuid.uuid4(), "sheet": sheet,
        "has_last_year": bool(sheet.last_year), "last_year": sheet.year - 1,
        "pasted": request.POST.get("pasted", "") if faults else "",
        "bedroom_choices": _bedroom_choices(sheet, texts),
        "draft": f"plan-{sheet.municipality}-{sheet.year}", "unsaved": request.method == "POST",
        **frame(request, sheet.municipality, sheet.name, sheet.year, "resources"),
    }  # fmt: skip
    return render(request, "planner/resources.html", context, status=status)


def grid_of(
    sheet: PlanSheet, texts: Texts, wrong: Mapping[str, str], offered: set[str], *, changed: bool = False
) -> Grid:
    """The grid as it is typed; with `changed`, what somebody else saved meanwhile stands beside what differs."""
    stored = texts_of(sheet) if changed else {}
    columns = (
        (USE, _("One person uses")),
        (ALL, _("Every empty month")),
        *((str(month.number), month_words(month).partition(" ")[0]) for month in sheet.months),
    )
    spoken = {str(month.number): month_words(month) for month in sheet.months}
    lines = []
    for resource in Resource:
        cells = []
        for key, heading in columns:
            name = f"{resource.value}-{key}"
            text = texts.get(name, "")
            now = stored.get(name, "")
            note = (
                _("now saved: %(text)s") % {"text": now or "–"}
                if changed and now != text and key != ALL
                else ""
            )
            cells.append(
                Cell(name, f"{RESOURCES[resource]}, {spoken.get(key, heading)}", text, wrong.get(name, ""),
                     note or _hint(sheet, resource, key), _usual(sheet, resource, key), name in offered)
            )  # fmt: skip
        lines.append(Line(str(RESOURCES[resource]), str(UNITS[resource]), tuple(cells)))
    caption = _("Free in %(year)s, month by month") % {"year": sheet.year}
    return Grid(caption, _("Resource"), columns, tuple(lines))


def _hint(sheet: PlanSheet, resource: Resource, key: str) -> str:
    """Last year's number beside an empty cell."""
    if not key.isdigit() or sheet.row(resource).units[int(key) - 1] is not None:
        return ""
    last = sheet.last_year.get(resource)
    units = last.units[int(key) - 1] if last else None
    return "" if units is None else f"{sheet.year - 1}: {written(units)}"


def _usual(sheet: PlanSheet, resource: Resource, key: str) -> str:
    if key != USE or resource not in sheet.offered_use:
        return ""
    use = sheet.offered_use[resource]
    return number(use, 0 if use.denominator == 1 else 2)


def texts_of(sheet: PlanSheet) -> Texts:
    """The saved numbers as they are typed."""
    told: Texts = {}
    for resource, row in sheet.rows.items():
        told[f"{resource.value}-{USE}"] = written(row.per_person)
        told |= {
            f"{resource.value}-{month}": written(units) for month, units in enumerate(row.units, start=1)
        }
    return told


def read_texts(sheet: PlanSheet, texts: Texts) -> Read:
    """Every row that was typed in; months before the plan begins keep what is saved."""
    wrong: dict[str, str] = {}
    rows: dict[Resource, SheetRow] = {}
    for resource in Resource:
        use = _number(texts, f"{resource.value}-{USE}", wrong, MOST_USE)
        if use == 0:
            wrong[f"{resource.value}-{USE}"] = _(
                "One person must use more than 0. Leave it empty if it is not known."
            )
        every = _number(texts, f"{resource.value}-{ALL}", wrong, MOST_UNITS)
        units = list(sheet.row(resource).units)
        for month in sheet.months:
            typed = _number(texts, f"{resource.value}-{month.number}", wrong, MOST_UNITS)
            units[month.number - 1] = every if typed is None else typed
        if resource in sheet.rows or use is not None or any(one is not None for one in units):
            rows[resource] = SheetRow(use, tuple(units))
    return Read(rows, wrong)


def _number(texts: Texts, name: str, wrong: dict[str, str], most: Decimal) -> Decimal | None:
    text = texts.get(name, "")
    try:
        found = decimal_in(text)
    except ValueError:
        wrong[name] = wrong_number(text, whole=False)
        return None
    if found is not None and found > most:
        wrong[name] = _("At most %(most)s") % {"most": number(most)}
    return found


def row_names() -> dict[str, str]:
    """What a pasted row may be called, in any of our languages or by its code."""
    found = {one.value: one.value for one in Resource}
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            found |= {str(words).casefold(): one.value for one, words in RESOURCES.items()}
    return found


def _last_year(sheet: PlanSheet) -> Texts:
    told: Texts = {}
    for resource, row in sheet.last_year.items():
        told[f"{resource.value}-{USE}"] = written(row.per_person)
        told |= {f"{resource.value}-{m.number}": written(row.units[m.number - 1]) for m in sheet.months}
    return told


def _bedroom(texts: Texts) -> int | None:
    """The chosen persons to a bedroom; None takes the usual number."""
    told = texts.get(BEDROOM, "")
    return int(told) if told.isdecimal() else None


def _bedroom_choices(sheet: PlanSheet, texts: Texts) -> list[tuple[str, str, bool]]:
    """(value, words, whether chosen)."""
    own = _bedroom(texts) if BEDROOM in texts else sheet.bedrooms.own
    usual = _("as usual: %(persons)s, which we assume") % {"persons": sheet.bedrooms.usual}
    return [
        ("", usual, own is None),
        *((str(one), str(one), own == one) for one in range(1, MOST_A_BEDROOM + 1)),
    ]


def _from_homes(request: Request, sheet: PlanSheet, texts: Texts) -> Texts:
    homes = [one.home for one in homes_of_place(request.actor, sheet.municipality)]
    if not homes:
        return {}
    chosen = _bedroom(texts)
    to_a_room = sheet.bedrooms.usual if chosen is None else min(max(chosen, 1), MOST_A_BEDROOM)
    return {
        f"{Resource.HOUSING.value}-{month.number}": str(
            places_in_homes(homes, date(month.year, month.number, 1), to_a_room)
        )
        for month in sheet.months
    }
