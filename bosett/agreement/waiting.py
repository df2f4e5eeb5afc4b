"""Settled as fast as possible: what was published of the time from permit to settlement, and who waits now."""

from __future__ import annotations

from fractions import Fraction

from bosett.agreement.judge import FOLDER, Judge, grade
from bosett.agreement.problem import Case, Finding, Verdict


def within_six_months(case: Case) -> Finding:
    """Per cent settled within six months of the permit, against the State's own target for the year."""
    judge = Judge(case, "within_six_months")
    target, share = judge.limit(FOLDER + "six_months_target"), judge.fact("within_six_months_percent")
    if share is not None:
        judge.tell(within_six_months_percent=share.value)
    if target is None or share is None:
        return judge.cannot_say()
    return judge.say(Verdict.KEPT if share.value >= 100 * target else Verdict.NOT_KEPT)


def mean_wait(case: Case) -> Finding:
    """Mean months from permit to settlement; above the longest limit of the agreement somebody waited longer."""
    judge = Judge(case, "mean_wait")
    limit, mean = judge.limit("followup/settle_months_adults"), judge.fact("mean_months")
    if mean is not None:
        judge.tell(mean_months=mean.value)
    if limit is None or mean is None:
        return judge.cannot_say()
    # A mean within the limit proves nothing: half of them may have waited longer than it.
    return judge.say(Verdict.NOT_KEPT) if mean.value > limit else judge.cannot_say("longest_wait")


def minors_wait(case: Case) -> Finding:
    """Mean months for unaccompanied minors under 15, against three months."""
    judge = Judge(case, "minors_wait")
    limit, mean = judge.limit("followup/settle_months_under15"), judge.fact("mean_months_under15")
    if mean is not None:
        judge.tell(mean_months_under15=mean.value)
    if limit is None or mean is None:
        return judge.cannot_say()
    return judge.say(Verdict.NOT_KEPT if mean.value > limit else Verdict.KEPT)


def long_waits(case: Case) -> Finding:
    """Share of the ready households that have waited over half a year."""
    judge = Judge(case, "long_waits")
    good, most = judge.limit(FOLDER + "long_wait_share_good"), judge.limit(FOLDER + "long_wait_share_most")
    waiting, long = judge.fact("households_ready"), judge.fact("households_ready_over_180_days")
    if waiting is None or long is None or good is None or most is None:
        return judge.cannot_say()
    share = Fraction(int(long.value), int(waiting.value)) if waiting.value else Fraction(0)
    judge.tell(households_ready=waiting.value, households_ready_over_180_days=long.value)
    return judge.say(grade(good=share <= Fraction(good), bearable=share <= Fraction(most)))
