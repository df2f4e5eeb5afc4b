"""What is claimed or counted, for the schemes that no settlement releases by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett.terms.errors import BadInput

PLACE_TYPES = ("ordinary", "unaccompanied_minor", "adapted", "care_centre")
NEEDS: Mapping[str, tuple[str, ...]] = {
    "special_1": ("person_id",),
    "special_2": ("person_id", "cost_nok"),
    "norwegian_base": ("persons",),
    "host_base": (),
    "host_place": ("place_type", "places"),
    "amot": ("from_date",),
    "mamot": ("from_date", "to_date"),
    "extra_above_request": (),
    "unused_places": ("asked", "voted", "settled"),
    "competence_mapping": ("persons",),
}
"""What a claim of each scheme must say, beside its id, year and municipality."""
WHOLE = ("cost_nok", "persons", "places", "asked", "voted", "settled")


@dataclass(frozen=True)
class Claim:
    """One documented claim, or one count, of a municipality and year.

    Parameters
    ----------
    year
        The calendar year it is calculated for.
    grant_year
        Of a person's grant; None = counted from the settlement's calendar year.
    cost_nok
        Documented extraordinary cost, whole kroner.
    persons
        Persons in the base, arrived, above the request, or cases.
    from_date, to_date
        First and last day of the stay or of the open places; an alternative reception place without a last
        day is the advance.
    applied_date, extended_to
        The day applied, and the day a deadline was extended to.
    by_agreement, arose_before_settlement, conditions_met
        None = not checked.

    Raises
    ------
    BadInput
        Names the claim and what it lacks, or what cannot be.
    """

    claim_id: str
    scheme: str
    year: int
    municipality_id: str
    person_id: str = ""
    grant_year: int | None = None
    cost_nok: int | None = None
    persons: int | None = None
    place_type: str = ""
    places: int | None = None
    from_date: date | None = None
    to_date: date | None = None
    asked: int | None = None
    voted: int | None = None
    settled: int | None = None
    applied_date: date | None = None
    extended_to: date | None = None
    by_agreement: bool | None = None
    arose_before_settlement: bool | None = None
    conditions_met: bool | None = None

    def __post_init__(self) -> None:
        if self.scheme not in NEEDS:
            raise self._bad("scheme", self.scheme or "no scheme", f"one of {', '.join(NEEDS)}")
        for name in ("municipality_id", *NEEDS[self.scheme]):
            if getattr(self, name) in (None, ""):
                raise self._bad(name, f"{self.scheme} without {name}", f"a value for {name}")
        for name in WHOLE:
            if (getattr(self, name) or 0) < 0:
                raise self._bad(name, str(getattr(self, name)), "0 or more")
        self._check_more()

    def _check_more(self) -> None:
        if self.place_type and self.place_type not in PLACE_TYPES:
            raise self._bad("place_type", repr(self.place_type), f"one of {', '.join(PLACE_TYPES)}")
        if self.grant_year is not None and self.grant_year < 1:
            raise self._bad("grant_year", str(self.grant_year), "1 or more")
        if self.from_date and self.to_date and self.to_date < self.from_date:
            raise self._bad("to_date", str(self.to_date), f"{self.from_date} or later")
        if (
            self.scheme == "extra_above_request"
            and self.persons is None
            and None in (self.asked, self.settled)
        ):
            raise self._bad(
                "persons", "neither persons nor asked and settled", "persons, or asked and settled"
            )
        if (
            self.scheme == "amot"
            and self.to_date is None
            and self.from_date
            and self.from_date.year != self.year
        ):
            raise self._bad("year", f"an advance of {self.from_date} in {self.year}", "the year of arrival")

    def _bad(self, column: str, found: str, allowed: str) -> BadInput:
        return BadInput(f"claim {self.claim_id}: {found}", allowed, column=column)
