"""Whether the 95 % intervals hold, and how fast a round is estimated: `./run bench expenditure [--write]`."""

from __future__ import annotations

import argparse
import csv
import os
import platform
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks._report import commit, keep
from bosett import __version__
from bosett.cli.main import main as bosett
from bosett.cli.municipality_rows import codes_of_today
from bosett.cli.progress import Progress
from bosett.expenditure.allocation import Stratum, allocate
from bosett.expenditure.design import Design, Numbers
from bosett.expenditure.ratio import fit_part
from bosett.sources.settled_counts import published_settled

SURVEYS, CERTAIN, RESPONSE = 2_000, 20, 0.85
SIZES = (19, 40, 80, 150, 200)
AREAS = 13
LIMIT_SECONDS = 10.0
FRAME = ("municipality_id", "stratum", "eligible_persons", "sampled", "certainty", "base_weight")


@dataclass(frozen=True, eq=False)
class Country:
    """Every municipality: eligible persons (five years' published settlements) and made-up expenditure."""

    ids: tuple[str, ...]
    persons: Numbers
    spent: Numbers


def country() -> Country:
    """Costs a person fall with size, are skewed, and have a fixed part; in kroner a year."""
    rng = np.random.default_rng(8)
    counts: dict[str, int] = {}
    for (place, year), settled in published_settled().items():
        if 2019 <= year <= 2023 and len(today := codes_of_today(place)) == 1:
            counts[today[0]] = counts.get(today[0], 0) + settled
    ids = tuple(sorted(one for one, count in counts.items() if count > 0))
    persons = np.array([float(counts[one]) for one in ids])
    each = 110_000 * (persons / 100) ** -0.08 * rng.lognormal(0, 0.35, len(ids))
    return Country(ids, persons, 400_000 + each * persons)


def designed(land: Country, asked: int, certain: int) -> Design:
    """The largest with certainty (at most a third of the respondents), the others in four strata by size, Neyman."""
    order = np.argsort(-land.persons)
    cell = np.zeros(len(land.ids), dtype=np.int64)
    groups = np.array_split(order[certain:], 4 if asked >= 40 else 2)
    for number, rows in enumerate(groups, start=1):
        cell[rows] = number
    strata = [Stratum(str(n), len(rows), float(land.persons[rows].std())) for n, rows in enumerate(groups, 1)]
    taken = allocate(strata, asked - certain, minimum=4)
    base = np.ones(len(land.ids))
    for number, rows in enumerate(groups, start=1):
        base[rows] = len(rows) / taken[str(number)]
    cells = (("certain", True), *((str(n), False) for n in range(1, len(groups) + 1)))
    size = np.bincount(cell).astype(float)
    nobody = np.zeros(len(land.ids), dtype=bool)
    return Design(
        land.ids, cells, cell, size, land.persons, nobody, base, land.persons[:, None], ("persons",)
    )


def one_survey(
    land: Country, design: Design, rng: np.random.Generator, *, silent_giants: bool
) -> tuple[float, float]:
    """Draw, lose answers at random within strata (two at least are pressed for), estimate.

    The certain ones are followed up until they answer, unless `silent_giants`.
    """
    sampled = np.zeros(len(land.ids), dtype=bool)
    responded = sampled.copy()
    for number in range(len(design.cells)):
        rows = np.flatnonzero(design.cell == number)
        count = round(len(rows) / float(design.base[rows[0]]))
        drawn = rng.choice(rows, count, replace=False)
        sampled[drawn] = True
        certain = design.cells[number][1] and not silent_giants
        answering = drawn if certain else drawn[rng.random(count) < RESPONSE]
        responded[answering if len(answering) >= 2 else drawn[:2]] = True
    asked = replace(design, sampled=sampled, base=design.base * sampled)
    found = fit_part(asked, "all", land.spent, responded, "ratio").estimate()
    assert found.standard_error is not None
    return found.per_person_nok, found.standard_error


