"""How few cells are hidden, how fast, and what is left to an attacker: `./run bench protect [--write]`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections import Counter

import numpy as np

from benchmarks._report import commit, keep
from bosett import __version__
from bosett.cli.progress import Progress
from bosett.statistics.attack import attack_tables
from bosett.statistics.problem import CountTable, Key
from bosett.statistics.protect import protect_tables
from tests.bosett.statistics.attacker import ends
from tests.bosett.statistics.linked import linked_tables

MUNICIPALITIES, COUNTIES, PERSONS = 357, 15, 12_000


def country(groups: int) -> CountTable:
    """Made-up persons of a year in every municipality, county and group, with all totals but one."""
    rng = np.random.default_rng(7)
    size = rng.lognormal(0, 1.1, MUNICIPALITIES)
    persons = rng.poisson(np.outer(size / size.sum() * PERSONS, rng.dirichlet(np.ones(groups))))
    counts: Counter[Key] = Counter()
    for place in range(MUNICIPALITIES):
        code, county = f"{place:04}", f"{place * COUNTIES // MUNICIPALITIES:02}"
        for number in range(groups):
            group = f"group {number}"
            for key in (
                (code, county, group), (code, county, "*"), ("*", county, group), ("*", county, "*"),
                ("*", "*", group), ("*", "*", "*"),
            ):  # fmt: skip
                counts[key] += int(persons[place, number])
    return CountTable(("municipality", "county", "group"), dict(counts))


def by_rows(table: CountTable) -> int:
    """Cells hidden by whoever hides every row of the first dimension that has a small number."""
    small = {key[0] for key, count in table.cells.items() if 0 < count < 5}
    return sum(key[0] in small and count > 0 for key, count in table.cells.items())


def random_tables() -> tuple[str, int]:
    """The 200 random linked tables, attacked by the tests' own attacker."""
    hidden = rows = cells = small = narrow = fewest = 0
    spent, progress = 0.0, Progress("random tables", 200, sys.stderr)
    for seed in range(200):
        tables = linked_tables(seed, totals=seed % 2 == 0)
        begun = time.perf_counter()
        done = protect_tables(tables)
        spent += time.perf_counter() - begun
        found = ends([(one.table.dimensions, one.table.cells) for one in done.tables])
        narrow += sum(high - low < 5 - 1e-6 for _, _, low, high in found)
        hidden += sum(len(one.table.hidden) for one in done.tables)
        small += sum(len(one.primary) for one in done.tables)
        cells += sum(len(one.cells) for one in tables)
        rows += sum(map(by_rows, tables))
        fewest += done.fewest
        progress.step()
    text = f"| 200 random linked tables | {cells} | {small} | {hidden} | {rows} | {hidden / rows:.0%} |"
    return f"{text} {narrow} | {fewest} of 200 | {spent:.1f} |", narrow


def one_country(groups: int) -> tuple[str, int]:
    """A table of the whole country, attacked by our own attack."""
    table = country(groups)
    begun = time.perf_counter()
    done = protect_tables([table])
    spent = time.perf_counter() - begun
    (one,) = done.tables
    narrow, rows, hidden = len(attack_tables([one.table])), by_rows(table), len(one.table.hidden)
    name = f"{MUNICIPALITIES} municipalities in {COUNTIES} counties x {groups} groups"
    text = f"| {name} | {len(table.cells)} | {len(one.primary)} | {hidden} | {rows} | {hidden / rows:.0%} |"
    return f"{text} {narrow} | {'yes' if done.fewest else 'not tried'} | {spent:.1f} |", narrow


def main() -> int:
    """Print the table, or put it in docs/benchmarks.md; 4 when a hidden cell can be narrowed."""
    parser = argparse.ArgumentParser(prog="bench protect")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/benchmarks.md")
    write = parser.parse_args().write
    rows, narrow = zip(random_tables(), *map(one_country, (2, 6, 10)), strict=True)
    load = os.getloadavg()[1]
    text = "\n".join(
        [
            f"Made-up persons; version {__version__}, commit {commit()}; "
            f"Python {platform.python_version()}, {os.cpu_count()} cores, load of the machine {load:.1f}.",
            "",
            "| tables | cells | small | hidden | hidden by whole rows | share "
            "| narrower than 5 | fewest, proven | seconds |",
            "|---|--:|--:|--:|--:|--:|--:|---|--:|",
            *rows,
        ]
    )
    print(text)
    if write:
        keep("protect", text)
    return 4 if any(narrow) else 0


if __name__ == "__main__":
    sys.exit(main())
