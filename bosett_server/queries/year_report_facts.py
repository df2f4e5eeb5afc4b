"""What the year's report is generated from: the same facts for every party."""

from __future__ import annotations

from datetime import date

import numpy as np

from bosett.outputs.year_report import PressedMonth, ReportInput
from bosett.sources.commitment_facts import FIRST_YEAR
from bosett_server.access.actor import Actor
from bosett_server.queries.agreement import evidence
from bosett_server.queries.known import Known
from bosett_server.queries.pressure import pressure_overview

MONTHS = 12


def report_input(actor: Actor, year: int, known: Known, mark: str = "") -> ReportInput:
    """The facts of a year as they are known on a day, and the months of it that a municipality answered for."""
    told, modelled = _pressed(actor, year)
    return ReportInput(
        evidence(actor, year, known).book, year, FIRST_YEAR, known.day, pressed=told, pressed_modelled=modelled,
        mark=mark,
    )  # fmt: skip


def _pressed(actor: Actor, year: int) -> tuple[tuple[PressedMonth, ...], bool]:
    found = pressure_overview(actor, date(year, MONTHS, 1), MONTHS)
    index = found.told.index
    months = []
    for place, month in enumerate(found.told.months):
        answered = index[found.said[:, place], place]
        if answered.size:
            middle = round(100 * float(np.median(answered)))
            months.append(PressedMonth(month, int(answered.size), len(found.names), middle))
    return tuple(months), bool(months) and found.modelled
