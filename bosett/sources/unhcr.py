"""UNHCR's answers in JSON: zero arrives as the text "0", codes that are no ISO codes occur."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bosett.sources.ask import Ask, DefectList
from bosett.sources.citizenships import is_citizenship
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.opened import Opened
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation, breakdown_of

KIND = "unhcr"
ADDRESS = "https://api.unhcr.org/population/v1/"
OUTCOMES = {
    "dec_recognized": "recognised",
    "dec_other": "other_positive",
    "dec_rejected": "rejected",
    "dec_closed": "closed",
    "dec_total": "total",
}
GROUPS = {"ASY": "asylum_seekers", "REF": "refugees", "STA": "stateless"}
AGES = {
    "0_4": "0_4",
    "5_11": "5_11",
    "12_17": "12_17",
    "18_59": "18_59",
    "60": "60_plus",
    "other": "not_stated",
}
SEXES = {"f": "women", "m": "men"}
POPULATIONS = {"refugees": "refugees", "asylum_seekers": "asylum_seekers", "stateless": "stateless"}
SOURCE_OF = {"applications": "applications", "decisions": "decisions", "refugee_population": "population"}
"""The source of our own tables that a measure stands in, so that a newer answer changes what is stored."""
FIRST_YEAR = 1951
Item = dict[str, Any]
Told = tuple[str, dict[str, str], str]
"""Measure, breakdown, and the key of the value."""


def read_unhcr(file: Opened, ask: Ask) -> Imported[Observation]:
    """An answer with Norway as country of asylum: applications, decisions, demographics or population.

    Promise: one page of several is refused, since its sums would be too small.
    """
    defects = DefectList(file.name)
    items = _items(file)
    rows_of = _rows_of(items[0], file.name)
    found: dict[object, Observation] = {}
    for row, item in enumerate(items, start=1):
        try:
            for one in _observations(item, rows_of, ask.today.year):
                if one.key in found:
                    defects.error(
                        "row_twice", f"{one.measure_id} {dict(one.breakdown)} again", "each once", row
                    )
                found[one.key] = one
        except BadInput as bad:
            defects.error("cell_wrong", bad.found, bad.allowed, row, bad.column)
    source = ImportSource("Refugee Data Finder", "UNHCR", ADDRESS, "CC BY 4.0", ask.retrieved)
    counts = {"rows": len(items), "observations": len(found)}
    return settled_result(KIND, found.values(), defects.told(), source, file.sha256, counts)


def _items(file: Opened) -> list[Item]:
    told = file.json()
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list) or not items or not all(isinstance(one, dict) for one in items):
        raise BadInput("no items", "an answer of UNHCR with items", file.name)
    pages = told.get("maxPages", 1)
    if pages != 1:
        found = f"one of {pages} pages"
        raise BadInput(found, "all in one page (ask with a higher limit)", file.name, column="maxPages")
    return items


def _rows_of(item: Item, file: str) -> Callable[[Item], Iterator[Told]]:
    if "applied" in item:
        return _applications
    if "dec_total" in item:
        return _decisions
    if "f_0_4" in item:
        return _demographics
    if "refugees" in item:
        return _population
    found = f"items with {', '.join(list(item)[:8])}"
    raise BadInput(found, "applications, decisions, demographics or population", file)


def _observations(
    item: Item, rows_of: Callable[[Item], Iterator[Told]], last_year: int
) -> Iterator[Observation]:
    if item.get("coa_iso") != "NOR":
        raise BadInput(repr(item.get("coa_iso")), "NOR", column="coa_iso")
    citizenship = str(item.get("coo_iso", ""))
    if not is_citizenship(citizenship):
        raise BadInput(repr(citizenship), "an ISO 3166 code, UNK, XXA or TIB", column="coo_iso")
    year = _whole(item, "year")
    if not FIRST_YEAR <= year <= last_year:
        raise BadInput(str(year), f"a year from {FIRST_YEAR} to {last_year}", column="year")
    for measure, told, key in rows_of(item):
        value = _whole(item, key)
        unit = {"applications": "applications", "decisions": "decisions"}.get(measure, "persons")
        yield Observation(
            measure, "unhcr", COUNTRY, year, State.NUMBER, value, unit, SOURCE_OF[measure],
            breakdown=breakdown_of(citizenship=citizenship, **told),
        )  # fmt: skip


def _applications(item: Item) -> Iterator[Told]:
    told = {
        "application_type": _word(item, "app_type"),
        "level": _word(item, "dec_level"),
        "procedure": "asylum",
    }
    yield "applications", told, "applied"


def _decisions(item: Item) -> Iterator[Told]:
    for key, outcome in OUTCOMES.items():
        yield "decisions", {"level": _word(item, "dec_level"), "outcome": outcome}, key


def _demographics(item: Item) -> Iterator[Told]:
    group = GROUPS.get(_word(item, "pop_type"))
    if group is None:
        raise BadInput(repr(item.get("pop_type")), ", ".join(GROUPS), column="pop_type")
    yield "refugee_population", {"population_group": group}, "total"
    for letter, sex in SEXES.items():
        yield "refugee_population", {"population_group": group, "sex": sex}, f"{letter}_total"
        for key, age in AGES.items():
            told = {"population_group": group, "sex": sex, "age": age}
            yield "refugee_population", told, f"{letter}_{key}"


def _population(item: Item) -> Iterator[Told]:
    for key, group in POPULATIONS.items():
        if key in item:
            yield "refugee_population", {"population_group": group}, key


def _word(item: Item, key: str) -> str:
    """A code of letters; anything else is refused."""
    told = item.get(key)
    if not isinstance(told, str) or not (told.isascii() and told.isalpha()):
        raise BadInput(repr(told), "a code of letters", column=key)
    return told


def _whole(item: Item, key: str) -> int:
    """A whole number, also written as a text; `-` and nothing are refused, they are not zero."""
    told = item.get(key)
    if isinstance(told, bool) or told is None:
        raise BadInput(repr(told), "a whole number", column=key)
    text = str(told).removesuffix(".0")
    if not (text.isascii() and text.isdigit()):
        raise BadInput(repr(told), "a whole number", column=key)
    return int(text)
