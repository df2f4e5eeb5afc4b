"""The year's report of the agreement in bokmål or nynorsk: sections made from dated facts, and the paper of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.agreement import FactBook, held
from bosett.outputs.paper import Language, Paper
from bosett.outputs.year_report_kept import commitments_section, sources_section, unsaid_section
from bosett.outputs.year_report_money import cost_section, discussed_section, pressure_section
from bosett.outputs.year_report_numbers import (
    asked_section,
    need_section,
    settled_section,
    time_section,
    voted_section,
)
from bosett.outputs.year_report_sections import Cover, Section, report_paper
from bosett.registry.agreements import Agreements, Party


@dataclass(frozen=True)
class Discussed:
    """A matter that was taken up, and what was decided; both as the minutes tell it."""

    matter: str
    decided: str


@dataclass(frozen=True)
class PressedMonth:
    """What the municipalities told of one month: how many answered, and the middle one's index, 0 to 100."""

    month: date
    answered: int
    municipalities: int
    middle: int


@dataclass(frozen=True)
class ReportInput:
    """What the report is made from.

    Parameters
    ----------
    day
        The day it is dated; facts known by it count.
    discussed
        None where no minutes are stored, which is not that nothing was discussed.
    pressed
        The months of the year that somebody answered for, oldest first.
    pressed_modelled
        Whether any of those answers is made up for the demo.
    """

    book: FactBook
    year: int
    first_year: int
    day: date
    discussed: tuple[Discussed, ...] | None = None
    pressed: tuple[PressedMonth, ...] = ()
    pressed_modelled: bool = False
    mark: str = ""


def report_sections(told: ReportInput, language: Language) -> tuple[Section, ...]:
    """Every section in one language form, in the order of `CODES`.  Raises as `held` does."""
    kept = held(told.book, told.day, told.year)
    pressed = [(one.month, one.answered, one.municipalities, one.middle) for one in told.pressed]
    matters = None if told.discussed is None else [(one.matter, one.decided) for one in told.discussed]
    book, year, day = told.book, told.year, told.day
    return (
        need_section(book, year, day, language),
        asked_section(book, year, day, language),
        voted_section(book, year, day, language),
        settled_section(book, told.first_year, year, day, language),
        time_section(book, year, day, language),
        pressure_section(pressed, year, language, modelled=told.pressed_modelled),
        cost_section(book, year, day, language),
        commitments_section(kept, language),
        discussed_section(matters, language),
        unsaid_section(kept, language),
        sources_section(kept, language),
    )


def report_cover(
    year: int, day: date, language: Language, approved: tuple[tuple[str, str], ...] = (), mark: str = ""
) -> Cover:
    """What stands above the sections of a year's report; NoRuleInForce for a year without an agreement."""
    agreement = Agreements.shipped().in_force(date(year, 12, 31))
    known = Agreements.shipped()
    parties = tuple(_in_full(known.party(code), language) for code in agreement.parties)
    return Cover(year, day, agreement.title.in_language(language), parties, approved, mark)


def _in_full(one: Party, language: Language) -> str:
    """`Justis- og beredskapsdepartementet (JD)`; a name that holds its own short form stands alone."""
    told = one.name.in_language(language)
    return told if one.code in told.split() else f"{told} ({one.code})"


def year_report(told: ReportInput, language: Language) -> Paper:
    """The whole report as it is generated: a draft.  Raises as `held` does."""
    cover = report_cover(told.year, told.day, language, mark=told.mark)
    return report_paper(cover, report_sections(told, language), language)
