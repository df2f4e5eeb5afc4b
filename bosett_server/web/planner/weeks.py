"""The plan by week: a municipality's own grid, and the overview for IMDi and the county."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bosett.capacity.week_plan import LARGEST_SIZE, SIZES, Confirmed, WeekPlan, week_plan
from bosett.terms.errors import Refused
from bosett.terms.municipality import municipality_code
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.actions.week_capacity import MOST_HOUSEHOLDS, confirm_weeks, save_weeks
from bosett_server.queries.week_capacity import Weeks, agreed_by_week, week_overview, weeks_of
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.numbers import number, signed
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.web.page import page
from bosett_server.web.planner.grid import (
    Cell,
    Grid,
    Line,
    pasted_rows,
    place_rows,
    typed,
    whole_in,
    written,
    wrong_number,
)
from bosett_server.web.planner.rooms import frame
from bosett_server.words.refusals import sentence

Texts = dict[str, str]
STATES = {
    Confirmed.NEVER: ("neutral", gettext_lazy("No plan yet")),
    Confirmed.IN_FORCE: ("success", gettext_lazy("Confirmed")),
    Confirmed.EXPIRED: ("warning", gettext_lazy("Must be confirmed again")),
}


@require_GET
@page(Permission.WEEKS_VIEW)
def overview(request: Request) -> HttpResponse:
    """Every municipality in sight; somebody with one is sent to it."""
    county = request.GET.get("county", "")[:2]
    everything = week_overview(request.actor)
    if request.actor.municipalities and len(everything) == 1:
        return redirect("planner-weeks", everything[0].municipality)
    only = request.GET.get("state", "")
    rows = [
        one
        for one in everything
        if (not county or one.municipality[:2] == county) and (not only or one.state.value == only)
    ]
    counts = {state: sum(one.state is state for one in everything) for state in Confirmed}
    context = {
        "table": _overview_table(rows) if rows else None,
        "states": [(state.value, STATES[state][1], counts[state], state.value == only) for state in Confirmed],
        "only": only, "days": everything[0].days if everything else 0, "county": county, "today": clock.today(),
        "persons": sum(sum(one.persons.values()) for one in rows if one.state is Confirmed.IN_FORCE),
        "weeks_ahead": len(everything[0].mondays) if everything else 0,
    }  # fmt: skip
    return render(request, "planner/weeks_overview.html", context)


@require_http_methods(["GET", "POST"])
@page(Permission.WEEKS_VIEW)
def weeks(request: Request, code: str) -> HttpResponse:
    """One municipality's weeks; those who may fill in the grid, paste into it and confirm it."""
    found = weeks_of(request.actor, code)
    may_edit = code in request.actor.municipalities and request.actor.may(Permission.WEEKS_EDIT)
    if request.method == "GET" or not may_edit:
        return _shown(request, found, texts_of(found), may_edit=may_edit)
    texts = typed(request.POST)
    if request.POST.get("do") == "paste":
        return _pasted(request, found, texts)
    return _saved(request, found, texts)


@require_POST
@page(Permission.WEEKS_EDIT)
def confirm(request: Request, code: str) -> HttpResponse:
    """The weeks are still right."""
    confirm_weeks(request.actor, municipality=code)
    messages.success(request, _("Thank you. The plan by week is confirmed today."))
    return redirect("planner-weeks", code)


def _saved(request: Request, found: Weeks, texts: Texts) -> HttpResponse:
    told, wrong = read_weeks(found, texts)
    if wrong:
        return _shown(request, found, texts, wrong, status=422)
    version = texts.get("version", "")
    try:
        save_weeks(
            request.actor, municipality=found.municipality, weeks=told,
            version=int(version) if version.isdigit() else -1,
        )  # fmt: skip
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        return _shown(request, found, texts, {}, [sentence(refusal)], status=409)
    messages.success(request, _("The plan by week is saved and confirmed today."))
    return redirect("planner-weeks", found.municipality)


def _pasted(request: Request, found: Weeks, texts: Texts) -> HttpResponse:
    rows = pasted_rows(request.POST.get("pasted", ""))
    order = [monday.isoformat() for monday in found.mondays]
    names = {one: one for one in order} | {
        _week_name(monday).casefold(): monday.isoformat() for monday in found.mondays
    }
    names |= (
        {str(monday.isocalendar().week): monday.isoformat() for monday in found.mondays} if _led(rows) else {}
    )
    placed, faults = place_rows(rows, names, [str(size) for size in SIZES], order)
    if not placed and not faults:
        faults = [_("Nothing was pasted. Copy the cells in the spreadsheet first.")]
    filled = {f"{monday}-{size}": text for (monday, size), text in placed.items()}
    _told, wrong = read_weeks(found, texts | filled)
    if filled:
        messages.info(
            request, _("The numbers are filled in below and not saved yet. Look at them, and save.")
        )
    status = 422 if wrong or faults else 200
    return _shown(request, found, texts | filled, wrong, faults, status=status, offered=set(filled))


def _led(rows: list[list[str]]) -> bool:
    """Whether each row begins with its week's number: one cell more than there are sizes."""
    return bool(rows) and all(len(row) == len(SIZES) + 1 for row in rows)


