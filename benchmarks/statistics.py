"""Server time of the open statistics pages, and the redrawing of the map: `./run bench statistics`.

The service runs as `bosett serve` runs it on an embedded database of its own that holds every shipped figure.  The
first answers, which wait until all figures are read and protected, are told apart; then each page is asked for as in
`benchmarks.pages`.  The map's slider is moved through every year in the system's browser, and the time is taken from
the input event to the frame after it.  Exits 4 when a page or the slowest redraw is above its target.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import pages
from benchmarks._report import keep
from benchmarks.load import surroundings

FOLDER = Path(__file__).resolve().parents[1] / ".bosett" / "bench-statistics"
TARGET_MS, REDRAW_MS = 150.0, 100.0
PLACES = ("0301", "1103", "1508", "3103", "3301", "4601", "5001", "5501", "5612", "5628")
BROWSER = os.environ.get("BOSETT_CHROMIUM", "/usr/bin/chromium")
SLIDE = """async () => {
  const slide = document.querySelector("#slide"), times = [];
  for (let round = 0; round < 4; round++) for (let year = 0; year <= Number(slide.max); year++) {
    slide.value = year;
    const began = performance.now();
    slide.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - began);
  }
  return times;
}"""
OPEN = (
    pages.Page("country", "", ("/statistics/country/",)),
    pages.Page("county", "", tuple(f"/statistics/counties/{one}/" for one in ("03", "15", "33", "46", "56"))),
    pages.Page("municipality", "", tuple(f"/statistics/municipalities/{one}/" for one in PLACES)),
    pages.Page(
        "map",
        "",
        ("/statistics/map/", "/statistics/map/?measure=per", "/statistics/map/?measure=asked&year=2016"),
    ),
    pages.Page(
        "frames of the slider", "", ("/statistics/map/frames/", "/statistics/map/frames/?measure=asked")
    ),
    pages.Page("compare", "", tuple(f"/statistics/compare/?place={one}&alike=kostra" for one in PLACES)),
    pages.Page("pressure", "", tuple(f"/statistics/pressure/?county={one}" for one in ("15", "33", "40"))),
    pages.Page("defects", "", ("/statistics/defects/",)),
    pages.Page("data", "", ("/statistics/data/",)),
    pages.Page("catalogue", "", ("/data/catalog", "/data/catalog.ttl")),
    pages.Page("API", "", tuple(f"/api/v1/figures/?measure=settled&place={one}" for one in PLACES)),
)


def _system() -> Any:
    """The service itself."""
    return import_module("bosett_server.access.actor").SYSTEM


def main() -> int:
    """Fill, measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the embedded database")
    parser.add_argument("--requests", type=int, default=80, help="requests a page and number of clients")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    args = parser.parse_args()
    surroundings(args.folder)
    figures = _fill()
    with pages.service() as port:
        first = (_answer(port), *(_after_an_import(port, seconds) for seconds in (0.0, 10.0)))
        lines = [
            pages.measure(port, page, "", clients, args.requests)
            for page in OPEN
            for clients in pages.CLIENTS
        ]
        redrawn = _redrawn(port)
    text = _report(figures, first, lines, redrawn)
    sys.stdout.write(f"{text}\n")
    if args.write:
        keep("statistics", text)
    slow = [line for line in lines if line.p95 > TARGET_MS or line.queries[0] != line.queries[1]]
    return 4 if slow or (redrawn and redrawn[-1] > REDRAW_MS) else 0


def _fill() -> int:
    """Migrate and store every shipped figure; how many stand."""
    migrate = import_module("bosett_server.commands.migrate")
    parser = argparse.ArgumentParser()
    migrate.arguments(parser)
    migrate.run(parser.parse_args([]))
    with import_module("bosett_server.access.context").acting(_system()):
        return int(import_module("bosett_server.records.models").Observation.objects.count())


def _answer(port: int) -> float:
    """Seconds of one answer."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/statistics/country/")
    connection.getresponse().read()
    return time.perf_counter() - began


def _after_an_import(port: int, wait_seconds: float) -> float:
    """Seconds of the slowest of four answers, asked so long after a step that makes every figure be read again."""
    models = import_module("bosett_server.records.models")
    clock = import_module("bosett_server.access.clock")
    with import_module("bosett_server.access.context").acting(_system()):
        last = models.ImportBatch.objects.filter(step__isnull=False).order_by("-step").first()
        at = clock.now()
        models.ImportBatch.objects.create(
            kind=last.kind, file_name="a step of the benchmark", sha256="0" * 64, size_bytes=0, state="applied",
            made_at=at, applied_at=at, step=last.step + 1, tables=[], sources={},
        )  # fmt: skip
    time.sleep(wait_seconds)
    return max(_answer(port) for _ in range(4))


def _redrawn(port: int) -> list[float]:
    """Milliseconds from moving the slider to the frame after it, shortest first; empty without the browser."""
    if shutil.which(BROWSER) is None:
        return []
    playwright = import_module("playwright.sync_api").sync_playwright
    with playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=BROWSER, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"http://127.0.0.1:{port}/statistics/map/")
        page.wait_for_selector("#slide", state="visible")
        times = sorted(page.evaluate(SLIDE))
        browser.close()
    return times


def _report(figures: int, first: tuple[float, ...], lines: list[pages.Line], redrawn: list[float]) -> str:
    told = [
        f"{figures} published figures. {pages.heading(0).partition('; ')[2]}",
        f"The first answer, asked as soon as the service takes requests: {first[0]:.1f} s. The slowest of four right "
        f"after an import, which wait for the new figures: {first[1]:.1f} s; ten seconds later: {first[2]:.2f} s.",
        "",
        pages.table_of(lines),
        "",
    ]
    if redrawn:
        told.append(
            f"Map redrawn in the browser, {len(redrawn)} moves of the slider: "
            f"median {redrawn[len(redrawn) // 2]:.0f} ms, "
            f"p95 {redrawn[int(0.95 * len(redrawn))]:.0f} ms, slowest {redrawn[-1]:.0f} ms; target {REDRAW_MS:.0f} ms."
        )
    return "\n".join(told)


if __name__ == "__main__":
    sys.exit(main())
