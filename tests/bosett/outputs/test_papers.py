"""Letters and case papers: what they say in both forms, and that the files are what they claim."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from docx import Document
from pypdf.generic import DictionaryObject, IndirectObject

from bosett.outputs.anmodning_letter import anmodning_letter
from bosett.outputs.case_paper import case_paper
from bosett.outputs.journal import FIELDS, journal_breaches
from bosett.outputs.letter_job import letter_file_name, write_letters
from bosett.outputs.paper import Grid, Language, Paper, Points
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett.terms.errors import BadInput
from tests.bosett.outputs.papers import PLANS, case_facts, letter, pdf_text

FORMS: tuple[Language, ...] = ("nb", "nn")


def docx_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(line.text for line in document.paragraphs), *cells]).replace("\u00a0", " ")


def structure(content: bytes) -> list[str]:
    """The tags of a PDF in reading order."""
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(str(node["/S"]))
            walk(node.get("/K", []))

    walk(root["/StructTreeRoot"].get("/K", []))
    return found


@pytest.mark.parametrize("form", FORMS)
def test_a_pdf_says_that_it_is_accessible_and_for_archives_and_has_what_that_takes(form: Language) -> None:
    """PDF/UA-1: tagged, title shown, language, headings, header cells.  PDF/A-2a: said, fonts embedded."""
    content = paper_pdf(case_paper(case_facts("homes", form)))
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    said = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert root["/MarkInfo"]["/Marked"].value is True
    assert str(root["/Lang"]).startswith(form)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    tags = structure(content)
    assert tags.count("/H1") == 1
    assert {"/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Caption"} <= set(tags)
    assert tags.index("/H1") < tags.index("/H2")
    fonts = [
        descriptor
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
        for descriptor in [font["/DescendantFonts"][0]["/FontDescriptor"]]
    ]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in fonts)


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = case_paper(case_facts())
    assert paper_pdf(paper) == paper_pdf(paper)
    assert paper_docx(paper) == paper_docx(paper)


def test_letters_of_the_sami_alphabet_and_signs_of_markup_come_through() -> None:
    odd = "Kárášjohka č đ ŋ š ŧ ž #let *x* _y_ $z$ <a> @b = [c]"
    content = paper_pdf(anmodning_letter(letter(reasons=(odd,))))
    assert odd in pdf_text(content)


def test_a_letter_asks_in_the_municipalitys_own_form() -> None:
    nb = pdf_text(paper_pdf(anmodning_letter(letter(em_15_17=1, em_under15=2))))
    assert "Valdalen kommune anmodes om å bosette 30 flyktninger i 2026" in nb
    assert "1 enslig mindreårig 15–17 år" in nb
    assert "2 enslige mindreårige under 15 år" in nb
    assert "Fristen er 10. februar 2026" in nb
    nn = pdf_text(paper_pdf(anmodning_letter(letter(language="nn"))))
    assert "Valdalen kommune blir oppmoda om å busetje 30 flyktningar i 2026" in nn
    assert "ikkje oppmoda om å busetje einslege mindreårige" in nn


def test_no_word_of_the_other_form_stands_in_a_letter() -> None:
    for facts in (letter(), letter(asked=None), letter(former_asked=40, need=10, sent_in_all=12)):
        nb = pdf_text(paper_pdf(anmodning_letter(facts))).lower()
        for word in (" ikkje ", " kor ", "busetje", "flyktningar", " frå ", "oppmod"):
            assert word not in nb
    for facts in (letter(language="nn"), letter(language="nn", asked=None)):
        nn = pdf_text(paper_pdf(anmodning_letter(facts))).lower()
        for word in (" ikke ", " hvor ", "bosette", "flyktninger", " fra ", "anmod"):
            assert word not in nn


def test_one_that_is_not_asked_is_told_so() -> None:
    paper = anmodning_letter(letter(asked=None))
    assert paper.title == "Ingen anmodning om bosetting av flyktninger i 2026"
    assert "blir ikke anmodet" in pdf_text(paper_pdf(paper))


def test_a_changed_request_says_what_it_replaces_and_that_the_vedtak_stands() -> None:
    text = pdf_text(paper_pdf(anmodning_letter(letter(former_asked=40))))
    assert "erstatter anmodningen om 40" in text
    assert "blir stående" in text


def test_a_buffer_is_shown_openly_and_so_is_who_pays() -> None:
    text = pdf_text(paper_pdf(anmodning_letter(letter(need=13_000, sent_in_all=13_500))))
    assert "behovet er 13 000 personer, og anmodningene er på 13 500 i alt: en buffer på 500" in text
    assert "ikke fastsatt hvem som betaler" in text
    paid = anmodning_letter(letter(unused_places_paid=True))
    assert "kan gi rett til tilskudd" in pdf_text(paper_pdf(paid))
    assert "betaler ikke" in pdf_text(paper_pdf(anmodning_letter(letter(unused_places_paid=False))))


def test_an_exercise_says_so_first() -> None:
    assert pdf_text(paper_pdf(anmodning_letter(letter(exercise=True)))).startswith(
        "Øvelse: dette er ikke et brev"
    )


def test_more_minors_than_persons_is_refused() -> None:
    with pytest.raises(ValueError, match="31 minors"):
        letter(em_under15=31)


def test_all_letters_and_the_journal_stand_in_one_folder(tmp_path: Path) -> None:
    done: list[int] = []
    letters = [letter(), letter("4298", "nn"), letter("1899", asked=None)]
    entries = write_letters(tmp_path / "out", letters, done.append)
    assert done == [1, 2, 3]
    names = sorted(one.name for one in (tmp_path / "out").iterdir())
    assert names == [
        "anmodning-2026-4298.pdf",
        "anmodning-2026-4299.pdf",
        "ikke-anmodet-2026-1899.pdf",
        "journal.csv",
        "journal.json",
    ]
    told = json.loads((tmp_path / "out" / "journal.json").read_text("utf-8"))["journalposter"]
    assert [list(one) for one in told] == [list(FIELDS)] * 3
    assert told[1]["tittel"] == "Oppmoding om busetjing av flyktningar i 2026"
    assert [one.sha256 for one in entries] == [one["sjekksum"] for one in told]
    assert journal_breaches(tmp_path / "out") == ()


def test_a_changed_or_missing_file_is_found_by_the_journal(tmp_path: Path) -> None:
    write_letters(tmp_path / "out", [letter(), letter("4298")])
    (tmp_path / "out" / letter_file_name(letter())).write_bytes(b"changed")
    (tmp_path / "out" / letter_file_name(letter("4298"))).unlink()
    assert journal_breaches(tmp_path / "out") == ("anmodning-2026-4299.pdf", "anmodning-2026-4298.pdf")


def test_two_letters_to_one_municipality_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="two letters"):
        write_letters(tmp_path / "out", [letter(), letter()])
    assert not (tmp_path / "out").exists()


def test_a_letter_that_fails_leaves_the_former_folder(tmp_path: Path) -> None:
    write_letters(tmp_path / "out", [letter()])
    before = {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()}

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_letters(tmp_path / "out", [letter(language="nn")], stop)
    assert {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bound", PLANS)
def test_a_case_paper_says_the_same_as_pdf_and_as_docx(bound: str, form: Language) -> None:
    paper = case_paper(case_facts(bound, form))
    as_pdf, as_docx = pdf_text(paper_pdf(paper)), docx_text(paper_docx(paper))
    for block in paper.blocks:
        told = block.points if isinstance(block, Points) else ()
        told = tuple(cell for row in block.rows for cell in row) if isinstance(block, Grid) else told
        for text in (*told, *(() if isinstance(block, Points | Grid) else (block.text,))):
            plain = text.replace("\u00a0", " ")
            assert plain in as_docx
            assert plain.replace(" ", "").replace("-", "") in as_pdf.replace(" ", "").replace("-", "")


def test_a_case_paper_names_what_binds_what_lacks_and_what_is_not_known() -> None:
    # 18 places in homes with 4 taken hold 14; 30 over ten months are 15 in July, when one lacks, and 16 at the end.
    text = docx_text(paper_docx(case_paper(case_facts("homes"))))
    assert "er det plass til 14 personer. Det som stopper flere, er boligplasser." in text
    assert "Det mangler boligplasser fra juli 2026, 16 for lite." in text
    assert "Ikke ført inn, og derfor ikke regnet med: barnehageplasser" in text
    assert "ikke kjent" in text
    assert "9 000 000 i kjente år" in text
    assert "Satsene for 2028, 2029 og 2030 er ikke fastsatt" in text
    # Three homes with two bedrooms and one with four, two persons to a bedroom: 3 x 4 + 8.
    assert "Boligene har plass til 20 personer når det bor opptil 2 personer på hvert soverom." in text
    assert "Slik har kriteriene i fordelingen gitt anmodningen om 30 personer." in text
    unknown = docx_text(paper_docx(case_paper(replace(case_facts("homes"), reasons=()))))
    assert "Hvilke kriterier IMDi har brukt for anmodningen, er ikke lagret i Bosett." in unknown


def test_school_binds_where_school_is_short_and_nothing_is_left_where_all_is_taken() -> None:
    # Seven places with two taken are five, and a third of a place each holds 15 persons.
    school = docx_text(paper_docx(case_paper(case_facts("school", "nn"))))
    assert "er det plass til 15 personar. Det som stoppar fleire, er skuleplassar." in school
    nothing = docx_text(paper_docx(case_paper(case_facts("nothing"))))
    assert "er det ikke plass til flere. Det som mangler, er boligplasser." in nothing


def test_a_docx_has_headings_header_rows_title_and_language() -> None:
    content = paper_docx(case_paper(case_facts("homes", "nn")))
    document = Document(io.BytesIO(content))
    assert document.core_properties.title == "Busetjing av flyktningar i 2026"
    assert document.core_properties.language == "nn-NO"
    styles = [line.style.name for line in document.paragraphs if line.style is not None]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") >= 6
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode("utf-8")
        assert 'w:val="nn-NO"' in parts.read("word/styles.xml").decode("utf-8")
    assert body.count("w:tblHeader") == len(document.tables)


def test_a_paper_is_in_one_of_the_two_forms_and_has_a_text() -> None:
    paper = case_paper(case_facts())
    with pytest.raises(ValueError, match="nb and nn"):
        Paper(paper.title, "se", paper.sender, paper.day, (), paper.blocks)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a title and a text"):
        Paper(paper.title, "nb", paper.sender, paper.day, (), ())
    with pytest.raises(ValueError, match="a cell for every column"):
        Grid("caption", ("a", "b"), (("1",),))
    with pytest.raises(ValueError, match="left out"):
        Points(())
