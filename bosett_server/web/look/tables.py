"""A table as plain values, so that every list sorts, selects, scrolls and prints alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bosett.terms.figure import Figure
from bosett_server.web.look.dates import date_digits, time_element
from bosett_server.web.look.figures import figure_html
from bosett_server.web.look.numbers import kroner, number

Kind = Literal["text", "number", "kroner", "date"]


@dataclass(frozen=True)
class Column:
    """One column: its key in the address (`?sort=key`), its heading, what its cells hold."""

    key: str
    label: str
    kind: Kind = "text"
    sortable: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether cells are set flush with the decimals."""
        return self.kind in ("number", "kroner")


@dataclass(frozen=True)
class Row:
    """One row: a cell per column; `key` is the value of its checkbox; `href` opens it.

    `label` names the row for the screen reader where the first cell does not.
    """

    cells: tuple[object, ...]
    key: str = ""
    href: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """What the row is called where its checkbox is read out."""
        return self.label or str(self.cells[0])


@dataclass(frozen=True)
class Table:
    """A whole table; `sort` is a column key, with a leading minus when falling.

    Raises
    ------
    ValueError
        If a row has more or fewer cells than there are columns, or may be selected without a key.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sort: str = ""
    selectable: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"{len(row.cells)} cells for {len(self.columns)} columns in {self.caption!r}"
                )
            if self.selectable and not row.key:
                raise ValueError(f"a row of {self.caption!r} can be selected but has no key")

    @property
    def is_worklist(self) -> bool:
        """Whether j, k, Enter and x have anything to do in it: rows that open, or that can be ticked."""
        return self.selectable or any(row.href for row in self.rows)

    def direction(self, column: Column) -> str:
        """`ascending`, `descending` or nothing, as `aria-sort` says it."""
        if self.sort.removeprefix("-") != column.key:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def showing(self, keys: list[str] | None) -> Table:
        """The table with only the chosen columns, in its own order; the first always stays.  None: all."""
        if keys is None:
            return self
        kept = [i for i, column in enumerate(self.columns) if i == 0 or column.key in keys]
        rows = tuple(replace(row, cells=tuple(row.cells[i] for i in kept)) for row in self.rows)
        return replace(self, columns=tuple(self.columns[i] for i in kept), rows=rows)


def cell(value: object, kind: Kind) -> SafeString:
    """A cell's content, escaped, set by its type first and by the column's kind second."""
    if isinstance(value, Figure):
        return figure_html(value)
    if isinstance(value, date):
        return time_element(value, date_digits(value))
    if isinstance(value, int) and not isinstance(value, bool) and kind in ("number", "kroner"):
        return SafeString(kroner(value) if kind == "kroner" else number(value))
    return value if isinstance(value, SafeString) else SafeString(escape(str(value)))


def body(table: Table) -> SafeString:
    """The rows, put together here and not by a template: a list of fifty rows is read all day."""
    return SafeString("".join(_row(row, table) for row in table.rows))


def _row(row: Row, table: Table) -> str:
    cells = [_tick(row)] if table.selectable else []
    for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        content = cell(value, column.kind)
        if place == 0 and row.href:
            content = SafeString(f'<a class="ds-link" href="{escape(row.href)}">{content}</a>')
        tag, attributes = ("th", ' scope="row"') if place == 0 else ("td", "")
        numeric = ' class="numeric"' if column.is_numeric else ""
        cells.append(f"<{tag}{attributes}{numeric}>{content}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _tick(row: Row) -> str:
    return format_html(
        '<td class="data-table__tick"><input class="ds-input" type="checkbox" name="selected" value="{}"'
        ' aria-label="{}"></td>',
        row.key,
        gettext("Select %(row)s") % {"row": row.name},
    )


def plain_rows(rows: Sequence[Sequence[object]]) -> SafeString:
    """Rows of a table of numbers; the first cell of each is its name."""
    return SafeString("".join(_plain_row([cell(value, "number") for value in row]) for row in rows))


def _plain_row(cells: list[SafeString]) -> str:
    rest = "".join(f"<td>{one}</td>" for one in cells[1:])
    return f'<tr><th scope="row">{cells[0]}</th>{rest}</tr>'


def region(content: str, label: str) -> SafeString:
    """A table in a named region that scrolls by itself and can be reached by keyboard."""
    return format_html(
        '<div class="table-region" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        SafeString(content),
    )
