"""The anonymised card: all that a municipality sees of a household before it has accepted.

Codes, bands and counts only.  IMDi's published resettlement lists show nationality, year of birth,
occupation and education as well; Bosett leaves them out: the municipality needs to know what home,
school and services to find, not who the people are.  Codes that tell of health are shown only with
the household's consent, and read "other need" without.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from bosett.terms.days import age_on
from bosett_server.queries.placement_pool import HEALTH_NEEDS, Candidate

BANDS = ((0, "0"), (1, "1-5"), (6, "6-12"), (13, "13-15"), (16, "16-17"), (18, "18-29"), (30, "30-54"),
         (55, "55-66"), (67, "67+"))  # fmt: skip


def card(one: Candidate, today: date) -> dict[str, Any]:
    """The card as it is stored with the assignment; it is never rewritten."""
    row = one.heard.row
    people = Counter((_band(age_on(born, today)), sex) for born, sex in one.heard.people)
    return {
        "persons": row.persons_count,
        "group": row.group,
        "track": row.track,
        "language": row.language,
        "needs": sorted(_shown_needs(one)),
        "people": [
            {"band": BANDS[band][1], "sex": sex, "count": count}
            for (band, sex), count in sorted(people.items())
        ],
        "linked": bool(row.link),
        "ready_on": row.ready_on.isoformat() if row.ready_on else "",
    }


def _shown_needs(one: Candidate) -> set[str]:
    needs = set(one.heard.row.needs)
    if one.heard.health_consent or not needs & HEALTH_NEEDS:
        return needs
    return (needs - HEALTH_NEEDS) | {"other_need"}


def _band(age: int) -> int:
    return max(index for index, (youngest, _) in enumerate(BANDS) if age >= youngest)
