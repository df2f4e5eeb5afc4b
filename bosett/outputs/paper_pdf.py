"""Papers as PDF that everybody can read and archives can keep: PDF/UA-1 and PDF/A-2a at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import typst

from bosett.outputs.paper import Bars, Block, Grid, Paper, say
from bosett.outputs.paper_values import block_values

TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
"""The export itself refuses what breaks them; nothing else is written."""
SENTENCE, SHORT = 60, 24
"""Letters from which a cell is read as sentences, and up to which a column is as wide as what it holds."""


def paper_pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF with title, language, bookmarks and embedded fonts.

    The same paper gives the same bytes: the file's time is the paper's day.  Fonts are those that come
    with typst, so that it looks the same on every machine.
    """
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"paper": json.dumps(_values(paper), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(paper.day, time(12), UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gives a PDF as bytes")
    return made


@cache
def _compiler() -> typst.Compiler:
    """One compiler for all papers: fonts are read once."""
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, ignore_system_fonts=True)


def _values(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "language": paper.language,
        "sender": paper.sender,
        "day": [paper.day.year, paper.day.month, paper.day.day],
        "particulars": [list(pair) for pair in paper.particulars],
        "mark": paper.mark,
        "figure_word": say(paper.language, "Figur", "Figur"),
        "table_word": say(paper.language, "Tabell", "Tabell"),
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    """The block's values, with what only the drawing needs."""
    match block:
        case Grid(_, header, rows):
            return block_values(block) | {"widths": column_widths(header, rows)}
        case Bars():
            return block_values(block) | {"bars": bar_values(block)}
    return block_values(block)


def column_widths(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column is beside the others; 0 for as wide as what it holds.

    Where no cell holds sentences all are 0.  Else a column of sentences is as wide as the root of its longest cell:
    so that cells get about the same shape.
    """
    longest = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]
    if max(longest) <= SENTENCE:
        return [0] * len(longest)
    return [0 if one <= SHORT else round(100 * sqrt(one)) for one in longest]


def bar_values(chart: Bars) -> list[dict[str, Any]]:
    """Each bar with its lengths as shares of the longest, as the drawing takes them."""
    whole = chart.longest
    return [
        {
            "label": one.label,
            "told": one.told,
            "value": one.value / whole,
            "low": None if one.low is None else max(0.0, one.low) / whole,
            "high": None if one.high is None else one.high / whole,
        }
        for one in chart.bars
    ]


def bars_png(chart: Bars) -> bytes:
    """The same drawing as a picture, for papers that are edited."""
    made = typst.compile(
        TEMPLATE.with_name("bars_picture.typ"), format="png", ppi=200, ignore_system_fonts=True,
        sys_inputs={"bars": json.dumps(bar_values(chart), ensure_ascii=False)},
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("typst gives one page as bytes")
    return made
