"""A filled-in questionnaire read back, line by line, with every fault by its row.

What is filled in is text as it was typed; the form decides what it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bosett.expenditure.questionnaire import SHEET_KEY, Line
from bosett.expenditure.typed import Typed
from bosett.sources.cells import read_cells
from bosett.terms.errors import BadInput

_LONE_ZERO = re.compile(r"-?\d+\.0+")


@dataclass(frozen=True)
class Filled:
    """One line of a filled-in workbook, with its row in the sheet."""

    row: int
    typed: Typed


def read_template(path: Path, lines: Sequence[Line]) -> tuple[Filled, ...]:
    """The filled-in lines, in the order of the sheet; a line that is not there is not given.

    Raises
    ------
    BadInput
        If it is not this template, a key is unknown or stands twice; names the row.
    """
    known, found, seen = {line.area for line in lines}, [], set()
    started = False
    for row, cells in read_cells(path):
        key = cells[0].strip() if cells else ""
        if not started:
            started = key == SHEET_KEY
            continue
        if not key:
            if any(cell.strip() for cell in cells):
                raise BadInput("a line without its key", "the rows of the template only", path.name, row, "A")
            continue
        if key not in known:
            raise BadInput(repr(key[:40]), "a line of this questionnaire", path.name, row, "A")
        if key in seen:
            raise BadInput(f"{key} twice", "each line once", path.name, row, "A")
        seen.add(key)
        told = [_text(cells[place]) if place < len(cells) else "" for place in range(3, 7)]
        found.append(Filled(row, Typed(key, *told)))
    if not started:
        raise BadInput("no key row", "the template as it was downloaded", path.name)
    return tuple(found)


def _text(cell: str) -> str:
    """A number that the spreadsheet wrote as 1200.0 is 1200."""
    text = cell.strip()
    return text.split(".", maxsplit=1)[0] if _LONE_ZERO.fullmatch(text) else text
