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
    sources
        (first year, source id): the source of our own tables that a figure of the year belongs to, so
        that a newer answer changes what is stored instead of standing beside it.
    """

    measure_id: str
    dataset_id: str
    publisher: str
    licence: str
    href: str
    fixed: Breakdown = ()
    only: dict[str, str] = field(default_factory=dict)
    sources: tuple[tuple[int, str], ...] = ((0, "jsonstat"),)

    def source_id(self, year: int) -> str:
        """The source of a year's figures."""
        return [source for first, source in self.sources if first <= year][-1]


_EUROSTAT = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/"


def _eurostat(
    code: str, source: str, measure: str, fixed: Breakdown = (), **only: str
) -> tuple[str, Reading]:
    told = {"unit": "PER", **only}
    return code.upper(), Reading(
        measure, "eurostat", "Eurostat", "CC BY 4.0", _EUROSTAT + code, fixed, told, ((0, source),)
    )


_POPULATION = Reading(
    "population",
    "population",
    "Statistics Norway (SSB)",
    "CC BY 4.0",
    "https://www.ssb.no/statbank/table/07459",
    only={"ContentsCode": "Personer1"},
    sources=((0, "ssb_07459"), (2011, "registry")),
)
_DECISIONS = (("level", "FI"), ("outcome", "total"))
READINGS: dict[str, Reading] = {
    "07459": _POPULATION,
    **dict(
        (
            _eurostat(
                "migr_asyappctzm",
                "applications_monthly",
                "applications",
                (("procedure", "asylum"),),
                applicant="FRST",
            ),
            _eurostat("migr_asydcfsta", "decisions", "decisions", _DECISIONS, decision="TOTAL"),
            _eurostat("migr_asydcfstq", "decisions", "decisions", _DECISIONS, decision="TOTAL"),
            _eurostat("migr_asytpsm", "collective_protection", "collective_protection_holders"),
            _eurostat("migr_asytpfm", "collective_protection", "collective_protection_granted"),
            _eurostat("migr_asypenctzm", "pending", "pending_applicants"),
        )
    ),
}
"""Readings by table id, upper case."""