def coverage_row(land: Country, respondents: int, *, silent_giants: bool = False) -> tuple[str, float]:
    """Share of surveys whose interval holds the truth, and its mean width."""
    certain = min(CERTAIN, respondents // 3)
    asked = certain + round((respondents - certain) / RESPONSE)
    design, rng = designed(land, asked, certain), np.random.default_rng(respondents)
    truth = float(land.spent.sum() / land.persons.sum())
    progress = Progress(f"{respondents} respondents", SURVEYS, sys.stderr)
    held, width, values = 0, 0.0, []
    for _ in range(SURVEYS):
        value, error = one_survey(land, design, rng, silent_giants=silent_giants)
        held += abs(value - truth) <= 1.959963984540054 * error
        width += 2 * 1.959963984540054 * error / truth / SURVEYS
        values.append(value)
        progress.step()
    share, bias = held / SURVEYS, float(np.mean(values)) / truth - 1
    warning = "" if 0.93 <= share <= 0.97 else "too narrow" if share < 0.93 else "too wide"
    name = f"{respondents}, the largest may be silent" if silent_giants else str(respondents)
    return f"| {name} | {share:.1%} | {width:.1%} | {bias:+.2%} | {warning} |", share


def round_files(folder: Path, land: Country) -> int:
    """A whole round: 357 rows, 13 areas, 13 register items in five years."""
    rng = np.random.default_rng(3)
    names = [f"{number:04}" for number in range(357)]
    persons = rng.choice(land.persons, 357).astype(int) + 1
    with (folder / "frame.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(FRAME)
        for place, name in enumerate(names):
            certain, asked = place < 20, place < 20 or place % 2 == 0
            rows.writerow(
                [f"x{name}", f"s{place % 5}", persons[place], int(asked), int(certain), 1 if certain else 2]
            )
    with (folder / "answers.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["municipality_id", "area", "amount_nok"])
        for place, name in enumerate(names):
            for area in range(AREAS) if place < 20 or place % 2 == 0 else ():
                rows.writerow([f"x{name}", f"area {area:02}", int(persons[place] * rng.lognormal(9, 0.4))])
    with (folder / "register.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["municipality_id", "residence_year", "item", "amount_nok", "persons"])
        for place, name in enumerate(names):
            for cell in range(AREAS * 5):
                amount = int(persons[place] * rng.lognormal(8, 0.3))
                rows.writerow([f"x{name}", cell % 5 + 1, f"item {cell // 5:02}", amount, persons[place]])
    return 357 * AREAS * 5


def timed(land: Country) -> float:
    """Seconds of the command with 500 replicates, reading and writing included."""
    with tempfile.TemporaryDirectory() as place:
        round_files(Path(place), land)
        begun = time.perf_counter()
        code = bosett(["expenditure", place, "--out", str(Path(place) / "out"), "--replicates", "500"])
        if code:
            raise SystemExit(code)
        return time.perf_counter() - begun


def main() -> int:
    """Print the tables, or put them in docs/benchmarks.md; 4 when a promise is broken."""
    parser = argparse.ArgumentParser(prog="bench expenditure")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/benchmarks.md")
    write = parser.parse_args().write
    land = country()
    seconds = timed(land)
    rows = [coverage_row(land, size) for size in SIZES]
    text = "\n".join(
        [
            f"{SURVEYS} surveys each of a made-up Norway of {len(land.ids)} municipalities with the published "
            f"settlements of 2019-2023; version {__version__}, commit {commit()}; "
            f"Python {platform.python_version()}, {os.cpu_count()} cores, "
            f"load of the machine {os.getloadavg()[1]:.1f}.",
            "",
            "| respondents | 95 % intervals that hold | mean width | bias | warning |",
            "|---|--:|--:|--:|---|",
            *(row for row, _ in rows),
            coverage_row(land, 150, silent_giants=True)[0],
            "",
            f"357 municipalities x {AREAS} areas x 5 years with 500 replicates: {seconds:.1f} s "
            f"(at most {LIMIT_SECONDS:.0f}).",
        ]
    )
    print(text)
    if write:
        keep("expenditure", text)
    stated = [share for size, (_, share) in zip(SIZES, rows, strict=True) if size >= 150]
    return 0 if all(0.93 <= share <= 0.97 for share in stated) and seconds <= LIMIT_SECONDS else 4


if __name__ == "__main__":
    sys.exit(main())
