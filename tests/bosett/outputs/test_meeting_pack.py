"""The papers of a meeting: one page a matter, in both forms, readable by everybody."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from docx import Document

from bosett.outputs.meeting_pack import meeting_pack
from bosett.outputs.paper import FORMS, Language
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf


def page(number: int, **more: Any) -> dict[str, Any]:
    return {
        "number": number, "kind": "matter", "title": f"Sak om bolig {number}", "commitment": "", "indicator": "",
        "text": "Familier venter på hus.", "raised_by": "3301", "named": ["3301", "KS"], "behind": 3, "merged": [],
        "findings": [], "said": [],
    } | more  # fmt: skip


FOUND = {
    "indicator": "enough_places", "verdict": "not_kept", "figures": [["voted", "12900"], ["need", "13000"]],
    "missing": [], "limits": [],
    "evidence": [
        {"what": "need", "year": 2026, "value": "13000", "on": "2025-10-31", "source": "Brev fra AID", "href": ""}
    ],
}  # fmt: skip
CONTENT: dict[str, Any] = {
    "title": "Andre konsultasjon", "kind": "consultation", "starts": "2026-04-02T09:00+02:00",
    "ends": "2026-04-02T11:00+02:00", "place": "Oslo", "parties": ["AID", "KS"], "as_of": "2026-03-16",
    "last": "Første", "synthetic": True,
    "since": [{"text": "Kartlegg boliger", "owner": "KS", "due": "2026-03-10", "done": "2026-03-01", "why": "done",
               "report": "312 mangler."}],
    "pages": [
        page(2, kind="indicator", commitment="joint_task", indicator="enough_places", text="", named=[], behind=0,
             findings=[FOUND]),
        page(3, said=[{"party": "KS", "kind": "position", "text": "Vi trenger hus.", "version": 2}]),
        page(4),
    ],
    "names": {code: {"nb": name, "nn": name} for code, name in (("AID", "AID"), ("KS", "KS"), ("3301", "Drammen"))},
}  # fmt: skip


def text_of(form: Language) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(paper_pdf(meeting_pack(CONTENT, form))))
    return [" ".join(one.extract_text().split()) for one in reader.pages]


@pytest.mark.parametrize("form", FORMS)
def test_each_matter_has_a_page_of_its_own_after_what_happened_since_last(form: Language) -> None:
    pages = text_of(form)
    assert len(pages) == 4
    assert "312 mangler." in pages[0]
    assert [f"Sak {number}:" in told for number, told in zip((2, 3, 4), pages[1:], strict=True)] == [True] * 3


def test_a_page_tells_facts_with_their_source_who_is_behind_and_what_is_shared() -> None:
    pages = text_of("nb")
    assert "Brev fra AID" in pages[1]
    assert "12 900" in pages[1].replace("\u00a0", " ")
    assert "Bak saken står Drammen og KS." in pages[2]
    assert "1 står bak uten å ville nevnes ved navn." in pages[2]
    assert "KS: Vi trenger hus." in pages[2]
    assert "Ingen ennå." in pages[3]


@pytest.mark.parametrize("form", FORMS)
def test_a_made_up_meeting_says_so_on_its_papers(form: Language) -> None:
    assert meeting_pack(CONTENT, form).mark
    assert not meeting_pack(CONTENT | {"synthetic": False}, form).mark


@pytest.mark.parametrize("form", FORMS)
def test_the_pdf_says_that_it_is_accessible_and_is_tagged_with_headings_in_order(form: Language) -> None:
    reader = pypdf.PdfReader(io.BytesIO(paper_pdf(meeting_pack(CONTENT, form))))
    root = reader.trailer["/Root"].get_object()
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part" in metadata
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(form)


def test_the_word_file_begins_a_page_with_each_matter() -> None:
    document = Document(io.BytesIO(paper_docx(meeting_pack(CONTENT, "nb"))))
    begins = [one.text for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert [one.split(":")[0] for one in begins] == ["Sak 2", "Sak 3", "Sak 4"]
