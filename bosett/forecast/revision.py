"""Whether a changed need calls for a new division between the municipalities."""

from __future__ import annotations

from fractions import Fraction

from bosett.forecast.problem import RevisionRule
from bosett.forecast.result import Revision, RevisionReason
from bosett.terms.errors import NoRuleInForce


def revision_due(
    first: int,
    now: int,
    rule: RevisionRule,
    *,
    first_minors: int | None = None,
    now_minors: int | None = None,
) -> Revision:
    """Say whether the rule calls for a new division, with every reason.

    Parameters
    ----------
    first, now
        The need that the division was made for, and the estimate now; persons.
    first_minors, now_minors
        The same for unaccompanied minors; None = not known, and then not judged.

    Raises
    ------
    NoRuleInForce
        If the mandate states no limit at all: the committee's mandate of 2023 is such a one.
    """
    if rule.rise_persons is None and rule.rise_minors is None and rule.change_share is None:
        raise NoRuleInForce("need.revision", rule.mandate, "the mandate states no limit")
    reasons = []
    if _rose(first, now, rule.rise_persons):
        reasons.append(RevisionReason.PERSONS_ROSE)
    if _changed(first, now, rule.change_share):
        reasons.append(RevisionReason.PERSONS_CHANGED)
    if first_minors is not None and now_minors is not None:
        if _rose(first_minors, now_minors, rule.rise_minors):
            reasons.append(RevisionReason.MINORS_ROSE)
        if _changed(first_minors, now_minors, rule.change_share):
            reasons.append(RevisionReason.MINORS_CHANGED)
    return Revision(bool(reasons), tuple(reasons) or (RevisionReason.WITHIN_LIMITS,), rule.mandate)


def _rose(first: int, now: int, limit: int | None) -> bool:
    return limit is not None and now - first > limit


def _changed(first: int, now: int, share: Fraction | None) -> bool:
    return share is not None and now != first and abs(now - first) >= share * first
