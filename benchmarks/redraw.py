"""A redraw of the scenario workbench through the whole service: `./run bench redraw`, `--write` keeps the table.

The service runs as `bosett serve` runs it, on an embedded database of its own with the municipalities and the round
of 2026.  Each redraw moves a slider and asks for the part of the page that changes, as the page itself does: 2,000
draws are simulated, drawn and told anew.  Exits 4 when half of the redraws of a slider take more than 500 ms in the
server.
"""

from __future__ import annotations

import argparse
import http.client
import os
import sys
import time
from pathlib import Path

from benchmarks import pages, workshop
from benchmarks._report import keep
from benchmarks.load import surroundings
from bosett import __version__

FOLDER = Path(__file__).resolve().parents[1] / ".bosett" / "bench-redraw"
LIMIT_MS, REDRAWS, WARM, FIRST, ASSUMED = 500.0, 30, 6, 10, 13_000
KINDS = {
    "places: buffer": "buffer=0.{step}",
    "arrivals": "arrivals=1.{step}",
    "persons: faster ready": "faster_ready=1.{step}",
    "persons, with a standby": "private_share=0.{step}&standby=500",
    "arrivals and persons at once": "arrivals=1.{step}&faster_ready=1.3",
    "two years ahead": "weeks=104&faster_ready=1.{step}",
}
"""Every redraw of a kind has another step, from 10 on, all of them within the slider's limits."""


def main() -> int:
    """Fill, measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the embedded database")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    args = parser.parse_args()
    load_before = os.getloadavg()[0]
    surroundings(args.folder)
    session, _planner = workshop.filled()
    with pages.service() as port:
        time.sleep(workshop.READ_AHEAD_S)
        rows = [(name, *_redraws(port, session, query)) for name, query in KINDS.items()]
    text = "\n".join([
        f"version {__version__}; {os.cpu_count()} cores, load of the machine before {load_before:.1f},",
        f"during {os.getloadavg()[0]:.1f}; 2,000 draws, 52 weeks where nothing else is said, {REDRAWS} redraws of each",
        f"kind after {WARM} that are not counted; limit of the median {LIMIT_MS:.0f} ms in the server.",
        "",
        "| slider that moves | p50 ms | p95 ms | processor ms, mean | p95 at the client ms | queries | KB |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(f"| {n} | {a:.0f} | {b:.0f} | {c:.0f} | {d:.0f} | {q} | {k:.0f} |" for n, a, b, c, d, q, k in rows),
    ])  # fmt: skip
    sys.stdout.write(f"{text}\n")
    if args.write:
        keep("redraw", text)
    return 4 if any(row[1] > LIMIT_MS for row in rows) else 0


def _redraws(port: int, session: str, query: str) -> tuple[float, float, float, float, int, float]:
    """(p50, p95, processor, p95 at the client, queries, kilobytes); another step each time."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={session}; language=nb", "HX-Request": "true"}
    server, wall, processor, queries, size = [], [], [], 0, 0
    for step in range(FIRST, FIRST + REDRAWS + WARM):
        address = f"/need/scenarios/redraw/?{query.format(step=step)}&assumed_places={ASSUMED}"
        began = time.perf_counter()
        asked.request("GET", address, headers=headers)
        answer = asked.getresponse()
        content = answer.read()
        if answer.status != 200 or b'id="scenario-costs"' not in content:
            raise RuntimeError(f"{address} answered {answer.status} and drew nothing")
        if step >= FIRST + WARM:
            wall.append(1000 * (time.perf_counter() - began))
            server.append(1000 * float(answer.headers["X-Bench-Seconds"]))
            processor.append(1000 * float(answer.headers["X-Bench-Processor"]))
            queries, size = int(answer.headers["X-Bench-Queries"]), len(content)
    late = int(0.95 * REDRAWS)
    server.sort()
    wall.sort()
    used = sum(processor) / len(processor)
    return server[REDRAWS // 2], server[late], used, wall[late], queries, size / 1000


if __name__ == "__main__":
    sys.exit(main())
