"""The parties' commitments with indicators: kept or not, as of a day."""

from bosett.agreement.balance import YearBalance, balance
from bosett.agreement.catalogue import read_commitments, shipped_commitments
from bosett.agreement.frames import Change, changes_of_year
from bosett.agreement.indicators import INDICATORS
from bosett.agreement.problem import Case, Commitment, Fact, FactBook, Finding, Held, Verdict
from bosett.agreement.solve import held
from bosett.agreement.years import YearHeld, commitments_of, held_by_year

__all__ = [
    "INDICATORS",
    "Case",
    "Change",
    "Commitment",
    "Fact",
    "FactBook",
    "Finding",
    "Held",
    "Verdict",
    "YearBalance",
    "YearHeld",
    "balance",
    "changes_of_year",
    "commitments_of",
    "held",
    "held_by_year",
    "read_commitments",
    "shipped_commitments",
]
