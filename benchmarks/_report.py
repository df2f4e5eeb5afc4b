"""Where the kept tables stand: docs/benchmarks.md, each between the marks of its benchmark."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bosett import __version__

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"


def keep(name: str, text: str) -> None:
    """Replace what stands between the marks of `name`; the page around it is written by people.

    Raises
    ------
    ValueError
        If the page lacks one of the marks, or has it twice: nothing is written.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = PAGE.read_text("utf-8").split(begin)
    _, after = rest.split(end)
    PAGE.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def commit() -> str:
    """The commit that is measured, in short; "unknown" outside a checkout."""
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def tell(name: str, rows: Iterable[str], *, write: bool) -> None:
    """Print the table under what it was measured on, and keep it when asked; the load is that of the end."""
    head = f"Version {__version__}, commit {commit()}; {os.cpu_count()} cores, load of the machine at the end"
    text = "\n".join([f"{head} {os.getloadavg()[0]:.2f}.", "", *rows])
    if write:
        keep(name, text)
    print(text)
