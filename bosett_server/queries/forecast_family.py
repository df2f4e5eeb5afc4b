"""Family members who will come, municipality by municipality, from its own settled cohorts; small numbers hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.forecast.family import FamilyForecast, FamilyRecord, exposure, family_forecast
from bosett.terms.errors import BadInput
from bosett.terms.groups import Track
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.queries.followup_register import Register, Way, register, smallest_shown
from bosett_server.queries.followup_results import Area, area_of

MOST_YEARS = 5
DAYS_A_YEAR, SLACK_DAYS = 365, 31
SEES_PERSONS = frozenset({Role.IMDI_CASEWORKER, Role.IMDI_LEAD})
Counts = Mapping[str, Counter[int]]


@dataclass(frozen=True)
class FamilyRow:
    """One municipality; a number of None is small and hidden from this reader.

    Parameters
    ----------
    settled, came
        Persons settled in the years that are looked back on; family that came in the years learnt from.
    forecast
        None where even the settled are few.
    own_rate
        Whether its own past is in the forecast; the country's rate stands in where that is hidden.
    """

    code: str
    name: str
    settled: int | None
    came: int | None
    forecast: FamilyForecast | None
    own_rate: bool


@dataclass(frozen=True)
class FamilyOverview:
    """The twelve months from a day for a reader's area; `rows` is empty while too few whole years are known.

    Years are counted back from the day: 1 is the last twelve months.

    Parameters
    ----------
    looks_back
        Over how many years back those settled count as ones who may be joined.
    learnt_from
        The years back whose family was learnt from, the earliest first.
    """

    area: Area
    starts: date
    looks_back: int
    learnt_from: tuple[int, ...]
    rows: tuple[FamilyRow, ...]
    smallest: int
    synthetic: bool


def family_overview(actor: Actor) -> FamilyOverview:
    """The municipalities of the reader's area that have settled somebody, the most family to come first.

    Every year back counts alike, from one to as many as half the whole years known, at most five: an assumption,
    since no table of the years between settlement and family was found.
    """
    require(actor, Permission.RESULTS_VIEW)
    found, area = register(), area_of(actor)
    smallest = smallest_shown(found.today)
    whole = whole_years(found.ways, found.today)
    window = max(1, min(MOST_YEARS, whole // 2))
    learnt = tuple(range(whole - window, 0, -1))
    frame = (area, found.today, window, learnt)
    if not learnt:
        return FamilyOverview(*frame, (), smallest, found.synthetic)
    settled, came = _counted(found, whole)
    rows = _rows(found, settled, came, frame, 0 if _unhidden(actor, area) else smallest)
    return FamilyOverview(*frame, rows, smallest, found.synthetic)


def whole_years(ways: Sequence[Way], today: date) -> int:
    """Years back from today in which settlements are known, but for the first month of the first of them."""
    days = [one.settled_on for one in ways if one.settled_on is not None]
    return ((today - min(days)).days + SLACK_DAYS) // DAYS_A_YEAR if days else 0


def _back(settled: date, today: date) -> int:
    """How many years back from today; 1 = the last twelve months, 0 = not yet."""
    return -((settled - today).days // DAYS_A_YEAR) if settled < today else 0


def _unhidden(actor: Actor, area: Area) -> bool:
    """Who sees the persons themselves; a municipality its own."""
    return actor.role in SEES_PERSONS or area.kind == "municipality"


def _counted(found: Register, whole: int) -> tuple[Counts, Counts]:
    """Persons by municipality and year, years back as numbers below 0, as the library counts forwards."""
    years = range(-whole, 0)
    settled: dict[str, Counter[int]] = {code: Counter(dict.fromkeys(years, 0)) for code in found.names}
    came: dict[str, Counter[int]] = {code: Counter() for code in found.names}
    for one in found.ways:
        year = -_back(one.settled_on, found.today) if one.settled_on is not None else 0
        if year in years and one.place in settled:
            counts = came if one.track == Track.FAMILY else settled
            counts[one.place][year] += 1
    return settled, came


def _rows(
    found: Register,
    settled: Counts,
    came: Counts,
    frame: tuple[Area, date, int, tuple[int, ...]],
    smallest: int,
) -> tuple[FamilyRow, ...]:
    area, _day, window, learnt = frame
    weights = (0.0, *([1.0] * window))
    past = [
        FamilyRecord(MunicipalityCode(code), exposure(counts, -one, weights), came[code][-one])
        for code, counts in settled.items()
        for one in learnt
    ]
    coming = {MunicipalityCode(code): exposure(counts, 0, weights) for code, counts in settled.items()}
    sums = {code: sum(came[code][-one] for one in learnt) for code in settled}
    small = {code for code, many in sums.items() if 0 < many < smallest}
    hidden_past = [one for one in past if str(one.municipality) not in small]
    try:
        told = {str(one.municipality): one for one in family_forecast(hidden_past, coming)}
    except BadInput:
        return ()
    rows = []
    for code, name in found.names.items():
        exposed = round(coming[MunicipalityCode(code)])
        if not exposed or (area.kind != "country" and code not in area.codes):
            continue
        few = exposed < smallest
        rows.append(
            FamilyRow(
                code, name, None if few else exposed, None if code in small else sums[code],
                None if few else told[code], code not in small,
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: -(row.forecast.high if row.forecast else -1)))
