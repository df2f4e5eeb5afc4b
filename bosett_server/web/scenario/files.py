"""What the workbench gives, as files: every week, or the costs of both rules."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bosett.outputs.tables import Cell
from bosett.scenario.tried import Tried
from bosett.scenario.workbench import Dials
from bosett_server.web.scenario.dials import ASSUMED
from bosett_server.web.table_file import table_file

ENDS = ("p10", "p50", "p90")
WEEK_COLUMNS = (
    "week_from",
    *(f"{what}_{end}" for what in ("residents", "places", "waiting") for end in ENDS),
)
COST_COLUMNS = ("rule", "mean_nok", "empty_nok", "short_nok", "p95_nok", "share_of_draws_short")
WEEKS, COSTS = "weeks", "costs"


def answer_file(
    kind: str, what: str, told: Tried, dials: Dials, today: date, assumed: int | None
) -> HttpResponse:
    """Csv, xlsx or json; modelled, and named so.  A json file tells the dials and what was assumed too."""
    about = {
        "modelled": True, "draws": told.draws, "seed": told.seed, "as_of": today, "settled": told.settled,
        "dials": asdict(dials), ASSUMED: assumed,
    }  # fmt: skip
    if what == COSTS:
        return table_file("scenario-costs-modelled", kind, COST_COLUMNS, costs(told), about)
    return table_file("scenario-modelled", kind, WEEK_COLUMNS, weeks(told, today), about)


def weeks(tried: Tried, today: date) -> list[list[Cell]]:
    """P10, P50 and P90 of every week."""
    fans = (tried.residents, tried.places, tried.ready)
    return [
        [
            today + timedelta(weeks=week),
            *(ends[week] for fan in fans for ends in (fan.low, fan.middle, fan.high)),
        ]
        for week in range(len(tried.residents.middle))
    ]


def costs(tried: Tried) -> list[list[Cell]]:
    """Kroner over the whole time; means over the draws, the twentieth dearest draw, and how often places are short."""
    return [
        [rule, side.cost_nok, side.empty_nok, side.short_nok, side.dear_nok, side.ever_short]
        for rule, side in (("today", tried.today), ("dials", tried.yours))
    ]


def cost_links(before: str, after: str = "") -> tuple[tuple[str, str], ...]:
    """The files of the costs, for an address with the kind between its two parts."""
    return (
        (_("Download as Excel"), f"{before}xlsx{after}"),
        (_("Download as csv"), f"{before}csv{after}"),
        (_("Download as JSON"), f"{before}json{after}"),
    )


def week_links(before: str, after: str = "") -> tuple[tuple[str, str], ...]:
    """The files of every week, in the same way."""
    return (
        (_("Every week as csv"), f"{before}csv{after}"),
        (_("Every week as Excel"), f"{before}xlsx{after}"),
        (_("Every week as JSON"), f"{before}json{after}"),
    )
