"""What has been published on coverage since 2014, and what it implies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bosett.expenditure.decomposition import price_ratio
from bosett.registry.tables import read_rows
from bosett.rules.parameters import SHIPPED
from bosett.rules.value import Certainty
from bosett.terms.errors import NoAnswer
from bosett.terms.source import Source

FILE = SHIPPED / "expenditure" / "published.csv"
COLUMNS = (
    "data_year", "scheme", "measure", "value", "unit", "certainty", "quote_or_note", "source_title", "href"
)  # fmt: skip


@dataclass(frozen=True)
class PublishedFigure:
    """One published figure; `unit` percent, NOK per person or NOK."""

    data_year: int
    scheme: str
    measure: str
    value: Decimal
    unit: str
    certainty: Certainty
    note: str
    source: Source


@dataclass(frozen=True)
class Implied:
    """Five years' kroner per person that published figures imply, each with how it was reckoned."""

    data_year: int
    scheme: str
    measure: str
    nok: Decimal
    reckoned: str


@cache
def published() -> tuple[PublishedFigure, ...]:
    """Every stored figure, by year, scheme and measure."""
    rows = [_figure(row) for row in read_rows(FILE, COLUMNS)]
    return tuple(sorted(rows, key=lambda one: (one.data_year, one.scheme, one.measure)))


def published_value(data_year: int, scheme: str, measure: str) -> PublishedFigure:
    """One figure.

    Raises
    ------
    NoAnswer
        If none is stored: missing is not zero.
    """
    for one in published():
        if (one.data_year, one.scheme, one.measure) == (data_year, scheme, measure):
            return one
    raise NoAnswer("not_published", f"no {measure} of {scheme} for {data_year} was found")


def implied() -> tuple[Implied, ...]:
    """Amounts that follow: grant = coverage x expenditure; next year's expenditure by its change."""
    found = []
    for one in published():
        if one.measure == "expenditure_5y":
            share = published_value(one.data_year, one.scheme, "coverage").value
            told = f"{share} % of {one.value}"
            found.append(Implied(one.data_year, one.scheme, "grant_5y", one.value * share / 100, told))
            found += _next_year(one)
    return tuple(found)


def implied_price_ratio() -> float:
    """Prices of municipal services 2022 / 2021, from the nominal and the real change that were told."""
    nominal, real = (
        float(published_value(2022, "integration", name).value) / 100
        for name in ("expenditure_change", "real_expenditure_change")
    )
    return price_ratio(nominal, real)


def _next_year(one: PublishedFigure) -> list[Implied]:
    year = one.data_year + 1
    changes = [
        other
        for other in published()
        if (other.data_year, other.scheme, other.measure) == (year, one.scheme, "expenditure_change")
    ]
    found = []
    for change in changes:
        amount = one.value * (1 + change.value / 100)
        found.append(Implied(year, one.scheme, "expenditure_5y", amount, f"{one.value} + {change.value} %"))
        share = published_value(year, one.scheme, "coverage").value
        told = f"{share} % of {amount.normalize():f}"
        found.append(Implied(year, one.scheme, "grant_5y", amount * share / 100, told))
    return found


def _figure(row: dict[str, str]) -> PublishedFigure:
    return PublishedFigure(
        int(row["data_year"]),
        row["scheme"],
        row["measure"],
        Decimal(row["value"]),
        row["unit"],
        Certainty(row["certainty"]),
        row["quote_or_note"],
        Source(row["source_title"], href=row["href"]),
    )
