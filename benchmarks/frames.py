"""Five-year frames as they are opened for the first time, with the demo's 20,000 persons: `./run bench frames`.

The frame of every tenth municipality and of the country is asked for as a page asks for it, with nothing kept in
memory: questions to the database, groups, alternatives and draws.  Exits 4 above the targets.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks._report import keep
from benchmarks.load import surroundings
from bosett import __version__

FOLDER = Path(__file__).resolve().parents[1] / ".bosett" / "bench-frames"
PLACE_MS, COUNTRY_MS = 100.0, 500.0
PERSONS, EVERY, COUNTRY_TIMES, YEAR = 20_000, 10, 5, 2026
DAY = "2026-03-16"


def main() -> int:
    """Fill, measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the embedded database")
    parser.add_argument("--persons", type=int, default=PERSONS, help=f"synthetic persons, default {PERSONS}")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    args = parser.parse_args()
    load = os.getloadavg()[0]
    settled = _fill(args.folder, args.persons)
    with _acting(_lead()):
        places = sorted(code for code, _ in _queries("grant_frames").municipalities_framed(_lead()))[::EVERY]
    municipal = sorted(_opened(place) for place in places)
    country = sorted(_opened("") for _ in range(COUNTRY_TIMES))
    text = _report(settled, load, municipal, country)
    sys.stdout.write(f"{text}\n")
    if args.write:
        keep("frames", text)
    return 4 if _p95(municipal) > PLACE_MS or country[len(country) // 2] > COUNTRY_MS else 0


def _fill(folder: Path, persons: int) -> int:
    """The demo's people and votes; how many are settled."""
    os.environ.setdefault("BOSETT_DEMO", "1")
    os.environ.setdefault("BOSETT_TODAY", DAY)
    surroundings(folder)
    migrate = import_module("bosett_server.commands.migrate")
    migrate.run(argparse.Namespace(quiet=True, tables_only=False))
    import_module("bosett_server.commands.demo_content").fill(persons, date.fromisoformat(DAY))
    with _acting(_system()):
        return int(import_module("bosett_server.records.models").Settlement.objects.count())


def _opened(place: str) -> float:
    """Milliseconds of the first opening of a frame by IMDi's lead."""
    frames = _queries("grant_frames")
    frames.forget_frames()
    with _acting(_lead()):
        began = time.perf_counter()
        frames.frame_shown(_lead(), frames.FrameAsk(place, YEAR))
        return (time.perf_counter() - began) * 1000


def _report(settled: int, load: float, municipal: list[float], country: list[float]) -> str:
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, load before {load:.1f}"
    rows = (
        ("| first opened | median, ms | slowest of 20, ms | slowest, ms | target, ms |", ""),
        ("|---|--:|--:|--:|--:|", ""),
        (
            f"| a municipality, with what each answer means ({len(municipal)} of them) |",
            _cells(municipal, PLACE_MS),
        ),
        (f"| the country, {settled} settled persons ({len(country)} times) |", _cells(country, COUNTRY_MS)),
    )
    return f"Version {__version__}; {machine}.\n\n" + "\n".join(what + cells for what, cells in rows)


def _cells(times: list[float], target: float) -> str:
    return f" {times[len(times) // 2]:.0f} | {_p95(times):.0f} | {times[-1]:.0f} | {target:.0f} |"


def _p95(times: list[float]) -> float:
    return times[min(len(times) - 1, int(len(times) * 0.95))]


def _lead() -> Any:
    actor, roles = (import_module(f"bosett_server.access.{name}") for name in ("actor", "roles"))
    return actor.Actor(roles.Role.IMDI_LEAD, user_id=1, name="bench")


def _system() -> Any:
    return import_module("bosett_server.access.actor").SYSTEM


def _acting(actor: Any) -> Any:
    return import_module("bosett_server.access.context").acting(actor)


def _queries(name: str) -> Any:
    return import_module(f"bosett_server.queries.{name}")


if __name__ == "__main__":
    raise SystemExit(main())
