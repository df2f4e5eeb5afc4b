"""From ready persons, expected permits and the quota to the national settlement need."""

from bosett.forecast.problem import Combination, Estimate, NeedInputs, RevisionRule
from bosett.forecast.result import Need, Part, Revision
from bosett.forecast.revision import revision_due
from bosett.forecast.rule_in_force import revision_rule
from bosett.forecast.solve import settlement_need

__all__ = [
    "Combination",
    "Estimate",
    "Need",
    "NeedInputs",
    "Part",
    "Revision",
    "RevisionRule",
    "revision_due",
    "revision_rule",
    "settlement_need",
]
