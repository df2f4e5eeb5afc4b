"""Moves after settlement: the published figures, and our own register in the country and the reader's area."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from bosett.followup.outcomes import DAYS_A_MONTH, Waited, waited
from bosett.followup.secondary_moves import MEASURE, WHOLE, MovesOfYear, Part, moves_by_year
from bosett.statistics.problem import TOTAL
from bosett.terms.figure import State
from bosett_server.access.actor import Actor
from bosett_server.queries.followup_places import YEAR_DAYS
from bosett_server.queries.followup_register import Register, register, smallest_shown
from bosett_server.queries.followup_results import Area, area_of
from bosett_server.queries.followup_retention import places
from bosett_server.records.models import ImportBatch, Observation

HALF_YEARS = tuple(range(0, 61, 6))
"""Months since settled at which the curves of the country and of a county are told."""
CURVE_DAYS = tuple(round(months * DAYS_A_MONTH) for months in HALF_YEARS)


@dataclass(frozen=True)
class MovesOverview:
    """The published years, and our own register's curve in the reader's area and in the country.

    Parameters
    ----------
    published
        Empty when the figures are not loaded.
    own
        The county's curve by half-years, or the one municipality's by whole years; None for the country, and for
        several municipalities, each of which has a page of its own.
    county
        The part of the country that the published figures are added over; empty for all.
    """

    area: Area
    county: str
    published: tuple[MovesOfYear, ...]
    source: str
    country: Waited
    own: Waited | None
    synthetic: bool
    smallest: int


def moves_overview(actor: Actor) -> MovesOverview:
    """Published and own moves; as many queries whatever the number of persons."""
    found, area, told = register(), area_of(actor), places()
    smallest = smallest_shown(found.today)
    county = actor.county if area.kind == "county" else ""
    published, source = _published(county)
    everywhere = _curve(found, Area("country", "", frozenset()), told.told_years[TOTAL], smallest)
    own = None
    if area.kind == "county":
        own = _curve(found, area, told.told_years.get(county, (0,)), smallest)
    elif area.kind == "municipality" and len(area.codes) == 1:
        own = told.own[next(iter(area.codes))]
    return MovesOverview(area, county, published, source, everywhere, own, found.synthetic, smallest)


def _curve(found: Register, area: Area, years: tuple[int, ...], smallest: int) -> Waited:
    """By half-years as long as every year may be told, and at the furthest year that may be."""
    near = next((year for year in reversed(years) if years[: year + 1] == tuple(range(year + 1))), 0)
    days = [day for day in CURVE_DAYS if day <= YEAR_DAYS[near]]
    days += [YEAR_DAYS[year] for year in years if year > near]
    return waited(found.stays(area.has), found.today, days, smallest)


def _published(county: str) -> tuple[tuple[MovesOfYear, ...], str]:
    """The years as the source's rows of municipalities add up to them, in the country or in today's county."""
    rows = Observation.objects.filter(measure=MEASURE, superseded_by__isnull=True)
    if county:
        rows = rows.filter(municipality__county_id=county)
    told = rows.values_list("year", "breakdown__residence_years", "breakdown__route").annotate(
        persons=Sum("value"),
        places=Count("pk", filter=Q(state=State.NUMBER)),
        rounded=Count("pk", filter=Q(value__in=(0, 3))),
        suppressed=Count("pk", filter=Q(state=State.SUPPRESSED)),
    )
    parts = [
        Part(year, residence, route or WHOLE, int(persons or 0), places, rounded, suppressed)
        for year, residence, route, persons, places, rounded, suppressed in told.order_by("year")
        if residence
    ]
    batch = (
        ImportBatch.objects.filter(observations__measure=MEASURE).order_by("-pk").first() if parts else None
    )
    titles = sorted({one["publisher"] for one in batch.sources.values()}) if batch else []
    return moves_by_year(parts), ", ".join(titles)
