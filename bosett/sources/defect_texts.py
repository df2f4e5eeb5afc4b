"""What stands in a defect's `found` and `allowed`, in the reader's language, each by its shape.

The importers write English with what they met in it; here every such shape has its bokmål and its nynorsk, and the
parts that came from the file stay as they are.  A text without a shape is a cell of the file, a code or a number.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from bosett.registry.tables import read_rows
from bosett.terms.errors import BadInput

COLUMNS = ("en", "nb", "nn")
FILE = Path(__file__).with_suffix(".csv")
HOLE = "{}"
"""Stands for what came from the file."""


@lru_cache(maxsize=4096)
def worded(text: str, language: str) -> str:
    """A text of a defect in a language ("nb", "nn"); English, and what has no shape, as it is.

    Promise: what came from the file stands in it unchanged and in the same order.
    """
    if language not in COLUMNS[1:]:
        return text
    for shape, bokmal, nynorsk in _shapes():
        met = shape.fullmatch(text)
        if met:
            return _filled(bokmal if language == "nb" else nynorsk, met.groups())
    return text


def templates() -> frozenset[str]:
    """Every English shape that has words."""
    return frozenset(row["en"] for row in read_rows(FILE, COLUMNS))


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Those with the most words of their own first, so that a general shape takes no text from a particular one."""
    rows = read_rows(FILE, COLUMNS)
    for line, row in enumerate(rows, start=2):
        if len({row[name].count(HOLE) for name in COLUMNS}) > 1:
            raise BadInput(row["nb"], f"as many {HOLE} as in {row['en']!r}", str(FILE), line, "nb")
    ordered = sorted(rows, key=lambda row: (-len(row["en"].replace(HOLE, "")), row["en"]))
    return tuple((_pattern(row["en"]), row["nb"], row["nn"]) for row in ordered)


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(re.escape(part) for part in template.split(HOLE)), re.DOTALL)


def _filled(template: str, parts: tuple[str, ...]) -> str:
    first, *rest = template.split(HOLE)
    return first + "".join(part + text for part, text in zip(parts, rest, strict=True))
