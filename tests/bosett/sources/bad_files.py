"""Files as they go wrong, each with the defect that names it: for the command line and for the page."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

import xlsxwriter

HEADER = "kommunenummer,year,metric,value,status,source,licence,retrieved_at"
END = "Some agency,CC BY 4.0,2026-02-01"


@dataclass(frozen=True)
class BadFile:
    """What is uploaded, and the codes of what is wrong with it; `accepted` where it is told and loaded all the same."""

    what: str
    kind: str
    name: str
    content: bytes
    codes: frozenset[str]
    accepted: bool = False


def rows(*told: str, header: str = HEADER) -> bytes:
    """The template with rows `code,year,metric,value,status`."""
    return "\n".join([header, *(f"{one},{END}" for one in told), ""]).encode()


def workbook(value: object, *, result: object = None) -> bytes:
    """The template as a workbook; a formula has the result that is stored beside it, or none."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER.split(","))
        sheet.write_row(1, 0, ["0301", "2024", "settled"])
        if isinstance(value, str) and value.startswith("="):
            sheet.write_formula(1, 3, value, None, result)
        else:
            sheet.write(1, 3, value)
        sheet.write_row(1, 4, ["", *END.split(",")])
    return made.getvalue()


def jsonstat(size: list[int]) -> bytes:
    """An answer of Statistics Norway of one municipality and year, with a size that is given."""
    dimension = {
        "Region": {"category": {"index": {"0301": 0}}},
        "Tid": {"category": {"index": {"2024": 0}}},
    }
    told = {"class": "dataset", "label": "07459: Population", "id": ["Region", "Tid"], "size": size,
            "dimension": dimension, "value": [709_000]}  # fmt: skip
    return json.dumps(told).encode()


def of(what: str, kind: str, name: str, content: bytes, *codes: str, accepted: bool = False) -> BadFile:
    """A bad file."""
    return BadFile(what, kind, name, content, frozenset(codes), accepted)


GOOD = rows("0301,2024,settled,1539,")
BAD = (
    of("wrong encoding", "template", "a.csv", GOOD.replace(b"Some", "Sør".encode("latin-1")), "unreadable"),
    of("a missing column", "template", "a.csv", GOOD.replace(b",value", b"").replace(b",1539", b""), "unreadable"),
    of("a renamed column", "template", "a.csv", GOOD.replace(b"value", b"verdi"), "unreadable"),
    of("an unknown municipality", "template", "a.csv", rows("9998,2024,settled,5,"), "cell_wrong"),
    of("a split code", "template", "a.csv", rows("1507,2024,settled,5,"), "cell_wrong"),
    of("a truncated workbook", "template", "a.xlsx", workbook(1539)[:-400], "unreadable"),
    of("a formula without a result", "template", "a.xlsx", workbook("=1+1", result=""), "formula_not_computed"),
    of("a formula with its result", "template", "a.xlsx", workbook("=1538+1", result=1539), "formula_in_cell",
       accepted=True),
    of("a text that a spreadsheet would run", "template", "a.csv", rows("0301,2024,settled,=1+1,"), "formula_text"),
    of("a JSON-stat with a wrong size", "jsonstat", "a.json", jsonstat([1, 2]), "unreadable"),
)  # fmt: skip
