"""As fast as possible: what is known of the time from permit to settlement, and who waits now."""

from __future__ import annotations

from fractions import Fraction

from bosett.agreement.judge import FOLDER, Judge, grade
from bosett.agreement.problem import Case, Finding, Indicator, Verdict


def within_six_months(case: Case) -> Finding:
    """Per cent settled within six months of the permit, against the State's own target for the year."""
    judge = Judge(case, "within_six_months")
    target, share = judge.limit(FOLDER + "six_months_target"), judge.fact("within_six_months_percent")
    if share is not None:
        judge.tell(within_six_months_percent=share.value)
    if target is None or share is None:
        return judge.cannot_say()
    return judge.say(Verdict.KEPT if share.value >= 100 * target else Verdict.NOT_KEPT)


def mean_within(indicator: str, what: str, limit: str, *, proves: bool) -> Indicator:
    """An indicator for mean months against a limit; above it somebody waited longer.

    Parameters
    ----------
    proves
        Whether a mean within the limit is enough.  Where everybody is to be settled within it, it is not: half of
        them may have waited longer than the mean.
    """

    def judged(case: Case) -> Finding:
        judge = Judge(case, indicator)
        most, mean = judge.limit(limit), judge.fact(what)
        if mean is not None:
            judge.tell(**{what: mean.value})
        if most is None or mean is None:
            return judge.cannot_say()
        if mean.value > most:
            return judge.say(Verdict.NOT_KEPT)
        return judge.say(Verdict.KEPT) if proves else judge.cannot_say("longest_wait")

    return judged


def percent_within(indicator: str, what: str, limits: tuple[str, str], *more: str) -> Indicator:
    """An indicator for a per cent that is large enough, or bearable; `more` are told where they are known."""

    def judged(case: Case) -> Finding:
        judge = Judge(case, indicator)
        good, least = (judge.limit(FOLDER + one) for one in limits)
        percent = judge.fact(what)
        if percent is not None:
            judge.tell(**{what: percent.value})
        for code in more:
            judge.also(code)
        if percent is None or good is None or least is None:
            return judge.cannot_say()
        return judge.say(grade(good=percent.value >= 100 * good, bearable=percent.value >= 100 * least))

    return judged


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