def _shown(
    request: Request,
    found: Weeks,
    texts: Texts,
    wrong: Mapping[str, str] | None = None,
    faults: list[str] | None = None,
    *,
    status: int = 200,
    may_edit: bool = True,
    offered: set[str] | None = None,
) -> HttpResponse:
    grid = grid_of(found, texts, wrong or {}, offered or set())
    own = found.municipality in request.actor.municipalities
    context: dict[str, Any] = {
        "it": found, "grid": grid, "faults": [*((None, told) for told in faults or ()), *grid.faults],
        "may_edit": may_edit, "version": found.version, "request_key": uuid.uuid4(), "state": _state(found),
        "table": _weeks_table(request, found) if own else _plain_table(found),
        "planned": sum(found.persons.values()), "draft": f"weeks-{found.municipality}",
        "unsaved": request.method == "POST", "pasted": request.POST.get("pasted", "") if faults else "",
        "beside": None if found.beside_vedtak is None else abs(found.beside_vedtak), "largest": LARGEST_SIZE,
        **frame(request, found.municipality, found.name, clock.today().year, "weeks"),
    }  # fmt: skip
    if not own:
        context["ways"] = []
    return render(request, "planner/weeks.html", context, status=status)


def grid_of(found: Weeks, texts: Texts, wrong: Mapping[str, str], offered: set[str]) -> Grid:
    """A row a week, a column a size."""
    columns = tuple((str(size), _size(size)) for size in SIZES)
    lines = tuple(
        Line(
            _week_name(monday),
            date_digits(monday),
            tuple(
                Cell(f"{monday}-{key}", f"{_week_name(monday)}, {words}", texts.get(f"{monday}-{key}", ""),
                     wrong.get(f"{monday}-{key}", ""), offered=f"{monday}-{key}" in offered)
                for key, words in columns
            ),
        )
        for monday in found.mondays
    )  # fmt: skip
    return Grid(_("Households you can take, by size"), _("Week"), columns, lines, whole=True)


def texts_of(found: Weeks) -> Texts:
    """The saved numbers as they are typed; a week that is not planned is empty."""
    return {
        f"{monday}-{size}": written(count)
        for monday in found.mondays
        for size, count in found.plan.households.get(monday, {}).items()
    }


def read_weeks(found: Weeks, texts: Texts) -> tuple[dict[date, dict[int, int] | None], dict[str, str]]:
    """Every shown week: its numbers, or None where the whole row is empty, which is not planned."""
    wrong: dict[str, str] = {}
    told: dict[date, dict[int, int] | None] = {}
    for monday in found.mondays:
        sizes: dict[int, int] = {}
        for size in SIZES:
            text = texts.get(f"{monday}-{size}", "")
            try:
                count = whole_in(text)
            except ValueError:
                wrong[f"{monday}-{size}"] = wrong_number(text, whole=True)
                continue
            if count is not None and count > MOST_HOUSEHOLDS:
                wrong[f"{monday}-{size}"] = _("At most %(most)s") % {"most": number(MOST_HOUSEHOLDS)}
            elif count is not None:
                sizes[size] = count
        told[monday] = sizes or None
    return told, wrong


def _week_name(monday: date) -> str:
    year, week, _day = monday.isocalendar()
    return _("Week %(week)s, %(year)s") % {"week": week, "year": year}


def _size(size: int) -> str:
    if size == LARGEST_SIZE:
        return _("%(size)s persons or more") % {"size": size}
    return _("%(size)s persons") % {"size": size} if size > 1 else _("1 person")


def _state(found: Weeks) -> tuple[str, str]:
    tone, words = STATES[found.state]
    return tone, str(words)


def _weeks_table(request: Request, found: Weeks) -> Table | None:
    """Planned, agreed and left by week, as the library works it out."""
    plan = WeekPlan(municipality_code(found.municipality), clock.today().year, dict(found.persons))
    taken = {
        monday: n
        for monday, n in agreed_by_week(request.actor, found.municipality).items()
        if monday in found.mondays
    }
    left = None if found.to_come is None else max(0, found.to_come - sum(taken.values()))
    rows = tuple(
        Row((_week_name(one.starts), _or_none(one.planned), one.taken, _or_none(one.left)))
        for one in week_plan(plan, taken, remaining_shown=left if left is not None else plan.total)
    )
    if not rows:
        return None
    columns = (
        Column("week", _("Week")), Column("planned", _("Persons you can take"), "number"),
        Column("taken", _("With an agreed day"), "number"), Column("left", _("Left of the week"), "number"),
    )  # fmt: skip
    return Table(_("Persons by week"), columns, rows)


def _plain_table(found: Weeks) -> Table | None:
    rows = tuple(Row((_week_name(monday), persons)) for monday, persons in sorted(found.persons.items()))
    columns = (Column("week", _("Week")), Column("planned", _("Persons they can take"), "number"))
    return Table(_("Persons by week"), columns, rows) if rows else None


def _or_none(value: int | None) -> object:
    return _("not planned") if value is None else value


def _overview_table(rows: list[Weeks]) -> Table:
    columns = (
        Column("name", _("Municipality")), Column("state", _("State")), Column("on", _("Last confirmed")),
        Column("persons", _("Persons, at least"), "number"), Column("come", _("Still to come by the vedtak"), "number"),
        Column("beside", _("Planned beside the vedtak"), "number"),
        *(Column(f"s{size}", _size(size), "number") for size in SIZES),
    )  # fmt: skip
    return Table(
        _("Plans by week"),
        columns,
        tuple(_overview_row(one) for one in sorted(rows, key=lambda one: not one.persons)),
    )


def _overview_row(one: Weeks) -> Row:
    planned = bool(one.persons)
    sizes = [one.by_size[size] if planned else "–" for size in SIZES]
    return Row(
        (
            one.name, _chip(one), "–" if one.confirmed_on is None else one.confirmed_on,
            sum(one.persons.values()) if planned else "–",
            _("no vedtak in force") if one.to_come is None else number(one.to_come),
            "–" if one.beside_vedtak is None else signed(one.beside_vedtak), *sizes,
        ),
        href=f"/weeks/{one.municipality}/",
    )  # fmt: skip


def _chip(one: Weeks) -> SafeString:
    tone, words = _state(one)
    return format_html('<span class="week-state week-state--{}">{}</span>', tone, words)
