"""Each municipality after settlement: who moved on, beside the expected and the alike; all protected together.

Municipalities are never ranked: they stand by name, with small numbers hidden, each beside what its own mix of
households leads one to expect and beside its KOSTRA group.  Each year's moves are protected as linked tables, of
municipalities in counties and in groups.  A curve is told year by year up to the first that is hidden, and once more
at the furthest year that tells of few no more (`told_years`).  Against all years together that is a rule and no proof.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bosett.followup.outcomes import DAYS_A_YEAR, Moved, Waited, beside_expected, exposure, waited
from bosett.followup.survival import Spell, followed
from bosett.rules.parameters import Parameters
from bosett.statistics.problem import TOTAL, CountTable, Key, PublishedTable
from bosett.statistics.protect import protect_tables
from bosett.statistics.publish import NARROWEST
from bosett_server.access import clock
from bosett_server.queries.followup_register import Register, smallest_shown, spells

YEARS = tuple(range(6))
YEAR_DAYS = tuple(round(year * DAYS_A_YEAR) for year in YEARS)
HORIZON = YEAR_DAYS[-1]
FEWEST_ALIKE = 4
"""Municipalities of a KOSTRA group that have settled somebody, for the group to be shown: our own choice."""
MOVED, STAYED = "moved", "stayed"
COUNTY_DIGITS = 2
Cohort = Mapping[tuple[str, ...], list[Spell]]
Cells = dict[Key, int]
Told = tuple[int, ...]


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
class Places:
    """Every municipality as it may be shown.

    Parameters
    ----------
    own, alike
        Municipality, and KOSTRA group, -> its curve at whole years, as far as it may be told.
    told_years
        County, or "*" for the country, -> the years at which its curve may be told, 0 first.
    group_sizes
        KOSTRA group -> municipalities of it that have settled somebody.
    """

    rows: tuple[PlaceRow, ...]
    own: Mapping[str, Waited]
    alike: Mapping[str, Waited]
    told_years: Mapping[str, Told]
    group_sizes: Mapping[str, int]
    made_at: datetime
    synthetic: bool


def worked_out(found: Register) -> Places:
    """Numbers and curves of all, protected together.  Takes seconds: kept by `followup_kept`."""
    held = _by_place(found)
    stays = {
        code: [one for spells_ in held.get(code, {}).values() for one in spells_] for code in found.names
    }
    threshold = smallest_shown(found.today)
    width = Parameters.shipped().lookup(NARROWEST, found.today).whole
    numbers = _protect([_numbers(stays, found.today)], threshold, width)[0]
    steps = {code: _steps(told, found.today) for code, told in stays.items()}
    years = [_protect(_of_year(steps, found.kostra, year), threshold, width) for year in YEARS[1:]]
    until = _until(numbers, steps, years, _followed(stays, found.today), (threshold, width))
    sizes: dict[str, int] = defaultdict(int)
    for code, told in stays.items():
        sizes[found.kostra[code]] += bool(told)
    alike = {
        group: _told(
            [one for code, told in stays.items() if found.kostra[code] == group for one in told],
            found.today, tuple(range(_prefix([by_group.cells[group, TOTAL] for _, by_group in years]) + 1)), threshold,
        )
        for group, size in sizes.items()
        if size >= FEWEST_ALIKE
    }  # fmt: skip
    return Places(
        _rows(found, held, numbers),
        {code: _told(stays[code], found.today, until[code], threshold) for code in stays}, alike,
        {one: until[one] for one in {TOTAL, *(code[:2] for code in stays)}}, sizes, clock.now(), found.synthetic,
    )  # fmt: skip


def _protect(tables: Sequence[CountTable], threshold: int, width: int) -> list[PublishedTable]:
    return [one.table for one in protect_tables(tables, threshold=threshold, width=width).tables]


def _by_place(found: Register) -> Mapping[str, Cohort]:
    """Municipality -> kind of household -> stays of those who were settled there."""
    held: dict[str, dict[tuple[str, ...], list[Spell]]] = defaultdict(lambda: defaultdict(list))
    for way in found.ways:
        if way.settled_on is not None and way.place:
            held[way.place][way.kind] += spells([(way.settled_on, way.moved_on, way.left_on)], found.today)
    return held


def _numbers(stays: Mapping[str, list[Spell]], today: date) -> CountTable:
    """Moved on within five years, and not, by municipality, county and in the country."""
    cells: Cells = defaultdict(int)
    for code, told in stays.items():
        moved = exposure(told, today, HORIZON)[0]
        for what, number in ((MOVED, moved), (STAYED, len(told) - moved), (TOTAL, len(told))):
            for place in ((code[:2], code), (TOTAL, code), (code[:2], TOTAL), (TOTAL, TOTAL)):
                cells[*place, what] += number
    return CountTable(("county", "municipality", "what"), dict(cells), "retention")


def _steps(told: Sequence[Spell], today: date) -> tuple[int, ...]:
    """How many moved on in the first year, the second, … up to the fifth; as a curve's points tell it."""
    happened = [exposure(told, today, days)[0] for days in YEAR_DAYS[1:]]
    return tuple(now - before for before, now in zip((0, *happened), happened, strict=False))


