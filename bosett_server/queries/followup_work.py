"""Introduction programme and work: figures that a body has loaded, as everybody sees them, or that there are none."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bosett.statistics.todays_places import TodayFigure
from bosett_server.access.actor import Actor
from bosett_server.queries.followup_results import Area, area_of
from bosett_server.queries.statistics_public import PublicFigures, public_figures

SHARES = (("introduction_to_work", "introduction_left"), ("refugees_employed", "refugees_of_working_age"))
"""(persons it went so for, of whom): both are loaded by the template of the imports room."""


@dataclass(frozen=True)
class WorkYear:
    """One year: persons it went so for, of all; None where a part is hidden or not loaded."""

    year: int
    so: int | None
    of: int | None
    places: int

    @property
    def share(self) -> Fraction | None:
        """Only where both are told."""
        return Fraction(self.so, self.of) if self.so is not None and self.of else None


@dataclass(frozen=True)
class WorkResult:
    """One result by year in the reader's area; no years when nothing is loaded."""

    measure: str
    of: str
    years: tuple[WorkYear, ...]
    publisher: str


@dataclass(frozen=True)
class WorkOverview:
    """Both results, and which measures are not loaded."""

    area: Area
    results: tuple[WorkResult, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The measures without a figure."""
        return tuple(name for one in self.results if not one.years for name in (one.measure, one.of))


def work_overview(actor: Actor) -> WorkOverview:
    """The figures of the country, of one's county or of one's municipalities; small numbers are hidden already."""
    figures, area = public_figures(actor), area_of(actor)
    return WorkOverview(area, tuple(_result(figures, area, so, of) for so, of in SHARES))


def _result(figures: PublicFigures, area: Area, so: str, of: str) -> WorkResult:
    if not figures.step:
        return WorkResult(so, of, (), "")
    years = sorted(set(figures.years(so)) & set(figures.years(of)))
    rows = figures.by_name.get((so, ()), ())
    publisher = figures.source(rows[-1]).publisher if rows else ""
    return WorkResult(so, of, tuple(_year(figures, area, so, of, year) for year in years), publisher)


def _year(figures: PublicFigures, area: Area, so: str, of: str, year: int) -> WorkYear:
    """Added over the municipalities that have both numbers; none of the others is guessed at."""
    first, second = figures.municipal(so), figures.municipal(of)
    codes = area.codes or set(first)
    both = [
        (int(went.value or 0), int(whole.value or 0))
        for code in codes
        if (went := _told(first.get(code, {}).get(year))) and (whole := _told(second.get(code, {}).get(year)))
    ]
    if not both:
        return WorkYear(year, None, None, 0)
    return WorkYear(year, sum(went for went, _ in both), sum(whole for _, whole in both), len(both))


def _told(figure: TodayFigure | None) -> TodayFigure | None:
    return figure if figure is not None and figure.value is not None else None
