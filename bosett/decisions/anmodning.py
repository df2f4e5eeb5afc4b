"""The request to one municipality for one group, and the round it is sent in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode


@dataclass(frozen=True)
class Anmodning:
    """What a municipality is asked to take in a year, of one group.

    Parameters
    ----------
    asked
        The request in force: a number, or `NOT_ASKED` (the letter tells them so).  A request of 0
        is a number and something else than not being asked.
    original
        The first number of the round.  `NOT_STORED` where only the adjusted one is known (most
        years): never reconstructed.

    Raises
    ------
    BadInput
        If `asked` or `original` is in another state.
    """

    year: int
    municipality: MunicipalityCode
    group: Group
    asked: Figure
    original: Figure
    sent_on: date
    deadline: date

    def __post_init__(self) -> None:
        if self.asked.state not in (State.NUMBER, State.NOT_ASKED):
            raise BadInput(f"asked: {self.asked.state}", "a number, or not asked")
        if self.original.state not in (State.NUMBER, State.NOT_ASKED, State.NOT_STORED):
            raise BadInput(f"original: {self.original.state}", "a number, not asked, or not stored")
        if self.deadline < self.sent_on:
            raise BadInput(f"deadline {self.deadline}", f"a day on or after the sending, {self.sent_on}")


@dataclass(frozen=True)
class Round:
    """All requests of one year.

    Raises
    ------
    BadInput
        If a municipality's group comes twice, a request is of another year, or the minors asked for
        exceed what the municipality is asked for in all.
    """

    year: int
    requests: tuple[Anmodning, ...]

    def __post_init__(self) -> None:
        if any(request.year != self.year for request in self.requests):
            raise BadInput("a request of another year", f"requests of {self.year} only")
        if len(self._by_key()) != len(self.requests):
            raise BadInput("a municipality's group twice", "one request for each municipality and group")
        for municipality in {request.municipality for request in self.requests}:
            self._check_minors(municipality)

    def request(self, municipality: MunicipalityCode, group: Group = Group.ALL) -> Anmodning | None:
        """The request for one group; None if the round holds none."""
        return self._by_key().get((municipality, group))

    def asked(self, municipality: MunicipalityCode, group: Group = Group.ALL) -> int | None:
        """The number asked for; None if not asked, or not in the round."""
        request = self.request(municipality, group)
        return None if request is None else request.asked.value

    def _by_key(self) -> dict[tuple[MunicipalityCode, Group], Anmodning]:
        return {(request.municipality, request.group): request for request in self.requests}

    def _check_minors(self, municipality: MunicipalityCode) -> None:
        minors = [self.asked(municipality, group) or 0 for group in (Group.EM_UNDER15, Group.EM_15_17)]
        if sum(minors) > (self.asked(municipality) or 0):
            raise BadInput(
                f"{municipality}: {sum(minors)} unaccompanied minors asked for",
                "no more minors than persons in all",
            )
