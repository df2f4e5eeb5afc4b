"""Enough places, chosen by the municipality itself, and everybody settled."""

from __future__ import annotations

from fractions import Fraction

from bosett.agreement.judge import FOLDER, Judge, grade, percent
from bosett.agreement.problem import Case, Finding, Verdict

CENTRE_NORM = "capacity/centre_occupancy_share"


def enough_places(case: Case) -> Finding:
    """Voted places against the need; short while answers are awaited is a risk, after it is not kept."""
    judge = Judge(case, "enough_places")
    need, voted = judge.need(), judge.fact("voted")
    if need is None or voted is None:
        return judge.cannot_say()
    short = max(0, int(need.value - voted.value))
    judge.tell(need=need.value, voted=voted.value, short=short)
    if short == 0:
        return judge.say(Verdict.KEPT)
    judge.also("open_answers")
    awaited = dict(judge.figures).get("open_answers")
    return judge.say(Verdict.AT_RISK if awaited else Verdict.NOT_KEPT)


def need_met(case: Case) -> Finding:
    """Settled in the year against the need that was last set for it; known, and final, when the year is over."""
    judge = Judge(case, "need_met")
    good = judge.limit(FOLDER + "need_met_good")
    need, settled = judge.need(), judge.fact("settled")
    if need is None or settled is None or good is None or not need.value:
        return judge.cannot_say()
    share = Fraction(int(settled.value), int(need.value))
    judge.tell(need=need.value, settled=settled.value, settled_percent=percent(share))
    judge.also("ready_waiting")
    return judge.say(Verdict.KEPT if share >= Fraction(good) else Verdict.NOT_KEPT)


def no_placement_above(case: Case) -> Finding:
    """Nobody is assigned above what a municipality itself allows, in any group.

    Published sums tell where more were settled than voted for, and not whether the municipality had opened those
    places itself: they are shown, and decide nothing.
    """
    judge = Judge(case, "no_placement_above")
    for code in ("municipalities_settled_above_vote", "persons_settled_above_vote"):
        judge.also(code)
    above = judge.fact("persons_above_allowed")
    if above is None:
        return judge.cannot_say()
    judge.tell(persons_above_allowed=above.value)
    return judge.say(Verdict.NOT_KEPT if above.value else Verdict.KEPT)


def places_in_use(case: Case) -> Finding:
    """Reception in step with the need: residents over places under contract, against the norm."""
    judge = Judge(case, "places_in_use")
    norm = judge.limit(CENTRE_NORM)
    residents, places = judge.fact("residents"), judge.fact("centre_places")
    if residents is None or places is None or norm is None or not places.value:
        return judge.cannot_say()
    share = Fraction(int(residents.value), int(places.value))
    judge.tell(residents=residents.value, centre_places=places.value, in_use_percent=percent(share))
    return judge.say(grade(good=Fraction(str(norm)) <= share <= 1, bearable=share <= 1))
