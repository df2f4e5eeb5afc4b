"""Expenditure is mapped regularly, and the mapping is followed up in the grants."""

from __future__ import annotations

from bosett.agreement.judge import FOLDER, Judge, grade
from bosett.agreement.problem import Case, Finding, Verdict

FIRST_MAPPED = 2014
SCHEMES = ("integration", "unaccompanied_minor", "norwegian")


def regular_mapping(case: Case) -> Finding:
    """How many years back the last mapped year lies.

    That none was found for a year does not say that none was made: an old mapping cannot be said to be the last
    where our sources end.
    """
    judge = Judge(case, "regular_mapping")
    good = judge.limit(FOLDER + "mapping_lag_good")
    years = range(case.day.year, FIRST_MAPPED - 1, -1)
    found = next((one for y in years if (one := case.book.newest("mapped", y, case.as_of))), None)
    if found is None or good is None:
        return judge.cannot_say("mapped")
    judge.evidence.append(found)
    lag = case.day.year - found.year
    judge.tell(last_mapped_year=found.year, years_since=lag)
    if lag > good:
        return judge.cannot_say(f"mapped_{case.day.year - int(good)}")
    return judge.say(Verdict.KEPT)


def coverage(case: Case) -> Finding:
    """What the grants covered of the mapped expenditure, per scheme, in the last mapped year that was known.

    What coverage the parties aim at is in no source: the limits are ours.
    """
    judge = Judge(case, "coverage")
    good, least = judge.limit(FOLDER + "coverage_good"), judge.limit(FOLDER + "coverage_least")
    told = []
    for scheme in SCHEMES:
        what = f"coverage_{scheme}"
        years = (case.day.year - 1, case.day.year - 2)
        newest = next((one for y in years if (one := case.book.newest(what, y, case.as_of))), None)
        if newest is not None:
            judge.evidence.append(newest)
            judge.tell(**{f"{what}_percent": newest.value})
            told.append(newest.value)
    if not told or good is None or least is None:
        return judge.cannot_say("coverage_integration")
    lowest = min(told)
    return judge.say(grade(good=lowest >= 100 * good, bearable=lowest >= 100 * least))
