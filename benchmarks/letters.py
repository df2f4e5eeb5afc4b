"""How long all letters of a round take: `./run bench letters` prints a table, `--write` keeps it.

One letter to each of the 357 municipalities in its own form, as PDF/UA-1 and PDF/A-2a, with the journal.
Ends with 4 when they take more than 30 seconds.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks._report import keep
from bosett import __version__
from bosett.cli.exits import CHECK_FAILED, DONE
from bosett.outputs.anmodning_letter import LetterFacts
from bosett.outputs.journal import journal_breaches
from bosett.outputs.letter_job import write_letters
from bosett.outputs.paper import Language
from bosett.registry import Registry
from bosett.sources.anmodning import shipped_round
from bosett.terms.groups import Group

YEAR, LIMIT_SECONDS = 2026, 30.0
REASONS = {
    "nb": ("Folketallet gir 21,4 personer.", "Arbeidsmarkedet gir 3,1 personer."),
    "nn": ("Folketalet gir 21,4 personar.", "Arbeidsmarknaden gir 3,1 personar."),
}


def letters() -> list[LetterFacts]:
    """The requests of 2026 as they were sent, as exercise letters with made-up reasons."""
    registry = Registry.shipped()
    found = []
    for row in shipped_round(YEAR).rows:
        unit = registry.municipality(row.municipality_id)
        form: Language = "nn" if unit.language == "nynorsk" else "nb"
        asked, under15, from15 = (row.figure(group).value for group in Group)
        found.append(
            LetterFacts(
                unit.code,
                unit.name,
                form,
                YEAR,
                asked,
                date(2025, 10, 31),
                date(2026, 2, 10),
                f"{YEAR}/{unit.code}",
                under15,
                from15,
                REASONS[form],
                need=13_000,
                sent_in_all=13_000,
                exercise=True,
            )
        )
    return found


def table() -> tuple[str, bool]:
    """The table as Markdown, and whether the time is within the limit."""
    listed = letters()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        entries = write_letters(Path(folder) / "out", listed)
        seconds = time.perf_counter() - start
        breaches = journal_breaches(Path(folder) / "out")
    nynorsk = sum(one.language == "nn" for one in listed)
    size = sum(one.size_bytes for one in entries) / 1e6
    load = os.getloadavg()[0]
    text = "\n".join([
        f"version {__version__}; {os.cpu_count()} cores, load of the machine during the run {load:.1f}.",
        "",
        "| letters | in nynorsk | seconds | MB | files that the journal does not know |",
        "|--:|--:|--:|--:|--:|",
        f"| {len(entries)} | {nynorsk} | {seconds:.1f} | {size:.1f} | {len(breaches)} |",
    ])  # fmt: skip
    return text, seconds <= LIMIT_SECONDS and not breaches


def main() -> int:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    arguments = parser.parse_args()
    text, kept = table()
    sys.stdout.write(text + "\n")
    if arguments.write:
        keep("letters", text)
    return DONE if kept else CHECK_FAILED


if __name__ == "__main__":
    sys.exit(main())
