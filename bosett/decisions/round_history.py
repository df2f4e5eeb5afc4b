"""The rounds of past years: what was asked for in all, of how many, and how it changed in the year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bosett.registry.tables import read_rows
from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput

FILE = SHIPPED / "decisions" / "rounds.csv"
COLUMNS = ("year", "version", "stated", "persons", "municipalities", "municipal_figures", "source")


@dataclass(frozen=True)
class PastVersion:
    """One version of a year's request.

    Parameters
    ----------
    stated
        When, as precisely as a source says: a day, a month, or empty.
    municipalities
        How many were asked; None where no source says.
    municipal_figures
        Whether each municipality's number of this version is stored.  Where it is not, it is not
        reconstructed.
    """

    year: int
    version: int
    stated: str
    persons: int
    municipalities: int | None
    municipal_figures: bool
    source: str


@cache
def past_rounds() -> tuple[PastVersion, ...]:
    """Every stored version since 2016, by year and version.

    Raises
    ------
    BadInput
        If a year's versions are not 1, 2, ... in order.
    """
    found = tuple(_version(row) for row in read_rows(FILE, COLUMNS))
    for year in {one.year for one in found}:
        versions = [one.version for one in found if one.year == year]
        if versions != list(range(1, len(versions) + 1)):
            raise BadInput(f"versions {versions} in {year}", "1, 2, ... in order", str(FILE))
    return found


def versions_of(year: int) -> tuple[PastVersion, ...]:
    """The versions of one year's request, first to last; empty when none is stored."""
    return tuple(one for one in past_rounds() if one.year == year)


def _version(row: dict[str, str]) -> PastVersion:
    asked = row["municipalities"]
    return PastVersion(
        year=int(row["year"]),
        version=int(row["version"]),
        stated=row["stated"],
        persons=int(row["persons"]),
        municipalities=int(asked) if asked else None,
        municipal_figures=row["municipal_figures"] == "1",
        source=row["source"],
    )
