"""The planner where homes bind, where school binds and where nothing is left: the page, and the papers as files."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from docx import Document

from bosett.decisions.planner import Resource
from tests.bosett_server.cast import DAY, HERE, YEAR, World, world
from tests.bosett_server.planner.scenes import COORDINATOR, plan, row

# Places in homes, places in school with what one person uses, then what that gives: 12 homes hold 12; four places in
# school at a third each hold 12.1, so 12 persons; nothing free holds nobody.
PLACES = {
    "homes": ({Resource.HOUSING: row(12), Resource.SCHOOL: row(20, "0.33")}, 12, "boligplasser", "bustadplassar"),
    "school": ({Resource.HOUSING: row(40), Resource.SCHOOL: row(4, "0.33")}, 12, "skoleplasser", "skuleplassar"),
    "nothing": ({Resource.HOUSING: row(0), Resource.SCHOOL: row(20, "0.33")}, 0, "boligplasser", "bustadplassar"),
}  # fmt: skip
ORDER = {
    "nb": ["Saken gjelder", "Hvorfor kommunen er spurt om dette tallet", "Tidligere år", "Hva kommunen har plass til",
           "Alternativer og konsekvenser", "Økonomiske konsekvenser", "Forslag til vedtak", "Kilder"],
    "nn": ["Saka gjeld", "Kvifor kommunen er spurd om dette talet", "Tidlegare år", "Kva kommunen har plass til",
           "Alternativ og konsekvensar", "Økonomiske konsekvensar", "Framlegg til vedtak", "Kjelder"],
}  # fmt: skip


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def opened(client, stage: World, address: str):
    client.force_login(stage.users[COORDINATOR])
    client.cookies["language"] = "nb"
    answer = client.get(address)
    assert answer.status_code == 200
    return answer


def text_of(content: bytes, kind: str) -> str:
    if kind == "pdf":
        told = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    else:
        told = "\n".join(line.text for line in Document(io.BytesIO(content)).paragraphs)
    return re.sub(r"\s+", " ", told)


@pytest.mark.parametrize("place", PLACES)
def test_page_and_papers_of_both_forms_say_how_many_fit_and_what_binds(client, stage, place):
    rows, fits, nb, nn = PLACES[place]
    plan(stage, rows, year=YEAR)
    page = re.sub(r"\s+", " ", opened(client, stage, f"/planner/{HERE}/{YEAR}/").content.decode())
    room = (
        f"Plass til {fits} personer til. Det som stopper flere, er: {nb}."
        if fits
        else "Det er ikke plass til flere."
    )
    assert room in page
    for form, binds in (("nb", nb), ("nn", nn)):
        for kind in ("pdf", "docx"):
            content = opened(client, stage, f"/planner/{HERE}/{YEAR}/paper.{kind}?language={form}").content
            text = text_of(content, kind)
            at = [text.index(heading) for heading in ORDER[form]]
            assert at == sorted(at)
            more = {"nb": ("er det plass til", "flere"), "nn": ("er det plass til", "fleire")}[form]
            if fits:
                assert f"{more[0]} {fits} person" in text
                assert re.search(rf"stopp\w+ {more[1]}, er {binds}\.", text)
            else:
                assert re.search(rf"plass til {more[1]}\. Det som mangl\w+, er {binds}\.", text)


def test_a_docx_is_ready_to_edit_with_the_headings_and_header_rows_of_word(client, stage):
    rows, *_ = PLACES["homes"]
    plan(stage, rows, year=YEAR)
    document = Document(
        io.BytesIO(opened(client, stage, f"/planner/{HERE}/{YEAR}/paper.docx?language=nn").content)
    )
    headings = [line.text for line in document.paragraphs if line.style.name == "Heading 2"]
    assert [one for one in headings if one in ORDER["nn"]] == ORDER["nn"]
    assert len(document.tables) >= 3
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in document.tables)
