"""How fast the pressure index is, alone and through the service, and how it behaves when answers are missing.

`./run bench pressure [--write]`; with `--alone` without the service.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from benchmarks import agreement, pages
from benchmarks._report import commit, keep
from bosett import __version__
from bosett.agreement.pressure import SECTORS, Pressure, deduction_share, from_step, pressure

MUNICIPALITIES, MONTHS, MISSING = 357, 24, 0.30
TARGET_SECONDS = 0.300
THRESHOLD, MOST = Fraction(1, 2), Fraction(1, 4)
CODES = tuple(f"{at:04}" for at in range(MUNICIPALITIES))
CALENDAR = tuple(date(2024 + at // 12, 1 + at % 12, 1) for at in range(MONTHS))
Steps = NDArray[np.int64]


@dataclass(frozen=True)
class Line:
    """One line of the table; the index and its error from 0 to 1."""

    name: str
    seconds: float
    known: float
    error: float
    bias: float
    inside: float
    width: float
    spared_too_much: int


def steps(seed: int = 8) -> Steps:
    """Made-up answers: a level for each municipality and sector, which drifts from month to month."""
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 0.8, (MUNICIPALITIES, 1, 1)) + rng.normal(0, 0.6, (MUNICIPALITIES, 1, len(SECTORS)))
    drift = rng.normal(0, 0.25, (MUNICIPALITIES, MONTHS, len(SECTORS))).cumsum(axis=1)
    return np.asarray(np.clip(np.rint(3 + level + drift), 1, 5), dtype=np.int64)


def told(answers: Steps, there: NDArray[np.bool_]) -> tuple[Pressure, float]:
    """The index of the answers there are, and the seconds for it with both ends."""
    signals = [
        from_step(CODES[m], CALENDAR[t], SECTORS[s], int(answers[m, t, s])) for m, t, s in np.argwhere(there)
    ]
    begun = time.perf_counter()
    found = pressure(signals, CODES, CALENDAR)
    _ = found.index, found.low, found.high
    return found, time.perf_counter() - begun


def measure() -> list[Line]:
    """All answers, 30 % missing at random, and 30 % missing where the pressure is highest."""
    answers, rng = steps(), np.random.default_rng(9)
    everything, _ = told(answers, np.ones(answers.shape, dtype=bool))
    weight = np.exp(0.9 * (answers - 3.0))
    scale = MISSING * answers.size / weight.sum()
    for _ in range(60):  # a chance above 1 is cut, so the rest carries more
        scale *= MISSING / np.minimum(1, scale * weight).mean()
    cases = (
        ("all answered", np.zeros(answers.shape)),
        ("30 % missing at random", np.full(answers.shape, MISSING)),
        ("30 % missing, the pressed most", np.minimum(1, scale * weight)),
    )
    return [
        _line(name, *told(answers, rng.random(answers.shape) >= gone), everything) for name, gone in cases
    ]


def _line(name: str, found: Pressure, seconds: float, everything: Pressure) -> Line:
    error = found.index - everything.index
    inside = (found.low - 1e-9 <= everything.index) & (everything.index <= found.high + 1e-9)
    spared = [
        deduction_share(part, THRESHOLD, MOST) > deduction_share(whole, THRESHOLD, MOST)
        for part, whole in zip(found.low[:, -1], everything.low[:, -1], strict=True)
    ]
    return Line(
        name, seconds, float(found.known.mean()), float(np.nanmean(np.abs(error))), float(np.nanmean(error)),
        float(inside.mean()), float((found.high - found.low).mean()), sum(spared),
    )  # fmt: skip


def table_of(lines: list[Line]) -> str:
    """The table as it stands in the docs."""
    head = (
        "| answers | s | known | error | lean | inside | width | spared too much |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|"
    )
    rows = [
        f"| {one.name} | {one.seconds:.3f} | {one.known:.1f} of {len(SECTORS)} | {one.error:.3f} | {one.bias:+.3f} |"
        f" {100 * one.inside:.1f} % | {one.width:.2f} | {one.spared_too_much} |"
        for one in lines
    ]
    where = (
        f"Version {__version__}, commit {commit()}; Python {platform.python_version()}, {os.cpu_count()} cores,"
        f" load {os.getloadavg()[0]:.1f}; target {TARGET_SECONDS} s."
    )
    return "\n".join([where, "", head, *rows])


def main() -> int:
    """Print, write when asked; 4 when it is too slow, an index lies outside its ends or somebody is spared too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    agreement.arguments(parser)
    parser.add_argument("--alone", action="store_true", help="the index alone, without the service")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    args = parser.parse_args()
    lines = measure()
    text, slow = table_of(lines), False
    if not args.alone:
        found = agreement.measured(args, lambda name: name in agreement.PRESSURE)
        if found is None:
            return 1
        head, shown = found
        about = head.split(" target")[0]
        text += f"\n\nThrough the service, with {MONTHS} months of the made-up answers of the demo"
        text += f" (some municipalities miss each month). {about}"
        text += f" target p95 {agreement.PRESSURE_MS:.0f} ms in the server.\n\n{pages.table_of(shown)}"
        slow = bool(agreement.slow(shown))
    sys.stdout.write(f"{text}\n")
    if args.write:
        keep("pressure", text)
    broken = any(one.seconds > TARGET_SECONDS or one.inside < 1 or one.spared_too_much for one in lines)
    return 4 if broken or slow else 0


if __name__ == "__main__":
    sys.exit(main())
