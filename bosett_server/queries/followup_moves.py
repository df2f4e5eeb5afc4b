"""Moves after settlement: the published figures, our own register, and each municipality beside the alike.

Municipalities are never ranked: they stand by name, with small numbers hidden, each beside what its own mix of
households leads one to expect and beside municipalities of the same KOSTRA group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from bosett.followup.outcomes import (
    DAYS_A_MONTH,
    DAYS_A_YEAR,
    Moved,
    Waited,
    beside_expected,
    exposure,
    waited,
)
from bosett.followup.secondary_moves import MEASURE, WHOLE, MovesOfYear, Part, moves_by_year
from bosett.followup.survival import Spell
from bosett.rules.parameters import Parameters
from bosett.statistics.problem import TOTAL, CountTable
from bosett.statistics.protect import protect_tables
from bosett.statistics.publish import NARROWEST
from bosett.terms.figure import State
from bosett_server.access.actor import Actor
from bosett_server.queries.followup_register import Register, register, spells
from bosett_server.queries.followup_results import Area, area_of, place_of, smallest_shown
from bosett_server.records.models import ImportBatch, Observation

YEARS = tuple(range(6))
YEAR_DAYS = tuple(round(year * DAYS_A_YEAR) for year in YEARS)
HALF_YEARS = tuple(range(0, 61, 6))
"""Months since settled at which the curves are told."""
CURVE_DAYS = tuple(round(months * DAYS_A_MONTH) for months in HALF_YEARS)
HORIZON = YEAR_DAYS[-1]
FEWEST_ALIKE = 3
"""Municipalities of a KOSTRA group, without the own, that are shown together: our own choice."""


@dataclass(frozen=True)
class MovesOverview:
    """The published years, and our own register's curve in the reader's area and in the country.

    Parameters
    ----------
    published
        Empty when the figures are not loaded.
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


@dataclass(frozen=True)
class PlaceRow:
    """One municipality: persons settled and how many moved on within five years, None where hidden; the expected."""

    code: str
    name: str
    county: str
    kostra: str
    settled: int | None
    moved: int | None
    beside: Moved | None


@dataclass(frozen=True)
class PlaceDetail:
    """One municipality's curve, that of the others of its KOSTRA group, and the country's."""

    row: PlaceRow
    own: Waited
    alike: Waited | None
    alike_count: int
    country: Waited
    synthetic: bool
    smallest: int


def moves_overview(actor: Actor) -> MovesOverview:
    """Published and own moves; as many queries whatever the number of persons."""
    found, area = register(), area_of(actor)
    smallest = smallest_shown(found.today)
    county = actor.county if area.kind == "county" else ""
    published, source = _published(county)
    own = None if area.kind == "country" else _curve(found, area, smallest)
    everywhere = Area("country", "", frozenset())
    return MovesOverview(
        area, county, published, source, _curve(found, everywhere, smallest), own, found.synthetic, smallest
    )


def retention(actor: Actor) -> tuple[PlaceRow, ...]:
    """Each municipality of the reader's area by name."""
    found, area = register(), area_of(actor)
    rows = _places(found)
    return tuple(one for one in rows if area.kind == "country" or one.code in area.codes)


def retention_of(actor: Actor, code: str) -> PlaceDetail:
    """One municipality beside the alike.  Raises NotInSight."""
    place_of(actor, code)
    found = register()
    smallest = smallest_shown(found.today)
    alike = frozenset(
        one for one, kostra in found.kostra.items() if kostra == found.kostra[code] and one != code
    )
    settled_in = {way.place for way in found.ways if way.settled_on} & alike
    enough = len(settled_in) >= FEWEST_ALIKE
    return PlaceDetail(
        row=next(one for one in _places(found) if one.code == code),
        own=_curve(found, Area("municipality", "", frozenset({code})), smallest),
        alike=_curve(found, Area("alike", "", alike), smallest) if enough else None,
        alike_count=len(settled_in),
        country=_curve(found, Area("country", "", frozenset()), smallest),
        synthetic=found.synthetic,
        smallest=smallest,
    )


def _curve(found: Register, area: Area, smallest: int) -> Waited:
    return waited(found.stays(area.has), found.today, CURVE_DAYS, smallest)


def _by_place(found: Register) -> Mapping[str, Mapping[tuple[str, ...], list[Spell]]]:
    """Municipality -> kind of household -> stays of those who were settled there."""
    held: dict[str, dict[tuple[str, ...], list[Spell]]] = defaultdict(lambda: defaultdict(list))
    for way in found.ways:
        if way.settled_on is not None and way.place:
            held[way.place][way.kind] += spells([(way.settled_on, way.moved_on, way.left_on)], found.today)
    return held


_rows: dict[int, tuple[PlaceRow, ...]] = {}


def _places(found: Register) -> tuple[PlaceRow, ...]:
    """Every municipality, protected together with its county and the country; kept as long as the register is."""
    key = id(found)
    if key not in _rows:
        _rows.clear()
        _rows[key] = _computed(found)
    return _rows[key]


def _computed(found: Register) -> tuple[PlaceRow, ...]:
    cohorts = _by_place(found)
    country: dict[tuple[str, ...], list[Spell]] = defaultdict(list)
    for kinds in cohorts.values():
        for kind, stays in kinds.items():
            country[kind] += stays
    counts = {code: _count(cohorts.get(code, {}), found.today) for code in found.names}
    shown = _protected(counts, found.today)
    rows = []
    for code, name in found.names.items():
        settled, moved = shown.get((code, TOTAL)), shown.get((code, "moved"))
        own = cohorts.get(code, {})
        beside = (
            beside_expected(own, country, found.today, HORIZON) if settled and moved is not None else None
        )
        rows.append(PlaceRow(code, name, code[:2], found.kostra[code], settled, moved, beside))
    return tuple(rows)


def _count(kinds: Mapping[tuple[str, ...], list[Spell]], today: date) -> tuple[int, int]:
    settled = sum(len(stays) for stays in kinds.values())
    return settled, sum(exposure(stays, today, HORIZON)[0] for stays in kinds.values())


def _protected(counts: Mapping[str, tuple[int, int]], today: date) -> Mapping[tuple[str, ...], int | None]:
    """Moved and stayed by municipality; no total of a county or of the country tells a small number."""
    cells: dict[tuple[str, ...], int] = {}
    by_county: dict[tuple[str, ...], int] = defaultdict(int)
    for code, (settled, moved) in counts.items():
        parts = {"moved": moved, "stayed": settled - moved, TOTAL: settled}
        for what, number in parts.items():
            cells[code[:2], code, what] = number
            for key in ((code[:2], TOTAL, what), (TOTAL, TOTAL, what)):
                by_county[key] += number
    threshold = smallest_shown(today)
    width = Parameters.shipped().lookup(NARROWEST, today).whole
    table = CountTable(("county", "municipality", "what"), {**cells, **by_county}, "retention")
    done = protect_tables([table], threshold=threshold, width=width).tables[0].table
    return {(code, what): count for (_, code, what), count in done.cells.items() if code != TOTAL}


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
