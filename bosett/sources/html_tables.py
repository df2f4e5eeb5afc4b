"""The tables of a web page with the headings above them; nothing of the page is run or fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from bosett.terms.errors import BadInput

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "caption", "summary")
TEXTS = ("p", "li", "dt", "dd", "figcaption")
SILENT = ("script", "style", "template")


@dataclass
class PageTable:
    """One table: its rows as text, the headings that stood above it, and the line it begins on."""

    headings: tuple[str, ...]
    line: int
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass
class Page:
    """A page's tables in order, and its sentences (headings and paragraphs) with their lines."""

    tables: list[PageTable] = field(default_factory=list)
    sentences: list[tuple[int, str]] = field(default_factory=list)
    title: str = ""


class _Reader(HTMLParser):
    """Collects; a cell that spans columns is repeated so that headers and cells stay beside each other."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[PageTable] = []
        self._headings: list[str] = []
        self._text: list[str] = []
        self._within = ""
        self._silent = 0
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag == "table":
            self._open.append(PageTable(tuple(self._headings), self.getpos()[0]))
            self.page.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._open[-1].rows.append([])
            self._open[-1].lines.append(self.getpos()[0])
        elif tag in ("td", "th") and self._open:
            span = dict(attrs).get("colspan") or "1"
            self._begin("cell", min(int(span), 50) if span.isdigit() else 1)
        elif tag in HEADINGS or tag in TEXTS or tag == "title":
            self._begin("" if self._within == "cell" and tag in TEXTS else tag, 1)
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._open:
            self._open.pop()
        elif tag in ("td", "th") and self._within == "cell":
            self._cell()
        elif tag == self._within:
            self._sentence(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def _begin(self, within: str, span: int) -> None:
        if within:
            self._within, self._text, self._span = within, [], span

    def _said(self) -> str:
        said = " ".join("".join(self._text).replace("\xa0", " ").replace("\u202f", " ").split())
        self._text = []
        return said

    def _cell(self) -> None:
        said, self._within = self._said(), ""
        if self._open and self._open[-1].rows:
            self._open[-1].rows[-1].extend([said] * self._span)

    def _sentence(self, tag: str) -> None:
        said, self._within = self._said(), ""
        if tag == "title":
            self.page.title = said
            return
        self.page.sentences.append((self.getpos()[0], said))
        if tag == "caption" and self._open:
            self._open[-1].headings = (*self._open[-1].headings, said)
        elif tag in HEADINGS:
            self._headings.append(said)


def read_page(text: str) -> Page:
    """The tables and sentences of a page; rows without cells are left out.

    Raises
    ------
    BadInput
        If it is no page that can be read to its end.
    """
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as bad:  # the standard parser's word for a declaration that it cannot follow
        raise BadInput(f"a page that cannot be read ({bad})", "an HTML page as saved") from None
    for table in reader.page.tables:
        kept = [(row, line) for row, line in zip(table.rows, table.lines, strict=True) if row]
        table.rows, table.lines = [row for row, _ in kept], [line for _, line in kept]
    return reader.page
