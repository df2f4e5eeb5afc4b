"""The tables as their sources publish them, attacked here and nowhere else.

What an attacker gets out of them is held in memory only: no name, no cell and no number is printed or written,
also not when a test fails, which is why every test asserts one word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from bosett.sources.shipped import shipped_figures
from bosett.statistics.attack import attack
from bosett.statistics.hiding import hidden_cells
from bosett.statistics.problem import Key, PublishedTable
from bosett.statistics.public import is_shown_shape, shown
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import Observation

Where = tuple[str, int, str]
Counts = dict[Key, int | None]
WIDTH = 5
GROUPS = ("ukrainian", "other", "*")
KNOWN = (State.NUMBER, State.SUPPRESSED)


def tables(figures: Iterable[Observation]) -> dict[Where, Counts]:
    """(source, year, municipality) -> Ukrainian, other and all, where the source tells all three."""
    found: dict[Where, Counts] = defaultdict(dict)
    for one in figures:
        if one.measure_id != "settled" or one.state not in KNOWN or len(one.place) != 4:
            continue
        if not one.breakdown or [name for name, _ in one.breakdown] == ["origin"]:
            group = one.breakdown[0][1] if one.breakdown else "*"
            where = (f"{one.dataset_id}/{one.source_id}", one.year, one.place)
            found[where][(group,)] = None if one.value is None else int(one.value)
    return {where: counts for where, counts in found.items() if len(counts) == len(GROUPS)}


def opened(counts: Counts) -> bool | None:
    """Whether our attack narrows a hidden cell; None when nothing can be behind the table."""
    try:
        return bool(attack(PublishedTable(("origin",), counts), WIDTH))
    except BadInput:
        return None


def opened_by_hand(counts: Counts) -> bool | None:
    """The same by subtraction, for two parts and their sum."""
    one, two, whole = (counts[group,] for group in GROUPS)
    parts = [part for part in (one, two) if part is not None]
    if whole is None:
        return len(parts) == 2
    left = whole - sum(parts)
    if len(parts) == 2:
        return None if left else False
    if len(parts) == 1:
        return None if left < 1 else True
    return None if left < 2 else left - 2 < WIDTH


@cache
def everything() -> tuple[Observation, ...]:
    return tuple(one for imported in shipped_figures() for one in imported.rows)


def test_the_attack_on_the_sources_pattern_finds_what_subtraction_finds() -> None:
    published = tables(everything())
    agree = all(opened(counts) is opened_by_hand(counts) for counts in published.values())
    enough = sum(None in counts.values() for counts in published.values()) > 100
    assert enough
    assert agree


def test_subtraction_opens_none_of_the_tables_as_they_are_shown_to_everybody() -> None:
    rows = [one for one in everything() if is_shown_shape(one)]
    hidden = hidden_cells(rows)
    published = tables(shown(one, hidden) for one in rows)
    opened_tables = sum(opened_by_hand(counts) is True for counts in published.values())
    assert sum(None in counts.values() for counts in published.values()) > 300
    assert opened_tables == 0
