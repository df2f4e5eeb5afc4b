"""Monthly figures as published on a day: a newer publication is stored beside the older ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bosett.forecast.vintages import Vintage
from bosett.terms.days import Month
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.forecast_ledger import COUNTRY_SERIES, SERIES_CODES
from bosett_server.records.models import MonthlyFigure

MOST_MONTHS = 600


@action(Permission.FORECAST_ADD)
def store_months(
    actor: Actor, *, series: str, published: date, months: Mapping[Month, int], source: str
) -> Done[int]:
    """The months stand as they were published on the day; what was published before stands beside them.

    Gives the number of months.

    Raises Refused: `series_not_known`, `source_missing`, `day_in_future`, `months_missing`, `months_too_many`,
    `month_after_publication`, `months_stored_before`.
    """
    if series not in (*SERIES_CODES, *COUNTRY_SERIES):
        raise Refused("series_not_known")
    if not source.strip():
        raise Refused("source_missing")
    if published > clock.today():
        raise Refused("day_in_future", {"day": str(published)})
    if not months:
        raise Refused("months_missing")
    if len(months) > MOST_MONTHS:
        raise Refused("months_too_many", {"found": len(months), "most": MOST_MONTHS})
    MonthlyFigure.objects.bulk_create(
        MonthlyFigure(
            series=series, month=str(one.month), published=published, value=one.value, source=source.strip(),
            recorded_at=clock.now(), recorded_by_id=actor.user_id,
        )
        for one in _checked(published, months)
    )  # fmt: skip
    about = ("monthly_figures", f"{series} {published}")
    return Done(len(months), about=about, facts={"series": series, "months": len(months)})


def _checked(published: date, months: Mapping[Month, int]) -> list[Vintage]:
    found = []
    for month in sorted(months):
        try:
            found.append(Vintage(month, published, months[month]))
        except BadInput:
            raise Refused("month_after_publication", {"month": str(month), "day": str(published)}) from None
    return found
