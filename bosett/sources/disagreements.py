"""Every place where the published tables that are stored disagree with themselves or each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bosett.sources.imported import Defect, Imported, Severity
from bosett.sources.known_defects import known_defects
from bosett.sources.own_columns import column_name
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Breakdown, Observation

Told = tuple[str, int, Breakdown]
"""Measure, year, breakdown."""
SMALL, MANY = 4, 5
UNDER = "under 5"
MAIN, NATIONAL, OTHER = "settlement", "national", "settlement_other"


def disagreements(tables: Iterable[Imported[Observation]]) -> tuple[Defect, ...]:
    """The defects met while reading, then the tables against each other, in a fixed order.

    Promise: a difference that hidden cells can explain is not told as one; each row names the tables
    and the numbers, so that everybody can look.
    """
    listed = tuple(tables)
    observations = [one for table in listed for one in table.observations]
    return (
        *(defect for table in listed for defect in table.defects),
        *disagreements_among(observations),
        *known_defects(),
    )


def disagreements_among(observations: Sequence[Observation]) -> tuple[Defect, ...]:
    """Figures that contradict each other, in a fixed order."""
    return (
        *headlines_and_tables(observations),
        *headlines_of_years(observations),
        *sources_of_a_place(observations),
        *parts_and_totals(observations),
        *grants_and_their_total(observations),
        *sexes_and_ages(observations),
        *revised_months(observations),
    )


def headlines_and_tables(observations: Iterable[Observation]) -> Iterator[Defect]:
    """National headlines that the municipalities' table does not add up to.

    Where the cells hidden as small would have to hold more than `SMALL` each, that is told too (for
    `MANY` hidden cells or more, so that nothing is said about a few).
    """
    sums, hidden, stated = _national(observations)
    for told, (number, source) in sorted(stated.items()):
        measure, year, breakdown = told
        if told not in sums or sums[told] == number:
            continue
        if hidden[told] and sums[told] < number:
            if hidden[told] >= MANY and number - sums[told] > SMALL * hidden[told]:
                found = f"{hidden[told]} hidden cells hold {number - sums[told]} together"
                allowed = f"at most {SMALL} each, if only small numbers were hidden"
                table = f"{MAIN}, headline of {source}"
                yield _defect("hidden_hold_more", table, found, allowed, measure, breakdown, COUNTRY, year)
            continue
        found = f"{number} in the headline ({source})"
        allowed = f"{sums[told]}, the sum of the municipalities ({hidden[told]} hidden)"
        yield _defect(
            "headline_differs", f"{NATIONAL}/{source}", found, allowed, measure, breakdown, COUNTRY, year
        )


def headlines_of_years(observations: Iterable[Observation]) -> Iterator[Defect]:
    """Annual applications that two sources count differently."""
    by_year: dict[Told, list[Observation]] = defaultdict(list)
    for one in observations:
        if one.measure_id == "applications" and _whole_year_total(one):
            by_year[one.measure_id, one.year, one.breakdown].append(one)
    for told, several in sorted(by_year.items()):
        values = sorted({int(one.value or 0) for one in several})
        if len(values) > 1:
            found = ", ".join(f"{one.value} ({one.dataset_id}/{one.source_id})" for one in several)
            yield _defect(
                "sources_differ", "applications", found, "one number", told[0], told[2], COUNTRY, told[1]
            )


def _whole_year_total(one: Observation) -> bool:
    return one.month is None and one.quarter is None and one.dataset_id == "applications_annual"


def sources_of_a_place(observations: Iterable[Observation]) -> Iterator[Defect]:
    """Whole-year figures of a municipality that a second source tells differently.

    Figures of a part of a year are left out: they must differ.
    """
    main = {_place(one): one for one in observations if one.dataset_id == MAIN}
    for other in observations:
        one = main.get(_place(other))
        if other.dataset_id != OTHER or one is None or other.year != 2022:
            continue
        if one.value is not None and other.value is not None and one.value != other.value:
            found = f"{shown(one)} ({one.source_id}), {shown(other)} ({other.source_id})"
            yield _defect(
                "sources_differ",
                MAIN,
                found,
                "one number",
                one.measure_id,
                one.breakdown,
                one.place,
                one.year,
            )


def parts_and_totals(observations: Iterable[Observation]) -> Iterator[Defect]:
    """Municipalities where Ukrainians and others do not add up to all that one source gives as settled."""
    cells = {(one.source_id, *_place(one)): one for one in observations if one.dataset_id == MAIN}
    for (source, place, year, measure, breakdown), one in sorted(cells.items()):
        if breakdown != (("origin", "ukrainian"),) or one.value is None:
            continue
        other = cells.get((source, place, year, measure, (("origin", "other"),)))
        total = cells.get((source, place, year, measure, ()))
        if other is None or total is None or other.value is None or total.value is None:
            continue
        if one.value + other.value != total.value:
            found = f"{shown(one)} Ukrainians and {shown(other)} others"
            yield _defect("sum_differs", f"{MAIN}/{source}", found, shown(total), measure, (), place, year)


def sexes_and_ages(observations: Iterable[Observation]) -> Iterator[Defect]:
    """Municipalities where sexes and ages, none hidden, do not add up to the same source's total."""
    parts: dict[tuple[str, int, str], list[Observation]] = defaultdict(list)
    main = {}
    for one in observations:
        if one.dataset_id == "settled_sex_age":
            parts[one.place, one.year, dict(one.breakdown)["origin"]].append(one)
        elif one.dataset_id == MAIN and one.source_id == "collected_2024":
            main[_place(one)] = one
    for (place, year, origin), cells in sorted(parts.items()):
        told = (("origin", origin),)
        total = main.get((place, year, "settled", told))
        if total is None or total.value is None or any(one.value is None for one in cells):
            continue
        added = sum(int(one.value or 0) for one in cells)
        if added != total.value:
            found = f"{added if added > SMALL else UNDER} over sexes and ages"
            yield _defect("sum_differs", "settled_sex_age", found, shown(total), "settled", told, place, year)


