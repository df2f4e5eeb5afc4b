"""IMDi's column headings, matched by their text: columns come and go from year to year."""

from __future__ import annotations

import re

from bosett.terms.observation import Breakdown

Column = tuple[str, Breakdown]
"""Measure and breakdown."""

UNDER_15 = re.compile(r"under\s*15")
FROM_15 = re.compile(r"15\s*[-–—]\s*1[78]|over\s*15|fra\s*15|eldre")
MINORS = re.compile(r"enslig|\bem\b|\bema\b|mindreårig")
MEASURES = (
    (re.compile(r"opprinnelig\w*\s+anmod"), "asked_original"),
    (re.compile(r"anmod"), "asked"),
    (re.compile(r"vedt"), "voted"),
    (re.compile(r"avtalt"), "agreed"),
    (re.compile(r"bosatt|bosetting|kollektiv"), "settled"),
)
ALLOWED = "anmodet, opprinnelig anmodet, vedtatt, avtalt, bosatt, kollektiv beskyttelse, enslige mindreårige"


def is_place_heading(text: str) -> bool:
    """Whether the column holds names of municipalities or counties."""
    return bool(re.match(r"(kommune|fylke|bydel|navn)", text.strip().lower()))


def column_of(text: str) -> Column | None:
    """What a heading means; None when it is none that is known.

    A heading that names an age alone means those asked for, as on the pages of 2026.
    """
    told = text.lower()
    measure = next((measure for form, measure in MEASURES if form.search(told)), "")
    group = _group(told)
    if not measure:
        return ("asked", (("group", group),)) if group else None
    if group:
        return measure, (("group", group),)
    if measure == "settled" and "kollektiv" in told:
        return measure, (("protection", "collective"),)
    if "ukrain" in told:
        return measure, (("origin", "ukrainian"),)
    return measure, ()


def _group(told: str) -> str:
    if UNDER_15.search(told):
        return "em_under15"
    if FROM_15.search(told):
        return "em_15_17"
    return "em" if MINORS.search(told) else ""
