"""`?known=YYYY-MM-DD`: the page answers what was held at the end of that day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bosett_server.access import clock
from bosett_server.access.request import Request
from bosett_server.queries.known import Known

_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class KnownDay:
    """What the address asked for: `wrong` holds a text that is no day, `later` a day that has not come."""

    known: Known
    wrong: str = ""
    later: bool = False


def known_day(request: Request) -> KnownDay:
    """The day in the address; today when there is none, when it is no day, or when it has not come."""
    today = clock.today()
    text = request.GET.get("known", "").strip()
    if not text:
        return KnownDay(Known(today, today))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return KnownDay(Known(today, today), wrong=text[:20])
    return KnownDay(Known(min(day, today), today), later=day > today)


def year_in(request: Request, otherwise: int) -> int:
    """The year in the address (`?year=`), or another."""
    text = request.GET.get("year", "")
    return int(text) if _YEAR.fullmatch(text) else otherwise
