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
from bosett.outputs.paper_values import block_of, block_values
from bosett.outputs.year_report import Discussed, PressedMonth, ReportInput, report_sections, year_report
from bosett.outputs.year_report_sections import CODES, Section, differences, section_of, section_values
from bosett.sources.commitment_facts import FIRST_YEAR, shipped_facts
from bosett.terms.errors import BadInput, NoRuleInForce
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
    told = year_report(TOLD, "nb")
    assert ("Møter holdt i året", "Møter") in grids(told)[-1].rows
    assert "Ingen referater fra året er lagret. Hva partene tok opp, kan derfor ikke sies." in words(told)
    assert "Hvor stort presset var, kan derfor ikke sies." in words(told)


def test_what_was_decided_is_told_when_it_is_stored_and_no_matter_is_told_as_none() -> None:
    some = replace(TOLD, discussed=(Discussed("Boliger", "Husbanken lager en oversikt."),))
    assert "Boliger: Husbanken lager en oversikt." in words(year_report(some, "nb"))
    assert "Ingen saker." in words(year_report(replace(TOLD, discussed=()), "nb"))


def test_a_report_of_a_book_without_facts_says_that_nothing_can_be_said() -> None:
    empty = year_report(replace(TOLD, book=FactBook(())), "nb")
    assert {row[1] for row in grids(empty)[-2].rows} == {"Kan ikke sies"}


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


def sections(told: ReportInput, form: Language = "nb") -> dict[str, Section]:
    return {one.code: one for one in report_sections(told, form)}


def known(what: str, value: int, year: int = 2025) -> Fact:
    return Fact(what, year, value, PartialDay(f"{year}-12-31"), Source(title="a source"))


def with_facts(*facts: Fact) -> ReportInput:
    return replace(TOLD, book=FactBook((*TOLD.book.facts, *facts)))


@pytest.mark.parametrize("form", FORMS)
def test_the_sections_stand_in_one_order_in_both_forms(form: Language) -> None:
    assert tuple(one.code for one in report_sections(TOLD, form)) == CODES


def test_a_stored_section_is_the_one_that_was_generated() -> None:
    pressed = replace(TOLD, pressed=(PressedMonth(date(2025, 5, 1), 300, 357, 41),))
    for one in report_sections(pressed, "nn"):
        assert section_of(section_values(one)) == one
        assert all(block_of(block_values(block)) == block for block in one.blocks())
    with pytest.raises(BadInput):
        block_of({"kind": "picture"})


def test_words_of_ones_own_stand_over_the_same_facts() -> None:
    one = sections(TOLD)["settled"]
    own = one.with_words("Første avsnitt.\r\n\r\n  Andre \n avsnitt. \n\n\n")
    assert own.words == ("Første avsnitt.", "Andre avsnitt.")
    assert own.facts == one.facts


def test_what_changed_is_told_section_by_section_and_line_by_line() -> None:
    before = report_sections(TOLD, "nb")
    assert differences(before, before) == ()
    (first, *_) = differences(before, report_sections(with_facts(known("need", 13_500)), "nb"))
    assert first.code == "need"
    assert [line.replace("\u00a0", " ") for line in first.come] == [
        "Behovet for 2025 var 13 500 personer. Det ble ikke endret."
    ]
    assert first.gone == before[0].words


def test_a_change_stands_with_its_day_as_precisely_as_the_source_tells() -> None:
    """The government: 35,000 raised to 38,000 in June 2023, 3,000 more or 8.6 per cent."""
    told = replace(TOLD, year=2023, day=date(2023, 12, 31))
    (points,) = [one for one in sections(told)["asked"].facts if isinstance(one, Points)]
    assert points.points[0].replace("\u00a0", " ") == (
        "Juni 2023: fra 35 000 til 38 000 personer, 3 000 flere (8,6 %)."
    )


@pytest.mark.parametrize(("value", "told"), [(0, ": 0"), (4, "færre enn 5"), (5, ": 5")])
def test_a_count_of_people_below_five_is_not_told(value: int, told: str) -> None:
    """The report is public: no derived group below five is published, and zero is shown."""
    table = sections(with_facts(known("persons_above_allowed", value)))["commitments"]
    assert told in next(line for line in table.lines() if "Personer ut over det som er tillatt" in line)


def test_a_month_that_fewer_than_five_answered_for_is_left_out() -> None:
    months = tuple(PressedMonth(date(2025, m, 1), many, 357, 50 + m) for m, many in ((1, 4), (2, 5)))
    told = sections(replace(TOLD, pressed=months))["pressure"]
    assert "I februar 2025 svarte 5 av 357 kommuner. Halvparten av dem lå på 52 eller høyere" in told.words[0]
    assert not any("januar" in line for line in told.lines())


def test_made_up_pulses_are_said_to_be_made_up() -> None:
    months = (PressedMonth(date(2025, 1, 1), 100, 357, 50),)
    told = sections(replace(TOLD, pressed=months, pressed_modelled=True), "nn")["pressure"]
    assert told.words[-1] == "Svara er laga for demonstrasjonen. Dei er ikkje kommunane sine eigne."


def test_an_unknown_wait_is_no_wait_of_nothing() -> None:
    assert "kan derfor ikke sies" in sections(TOLD)["time"].words[0]
    one = sections(with_facts(known("median_days_all", 80)))["time"]
    (table,) = one.facts
    assert isinstance(table, Grid)
    assert table.rows == (("Ventetid for den i midten, dager", "ukjent", "80"),)
