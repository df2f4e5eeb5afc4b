"""Predictable frames: time to plan, numbers that stay, places that are used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from bosett.agreement.judge import FOLDER, Judge, grade, percent
from bosett.agreement.problem import Case, Fact, FactBook, Finding, Verdict
from bosett.rules.parameters import Parameters
from bosett.terms.errors import NoRuleInForce

UNUSED_PLACES = "grants/unused_places/per_place"
CHANGE_SHARE, RISE_PERSONS = "need/revision_change_share", "need/revision_rise_persons"


@dataclass(frozen=True)
class Change:
    """One number of the State replaced by another for the same year."""

    before: Fact
    after: Fact

    @property
    def persons(self) -> int:
        """More (or fewer) persons."""
        return int(self.after.value - self.before.value)

    @property
    def share(self) -> Fraction:
        """The change over what it was."""
        return Fraction(self.persons, int(self.before.value))


def changes(book: FactBook, year: int, as_of: date, what: str = "request") -> tuple[Change, ...]:
    """Every change of a year's request (or need), in order, as far as it was known by a day."""
    told = book.history(what, year, as_of)
    return tuple(Change(a, b) for a, b in pairwise(told) if a.value != b.value)


def changes_of_year(book: FactBook, year: int, as_of: date) -> tuple[Change, ...]:
    """Changes of the request; where only one version of it is stored, those of the need behind it."""
    return changes(book, year, as_of) or changes(book, year, as_of, "need")


def time_to_plan(case: Case) -> Finding:
    """Days from the first request to the year it is for; a month's name counts when all its days agree."""
    judge = Judge(case, "time_to_plan")
    good, least = judge.limit(FOLDER + "planning_days_good"), judge.limit(FOLDER + "planning_days_least")
    first = next(iter(case.book.history("request", case.year, case.as_of)), None)
    if first is None or not first.day_known or good is None or least is None:
        return judge.cannot_say("request_day")
    judge.evidence.append(first)
    year = date(case.year, 1, 1)
    most, fewest = (year - first.on.earliest).days, (year - first.on.latest).days
    judge.tell(planning_days=fewest)
    verdicts = {grade(good=days >= good, bearable=days >= least) for days in (most, fewest)}
    return judge.say(verdicts.pop()) if len(verdicts) == 1 else judge.cannot_say("request_day")


def mid_year_changes(case: Case) -> Finding:
    """The largest change of what was asked for (or of the need), as a share of what it was."""
    judge = Judge(case, "mid_year_changes")
    good, most = judge.limit(FOLDER + "change_share_good"), judge.limit(FOLDER + "change_share_most")
    if judge.fact("request") is None or good is None or most is None:
        return judge.cannot_say()
    found = changes_of_year(case.book, case.year, case.as_of)
    judge.evidence += [
        fact for one in found for fact in (one.before, one.after) if fact not in judge.evidence
    ]
    largest = max((abs(one.share) for one in found), default=Fraction(0))
    judge.tell(changes=len(found), persons_changed=sum(one.persons for one in found))
    if found:
        judge.tell(largest_change_percent=percent(largest))
    return judge.say(grade(good=largest <= Fraction(good), bearable=largest <= Fraction(most)))


def unused_places(case: Case) -> Finding:
    """Places the councils voted for and nobody came to, and what the State paid for each; final after the year."""
    judge = Judge(case, "unused_places")
    good = judge.limit(FOLDER + "unused_share_good")
    voted, settled = judge.fact("voted"), judge.fact("settled")
    if voted is None or settled is None or good is None or not voted.value:
        return judge.cannot_say()
    unused = max(0, int(voted.value - settled.value))
    share = Fraction(unused, int(voted.value))
    judge.tell(voted=voted.value, settled=settled.value, unused=unused, unused_percent=percent(share))
    judge.tell(state_paid_nok_per_place=_paid(case.limits, case.year))
    return judge.say(Verdict.KEPT if share <= Fraction(good) else Verdict.NOT_KEPT)


def _paid(limits: Parameters, year: int) -> int:
    """What the State's scheme gave per unused place of the year; 0 where it had none."""
    try:
        return limits.lookup(UNUSED_PLACES, date(year, 1, 1)).whole
    except NoRuleInForce:
        return 0


def division_followed(case: Case) -> Finding:
    """Where the need changed by more than the mandate's limit, the division was made anew.

    That it was only considered, as the mandate demands, can be told from the committee's minutes alone.
    """
    judge = Judge(case, "division_followed")
    need = changes(case.book, case.year, case.as_of, "need")
    limits = [path for path in (CHANGE_SHARE, RISE_PERSONS) if _in_force(case, path)]
    if not limits:
        return judge.cannot_say(CHANGE_SHARE)
    judge.fact("need")
    triggering = [one for one in need if any(_over(one, path, judge.limit(path)) for path in limits)]
    judge.tell(changes=len(need), above_the_limit=len(triggering))
    if not triggering or changes(case.book, case.year, case.as_of):
        return judge.say(Verdict.KEPT)
    return judge.cannot_say("committee_minutes")


def _in_force(case: Case, path: str) -> bool:
    try:
        case.limits.lookup(path, case.day)
    except NoRuleInForce:
        return False
    return True


def _over(change: Change, path: str, limit: object) -> bool:
    if path == RISE_PERSONS:
        return change.persons > int(str(limit))
    return abs(change.share) >= Fraction(str(limit))
