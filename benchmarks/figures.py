"""Import of all figures: our own tables, and files of the sources' own size: `./run bench figures`.

The files are made from the own tables in the form of each source, twice as many rows as the genuine
ones for IMDi's bulk file (persons and per cent).  Prints a table, and with `--write` puts it into
docs/benchmarks.md; fails above the target.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from benchmarks._report import commit, keep
from bosett import __version__
from bosett.registry import Registry
from bosett.sources.ask import Ask
from bosett.sources.disagreements import disagreements
from bosett.sources.imported import Imported, difference
from bosett.sources.importers import import_opened
from bosett.sources.opened import opened
from bosett.sources.shipped import shipped_figures
from bosett.terms.figure import State
from bosett.terms.observation import Observation

TARGET_SECONDS = 10.0
DAY = date(2026, 11, 1)
BOSETTING = {
    "asked": "Anmodning om bosetting",
    "voted": "Vedtak om bosetting",
    "settled": "Faktisk bosetting",
}
T = TypeVar("T")
Line = tuple[str, int, float]


def main() -> int:
    """Measure, print, and fail above the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    args = parser.parse_args()
    Registry.shipped()
    seconds, tables = _timed(shipped_figures)
    figures = [one for table in tables for one in table.observations]
    lines: list[Line] = [("all own tables", len(figures), seconds)]
    lines.append(
        (
            "difference of all figures to themselves",
            len(figures),
            _timed(lambda: difference(figures, figures))[0],
        )
    )
    seconds, defects = _timed(lambda: disagreements(tables))
    lines.append((f"list of disagreements ({len(defects)} found)", len(figures), seconds))
    lines += [_imported(kind, name, text) for kind, name, text in _files(figures)]
    table = _table(lines)
    sys.stdout.write(table + "\n")
    if args.write:
        keep("figures", table)
    total = sum(seconds for _, _, seconds in lines)
    return 0 if total <= TARGET_SECONDS else 1


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def _imported(kind: str, name: str, content: bytes) -> Line:
    ask = Ask(Registry.shipped(), DAY, DAY)
    seconds, found = _timed(lambda: _read(kind, name, content, ask))
    return f"{kind}, {len(content) / 2**20:.1f} MB", len(found.rows), seconds


def _read(kind: str, name: str, content: bytes, ask: Ask) -> Imported[Any]:
    found = import_opened(kind, opened(name, content), ask)
    if not found.accepted:
        raise RuntimeError(f"{kind}: {found.errors[0]}")
    return found


def _files(figures: list[Observation]) -> list[tuple[str, str, bytes]]:
    return [
        ("imdi_bulk", "bulk.csv", _bulk(figures)),
        ("nav", "nav.csv", _nav(figures)),
        ("template", "population.csv", _template(figures)),
        ("jsonstat", "07459.json", _jsonstat(figures)),
    ]


def _bulk(figures: list[Observation]) -> bytes:
    rows = ["Enhet;År;Kommunenummer;Kommune;Bosetting;Antall"]
    for one in figures:
        if one.source_id == "imdi_bulk" and one.dataset_id == "settlement" and one.measure_id in BOSETTING:
            cell = ":" if one.state is State.SUPPRESSED else str(one.value)
            for unit in ("Personer", "Prosent"):
                rows.append(f"{unit};{one.year};{one.place};;{BOSETTING[one.measure_id]};{cell}")
    return "\n".join(rows).encode("latin-1")


def _nav(figures: list[Observation]) -> bytes:
    names = {"0": ("Landet", "Landet")}
    names |= {one.code: ("Fylker", one.name) for one in Registry.shipped().counties()}
    names |= {one.code: ("Telemark kommuner", one.name) for one in Registry.shipped().in_county("40")}
    status = {"fully": "Helt ledige", "partly": "Delvis ledige", "measures": "Arbeidssøkere på tiltak"}
    rows = ["nivaa,enhet,status,kjonn,antall,andel_arbeidsstyrken,dato"]
    for one in figures:
        if one.measure_id == "unemployed":
            level, name = names[one.place]
            told = status[dict(one.breakdown)["work_status"]]
            for sex in ("Begge kjønn", "Kvinner", "Menn"):
                rows.append(f"{level},{name},{told},{sex},{one.value},0.021,{one.period}-01")
    return "\n".join(rows).encode()


def _template(figures: list[Observation]) -> bytes:
    rows = ["kommunenummer,year,metric,value,status,source,licence,retrieved_at"]
    for one in figures:
        if one.measure_id == "population":
            cells = f"{one.value}," if one.value is not None else ",ukjent"
            rows.append(f"{one.place},{one.year},population,{cells},SSB 07459,CC BY 4.0,2026-05-01")
    return "\n".join(rows).encode()


def _jsonstat(figures: list[Observation]) -> bytes:
    persons = {(one.place, one.year): one.value for one in figures if one.measure_id == "population"}
    places, years = sorted({place for place, _ in persons}), sorted({year for _, year in persons})
    categories = {"Region": places, "Tid": [str(year) for year in years]}
    dimension = {
        name: {"category": {"index": {code: at for at, code in enumerate(codes)}}}
        for name, codes in categories.items()
    }
    values = [persons.get((place, year)) for place in places for year in years]
    told = {"class": "dataset", "label": "07459: Population", "id": list(categories),
            "size": [len(places), len(years)], "dimension": dimension, "value": values}  # fmt: skip
    return json.dumps(told).encode()


def _table(lines: list[Line]) -> str:
    total = sum(seconds for _, _, seconds in lines)
    heading = (
        f"Version {__version__}, commit {commit()}; Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}; target {TARGET_SECONDS:.0f} s in all."
    )
    rows = [f"| {name} | {count:,} | {seconds:.2f} |" for name, count, seconds in lines]
    return "\n".join(
        [heading, "", "| what | rows | seconds |", "|---|--:|--:|", *rows, f"| in all | | {total:.2f} |"]
    )


if __name__ == "__main__":
    sys.exit(main())
