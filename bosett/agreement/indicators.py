"""Kept, at risk, not kept, or cannot be said: one function a commitment."""

from __future__ import annotations

from datetime import date

from bosett.agreement.problem import Commitment, Facts, Finding, Party, Verdict
from bosett.terms.source import Source

NEWS_2026 = Source(
    title="Ny avtale for bosetting og mottak",
    href="https://www.regjeringen.no/no/aktuelt/ny-avtale-for-bosetting-og-mottak/id3151649",
)
AGREEMENT_2022 = Source(
    title="Samarbeidsavtale om mottak og bosetting av flyktninger",
    href="https://www.regjeringen.no/no/dokumenter/samarbeidsavtale-om-mottak-og-bosetting-av-flyktninger/id2902740",
)

LONG_WAIT_DAYS = 180
LONG_WAIT_SHARE_RISK, LONG_WAIT_SHARE_BROKEN = 0.05, 0.10
PLANNING_DAYS_GOOD, PLANNING_DAYS_LEAST = 60, 30
MAPPING_LAG_GOOD, MAPPING_LAG_MOST = 1, 2


def enough_places(facts: Facts, as_of: date) -> Finding:
    """Voted places against the need; short while answers are awaited is a risk, after it is not kept."""
    code = "enough_places"
    missing = _missing(facts, "need_persons", "voted_persons", "awaiting_municipalities")
    if missing or facts.need_persons is None or facts.voted_persons is None:
        return Finding(code, Verdict.CANNOT_BE_SAID, as_of, missing=missing)
    short = max(0, facts.need_persons - facts.voted_persons)
    told = (("need", facts.need_persons), ("voted", facts.voted_persons), ("short", short))
    if short == 0:
        return Finding(code, Verdict.KEPT, as_of, told)
    open_answers = bool(facts.awaiting_municipalities)
    verdict = Verdict.AT_RISK if open_answers else Verdict.NOT_KEPT
    return Finding(code, verdict, as_of, (*told, ("awaiting", facts.awaiting_municipalities or 0)))


def voluntariness(facts: Facts, as_of: date) -> Finding:
    """Nobody is assigned above what the municipality itself allows, in any group."""
    code = "voluntariness"
    rows = facts.assigned_against_allowed
    if rows is None:
        return Finding(code, Verdict.CANNOT_BE_SAID, as_of, missing=("assigned_against_allowed",))
    above = [row for row in rows if row.assigned > row.allowed]
    persons = sum(row.assigned - row.allowed for row in above)
    told = (("municipalities_above", len(above)), ("persons_above", persons), ("rows", len(rows)))
    return Finding(code, Verdict.NOT_KEPT if above else Verdict.KEPT, as_of, told)


def time_to_plan(facts: Facts, as_of: date) -> Finding:
    """Days from the anmodning to the year it is for, which is what a municipality has to plan in."""
    code = "time_to_plan"
    missing = _missing(facts, "anmodning_sent_on")
    if facts.anmodning_sent_on is None:
        return Finding(code, Verdict.CANNOT_BE_SAID, as_of, missing=missing)
    days = (date(facts.year, 1, 1) - facts.anmodning_sent_on).days
    told = (("planning_days", days), ("good", PLANNING_DAYS_GOOD), ("least", PLANNING_DAYS_LEAST))
    return Finding(code, _three(days >= PLANNING_DAYS_GOOD, days >= PLANNING_DAYS_LEAST), as_of, told)


def settled_fast(facts: Facts, as_of: date) -> Finding:
    """The share of ready households that have waited more than half a year."""
    code = "settled_fast"
    waits = facts.ready_wait_days
    if waits is None:
        return Finding(code, Verdict.CANNOT_BE_SAID, as_of, missing=("ready_wait_days",))
    long = sum(1 for days in waits if days > LONG_WAIT_DAYS)
    share = long / len(waits) if waits else 0.0
    told = (("waiting", len(waits)), ("waiting_over_180_days", long))
    verdict = _three(share <= LONG_WAIT_SHARE_RISK, share <= LONG_WAIT_SHARE_BROKEN)
    return Finding(code, verdict, as_of, told)


def regular_mapping(facts: Facts, as_of: date) -> Finding:
    """Municipal expenditure is mapped regularly: how many years back the last mapping lies."""
    code = "regular_mapping"
    if facts.last_mapping_data_year is None:
        return Finding(code, Verdict.CANNOT_BE_SAID, as_of, missing=("last_mapping_data_year",))
    lag = as_of.year - facts.last_mapping_data_year
    told = (("last_data_year", facts.last_mapping_data_year), ("lag_years", lag))
    return Finding(code, _three(lag <= MAPPING_LAG_GOOD, lag <= MAPPING_LAG_MOST), as_of, told)


COMMITMENTS: tuple[Commitment, ...] = (
    Commitment("enough_places", (Party.KS, Party.AID), AGREEMENT_2022, enough_places),
    Commitment("voluntariness", (Party.STATE,), NEWS_2026, voluntariness),
    Commitment("time_to_plan", (Party.STATE,), NEWS_2026, time_to_plan, threshold_is_ours=True),
    Commitment(
        "settled_fast",
        (Party.STATE, Party.MUNICIPALITIES),
        AGREEMENT_2022,
        settled_fast,
        threshold_is_ours=True,
    ),
    Commitment(
        "regular_mapping", (Party.STATE, Party.KS), NEWS_2026, regular_mapping, threshold_is_ours=True
    ),
)


def findings(facts: Facts, as_of: date) -> tuple[Finding, ...]:
    """Every commitment's finding as of a day, in the order of `COMMITMENTS`."""
    return tuple(one.indicator(facts, as_of) for one in COMMITMENTS)


def _missing(facts: Facts, *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(facts, name) is None)


def _three(good: bool, bearable: bool) -> Verdict:
    if good:
        return Verdict.KEPT
    return Verdict.AT_RISK if bearable else Verdict.NOT_KEPT
