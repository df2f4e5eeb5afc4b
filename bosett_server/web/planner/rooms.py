"""What every page of the planner has round it: whose plan, which year, and the ways between its pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from bosett_server.access import clock
from bosett_server.access.permissions import Permission as P
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.planner import YEARS_AHEAD


def ways(request: Request, code: str, year: int, here: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is this page) of the pages that the reader may open."""
    base = f"/planner/{code}/{year}/"
    every = [
        ("plan", _("How many can we take?"), base, P.PLAN_VIEW),
        ("resources", _("What is free by month"), f"{base}resources/", P.PLAN_EDIT),
        ("commitments", _("What is promised"), f"{base}commitments/", P.PLAN_EDIT),
        ("homes", _("Homes"), f"/homes/{code}/", P.HOME_VIEW),
        ("paper", _("Case paper"), f"{base}paper/", P.PLAN_EDIT),
        ("weeks", _("Plan by week"), f"/weeks/{code}/", P.WEEKS_VIEW),
    ]
    return [(words, url, key == here) for key, words, url, may in every if request.actor.may(may)]


def check_year(year: int) -> int:
    """The year, when it can be planned for; NotInSight else."""
    this_year = clock.today().year
    if not this_year - 1 <= year <= this_year + YEARS_AHEAD:
        raise NotInSight("not_in_sight")
    return year


def frame(request: Request, code: str, name: str, year: int, here: str) -> dict[str, Any]:
    """The context that `planner/_ways.html` and the crumbs need."""
    this_year = clock.today().year
    return {
        "code": code,
        "name": name,
        "own_url": f"/municipalities/{code}/",
        "year": year,
        "years": [one for one in (this_year, this_year + 1) if one != year],
        "ways": ways(request, code, year, here),
        "plan_url": f"/planner/{code}/{year}/",
    }
