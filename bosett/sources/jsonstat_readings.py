"""Which measure a known table of Statistics Norway or Eurostat holds, and what its dimensions mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from bosett.terms.observation import Breakdown

TOTALS = ("TOTAL", "T", "Total", "0", "999", "999A", "I alt")
"""Codes of a category that counts everybody."""
PLACES = ("Region", "geo", "Kommune")
TIMES = ("Tid", "time", "TIME_PERIOD")
SEXES = {"F": "women", "M": "men", "2": "women", "1": "men"}
COUNTRY_CODES = ("NO", "0", "00", "Landet")


@dataclass(frozen=True)
class Reading:
    """How a table becomes observations.

    Parameters
    ----------
    fixed
        A breakdown that the whole table has.
    only
        For a dimension with several categories, the one that is read.
    """

    measure_id: str
    dataset_id: str
    publisher: str
    licence: str
    href: str
    fixed: Breakdown = ()
    only: dict[str, str] = field(default_factory=dict)


_EUROSTAT = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/"


def _eurostat(code: str, measure: str, fixed: Breakdown = (), **only: str) -> tuple[str, Reading]:
    return code.upper(), Reading(
        measure, "eurostat", "Eurostat", "CC BY 4.0", _EUROSTAT + code, fixed, {"unit": "PER", **only}
    )


READINGS: dict[str, Reading] = dict(
    (
        ("07459", Reading(
            "population", "population", "Statistics Norway (SSB)", "CC BY 4.0",
            "https://www.ssb.no/statbank/table/07459", (), {"ContentsCode": "Personer1"},
        )),
        _eurostat("migr_asyappctzm", "applications", (("procedure", "asylum"),), applicant="FRST"),
        _eurostat("migr_asydcfsta", "decisions", (("level", "FI"), ("outcome", "total")), decision="TOTAL"),
        _eurostat("migr_asydcfstq", "decisions", (("level", "FI"), ("outcome", "total")), decision="TOTAL"),
        _eurostat("migr_asytpsm", "collective_protection_holders"),
        _eurostat("migr_asytpfm", "collective_protection_granted"),
        _eurostat("migr_asypenctzm", "pending_applicants"),
    )
)  # fmt: skip
"""Readings by table id, upper case."""
