"""A workbook calculated again from its formulas alone, for the tests: what a treasurer's program would show."""

from __future__ import annotations

import ast
import html
import operator
import re
import zipfile
from functools import cache
from pathlib import Path

CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)')
REFERENCE = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]{1,2})\$?(\d+)(?::\$?([A-Z]{1,2})\$?(\d+))?")
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


class Workbook:
    """Sheets by name; numbers that are changed change what the formulas give."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as packed:
            names = re.findall(r'<sheet name="([^"]+)"', packed.read("xl/workbook.xml").decode())
            texts = packed.read("xl/sharedStrings.xml").decode()
            shared = [html.unescape(one) for one in re.findall(r"<t[^>]*>(.*?)</t>", texts)]
            self.cells: dict[tuple[str, str], float | str] = {}
            self.stored: dict[tuple[str, str], float] = {}
            for number, name in enumerate(names, 1):
                xml = packed.read(f"xl/worksheets/sheet{number}.xml").decode()
                for cell, kind, inside in CELL.findall(xml):
                    self._read(html.unescape(name), cell, kind, inside, shared)

    def _read(self, sheet: str, cell: str, kind: str, inside: str, shared: list[str]) -> None:
        formula = re.search(r"<f>(.*?)</f>", inside or "")
        value = re.search(r"<v>(.*?)</v>", inside or "")
        if formula and value:
            self.cells[sheet, cell] = "=" + html.unescape(formula.group(1))
            self.stored[sheet, cell] = float(value.group(1))
        elif value:
            text = 't="s"' in kind
            self.cells[sheet, cell] = shared[int(value.group(1))] if text else float(value.group(1))

    def value(self, sheet: str, cell: str) -> float:
        """The cell's number, its formula calculated anew."""

        @cache
        def worth(where: str, name: str) -> float:
            found = self.cells.get((where, name), 0.0)
            if isinstance(found, float):
                return found
            if not found.startswith("="):
                raise ValueError(f"{where} {name} is a text")
            return calculate(found[1:], where)

        def calculate(formula: str, where: str) -> float:
            def put(match: re.Match[str]) -> str:
                inside, column, row, to_column, to_row = match.groups()
                place = inside or where
                if to_column is None:
                    return f"({worth(place, column + row)!r})"
                rows = range(int(row), int(to_row) + 1)
                return "(" + "+".join(repr(worth(place, f"{column}{one}")) for one in rows) + ")"

            return _number(ast.parse(REFERENCE.sub(put, formula).replace("^", "**"), mode="eval").body)

        return worth(sheet, cell)


def _number(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=one):
            return -_number(one)
        case ast.BinOp(left=left, op=op, right=right):
            return float(OPERATIONS[type(op)](_number(left), _number(right)))
        case ast.Call(func=ast.Name(id="ROUND"), args=[one, _]):
            return float(int(_number(one) + 0.5))
        case ast.Call(func=ast.Name(id="SUM"), args=[one]):
            return _number(one)
    raise ValueError(ast.dump(node))
