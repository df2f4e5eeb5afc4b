"""Each household of a run as codes: ties, wishes, and what a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from bosett.decisions.reservation import Reservation, spoken_against
from bosett.placement.score import Prefers, Tie
from bosett.terms.days import age_on
from bosett.terms.groups import Track
from bosett_server.queries.placement_choices import Standing
from bosett_server.queries.placement_known import KnownHome
from bosett_server.queries.placement_pool import HEALTH_NEEDS, Candidate

TIE_KINDS = {"relatives": Tie.FAMILY_IN_DIRECT_LINE, "network": Tie.NETWORK, "work": Tie.WORK_OR_SCHOOL,
             "studies": Tie.WORK_OR_SCHOOL} | {tie.value: tie for tie in Tie}  # fmt: skip
CENTRAL_NEEDS = frozenset({"hospital_near", "specialist_health", "public_transport"})
"""Needs that are met more often in central municipalities: our assumption, no register of services is stored."""
SPECIAL_NEEDS = HEALTH_NEEDS - {"ground_floor"}
ADULT_YEARS = 18


def homes_of(
    candidates: Sequence[Candidate],
    chosen: Standing,
    conditions: Mapping[str, Sequence[Reservation]],
    today: date,
) -> dict[str, KnownHome]:
    """Each household's codes, by its identifier."""
    links = Counter(one.heard.row.link for one in candidates if one.heard.row.link)
    return {
        one.id: KnownHome(
            ties={place: TIE_KINDS[kind].value for place, kind in one.heard.ties.items()},
            wishes=dict(one.heard.wishes),
            prefers=(Prefers.CENTRAL if one.usable_needs & CENTRAL_NEEDS else Prefers.NONE).value,
            own=tuple(sorted(one.own_places or {})),
            partners=tuple(sorted(one.partner_in)),
            declined=tuple(sorted(one.declined_by)),
            barred=tuple(sorted(chosen.barred.get(one.id, ()))),
            free=not has_leaning(one) and not one.heard.row.link,
            doubts=_doubts(one, links),
            against=tuple(code for code, told in sorted(conditions.items()) if _against(one, told, today)),
            persons=one.heard.row.persons_count,
            wait_days=max(0, (today - one.heard.row.ready_on).days) if one.heard.row.ready_on else 0,
        )
        for one in candidates
    }


def _doubts(one: Candidate, links: Mapping[str, int]) -> tuple[str, ...]:
    """What a person should look at wherever the household is proposed."""
    row = one.heard.row
    found = {
        "came_back_twice": one.came_back > 1,
        "came_back": one.came_back == 1,
        "minors": row.group != "all",
        "linked": links.get(row.link, 0) > 1 or bool(one.partner_in) or one.partners_waiting > 0,
        "special_needs": bool(one.usable_needs & SPECIAL_NEEDS),
        "no_consent": not one.heard.health_consent,
    }
    return tuple(code for code, holds in found.items() if holds)


def _against(one: Candidate, conditions: Sequence[Reservation], today: date) -> bool:
    row = one.heard.row
    minors = row.group != "all"
    return bool(
        spoken_against(
            conditions,
            minors=minors,
            children=not minors and any(age_on(born, today) < ADULT_YEARS for born, _sex in one.heard.people),
            collective=row.track == Track.COLLECTIVE,
            complex_needs=bool(one.usable_needs & SPECIAL_NEEDS),
        )
    )


def has_leaning(one: Candidate) -> bool:
    """Whether anything registered points to one municipality rather than another."""
    return bool(one.heard.ties or one.heard.wishes or one.partner_in or one.own_places)
