"""Two norms that are often taken for one: 85 % of places in use, and 15 % more places than residents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from bosett.terms.errors import BadInput


class Definition(StrEnum):
    """What a norm's share is a share of.

    `OF_PLACES`: residents are at least this share of places (the budget: 85 %).
    `OF_RESIDENTS`: so much more places than residents (UDI, 2022: 15 %).
    """

    OF_PLACES = "of_places"
    OF_RESIDENTS = "of_residents"


@dataclass(frozen=True)
class OccupancyNorm:
    """A norm with its definition; 85 % of places is 17.6 % on residents, 15 % on residents is 87 % of places.

    Parameters
    ----------
    share
        Of places: above 0 and at most 1.  On residents: 0 or more.
    """

    share: Fraction
    definition: Definition

    def __post_init__(self) -> None:
        of_places = self.definition is Definition.OF_PLACES
        if self.share < 0 or (of_places and not 0 < self.share <= 1):
            allowed = "above 0 and at most 1" if of_places else "0 or more"
            raise BadInput(f"a norm of {float(self.share):g}", allowed)

    @property
    def occupancy(self) -> Fraction:
        """The same norm as residents / places."""
        return self.share if self.definition is Definition.OF_PLACES else 1 / (1 + self.share)

    @property
    def buffer(self) -> Fraction:
        """The same norm as places beyond the residents, as a share of residents."""
        return 1 / self.share - 1 if self.definition is Definition.OF_PLACES else self.share

    def places_for(self, residents: int) -> int:
        """Places that the norm holds for so many residents.

        Of places: no more than keep the share (rounded down).  On residents: no fewer than the buffer
        (rounded up).
        """
        if residents < 0:
            raise BadInput(f"{residents} residents", "0 or more")
        exact = residents * (1 + self.buffer)
        return floor(exact) if self.definition is Definition.OF_PLACES else ceil(exact)

    def difference(self, residents: int, places: int) -> int:
        """Places above what the norm holds for the residents; negative when there are fewer."""
        return places - self.places_for(residents)
