"""A grid of numbers that people type in or paste: read cell by cell, and never lost when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)
_BLANKS = str.maketrans("", "", " \u00a0\u202f\u2009")
LONGEST_PASTE = 20_000


@dataclass(frozen=True)
class Cell:
    """One field; `wrong` says what is the matter, `note` what stands beside it, `offered` that nobody has saved it."""

    name: str
    label: str
    text: str = ""
    wrong: str = ""
    note: str = ""
    placeholder: str = ""
    offered: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the grid."""

    label: str
    about: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """The whole grid; `columns` are (key, heading)."""

    caption: str
    corner: str
    columns: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    whole: bool = False

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(id of the cell, row, column and what is wrong), from the top."""
        return [
            (f"cell-{cell.name}", f"{cell.label}: {cell.wrong}")
            for line in self.lines
            for cell in line.cells
            if cell.wrong
        ]

    @property
    def any_offered(self) -> bool:
        """Whether a cell holds something that nobody has saved."""
        return any(cell.offered for line in self.lines for cell in line.cells)


def typed(post: QueryDict, longest: int = 40) -> dict[str, str]:
    """What was posted, field by field; the last of a field that comes twice."""
    return {str(key): str(value)[:longest] for key, value in post.items()}


def decimal_in(text: str) -> Decimal | None:
    """A number of 0 or more as people write it (`1 250,5`); None for nothing.  ValueError for anything else."""
    plain = text.translate(_BLANKS).replace(",", ".")
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain)


def whole_in(text: str) -> int | None:
    """A whole number of 0 or more; None for nothing.  ValueError for anything else."""
    found = decimal_in(text)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise ValueError(text)
    return int(found)


def wrong_number(text: str, *, whole: bool) -> str:
    """What to say of a cell that is no number."""
    told = (
        _("“%(found)s” is not a whole number of 0 or more")
        if whole
        else _("“%(found)s” is not a number of 0 or more")
    )
    return told % {"found": text[:20]}


def written(value: Decimal | int | None) -> str:
    """A number as it is typed: comma, no zeros at the end."""
    if value is None:
        return ""
    text = f"{Decimal(value):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def pasted_rows(text: str) -> list[list[str]]:
    """The block as rows of cells: tabs between them as a spreadsheet copies, or semicolons."""
    rows = []
    for line in text[:LONGEST_PASTE].splitlines():
        if line.strip():
            rows.append([cell.strip() for cell in re.split(r"\t" if "\t" in line else ";", line)])
    return rows


def place_rows(
    rows: Sequence[Sequence[str]], names: Mapping[str, str], keys: Sequence[str], order: Sequence[str]
) -> tuple[dict[tuple[str, str], str], list[str]]:
    """Pasted cells by (row, column), and what could not be placed, by row.

    Parameters
    ----------
    names
        What a row may be called, folded -> its key; a row without a name takes the next in `order`.
    keys
        The columns that a row of numbers fills, from the left.

    A first row without any number is taken for headings.
    """
    placed: dict[tuple[str, str], str] = {}
    faults: list[str] = []
    body = list(enumerate(rows, start=1))
    if body and not any(_is_number(cell) for cell in body[0][1]):
        body = body[1:]
    free = list(order)
    for number, cells in body:
        named = names.get(cells[0].casefold()) if cells else None
        values = list(cells[1:]) if named or (not _is_number(cells[0]) and cells[0]) else list(cells)
        key = named or (free[0] if free and values is not None and len(values) == len(cells) else None)
        if key is None:
            faults.append(
                _("Row %(row)s: “%(found)s” is none of the rows.") % {"row": number, "found": cells[0][:40]}
            )
            continue
        if key in free:
            free.remove(key)
        if len(values) > len(keys):
            faults.append(
                _("Row %(row)s: %(found)s cells, and there is room for %(room)s.")
                % {"row": number, "found": len(values), "room": len(keys)}
            )
            continue
        placed |= {(key, column): value for column, value in zip(keys, values, strict=False)}
    return placed, faults


def _is_number(text: str) -> bool:
    try:
        return decimal_in(text) is not None
    except ValueError:
        return False
