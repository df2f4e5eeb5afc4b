"""What municipalities were asked for and voted in earlier years, and the share that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.terms.errors import BadInput

CUT_AFTER_ANSWERS = frozenset({2020, 2025})
"""Years whose stored request is not the one that councils answered: it was cut when they had voted.

Source: IMDi, key figures for settlement 2020 (5,120 cut to 3,602) and 2025 (18,900 cut to 12,640).
"""


@dataclass(frozen=True)
class PastAnswer:
    """One municipality's year.  None is unknown, never 0.

    Parameters
    ----------
    asked
        The request as it stands in the register, after changes, persons >= 0.
    asked_original
        The first request of the round, where it is stored.
    voted, settled
        Persons >= 0.
    """

    municipality: str
    year: int
    asked: int | None = None
    asked_original: int | None = None
    voted: int | None = None
    settled: int | None = None

    def __post_init__(self) -> None:
        for value in (self.asked, self.asked_original, self.voted, self.settled):
            if value is not None and value < 0:
                raise BadInput(f"{value} persons", "0 or more", column=f"{self.municipality} {self.year}")

    @property
    def answered_request(self) -> int | None:
        """The request that the council answered; None when it is not stored.

        A stored original above the final request is the one that was answered (the cut came later).
        One below it was raised before the answers, as in March 2022.  In a year of `CUT_AFTER_ANSWERS`
        the final number alone says nothing about what was answered.
        """
        if self.asked is None:
            return None
        if self.asked_original is not None:
            return max(self.asked, self.asked_original)
        return None if self.year in CUT_AFTER_ANSWERS else self.asked

    @property
    def share(self) -> Fraction | None:
        """Voted persons per person asked for; None when either is not known or nobody was asked for."""
        request = self.answered_request
        return None if not request or self.voted is None else Fraction(self.voted, request)


def by_municipality(history: Iterable[PastAnswer], before: int) -> Mapping[str, list[PastAnswer]]:
    """Each municipality's years before `before`, in order.

    Raises
    ------
    BadInput
        If a municipality has a year twice.
    """
    found: dict[str, dict[int, PastAnswer]] = {}
    for one in history:
        if one.year >= before:
            continue
        years = found.setdefault(one.municipality, {})
        if one.year in years:
            raise BadInput(f"{one.municipality} in {one.year} twice", "each municipality and year once")
        years[one.year] = one
    return {code: [years[year] for year in sorted(years)] for code, years in sorted(found.items())}
