"""Papers as docx, ready to edit: real headings, lists and tables, in the language that they are in."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row

from bosett.outputs.paper import Bars, Grid, Heading, Paper, Points, Text, say
from bosett.outputs.paper_pdf import bars_png

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}
BLACK = RGBColor(0, 0, 0)
"""The colours of the template are too pale to be read by everybody."""
TEXT_MM = 146
"""The width of the text: A4 less the template's margins."""
LONGEST_LINE, SHORT_LINE = 90, 24
"""Letters of a cell that count when a column's width is found, and up to which it is as wide as they are."""
MM_A_LETTER, CELL_MM = 2.4, 5.0
"""A letter of the text, and the room round it in a cell."""
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def paper_docx(paper: Paper) -> bytes:
    """The paper as a docx file; the same paper gives the same bytes."""
    document = Document()
    _settle(document, paper)
    if paper.mark:
        document.add_paragraph().add_run(paper.mark).bold = True
    document.add_paragraph().add_run(paper.sender).bold = True
    for label, value in paper.particulars:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"{label}: ").bold = True
        line.add_run(value)
    document.add_heading(paper.title, level=1)
    tables = charts = 0
    for block in paper.blocks:
        match block:
            case Heading(text, level, new_page):
                document.add_heading(text, level=level).paragraph_format.page_break_before = new_page
            case Text(text):
                document.add_paragraph(text)
            case Points(points):
                for point in points:
                    document.add_paragraph(point, style="List Bullet")
            case Bars():
                charts += 1
                _bars(document, block, f"{say(paper.language, 'Figur', 'Figur')} {charts}: ")
            case Grid():
                tables += 1
                _grid(document, block, f"{say(paper.language, 'Tabell', 'Tabell')} {tables}: ")
    made = io.BytesIO()
    document.save(made)
    return _without_times(made.getvalue())


def _settle(document: DocxDocument, paper: Paper) -> None:
    """Title, language and day in the file's properties, and the language on every style."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = (
        paper.title,
        paper.sender,
        LANGUAGES[paper.language],
    )
    properties.created = properties.modified = datetime.combine(paper.day, time(12))
    properties.last_modified_by, properties.comments = paper.sender, ""
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.color.rgb = BLACK
    normal = document.styles["Normal"]
    if isinstance(normal, ParagraphStyle):
        normal.font.name, normal.font.size = "Calibri", Pt(11)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), LANGUAGES[paper.language])
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(language)


def _grid(document: DocxDocument, grid: Grid, number: str) -> None:
    caption = document.add_paragraph(number + grid.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(grid.header), style="Table Grid")
    _fill(table.rows[0], grid.header, grid.numbers)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    _repeat(table)
    for row in grid.rows:
        added = table.add_row()
        _fill(added, row, grid.numbers)
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  (python-docx has no other way)
    _widen(table, grid)
    document.add_paragraph()


def _widen(table: Table, grid: Grid) -> None:
    """Short columns as wide as their longest line, the rest shared by those that hold sentences.

    Where that leaves too little for the sentences, each column has room for its longest word and shares the rest.
    """
    columns = [(header, *(row[place] for row in grid.rows)) for place, header in enumerate(grid.header)]
    longest = [max(len(line) for cell in column for line in cell.split("\n")) for column in columns]
    short = [MM_A_LETTER * letters + CELL_MM if letters <= SHORT_LINE else 0.0 for letters in longest]
    shares = [min(LONGEST_LINE, letters) if not mm else 0 for letters, mm in zip(longest, short, strict=True)]
    rest = TEXT_MM - sum(short)
    if not any(shares) or rest < TEXT_MM / 3:
        words = [
            max((len(word) for cell in column for word in cell.split()), default=0) for column in columns
        ]
        short = [MM_A_LETTER * min(SHORT_LINE, letters) + CELL_MM for letters in words]
        shares, rest = [min(LONGEST_LINE, one) + 3 for one in longest], max(0.0, TEXT_MM - sum(short))
    table.autofit = False
    for place, (mm, share) in enumerate(zip(short, shares, strict=True)):
        wide = Mm(mm + rest * share / sum(shares))
        table.columns[place].width = wide
        for cell in table.columns[place].cells:
            cell.width = wide


def _bars(document: DocxDocument, chart: Bars, number: str) -> None:
    """The drawing as a picture with its words for who cannot see it."""
    caption = document.add_paragraph(number + chart.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    picture = document.add_picture(io.BytesIO(bars_png(chart)), width=Mm(TEXT_MM))
    picture._inline.docPr.set("descr", chart.seen)  # noqa: SLF001  (python-docx has no other way)


def _fill(row: _Row, cells: tuple[str, ...], numbers: frozenset[int]) -> None:
    for place, text in enumerate(cells):
        row.cells[place].text = text
        if place in numbers:
            row.cells[place].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(table: Table) -> None:
    """The first row is the header: it is repeated on each page and read out with each cell."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table._tbl.tr_lst[0].get_or_add_trPr().append(mark)  # noqa: SLF001  (python-docx has no other way)


def _without_times(made: bytes) -> bytes:
    """The same archive with a fixed time on every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _NO_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
