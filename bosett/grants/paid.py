"""What IMDi has paid, per municipality, year and scheme: the published table, with its hidden cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from bosett.registry.tables import TableSource, read_rows, read_table_source
from bosett.rules.parameters import SHIPPED
from bosett.terms.errors import BadInput
from bosett.terms.label import Label

TABLE = SHIPPED / "grants_paid" / "payments.csv"
COLUMNS = ("year", "municipality_id", "scheme", "paid_nok", "state")
TOTAL = "total"
PAID_SCHEMES: Mapping[str, Label] = {
    "integration_year_1": Label(
        "Integration grant, year 1", "Integreringstilskudd, år 1", "Integreringstilskot, år 1"
    ),
    "integration_years_2_5": Label(
        "Integration grant, years 2-5", "Integreringstilskudd, år 2-5", "Integreringstilskot, år 2-5"
    ),
    "unaccompanied_minor": Label(
        "Special grant for unaccompanied minors",
        "Særskilt tilskudd for enslige mindreårige",
        "Særskilt tilskot for einslege mindreårige",
    ),
    "special": Label(
        "Reduced functioning or behavioural problems",
        "Nedsatt funksjonsevne eller atferdsvansker",
        "Nedsett funksjonsevne eller åtferdsvanskar",
    ),
    "norwegian": Label(
        "Norwegian and social studies for adults",
        "Norsk og samfunnskunnskap for voksne",
        "Norsk og samfunnskunnskap for vaksne",
    ),
    "norwegian_in_reception": Label(
        "Norwegian and social studies in reception",
        "Norsk og samfunnskunnskap i mottak",
        "Norsk og samfunnskunnskap i mottak",
    ),
    "competence_mapping": Label(
        "Mapping of competence in reception",
        "Kompetansekartlegging i mottak",
        "Kompetansekartlegging i mottak",
    ),
    "extra_above_request": Label(
        "Settled above the original request of 2023",
        "Bosatte ut over opprinnelig anmodning for 2023",
        "Busette ut over opphavleg oppmoding for 2023",
    ),
    "covid_package": Label(
        "Integration package II and III (covid-19)",
        "Integreringspakke II og III (covid-19)",
        "Integreringspakke II og III (covid-19)",
    ),
    TOTAL: Label("Total", "Totalt", "Totalt"),
}


@dataclass(frozen=True)
class Payment:
    """One cell of the published table.

    Parameters
    ----------
    paid
        Kroner as published; None when the cell is hidden, which is not 0.

    Raises
    ------
    ValueError
        If a hidden cell has a number, or a shown one has none.
    """

    year: int
    municipality_id: str
    scheme: str
    paid: Decimal | None
    hidden: bool

    def __post_init__(self) -> None:
        if self.hidden != (self.paid is None):
            raise ValueError("a hidden cell has no number, a shown one has")


@dataclass(frozen=True)
class Payments:
    """The whole table and where it is from."""

    cells: tuple[Payment, ...]
    source: TableSource

    @classmethod
    def shipped(cls) -> Payments:
        """IMDi's payments of 2022 and 2023."""
        return _read(TABLE)

    def of(self, municipality_id: str, year: int) -> tuple[Payment, ...]:
        """One municipality's cells of a year, in the order of the schemes; empty when not in the table."""
        order = list(PAID_SCHEMES)
        found = [one for one in self.cells if (one.municipality_id, one.year) == (municipality_id, year)]
        return tuple(sorted(found, key=lambda one: order.index(one.scheme)))


@cache
def _read(file: Path) -> Payments:
    rows = enumerate(read_rows(file, COLUMNS), start=2)
    return Payments(tuple(_payment(row, file, line) for line, row in rows), read_table_source(file))


def _payment(row: Mapping[str, str], file: Path, line: int) -> Payment:
    if row["scheme"] not in PAID_SCHEMES:
        raise BadInput(repr(row["scheme"]), ", ".join(PAID_SCHEMES), str(file), line, "scheme")
    if row["state"] not in ("shown", "hidden"):
        raise BadInput(repr(row["state"]), "shown, hidden", str(file), line, "state")
    hidden = row["state"] == "hidden"
    try:
        paid = None if hidden else Decimal(row["paid_nok"])
        return Payment(int(row["year"]), row["municipality_id"], row["scheme"], paid, hidden)
    except (InvalidOperation, ValueError):
        raise BadInput(
            repr(row["paid_nok"]), "kroner, or empty and hidden", str(file), line, "paid_nok"
        ) from None
