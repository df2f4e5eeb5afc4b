"""What each claimed scheme pays: units of a rate, a cap, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.grants import assumptions as assumed
from bosett.grants import legal
from bosett.grants.claim import Claim
from bosett.grants.deadlines import claim_deadline
from bosett.grants.problem import Rates
from bosett.grants.schemes import NotDue
from bosett.terms.days import Month


@dataclass(frozen=True)
class ClaimDue:
    """What a claim gives: `units` of the rate in force on `rate_day`, a part of it, or at most it.

    Parameters
    ----------
    capped_nok
        A documented cost; the rate is then its cap.
    """

    rate_path: str
    rate_day: date
    legal: str
    units: int = 1
    part: Fraction = Fraction(1)
    capped_nok: int | None = None
    grant_year: int = 0
    assumptions: tuple[str, ...] = ()


Claimed = Callable[[Claim, Sequence[Claim], Rates], ClaimDue | NotDue]
"""The claim, all claims of that year, and the rates."""


def norwegian_base(claim: Claim, _others: Sequence[Claim], rates: Rates) -> ClaimDue | NotDue:
    """Per municipality with 1 to 150 persons in the base; two levels."""
    day, persons = date(claim.year, 1, 1), claim.persons or 0
    if persons == 0:
        return NotDue("nobody_in_the_base")
    if persons > rates.lookup("grants/norwegian/base_highest", day).whole:
        return NotDue("more_persons_than_the_base_has")
    small = persons <= rates.lookup("grants/norwegian/base_small_highest", day).whole
    path = f"grants/norwegian/base_{'1_3' if small else '4_150'}_persons"
    return ClaimDue(path, day, legal.NORWEGIAN)


def host_base(claim: Claim, others: Sequence[Claim], _rates: Rates) -> ClaimDue | NotDue:
    """Per municipality with an ordinary centre, once; not for care centres alone."""
    here = [
        one.place_type
        for one in others
        if one.scheme == "host_place" and one.municipality_id == claim.municipality_id
    ]
    if here and set(here) == {"care_centre"}:
        return NotDue("care_centre_only")
    return ClaimDue("grants/host/base", date(claim.year, 1, 1), legal.HOST, assumptions=(assumed.BASE_WHOLE,))


HOST_PLACES = {"care_centre": "care_centre_place", "adapted": "adapted_place", "ordinary": "ordinary_place"}


def host_place(claim: Claim, _others: Sequence[Claim], rates: Rates) -> ClaimDue | NotDue:
    """Per place, not per resident, for the part of the year it is open."""
    first, last = date(claim.year, 1, 1), date(claim.year, 12, 31)
    start, end = max(claim.from_date or first, first), min(claim.to_date or last, last)
    if end < start or not claim.places:
        return NotDue("not_open_in_the_year")
    part = Fraction((end - start).days + 1, (last - first).days + 1)
    if part != 1:
        rates.version("grants/host/open_part", first)
    path = f"grants/host/{HOST_PLACES.get(claim.place_type, 'unaccompanied_minor_place')}"
    told = () if part == 1 else (assumed.OPEN_DAYS,)
    return ClaimDue(path, first, legal.HOST, units=claim.places, part=part, assumptions=told)


def amot(claim: Claim, _others: Sequence[Claim], rates: Rates) -> ClaimDue | NotDue:
    """Per person and started month; without a last day the advance of four months."""
    start = claim.from_date or date(claim.year, 1, 1)
    told: tuple[str, ...] = ()
    if claim.to_date is None:
        months = rates.lookup("grants/amot/advance_months", start).whole
        reaches = Month.of(start).plus(months - 1).year > start.year
        told = (assumed.ADVANCE_RATE,) if reaches else ()
    else:
        months = _started_months(start, claim.to_date, claim.year)
    return _monthly("grants/amot/person_month", legal.AMOT, claim, months, told)


def mamot(claim: Claim, _others: Sequence[Claim], _rates: Rates) -> ClaimDue | NotDue:
    """Per person who lives privately until settlement, by month; not for unaccompanied minors."""
    first = claim.from_date or date(claim.year, 1, 1)
    months = _started_months(first, claim.to_date or first, claim.year)
    return _monthly("grants/mamot/person_month", legal.MAMOT, claim, months, (assumed.STARTED_MONTHS,))


def _monthly(
    path: str, reference: str, claim: Claim, months: int, told: tuple[str, ...]
) -> ClaimDue | NotDue:
    units = months * (1 if claim.persons is None else claim.persons)
    if units == 0:
        return NotDue("no_month_in_the_year")
    return ClaimDue(path, date(claim.year, 1, 1), reference, units=units, assumptions=told)


def _started_months(start: date, end: date, year: int) -> int:
    """Months of the year with at least one day from `start` to `end`."""
    first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
    return 0 if last < first else last.month - first.month + 1


def extra_above_request(claim: Claim, _others: Sequence[Claim], _rates: Rates) -> ClaimDue | NotDue:
    """Per person settled above the request: of 2015 in 2016, the original one in 2023."""
    above = claim.persons if claim.persons is not None else (claim.settled or 0) - (claim.asked or 0)
    if above <= 0:
        return NotDue("none_above_the_request")
    reference = legal.EXTRA_2016 if claim.year < EXTRA_2023_FROM else legal.EXTRA_2023
    return ClaimDue("grants/extra_above_request/per_person", date(claim.year, 1, 1), reference, units=above)


EXTRA_2023_FROM = 2023


def unused_places(claim: Claim, _others: Sequence[Claim], rates: Rates) -> ClaimDue | NotDue:
    """Per place within the request and within the vedtak that nobody came to; on conditions."""
    if claim.conditions_met is False:
        return NotDue("conditions_not_met")
    deadline = claim_deadline(claim, None, (), rates)
    if deadline and claim.applied_date and claim.applied_date > deadline:
        return NotDue("applied_too_late")
    unused = min(claim.asked or 0, claim.voted or 0) - (claim.settled or 0)
    if unused <= 0:
        return NotDue("no_unused_place")
    told = [] if claim.conditions_met else [assumed.CONDITIONS_UNCHECKED]
    told += [] if claim.applied_date else [assumed.DEADLINE_UNCHECKED]
    return ClaimDue(
        "grants/unused_places/per_place",
        date(claim.year, 1, 1),
        legal.UNUSED,
        units=unused,
        assumptions=assumed.ordered(told),
    )


def competence_mapping(claim: Claim, _others: Sequence[Claim], _rates: Rates) -> ClaimDue | NotDue:
    """Per case mapped in reception."""
    if not claim.persons:
        return NotDue("no_case")
    day = date(claim.year, 1, 1)
    return ClaimDue("grants/competence_mapping/per_case", day, legal.MAPPING, units=claim.persons)


CLAIMED: Mapping[str, Claimed] = {
    "norwegian_base": norwegian_base,
    "host_base": host_base,
    "host_place": host_place,
    "amot": amot,
    "mamot": mamot,
    "extra_above_request": extra_above_request,
    "unused_places": unused_places,
    "competence_mapping": competence_mapping,
}
