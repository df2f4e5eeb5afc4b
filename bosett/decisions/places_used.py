"""Needed but not voted, and voted but not used, in one view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bosett.decisions.anmodning import Round
from bosett.decisions.vedtak import Vedtak
from bosett.terms.municipality import MunicipalityCode


@dataclass(frozen=True)
class PlacesRow:
    """One municipality's places of the year.

    Parameters
    ----------
    asked, voted
        None = not asked, no number (yet).
    settled, assigned
        Persons settled, and assigned but not settled yet; None = not known.
    """

    municipality: MunicipalityCode
    asked: int | None
    voted: int | None
    settled: int | None
    assigned: int | None

    @property
    def not_voted(self) -> int | None:
        """Persons asked for that the council did not vote; None while it has not answered."""
        if self.asked is None or self.voted is None:
            return None
        return max(0, self.asked - self.voted)

    @property
    def not_used(self) -> int | None:
        """Voted places that nobody is settled in or assigned to; None when something is not known."""
        if self.voted is None or self.settled is None or self.assigned is None:
            return None
        return max(0, self.voted - self.settled - self.assigned)


@dataclass(frozen=True)
class PlacesView:
    """The round's places, in order of municipality.  Sums are over what is known, and say how much is not."""

    rows: tuple[PlacesRow, ...]

    @property
    def not_voted(self) -> int:
        """Persons asked for that councils with an answer did not vote."""
        return sum(row.not_voted or 0 for row in self.rows)

    @property
    def open_persons(self) -> int:
        """Persons asked for where no answer is known."""
        return sum(row.asked or 0 for row in self.rows if row.voted is None)

    @property
    def not_used(self) -> int:
        """Voted places without anybody, where it is known."""
        return sum(row.not_used or 0 for row in self.rows)

    @property
    def use_not_known(self) -> int:
        """Municipalities with a vote whose use is not known."""
        return sum(row.voted is not None and row.not_used is None for row in self.rows)


def places_used(
    round_: Round,
    answers: Iterable[Vedtak],
    settled: Mapping[MunicipalityCode, int],
    assigned: Mapping[MunicipalityCode, int],
) -> PlacesView:
    """Put requests, votes and use beside each other for everybody in the round.

    Parameters
    ----------
    settled, assigned
        A municipality that is left out is not known; give 0 where it is known that nobody is.
    """
    voted = {one.municipality: one.total.value for one in answers}
    codes = sorted({request.municipality for request in round_.requests} | set(voted))
    rows = tuple(
        PlacesRow(code, round_.asked(code), voted.get(code), settled.get(code), assigned.get(code))
        for code in codes
    )
    return PlacesView(rows)
