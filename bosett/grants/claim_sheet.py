"""What is asked for each documented grant, and which agency decides: what a form and a queue are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bosett.grants.deadlines import SPECIAL


class Agency(StrEnum):
    """Who pays and decides.  Source: RS-05/2023 (chapter 671), RS 2011-025 and RS 2013-013 (chapter 490)."""

    IMDI = "imdi"
    UDI = "udi"


@dataclass(frozen=True)
class Sheet:
    """What one scheme asks.

    Parameters
    ----------
    needed, optional
        Fields of `Claim` beside scheme, year and municipality.
    """

    agency: Agency
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field, the needed first."""
        return (*self.needed, *self.optional)


_CHECKED = ("by_agreement", "arose_before_settlement")
SHEETS: Mapping[str, Sheet] = {
    "special_1": Sheet(Agency.IMDI, ("person_id", "grant_year"), _CHECKED),
    "special_2": Sheet(Agency.IMDI, ("person_id", "grant_year", "cost_nok"), _CHECKED),
    "norwegian_base": Sheet(Agency.IMDI, ("persons",)),
    "host_base": Sheet(Agency.UDI, ()),
    "host_place": Sheet(Agency.UDI, ("place_type", "places"), ("from_date", "to_date")),
    "amot": Sheet(Agency.UDI, ("persons", "from_date"), ("to_date",)),
    "mamot": Sheet(Agency.UDI, ("persons", "from_date", "to_date")),
    "extra_above_request": Sheet(Agency.IMDI, ("asked", "settled")),
    "unused_places": Sheet(Agency.IMDI, ("asked", "voted", "settled"), ("conditions_met",)),
    "competence_mapping": Sheet(Agency.IMDI, ("persons",)),
}
"""By scheme.  Grants 1 and 2 are for a person; the others are numbers of the municipality."""
PERSON_SCHEMES = SPECIAL
REFUSAL_REASONS = (
    "not_documented",
    "not_settled_by_agreement",
    "arose_after_settlement",
    "applied_too_late",
    "conditions_not_met",
    "not_open_in_the_year",
    "told_in_a_letter",
)
"""Codes that a named person may refuse a claim by; each has its words in `names.REASONS`."""
