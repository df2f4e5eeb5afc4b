"""Is it kept?  Every commitment of a year's agreement, as of a day."""

from __future__ import annotations

from datetime import date

from bosett.agreement.catalogue import shipped_commitments
from bosett.agreement.indicators import INDICATORS
from bosett.agreement.problem import Case, Commitment, FactBook, Held
from bosett.registry.agreements import Agreements
from bosett.rules.parameters import Parameters
from bosett.terms.errors import BadInput


def held(
    book: FactBook,
    as_of: date,
    year: int | None = None,
    *,
    limits: Parameters | None = None,
    commitments: tuple[Commitment, ...] | None = None,
    agreements: Agreements | None = None,
) -> tuple[Held, ...]:
    """Every commitment of the agreement that a year belongs to, each with its findings.

    Parameters
    ----------
    year
        The year looked at; the day's own when None.  Facts are those known by the day; limits those of the year.

    Raises
    ------
    NoRuleInForce
        If no agreement is stored for the year.
    BadInput
        If the day lies before the agreement: nothing of it could be kept or broken yet.
    """
    looked_at = as_of.year if year is None else year
    agreement = (agreements or Agreements.shipped()).in_force(date(looked_at, 12, 31))
    if as_of < agreement.period.start:
        raise BadInput(
            f"{as_of} for the year {looked_at}",
            f"a day from {agreement.period.start} on, when the agreement {agreement.code} begins",
        )
    case = Case(book, limits or Parameters.shipped(), looked_at, as_of)
    return tuple(
        Held(one, tuple(INDICATORS[code](case) for code in one.indicators))
        for one in commitments or shipped_commitments()
        if one.agreement == agreement.code
    )
