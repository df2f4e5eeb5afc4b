"""Frames: what a municipality, or the country, can count on for five years, and what each answer would mean."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.outputs.grant_frame import write_frame
from bosett.terms.errors import NoAnswer
from bosett_server.access import audit, clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.decisions import place_name
from bosett_server.queries.grant_frames import (
    WHOLE_COUNTRY,
    check_frame_sight,
    frame_shown,
    municipalities_framed,
)
from bosett_server.web.grants import frame_tables, frame_words
from bosett_server.web.grants.forms import FrameForm
from bosett_server.web.grants.rooms import rooms
from bosett_server.web.look.language import current_language
from bosett_server.web.page import page
from bosett_server.web.table_file import TYPES

COUNTRY = "all"


@require_GET
@page(Permission.GRANT_FRAME)
def choose(request: Request) -> HttpResponse:
    """Whose frame; somebody with one municipality only is sent to it."""
    places = municipalities_framed(request.actor)
    country = request.actor.role in WHOLE_COUNTRY
    code = request.GET.get("municipality", "")
    if code in dict(places):
        return redirect("grants-frame", code)
    if len(places) == 1 and not country:
        return redirect("grants-frame", places[0][0])
    return render(
        request, "grants/frames.html", {"places": places, "country": country, **rooms(request.actor)}
    )


@require_GET
@page(Permission.GRANT_FRAME)
def frame(request: Request, code: str) -> HttpResponse:
    """Five years: sums with interval, what they are made of, residents, unused places, the alternatives."""
    municipality = _municipality(request, code)
    today = clock.today()
    form = FrameForm(request.GET or None, today=today, national=not municipality)
    valid = not form.is_bound or form.is_valid()
    shown = frame_shown(request.actor, form.ask(municipality, today))
    name = place_name(municipality) if municipality else _("the country")
    context = {
        "code": code,
        "name": name,
        "today": today,
        "form": form,
        "shown": shown,
        "years": frame_tables.years(shown),
        "lines": frame_tables.lines(shown),
        "residents": frame_tables.residents(shown),
        "unused": frame_tables.unused(shown),
        "others": frame_tables.alternatives(shown),
        "chart": frame_tables.chart(shown, name),
        "assumptions": frame_words.assumptions(shown),
        "rates_assumed": frame_words.rates_assumed(shown),
        "missing": shown.frame.missing,
        "total": shown.frame.total_nok,
        "query": request.GET.urlencode(),
        "first": shown.frame.problem.first_year,
        "last": shown.frame.problem.first_year + shown.frame.problem.years - 1,
        "without_votes": [y for y in shown.frame.problem.budget_years if y not in shown.frame.problem.voted],
        "may_payments": bool(municipality),
        **rooms(request.actor),
    }
    return render(request, "grants/frame.html", context, status=200 if valid else 422)


@require_GET
@page(Permission.GRANT_FRAME)
def frame_file(request: Request, code: str) -> HttpResponse:
    """The frame as a workbook whose sums are live formulas; 404 when a rate is missing."""
    municipality = _municipality(request, code)
    today = clock.today()
    form = FrameForm(request.GET or None, today=today, national=not municipality)
    if form.is_bound and not form.is_valid():
        raise Http404
    shown = frame_shown(request.actor, form.ask(municipality, today))
    language = current_language()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "frame.xlsx"
        try:
            write_frame(path, shown.frame, language if language in ("nb", "nn", "en") else "nb")
        except NoAnswer as missing:
            raise Http404 from missing
        content = path.read_bytes()
    audit.append(
        "export_grant_frame", ("municipality", code), {"year": shown.frame.problem.first_year}, "read"
    )
    response = HttpResponse(content, content_type=TYPES["xlsx"])
    response.headers["Content-Disposition"] = f'attachment; filename="frame-{code}.xlsx"'
    return response


def _municipality(request: Request, code: str) -> str:
    """The code, empty for the country; raises NotInSight for one that is not the reader's."""
    municipality = "" if code == COUNTRY else code
    check_frame_sight(request.actor, municipality)
    return municipality
