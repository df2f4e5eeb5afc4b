"""How long the grants of the whole country take: `./run bench grants` prints a table, `--write` keeps it.

100,000 made-up persons of every ground and age with their moves, five years, every scheme that is paid per settled
person, and 10,000 claims of every other scheme.  Fails above the targets, and when the lines by columns are not those
of one person at a time.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from datetime import date

import numpy as np

from benchmarks._report import keep
from bosett import __version__
from bosett.grants.bulk import bulk_lines
from bosett.grants.claim import NEEDS, Claim
from bosett.grants.frames import FrameProblem, frame
from bosett.grants.line_table import LineTable
from bosett.grants.person_table import PersonTable
from bosett.grants.problem import Move, SettledPerson
from bosett.grants.schemes import SCHEMES
from bosett.grants.solve import grant_lines
from bosett.grants.wording import told
from bosett.rules.parameters import Parameters
from tests.bosett.grants.people import people

PERSONS, CLAIMS, YEARS = 100_000, 10_000, range(2020, 2025)
ALL_SECONDS, ONE_SECONDS, MOST_MB = 2.0, 0.005, 1024
ALONE = 500
TIMES = 3
RATES = Parameters.shipped()


def claims_of(persons: list[SettledPerson]) -> list[Claim]:
    """Claims of every scheme that no settlement releases, spread over the years and places."""
    names, found = sorted(NEEDS), []
    for number in range(CLAIMS):
        person, scheme = persons[number * 7 % PERSONS], names[number % len(names)]
        year = max(YEARS[number % len(YEARS)], person.settled_date.year)
        place = f"{scheme}{number}" if scheme == "host_base" else person.municipality_id
        found.append(
            Claim(
                f"c{number}",
                scheme,
                year,
                place,
                person.person_id,
                cost_nok=number * 100,
                persons=5,
                place_type="ordinary",
                places=20,
                from_date=date(year, 2, 1),
                to_date=date(year, 8, 1),
                asked=30,
                voted=25,
                settled=20,
            )
        )
    return found


def whole_country(
    persons: list[SettledPerson], moves: list[Move], claims: list[Claim]
) -> tuple[float, LineTable]:
    """The fastest of some runs from persons to every line of five years, and the lines."""
    best, table = float("inf"), None
    for _ in range(TIMES):
        start = time.perf_counter()
        table = bulk_lines(PersonTable.of(persons, moves), YEARS, RATES, tuple(SCHEMES))
        _of_claims(persons, claims)
        best = min(best, time.perf_counter() - start)
    assert table is not None
    return best, table


def _of_claims(persons: list[SettledPerson], claims: list[Claim]) -> None:
    """The lines of the claims, with only the persons they name."""
    named = {one.person_id for one in claims}
    own = [one for one in persons if one.person_id in named]
    for year in YEARS:
        grant_lines(own, [], year, RATES, tuple(NEEDS), claims=claims, allow_missing=True)


def alone(persons: list[SettledPerson], moves: list[Move], table: LineTable) -> float:
    """The slowest of many persons, each calculated for five years in every scheme and explained in nynorsk."""
    slowest = 0.0
    own = {
        one.person_id: [move for move in moves if move.person_id == one.person_id] for one in persons[:ALONE]
    }
    for person in persons[:ALONE]:
        start = time.perf_counter()
        lines = [
            line
            for year in YEARS
            for line in grant_lines(
                [person], own[person.person_id], year, RATES, tuple(SCHEMES), allow_missing=True
            ).lines
        ]
        for line in lines:
            told(line, "nn")
        slowest = max(slowest, time.perf_counter() - start)
        assert tuple(lines) == table.of_person(person.person_id)
    return slowest


def main() -> None:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    persons, moves = people(PERSONS, 1)
    seconds, table = whole_country(persons, moves, claims_of(persons))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    slowest = alone(persons, moves, table)
    start = time.perf_counter()
    problem = FrameProblem("", 2025, persons=tuple(persons), moves=tuple(moves), voted={2025: 13_000})
    frame(problem, RATES, np.random.default_rng(1))
    framed = time.perf_counter() - start
    rows = [
        ("| what | measured | target |", "|---|--:|--:|"),
        (f"| {PERSONS} persons, {len(moves)} moves, {CLAIMS} claims, 5 years, all schemes ({len(table)} lines), s |",
         f" {seconds:.2f} | {ALL_SECONDS:.0f} |"),
        ("| most memory, the persons themselves among it, MB |", f" {peak:.0f} | {MOST_MB} |"),
        (f"| slowest of {ALONE} persons alone, five years, all schemes, each line explained, ms |",
         f" {slowest * 1000:.1f} | {ONE_SECONDS * 1000:.0f} |"),
        ("| five-year frame of the country from these persons, 2000 draws, s |", f" {framed:.1f} | |"),
    ]  # fmt: skip
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, load before {load:.1f}"
    text = f"Version {__version__}; {machine}; best of {TIMES}.\n\n{rows[0][0]}\n{rows[0][1]}\n"
    text += "\n".join(what + measured for what, measured in rows[1:])
    sys.stdout.write(text + "\n")
    if arguments.write:
        keep("grants", text)
    assert seconds <= ALL_SECONDS, f"{seconds:.2f} s"
    assert peak <= MOST_MB, f"{peak:.0f} MB"
    assert slowest <= ONE_SECONDS, f"{slowest * 1000:.1f} ms"


if __name__ == "__main__":
    main()
