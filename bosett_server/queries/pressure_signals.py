"""What presses beside the answers: the statistics that are loaded, and the weeks that have no room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import F, Sum

from bosett.agreement.pressure import Origin, Sector, Signal, Standing
from bosett.agreement.pressure_signals import Reading, from_weeks, shipped_readings
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.queries.week_capacity import WEEKS_AHEAD, coming_mondays, days_confirmed
from bosett_server.records.models import Quota, WeekCapacity, WeekConfirmation

FULLY = (("work_status", "fully"),)


@dataclass(frozen=True)
class Component:
    """One signal of a municipality as a page shows it.

    Parameters
    ----------
    told
        The figure that was read, in the unit of its reading; for the weeks, persons without a week.
    year
        The year of a statistic; None for the weeks.
    measure
        Which statistic; empty for the weeks.
    """

    sector: Sector
    origin: Origin
    value: float
    told: Decimal
    measure: str = ""
    year: int | None = None
    publisher: str = ""


@dataclass(frozen=True)
class Beside:
    """The signals beside the answers, and each municipality's components."""

    standing: tuple[Standing, ...]
    monthly: tuple[Signal, ...]
    components: Mapping[str, tuple[Component, ...]]


Weeks = tuple[tuple[str, int, int], ...]
"""(code, persons planned, persons to come) of whoever has confirmed its weeks and has a vedtak."""


def beside_the_answers(
    figures: PublicFigures, weeks: Weeks, codes: Collection[str], last: date, today: date
) -> Beside:
    """Statistics as last measured by the last month, and this month's weeks; asks the database nothing."""
    found: dict[str, list[Component]] = defaultdict(list)
    standing: list[Standing] = []
    for reading in shipped_readings():
        for code, (year, value, publisher) in _measured(figures, reading.measure, codes).items():
            signal = reading.standing(code, value, year, last)
            if signal is not None:
                standing.append(signal)
                found[code].append(_component(reading, signal, value, year, publisher))
    monthly: list[Signal] = []
    this = today.replace(day=1)
    for code, planned, to_come in weeks if last >= this else ():
        week = from_weeks(code, this, planned, to_come)
        if week is not None:
            monthly.append(week)
            without = Decimal(max(0, to_come - planned))
            found[code].append(Component(week.sector, week.origin, week.value, without))
    return Beside(tuple(standing), tuple(monthly), {code: tuple(told) for code, told in found.items()})


def _component(reading: Reading, signal: Standing, value: Fraction, year: int, publisher: str) -> Component:
    told = Decimal(value.numerator) / Decimal(value.denominator)
    return Component(
        reading.sector, Origin.STATISTIC, signal.value, round(told, 1), reading.measure, year, publisher
    )


Measured = dict[str, tuple[int, Fraction, str]]


def _measured(figures: PublicFigures, measure: str, codes: Collection[str]) -> Measured:
    """Code -> (year, value, publisher) as last measured; whoever has no figure is left out."""
    if not figures.step:
        return {}
    make = {"unemployed_share": _unemployed, "population_growth": _growth, "settled_per_1000": _settled}
    return make.get(measure, _plain)(figures, measure, codes)


def _plain(figures: PublicFigures, measure: str, codes: Collection[str]) -> Measured:
    publisher = _publisher(figures, measure)
    found: Measured = {}
    for code, held in figures.municipal(measure).items():
        years = [year for year, one in held.items() if one.value is not None]
        if code in codes and years:
            found[code] = max(years), Fraction(held[max(years)].value or 0), publisher
    return found


def _unemployed(figures: PublicFigures, measure: str, codes: Collection[str]) -> Measured:
    """The county's own figure of its newest month, for each of its municipalities."""
    newest: dict[str, tuple[int, int, Fraction]] = {}
    for row in figures.by_name.get((measure, FULLY), ()):
        one = row.observation
        if len(one.place) == 2 and one.value is not None:
            told = (one.year, one.month or 0, Fraction(one.value))
            newest[one.place] = max(newest.get(one.place, told), told, key=lambda it: it[:2])
    publisher = _publisher(figures, measure, FULLY)
    return {
        code: (newest[code[:2]][0], newest[code[:2]][2], publisher) for code in codes if code[:2] in newest
    }


def _growth(figures: PublicFigures, measure: str, codes: Collection[str]) -> Measured:
    """From the year before to the newest year, in per cent; only where both are known."""
    publisher = _publisher(figures, "population")
    found: Measured = {}
    for code, held in figures.municipal("population").items():
        year = max((year for year, one in held.items() if one.value is not None), default=None)
        before = held.get(year - 1) if year else None
        if year and code in codes and before is not None and before.value:
            grown = Fraction(held[year].value or 0) / Fraction(before.value) - 1
            found[code] = year, 100 * grown, publisher
    return found


def _settled(figures: PublicFigures, measure: str, codes: Collection[str]) -> Measured:
    """The settled of the newest year by 1,000 inhabitants of the same year."""
    publisher = _publisher(figures, "settled")
    people = figures.municipal("population")
    found: Measured = {}
    for code, held in figures.municipal("settled").items():
        year = max((year for year, one in held.items() if one.value is not None), default=None)
        inhabitants = people.get(code, {}).get(year) if year else None
        if year and code in codes and inhabitants is not None and inhabitants.value:
            found[code] = (
                year,
                1000 * Fraction(held[year].value or 0) / Fraction(inhabitants.value),
                publisher,
            )
    return found


def _publisher(figures: PublicFigures, measure: str, breakdown: tuple[tuple[str, str], ...] = ()) -> str:
    rows = figures.by_name.get((measure, breakdown), ())
    return figures.source(rows[-1]).publisher if rows else ""


def weeks_of(today: date, codes: Collection[str]) -> Weeks:
    """The weeks ahead of those whose confirmation still stands and who have a vedtak; three queries."""
    return tuple(_weeks(today, codes))


def _weeks(today: date, codes: Collection[str]) -> Iterator[tuple[str, int, int]]:
    mondays = coming_mondays(today, WEEKS_AHEAD)
    since = today - timedelta(days=days_confirmed(today))
    said = set(
        WeekConfirmation.objects.filter(confirmed_on__gt=since).values_list("municipality_id", flat=True)
    )
    planned = dict(
        WeekCapacity.objects.filter(monday__gte=mondays[0], monday__lte=mondays[-1])
        .values_list("municipality_id")
        .annotate(persons=Sum(F("size") * F("households")))
    )
    rows = Quota.objects.filter(
        year=today.year, group="all", vedtak__isnull=False, municipality__in=said & set(codes)
    )
    for row in rows.order_by("municipality_id"):
        yield (
            row.municipality_id,
            int(planned.get(row.municipality_id, 0)),
            max(0, (row.vedtak or 0) + row.opened - row.settled),
        )
