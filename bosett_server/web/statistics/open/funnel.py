"""One year's way from need to settled for the whole country, out of what was published."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.statistics.todays_places import Sum
from bosett.terms.figure import Figure, State
from bosett.terms.observation import breakdown_of
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.charts import Funnel, Stage
from bosett_server.web.look.numbers import number
from bosett_server.web.statistics.open import cells, history

STEPS = ("asked", "voted", "agreed", "settled")


def gaps() -> dict[str, tuple[str, str]]:
    """Step -> what is missing from the step before, and what goes beyond it."""
    return {
        "asked": (_("not asked for"), _("more than the need")),
        "voted": (_("not voted for, or not answered yet"), _("more than asked")),
        "agreed": (_("voted, not agreed"), _("more than voted")),
        "settled": (_("agreed, not settled yet"), _("more than agreed")),
    }


def years_of(figures: PublicFigures) -> list[int]:
    """The years in which something was asked for, newest first."""
    return sorted(figures.country("asked"), reverse=True)


def newest_whole(figures: PublicFigures, years: Sequence[int]) -> int | None:
    """The newest of the years of which it is published how many were voted for and settled."""
    steps = ("voted", "settled")
    whole = (year for year in years if all(national(figures, one, year).value is not None for one in steps))
    return next(whole, None)


def national(figures: PublicFigures, measure: str, year: int) -> Figure:
    """What a source states for the whole country, else the sum of what is shown of the municipalities."""
    stated = figures.stated(measure).get(year)
    if stated:
        return cells.figure_of_row(stated[0])
    return cells.figure_of_sum(figures.country(measure).get(year))


def need(figures: PublicFigures, year: int) -> Figure:
    """As last stated."""
    for statement in ("revised", "first"):
        stated = figures.stated("need", breakdown_of(statement=statement)).get(year)
        if stated:
            return cells.figure_of_row(stated[0])
    return Figure.missing(State.NOT_STORED)


def funnel(figures: PublicFigures, year: int, downloads: tuple[tuple[str, str], ...] = ()) -> Funnel:
    """The year's steps with the gaps between them named; a step that no source has told stands as not stored."""
    words = gaps()
    if national(figures, "agreed", year).value is None:
        words["settled"] = (_("voted, not settled"), _("more than voted"))
    steps = [one for one in STEPS if one != "agreed" or national(figures, one, year).value is not None]
    stages = (
        Stage(cells.measure_name("need"), need(figures, year)),
        *(Stage(cells.measure_name(one), national(figures, one, year), *words[one]) for one in steps),
    )
    settled, asked = (national(figures, one, year).value for one in ("settled", "asked"))
    finding = _("From need to settled in %(year)s") % {"year": year}
    if settled is not None and asked:
        told = {"year": year, "settled": number(settled), "asked": number(asked)}
        finding = _("%(year)s: %(settled)s settled of %(asked)s asked for") % told
    measure = _("Persons in the whole country. %(lacks)s") % {"lacks": _lacks(figures, steps, year)}
    return Funnel(history.captioned("funnel", finding, measure, downloads=downloads), stages, _("Persons"))


def _lacks(figures: PublicFigures, steps: list[str], year: int) -> str:
    """Which of the sums are added by us, and how many municipalities have no number in them."""
    told = []
    for one in steps:
        total: Sum | None = figures.country(one).get(year)
        if not figures.stated(one).get(year) and total is not None and total.value is not None:
            name, without = cells.measure_name(one), sum(total.without.values())
            words = ngettext(
                "%(measure)s (%(count)s municipality without a number)",
                "%(measure)s (%(count)s municipalities without a number)",
                without,
            )
            told.append(words % {"measure": name, "count": number(without)} if without else name)
    if told:
        return _("Added here from the municipalities: %(measures)s.") % {"measures": ", ".join(told)}
    return _("Every sum is as its source states it.")
