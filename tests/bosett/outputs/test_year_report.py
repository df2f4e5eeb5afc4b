"""The year's report says what is known, in both forms, and names what is not."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from bosett.agreement import Fact, FactBook
from bosett.outputs.paper import FORMS, Grid, Language, Paper, Points, Text
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett.outputs.year_report import Discussed, ReportInput, year_report
from bosett.sources.commitment_facts import FIRST_YEAR, shipped_facts
from bosett.terms.errors import NoRuleInForce
from bosett.terms.partial_day import PartialDay
from bosett.terms.source import Source

TOLD = ReportInput(shipped_facts(), 2025, FIRST_YEAR, date(2025, 12, 31))


def grids(paper: Paper) -> list[Grid]:
    return [block for block in paper.blocks if isinstance(block, Grid)]


def words(paper: Paper) -> str:
    found: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Text):
            found.append(block.text)
        if isinstance(block, Points):
            found += block.points
    return "\n".join(found)


@pytest.mark.parametrize("form", FORMS)
def test_the_numbers_of_2025_are_imdis_and_the_need_that_is_not_stored_is_unknown(form: Language) -> None:
    """IMDi's key figures of 2025: 12,640 asked, 12,919 voted, 12,596 settled."""
    row = grids(year_report(TOLD, form))[0].rows[-1]
    assert [cell.replace("\u00a0", " ") for cell in row] == [
        "2025", "ukjent", "12 640", "12 919", "12 596", "97,5 %",
    ]  # fmt: skip


def test_both_forms_have_the_same_numbers_and_not_the_same_words() -> None:
    nb, nn = (year_report(TOLD, form) for form in ("nb", "nn"))
    assert grids(nb)[0].rows == grids(nn)[0].rows
    assert nb.title != nn.title


def test_what_cannot_be_said_stands_with_what_is_missing() -> None:
    told = words(year_report(TOLD, "nb"))
    assert "Møter holdt i året. Mangler: Møter." in told
    assert "Ingen referater fra året er lagret." in told


def test_what_was_decided_is_told_when_it_is_stored_and_no_matter_is_told_as_none() -> None:
    some = replace(TOLD, discussed=(Discussed("Boliger", "Husbanken lager en oversikt."),))
    assert "Boliger: Husbanken lager en oversikt." in words(year_report(some, "nb"))
    assert "Ingen saker." in words(year_report(replace(TOLD, discussed=()), "nb"))


def test_a_report_of_a_book_without_facts_says_that_nothing_can_be_said() -> None:
    empty = year_report(replace(TOLD, book=FactBook(())), "nb")
    assert {row[1] for row in grids(empty)[-1].rows} == {"Kan ikke sies"}


def test_a_fact_of_the_next_year_is_not_in_the_report_of_this_one() -> None:
    later = Fact("settled", 2025, 1, PartialDay("2026-01-02"), Source(title="later"))
    book = FactBook((*TOLD.book.facts, later))
    assert year_report(replace(TOLD, book=book), "nb") == year_report(TOLD, "nb")


def test_a_year_before_the_first_agreement_has_no_report() -> None:
    with pytest.raises(NoRuleInForce):
        year_report(replace(TOLD, year=2015, day=date(2015, 12, 31)), "nb")


@pytest.mark.parametrize("form", FORMS)
def test_pdf_and_docx_are_made_alike_every_time_and_hold_the_same_table(form: Language) -> None:
    paper = year_report(TOLD, form)
    assert paper_pdf(paper) == paper_pdf(paper)
    document = Document(io.BytesIO(paper_docx(paper)))
    cells = {cell.text.replace("\u00a0", " ") for row in document.tables[0].rows for cell in row.cells}
    assert {"12 640", "12 919", "12 596"} <= cells
