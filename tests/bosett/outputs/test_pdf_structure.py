"""What PDF/UA-1 asks of a file and a program can check, read back with another library than the writer's.

It is no validator of the PDF Association: none can be had from the package registries we build from.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from bosett.outputs.anmodning_letter import anmodning_letter
from bosett.outputs.assignment_decision import assignment_paper
from bosett.outputs.case_paper import case_paper
from bosett.outputs.changed_request import StandingVote
from bosett.outputs.expenditure_report import expenditure_report
from bosett.outputs.meeting_pack import meeting_pack
from bosett.outputs.paper import Bars, Grid, Heading, Language
from bosett.outputs.paper_pdf import paper_pdf
from bosett.outputs.year_report import ReportInput, year_report
from bosett.sources.commitment_facts import FIRST_YEAR, shipped_facts
from tests.bosett.outputs.papers import case_facts, decision, letter
from tests.bosett.outputs.test_expenditure_report import report as expenditure
from tests.bosett.outputs.test_meeting_pack import CONTENT

REPORT = ReportInput(shipped_facts(), 2025, FIRST_YEAR, date(2025, 12, 31))
FORMS: tuple[Language, ...] = ("nb", "nn")
PAPERS = {
    f"{name}, {form}": paper
    for form in FORMS
    for name, paper in {
        "letter": anmodning_letter(
            letter(language=form, em_15_17=2, need=10, sent_in_all=12, reasons=("one", "two"))
        ),
        "notice": anmodning_letter(letter(language=form, asked=None, exercise=True)),
        "changed request": anmodning_letter(
            letter(language=form, asked=15, former_asked=30, standing=StandingVote(24, 12, again=False))
        ),
        "assignment, not answered": assignment_paper(decision(language=form)),
        "assignment, self-settled and for exercise": assignment_paper(
            decision(
                language=form,
                reasons=(),
                other_reason=(),
                proposed=False,
                self_settled=True,
                exercise=True,
                answered_on=date(2026, 3, 9),
            )
        ),
        "meeting's papers": meeting_pack(CONTENT, form),
        "expenditure": expenditure_report(expenditure(), form),
        "case paper, homes bind": case_paper(case_facts("homes", form)),
        "case paper, school binds": case_paper(case_facts("school", form)),
        "case paper, nothing left": case_paper(case_facts("nothing", form)),
        "year's report": year_report(REPORT, form),
    }.items()
}
FILES = {name: paper_pdf(paper) for name, paper in PAPERS.items()}
STANDARD = {
    *(
        "/Document",
        "/Part",
        "/Sect",
        "/Div",
        "/P",
        "/H1",
        "/H2",
        "/H3",
        "/L",
        "/LI",
        "/Lbl",
        "/LBody",
        "/Table",
    ),
    *("/TR", "/TH", "/TD", "/THead", "/TBody", "/Caption", "/Span", "/Strong", "/Em", "/Figure", "/Link"),
    *("/NonStruct",),
}
TEXT = {b"Tj", b"TJ", b"'", b'"'}

files = pytest.mark.parametrize("content", FILES.values(), ids=FILES)


def root(content: bytes) -> DictionaryObject:
    return pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"].get_object()


def elements(content: bytes) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, in reading order."""
    waiting: list[Any] = [root(content)["/StructTreeRoot"].get("/K", [])]
    while waiting:
        node = waiting.pop(0)
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            waiting = [*node, *waiting]
        elif isinstance(node, DictionaryObject) and "/S" in node:
            yield node
            waiting.insert(0, node.get("/K", []))


def kind(content: bytes, element: DictionaryObject) -> str:
    """The element's standard type, through the role map."""
    roles = root(content)["/StructTreeRoot"].get("/RoleMap", {})
    return str(roles.get(element["/S"], element["/S"]))


def children(element: DictionaryObject) -> list[DictionaryObject]:
    found = element.get("/K", [])
    found = found.get_object() if isinstance(found, IndirectObject) else found
    listed = found if isinstance(found, list) else [found]
    told = [one.get_object() if isinstance(one, IndirectObject) else one for one in listed]
    return [one for one in told if isinstance(one, DictionaryObject) and "/S" in one]


