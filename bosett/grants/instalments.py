"""When a line is paid: year 1 whole once settled, later years in four instalments; late ones as arrears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.grants.moves import divide_kroner
from bosett.grants.result import GrantLine
from bosett.terms.label import Label

FOUR = 4
CLOSES = ((3, 31), (6, 30), (9, 30), (11, 30))
"""The last day of settlement that each instalment takes.  Assumed: the first of 2024 was run on 8 April with those
of the first quarter, the second in week 27; that the fourth closes with November is ours."""
ASSUMPTION = Label(
    "each instalment takes those settled in its quarter; the fourth closes with November, later ones are arrears",
    "hver termin tar dem som er bosatt i kvartalet; den fjerde lukkes med november, senere bosatte etterbetales",
    "kvar termin tek dei som er busette i kvartalet; den fjerde lukkar med november, seinare busette blir etterbetalte",
)


@dataclass(frozen=True)
class Instalment:
    """A part of a line's amount: the year and number of the instalment it is paid in."""

    year_paid: int
    number: int
    amount_nok: int

    def is_arrears(self, grant_year: int) -> bool:
        """Whether it is paid in a later year than the one it is for."""
        return self.year_paid > grant_year


def instalments(line: GrantLine, settled_date: date) -> tuple[Instalment, ...]:
    """The instalments of a line, in order; they sum to its amount exactly.  None for a line without an amount."""
    if line.amount_nok is None:
        return ()
    if line.grant_year == 1:
        number = next(
            (place for place, day in enumerate(CLOSES, 1) if _on(line.year, day) >= settled_date), None
        )
        paid = (line.year, number) if number else (line.year + 1, 1)
        return (Instalment(*paid, line.amount_nok),)
    parts = divide_kroner(line.amount_nok, [Fraction(1, FOUR)] * FOUR)
    return tuple(Instalment(line.year, number, amount) for number, amount in enumerate(parts, 1))


def _on(year: int, day: tuple[int, int]) -> date:
    return date(year, *day)
