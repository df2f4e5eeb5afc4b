"""What the year's report is generated from: the same facts for every party."""

from __future__ import annotations

from datetime import date

import numpy as np

from bosett.outputs.plain_numbers import day_text
from bosett.outputs.year_report import Discussed, PressedMonth, ReportInput
from bosett.sources.commitment_facts import FIRST_YEAR
from bosett_server.access.actor import Actor
from bosett_server.queries.agreement import evidence
from bosett_server.queries.consultation_protocols import ProtocolRow, protocols
from bosett_server.queries.known import Known
from bosett_server.queries.pressure import pressure_overview

MONTHS = 12


def report_input(actor: Actor, year: int, known: Known, mark: str = "") -> ReportInput:
    """The facts of a year as they are known on a day, and the months of it that a municipality answered for."""
    told, modelled = _pressed(actor, year)
    return ReportInput(
        evidence(actor, year, known).book, year, FIRST_YEAR, known.day, discussed=_discussed(year, known),
        pressed=told, pressed_modelled=modelled, mark=mark,
    )  # fmt: skip


def _discussed(year: int, known: Known) -> tuple[Discussed, ...] | None:
    """What the published protocols of the year's meetings tell; None where none is published."""
    told = [one for one in protocols() if one.published_on <= known.day and _day(one).year == year]
    return tuple(line for one in reversed(told) for line in _lines(one)) if told else None


def _day(one: ProtocolRow) -> date:
    return date.fromisoformat(str(one.content["starts"])[: len("2025-01-01")])


def _lines(one: ProtocolRow) -> list[Discussed]:
    """Each decision and each action of a meeting, in the protocol's own words."""
    meeting = f"{one.title}, {day_text(_day(one), 'nb')}"
    actions = [
        f"{each['owner']}: {each['text']} ({day_text(date.fromisoformat(each['due']), 'nb')})"
        for each in one.content["actions"]
    ]
    return [Discussed(meeting, words) for words in (*one.content["decisions"], *actions)]


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