@files
def test_all_text_is_tagged_or_an_artifact(content: bytes) -> None:
    """Nothing is drawn outside the tags, and no artifact lies in tagged content."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    drawn = 0
    for page in reader.pages:
        open_marks: list[str] = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                tag = str(operands[0])
                assert tag != "/Artifact" or not open_marks
                open_marks.append(tag)
            elif operator == b"EMC":
                open_marks.pop()
            elif operator in TEXT:
                drawn += 1
                assert open_marks, "text outside the tags"
        assert open_marks == []
        assert "/StructParents" in page
    assert drawn > 10


@files
def test_every_tag_is_a_standard_one_or_mapped_to_one(content: bytes) -> None:
    assert {kind(content, one) for one in elements(content)} <= STANDARD


@files
def test_headings_begin_at_one_and_skip_none(content: bytes) -> None:
    kinds = [kind(content, one) for one in elements(content)]
    levels = [int(tag[2]) for tag in kinds if tag in ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))


@files
def test_tables_have_rows_of_one_length_and_header_cells_with_scope(content: bytes) -> None:
    """As many cells in each row, and each header says what it heads."""
    for table in (one for one in elements(content) if kind(content, one) == "/Table"):
        rows: list[list[DictionaryObject]] = []
        waiting = children(table)
        while waiting:
            one = waiting.pop(0)
            if kind(content, one) == "/TR":
                rows.append(children(one))
            else:
                waiting += children(one)
        assert len({len(row) for row in rows}) == 1
        assert {kind(content, cell) for cell in rows[0]} == {"/TH"}
        assert all(scope(cell) == "/Column" for cell in rows[0])
        assert {kind(content, cell) for row in rows[1:] for cell in row} == {"/TD"}


def scope(cell: DictionaryObject) -> str | None:
    told = cell.get("/A", [])
    told = told.get_object() if isinstance(told, IndirectObject) else told
    for one in told if isinstance(told, list) else [told]:
        one = one.get_object() if isinstance(one, IndirectObject) else one
        if "/Scope" in one:
            return str(one["/Scope"])
    return None


@files
def test_lists_hold_items_and_items_a_label_and_a_body(content: bytes) -> None:
    for one in elements(content):
        if kind(content, one) == "/L":
            assert {kind(content, item) for item in children(one)} <= {"/LI", "/Caption"}
        if kind(content, one) == "/LI":
            assert Counter(kind(content, part) for part in children(one)) == {"/Lbl": 1, "/LBody": 1}


@files
def test_the_document_says_its_title_its_language_and_that_the_title_is_shown(content: bytes) -> None:
    told = root(content)
    metadata = told["/Metadata"].get_object().get_data().decode("utf-8")
    title = pypdf.PdfReader(io.BytesIO(content)).metadata.title
    assert title
    assert f">{title}</rdf:li>" in metadata
    assert told["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert str(told["/Lang"]) in ("nb-NO", "nn-NO")


@files
def test_every_font_is_embedded_and_can_be_read_back_as_letters(content: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            assert "/ToUnicode" in font
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@files
def test_nothing_runs_nothing_is_locked_and_nothing_is_outside_the_file(content: bytes) -> None:
    """Not encrypted, no scripts, and for PDF/A an output intent for colours."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert not reader.is_encrypted
    told = root(content)
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(told)
    assert "/JavaScript" not in told.get("/Names", {})
    assert told["/OutputIntents"]


@files
def test_the_file_says_which_part_of_pdf_ua_it_keeps_and_that_it_is_tagged_without_suspects(
    content: bytes,
) -> None:
    told = root(content)
    metadata = told["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert told["/MarkInfo"]["/Marked"].value is True
    assert told["/MarkInfo"]["/Suspects"].value is False


@pytest.mark.parametrize("name", PAPERS)
def test_every_heading_table_and_drawing_of_the_paper_is_one_in_the_tags(name: str) -> None:
    """A drawing has its words in place of what is seen; captions stand with what they are of."""
    paper, content = PAPERS[name], FILES[name]
    tags = [(kind(content, one), one) for one in elements(content)]
    headings = sum(isinstance(one, Heading) for one in paper.blocks)
    assert sum(tag in ("/H2", "/H3") for tag, _ in tags) == headings
    drawings = [one for one in paper.blocks if isinstance(one, Bars)]
    figures = [one for tag, one in tags if tag == "/Figure"]
    assert [str(one["/Alt"]) for one in figures] == [one.seen for one in drawings]
    tables = sum(isinstance(one, Grid) for one in paper.blocks)
    assert sum(tag == "/Table" for tag, _ in tags) == tables
    assert sum(tag == "/Caption" for tag, _ in tags) == tables + len(drawings)


@files
def test_bookmarks_lead_to_the_headings_in_their_order(content: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(content))
    told: list[str] = []
    waiting: list[Any] = list(reader.outline)
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting = [*one, *waiting]
        else:
            told.append(str(one.title))
    levels = [one for one in elements(content) if kind(content, one) in ("/H1", "/H2", "/H3")]
    assert len(told) == len(levels)


@files
def test_pages_are_read_in_the_order_of_the_tags_and_every_link_is_told(content: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        for one in page.get("/Annots", []):
            annotation = one.get_object()
            assert annotation["/Subtype"] == "/Link"
            assert annotation.get("/Contents")
            assert page["/Tabs"] == "/S"