def grants_and_their_total(observations: Iterable[Observation]) -> Iterator[Defect]:
    """Municipalities where the schemes paid, none hidden, do not add up to the total within a krone."""
    schemes: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.measure_id == "grants_paid":
            schemes[one.place, one.year].append(one)
    for (place, year), rows in sorted(schemes.items()):
        parts = [one for one in rows if dict(one.breakdown).get("scheme") != "total"]
        total = next((one.value for one in rows if dict(one.breakdown).get("scheme") == "total"), None)
        if total is None or any(one.state is not State.NUMBER for one in parts):
            continue
        added = sum((Decimal(one.value or 0) for one in parts), start=Decimal(0))
        if abs(added - Decimal(total)) > 1:
            found = f"{added} over the schemes"
            yield _defect("sum_differs", "grants_paid", found, str(total), "grants_paid", (), place, year)


def revised_months(observations: Iterable[Observation]) -> Iterator[Defect]:
    """Months that a source published twice with different numbers."""
    months: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.published:
            months[one.source_id, one.measure_id, one.period, str(one.breakdown)].append(one)
    for _, versions in sorted(months.items()):
        if len({one.value for one in versions}) > 1:
            told = sorted(versions, key=lambda one: one.published)
            found = ", ".join(f"{one.value} ({one.published})" for one in told)
            last = told[-1]
            yield _defect(
                "versions_differ", f"{last.dataset_id}/{last.source_id}", f"{last.period}: {found}",
                "the last version", last.measure_id, last.breakdown, last.place, last.year,
            )  # fmt: skip


def shown(one: Observation) -> str:
    """A figure of persons as the list may show it: one to four stand as `under 5`, also where a source shows them."""
    return UNDER if one.value is not None and 0 < one.value <= SMALL else str(one.value)


def _national(
    observations: Iterable[Observation],
) -> tuple[dict[Told, int], dict[Told, int], dict[Told, tuple[int, str]]]:
    """By measure, year, breakdown: the municipalities' sum, their hidden cells, and the headline."""
    sums: dict[Told, int] = defaultdict(int)
    hidden: dict[Told, int] = defaultdict(int)
    stated: dict[Told, tuple[int, str]] = {}
    for one in observations:
        told = one.measure_id, one.year, one.breakdown
        if one.dataset_id == MAIN:
            sums[told] += int(one.value or 0)
            hidden[told] += one.state is State.SUPPRESSED
        elif one.dataset_id == NATIONAL and one.value is not None:
            stated[told] = int(one.value), one.source_id
    return sums, hidden, stated


def _place(one: Observation) -> tuple[str, int, str, Breakdown]:
    return one.place, one.year, one.measure_id, one.breakdown


def _defect(
    code: str, table: str, found: str, allowed: str, measure: str, breakdown: Breakdown, place: str, year: int
) -> Defect:
    column = column_name(measure, breakdown)
    return Defect(code, Severity.WARNING, table, found, allowed, None, column, place, year)
