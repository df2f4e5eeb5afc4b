"""The parts of a paper as plain values that can be stored, and back again: what is stored is what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bosett.outputs.paper import Bar, Bars, Block, Grid, Heading, Points, Text
from bosett.terms.errors import BadInput


def block_values(block: Block) -> dict[str, Any]:
    """One block as JSON takes it; `block_of` gives the same block back."""
    match block:
        case Heading(text, level, new_page):
            return {"kind": "heading", "text": text, "level": level, "new_page": new_page}
        case Text(text):
            return {"kind": "text", "text": text}
        case Points(points):
            return {"kind": "points", "points": list(points)}
        case Bars(caption, seen, bars):
            return {"kind": "bars", "caption": caption, "seen": seen, "bars": [asdict(one) for one in bars]}
        case Grid(caption, header, rows, numbers):
            return {
                "kind": "grid", "caption": caption, "header": list(header), "rows": [list(row) for row in rows],
                "numbers": sorted(numbers),
            }  # fmt: skip


def block_of(values: Mapping[str, Any]) -> Block:
    """The block that was stored.

    Raises
    ------
    BadInput
        If it is of a kind that no paper has.
    """
    match values["kind"]:
        case "heading":
            return Heading(values["text"], values.get("level", 2), values.get("new_page", False))
        case "text":
            return Text(values["text"])
        case "points":
            return Points(tuple(values["points"]))
        case "bars":
            return Bars(values["caption"], values["seen"], tuple(Bar(**one) for one in values["bars"]))
        case "grid":
            rows = tuple(tuple(row) for row in values["rows"])
            return Grid(values["caption"], tuple(values["header"]), rows, frozenset(values["numbers"]))
    raise BadInput(repr(values["kind"]), "heading, text, points, bars or grid", column="kind")


def block_lines(block: Block) -> list[str]:
    """What the block says, line by line, for comparing two of them."""
    match block:
        case Heading() | Text():
            return [block.text]
        case Points(points):
            return list(points)
        case Bars(caption, _, bars):
            return [f"{caption}: {one.label} {one.told}" for one in bars]
        case Grid(caption, header, rows):
            return [f"{caption}: " + "; ".join(f"{h} {cell}" for h, cell in zip(header, row, strict=True))
                    for row in rows]  # fmt: skip
