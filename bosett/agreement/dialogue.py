"""Dialogue and information: centres, meetings, questions, minutes, results of the introduction programme."""

from __future__ import annotations

from fractions import Fraction

from bosett.agreement.judge import FOLDER, Judge, grade
from bosett.agreement.problem import Case, Finding, Indicator


def share_in_time(indicator: str, of_all: str, in_time: str) -> Indicator:
    """An indicator for something that is done in time in enough of all cases; no case at all breaks nothing."""

    def judged(case: Case) -> Finding:
        judge = Judge(case, indicator)
        good, least = judge.limit(FOLDER + "in_time_share_good"), judge.limit(FOLDER + "in_time_share_least")
        every, timely = judge.fact(of_all), judge.fact(in_time)
        if every is None or timely is None or good is None or least is None:
            return judge.cannot_say()
        judge.tell(**{of_all: every.value, in_time: timely.value})
        share = Fraction(int(timely.value), int(every.value)) if every.value else Fraction(1)
        return judge.say(grade(good=share >= Fraction(good), bearable=share >= Fraction(least)))

    return judged


def count_at_least(indicator: str, what: str, limit: str) -> Indicator:
    """An indicator for something that happens often enough in a year."""

    def judged(case: Case) -> Finding:
        judge = Judge(case, indicator)
        least, held = judge.limit(FOLDER + limit), judge.fact(what)
        if held is None or least is None:
            return judge.cannot_say()
        judge.tell(**{what: held.value})
        return judge.say(grade(good=held.value >= least, bearable=held.value > 0))

    return judged


def notice_days(case: Case) -> Finding:
    """Days from when the host municipality was told of a centre until it opened or closed: the middle one decides."""
    judge = Judge(case, "notice_days")
    good, least = judge.limit(FOLDER + "notice_days_good"), judge.limit(FOLDER + "notice_days_least")
    middle = judge.fact("notice_days_median")
    if middle is None or good is None or least is None:
        return judge.cannot_say()
    judge.tell(notice_days_median=middle.value)
    judge.also("notice_days_shortest")
    return judge.say(grade(good=middle.value >= good, bearable=middle.value >= least))


def never_stored(indicator: str, what: str) -> Indicator:
    """An indicator that nobody has figures for yet; it says so, and shows the figure once there is one."""

    def judged(case: Case) -> Finding:
        judge = Judge(case, indicator)
        found = judge.fact(what)
        if found is not None:
            judge.tell(**{what: found.value})
        return judge.cannot_say(f"{what}_target")

    return judged
