"""The committee's report: every number with its interval, the warning in words, the mark on what is synthetic."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bosett.expenditure.checks import Check
from bosett.expenditure.findings import findings
from bosett.outputs.expenditure_report import CHECKS, ReportInput, expenditure_report
from bosett.outputs.paper import Bar, Bars, Grid, Language, Text
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import bar_values, paper_pdf
from tests.bosett.expenditure.test_findings import told as round_told


def report(**changes: Any) -> ReportInput:
    result = findings(round_told(rates=dict.fromkeys(range(1, 6), 100)))
    strata = [("certain", 3, 3), ("s1", 20, 9)]
    told = ReportInput(
        2025, "ordinary", date(2026, 3, 16), result, strata, 7, "test", "a" * 64, "0", synthetic=False
    )
    return replace(told, **changes)


def words(language: Language, **changes: Any) -> str:
    document = Document(io.BytesIO(paper_docx(expenditure_report(report(**changes), language))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_bokmål_and_nynorsk_are_each_their_own() -> None:
    assert "Utgifter etter bosettingsår" in words("nb")
    assert "Utgifter etter busetjingsår" in words("nn")
    assert not re.search(r"\bikkje\b|\bfrå\b", words("nb"))
    assert not re.search(r"\bikke\b|\bfra\b", words("nn"))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_estimate_stands_with_both_ends_of_its_interval(language: Language) -> None:
    paper = expenditure_report(report(), language)
    tables = [one for one in paper.blocks if isinstance(one, Grid) and len(one.header) == 5]
    assert len(tables) == 3  # areas, residence years, one division
    areas, years, _groups = tables
    assert (len(areas.rows), len(years.rows)) == (2, 6)
    assert all(row[2] != "–" and row[3] != "–" for row in (*areas.rows, *years.rows))


def test_few_answers_are_warned_of_in_words() -> None:
    texts = [one.text for one in expenditure_report(report(), "nb").blocks if isinstance(one, Text)]
    assert any("12 kommuner" in one and "for smale" in one for one in texts)


@pytest.mark.parametrize(("language", "word"), [("nb", "ligner"), ("nn", "liknar")])
def test_silence_of_the_largest_is_warned_of_in_words(language: Language, word: str) -> None:
    told = report()
    silent = {**told.result, "certain_silent": {"many": 2, "share": 0.125}}
    texts = [
        one.text
        for one in expenditure_report(report(result=silent), language).blocks
        if isinstance(one, Text)
    ]
    assert any("12,5 %" in one and word in one for one in texts)
    assert not any(
        word in one.text for one in expenditure_report(told, language).blocks if isinstance(one, Text)
    )


def test_synthetic_answers_are_marked_on_top() -> None:
    assert "syntetiske" in expenditure_report(report(synthetic=True), "nb").mark
    assert expenditure_report(report(), "nb").mark == ""


def test_the_same_round_gives_the_same_pdf_that_everybody_can_read() -> None:
    made = paper_pdf(expenditure_report(report(), "nn"))
    assert made == paper_pdf(expenditure_report(report(), "nn"))
    assert b"pdfuaid" in made


def test_the_charts_of_the_word_file_have_words_for_who_cannot_see_them() -> None:
    document = Document(io.BytesIO(paper_docx(expenditure_report(report(), "nb"))))
    assert len(document.inline_shapes) == 2
    assert all(one._inline.docPr.get("descr") for one in document.inline_shapes)


def test_bars_are_drawn_from_zero_as_shares_of_the_longest_end() -> None:
    chart = Bars("c", "s", (Bar("a", 50.0, "50", 40.0, 80.0), Bar("b", 20.0, "20")))
    first, second = bar_values(chart)
    assert (first["value"], first["low"], first["high"]) == (0.625, 0.5, 1.0)
    assert (second["value"], second["low"]) == (0.25, None)


def test_a_chart_without_words_or_below_zero_is_none() -> None:
    with pytest.raises(ValueError, match="bars from zero"):
        Bars("c", " ", (Bar("a", 1.0, "1"),))
    with pytest.raises(ValueError, match="bars from zero"):
        Bars("c", "s", (Bar("a", -1.0, "-1"),))


def test_every_check_has_words() -> None:
    source = Check.__module__.replace(".", "/") + ".py"
    text = (Path(__file__).parents[3] / source).read_text("utf-8")
    rules = (
        set(re.findall(r'"(\w+)", why', text))
        | set(re.findall(r'amount, "(\w+)"', text))
        | {"outlier", "no_answer"}
    )
    assert rules - {"few_respondents"} <= set(CHECKS)
