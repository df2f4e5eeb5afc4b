"""The revision rule of the mandate in force on a day, from the dated parameters."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bosett.forecast.problem import RevisionRule
from bosett.rules import DatedValue, Parameters
from bosett.terms.errors import NoRuleInForce

RISE_PERSONS = "need/revision_rise_persons"
RISE_MINORS = "need/revision_rise_minors"
CHANGE_SHARE = "need/revision_change_share"


def revision_rule(parameters: Parameters, on: date) -> RevisionRule:
    """The limits in force on a day, with their source.

    Raises
    ------
    NoRuleInForce
        If no mandate known states a limit on that day, as from 2022.
    """
    found = {path: _maybe(parameters, path, on) for path in (RISE_PERSONS, RISE_MINORS, CHANGE_SHARE)}
    first = next((value for value in found.values() if value is not None), None)
    if first is None:
        raise NoRuleInForce("need/revision", on.isoformat(), "no mandate in force states a limit")
    rise, minors, share = found[RISE_PERSONS], found[RISE_MINORS], found[CHANGE_SHARE]
    return RevisionRule(
        mandate=first.source.title,
        source=first.source,
        rise_persons=None if rise is None else int(rise.value),
        rise_minors=None if minors is None else int(minors.value),
        change_share=None if share is None else Fraction(share.value),
    )


def _maybe(parameters: Parameters, path: str, on: date) -> DatedValue | None:
    """One limit; None where it is not in force, since each mandate states only some of them."""
    try:
        return parameters.lookup(path, on)
    except NoRuleInForce:
        return None
