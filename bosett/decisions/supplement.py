"""What a municipality says beside its number: why fewer, how many more, and what that would take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bosett.decisions.anmodning import Round
from bosett.decisions.vedtak import Vedtak
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode


class Shortage(StrEnum):
    """What a municipality has too little of: reasons for a lower answer, and what more would take."""

    HOUSING = "housing"
    ECONOMY = "economy"
    STAFF = "staff"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    HEALTH = "health"
    TEACHING = "teaching"
    INTERPRETER = "interpreter"
    WORK = "work"
    EARLIER_SETTLED = "earlier_settled"
    OTHER = "other"


@dataclass(frozen=True)
class Supplement:
    """Beside one vedtak.

    Parameters
    ----------
    reasons
        Why the number is lower than the request; none for one that is not lower.
    more_persons
        How many more it could take if the need grows; None = not said, which is not 0.
    it_takes
        What that would take.

    Raises
    ------
    BadInput
        If more is said to take something while nothing more is offered, or a number is negative.
    """

    municipality: MunicipalityCode
    year: int
    reasons: frozenset[Shortage] = frozenset()
    more_persons: int | None = None
    it_takes: frozenset[Shortage] = frozenset()

    def __post_init__(self) -> None:
        if self.more_persons is not None and self.more_persons < 0:
            raise BadInput(f"{self.more_persons} more persons", "0 or more")
        if self.it_takes and not self.more_persons:
            raise BadInput("what more would take, without how many more", "a number above 0 beside it")


@dataclass(frozen=True)
class ReasonTable:
    """Reasons counted: municipalities and the persons they fell short by.

    Parameters
    ----------
    reasons
        (reason, municipalities, persons short), the most persons first.  A municipality with two
        reasons counts in both: the rows don't sum.
    without_reason
        Municipalities that voted fewer and gave no reason.
    could_take_more, silent
        Persons offered on top, and how many municipalities said nothing about it.
    """

    reasons: tuple[tuple[Shortage, int, int], ...]
    without_reason: int
    could_take_more: int
    silent: int


def check_supplement(round_: Round, vedtak: Vedtak, said: Supplement) -> None:
    """See that reasons for a lower answer stand beside a lower answer only.

    Raises
    ------
    BadInput
        If the two are not of the same municipality and year, or the answer is not lower.
    """
    if (said.municipality, said.year) != (vedtak.municipality, vedtak.year):
        raise BadInput(
            f"a supplement of {said.municipality}", f"one of {vedtak.municipality} in {vedtak.year}"
        )
    if said.reasons and _short(round_, vedtak) == 0:
        raise BadInput("reasons for a lower answer", "none, since the answer is not lower than the request")


def count_reasons(round_: Round, answers: Iterable[Vedtak], supplements: Iterable[Supplement]) -> ReasonTable:
    """Count reasons and offers of the round; every municipality that answered is looked at."""
    said = {one.municipality: one for one in supplements}
    municipalities: Counter[Shortage] = Counter()
    persons: Counter[Shortage] = Counter()
    without = offered = silent = 0
    for vedtak in answers:
        one = said.get(vedtak.municipality)
        short = _short(round_, vedtak)
        if short and (one is None or not one.reasons):
            without += 1
        for reason in sorted(one.reasons) if one and short else ():
            municipalities[reason] += 1
            persons[reason] += short
        if one is None or one.more_persons is None:
            silent += 1
        else:
            offered += one.more_persons
    rows = sorted(municipalities, key=lambda reason: (-persons[reason], reason))
    table = tuple((reason, municipalities[reason], persons[reason]) for reason in rows)
    return ReasonTable(table, without, offered, silent)


def _short(round_: Round, vedtak: Vedtak) -> int:
    """Persons below the request; 0 while the council has not decided or nobody was asked for."""
    asked = round_.asked(vedtak.municipality)
    if asked is None or vedtak.total.value is None:
        return 0
    return max(0, asked - vedtak.total.value)