def _of_year(steps: Mapping[str, tuple[int, ...]], kostra: Mapping[str, str], year: int) -> list[CountTable]:
    """Those who moved on in one year since settled: the municipalities in their counties, and in their groups."""
    tables = []
    for dimension, upper in (("county", {code: code[:2] for code in steps}), ("kostra", kostra)):
        cells: Cells = defaultdict(int)
        for code, told in steps.items():
            for place in ((upper[code], code), (TOTAL, code), (upper[code], TOTAL), (TOTAL, TOTAL)):
                cells[place] += told[year - 1]
        tables.append(CountTable((dimension, "municipality"), dict(cells), f"year {year} by {dimension}"))
    return tables


def _followed(stays: Mapping[str, Sequence[Spell]], today: date) -> dict[str, tuple[int, ...]]:
    """Of how many the first year, the second … has been followed to its end."""
    return {
        code: tuple(followed(told, today, days) for days in YEAR_DAYS[1:]) for code, told in stays.items()
    }


def _until(
    numbers: PublishedTable,
    steps: Mapping[str, Sequence[int]],
    years: Sequence[Sequence[PublishedTable]],
    followed_to: Mapping[str, Sequence[int]],
    limits: tuple[int, int],
) -> dict[str, Told]:
    """Municipality, county, or "*" -> the years at which its curve may be told."""
    found = {}
    moved, lasted = _sums(steps), _sums(followed_to)
    for place, by_year in moved.items():
        key = (TOTAL, place) if len(place) > COUNTY_DIGITS else (place, TOTAL)
        cells = [by_county.cells[key] for by_county, _ in years]
        shown = numbers.cells[*key, MOVED] is not None
        found[place] = told_years(by_year, cells, lasted[place], limits) if shown else (0,)
    return found


def _sums(numbers: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The same of municipalities, counties and the country."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * len(YEARS[1:]))
    for code, told in numbers.items():
        for place in (code, code[:2], TOTAL):
            sums[place] = [before + more for before, more in zip(sums[place], told, strict=True)]
    return sums


def told_years(
    moved: Sequence[int], shown: Sequence[int | None], lasted: Sequence[int], limits: tuple[int, int]
) -> Told:
    """At which years a curve may be told where the number of all who moved on is shown.

    Each year up to the first that is hidden, as long as the rest of the number is nobody or more than the width.
    Then the furthest year to which enough have been followed: where nobody moved on after it, so that it tells what
    the number does, or where it takes two hidden years or more together that hold more than the width.

    Parameters
    ----------
    moved, lasted
        Persons who moved on in the first year, the second …, and who have been followed to its end.
    shown
        `moved` as the linked tables show it, None where hidden.
    limits
        (the smallest number of persons that is told of, the narrowest interval of a hidden number).
    """
    threshold, width = limits
    last = _prefix(shown)
    while last and 0 < sum(moved[last:]) <= width:
        last -= 1
    near = tuple(range(last + 1))
    for year in range(len(moved), last + 1, -1):
        between, rest = sum(moved[last:year]), sum(moved[year:])
        hidden = [told for told, cell in zip(moved[last:year], shown[last:year], strict=True) if cell is None]
        together = len(hidden) > 1 and sum(hidden) > width and rest > width
        if lasted[year - 1] >= threshold and between > width and (rest == 0 or together):
            return (*near, year)
    return near


def _prefix(shown: Sequence[int | None]) -> int:
    """How many are shown before the first that is hidden."""
    return next((at for at, one in enumerate(shown) if one is None), len(shown))


def _told(stays: Sequence[Spell], today: date, years: Told, threshold: int) -> Waited:
    return waited(stays, today, [YEAR_DAYS[year] for year in years], threshold)


def _rows(found: Register, held: Mapping[str, Cohort], numbers: PublishedTable) -> tuple[PlaceRow, ...]:
    country: dict[tuple[str, ...], list[Spell]] = defaultdict(list)
    for kinds in held.values():
        for kind, told in kinds.items():
            country[kind] += told
    rows = []
    for code, name in found.names.items():
        settled, moved = (numbers.cells.get((TOTAL, code, what)) for what in (TOTAL, MOVED))
        beside = (
            beside_expected(held.get(code, {}), country, found.today, HORIZON)
            if settled and moved is not None
            else None
        )
        rows.append(PlaceRow(code, name, code[:2], found.kostra[code], settled, moved, beside))
    return tuple(rows)
