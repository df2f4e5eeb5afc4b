"""The law and the agreed numbers: dated values with a source each, looked up by day, never guessed."""

from bosett.rules.parameters import Parameters
from bosett.rules.value import Certainty, DatedRule, DatedValue, Validity

__all__ = ["Certainty", "DatedRule", "DatedValue", "Parameters", "Validity"]
