"""Server time of the agreement's pages: `./run bench agreement [--write]`.

Commitments, the consultation, matters between sectors, pressure and results from ready to five years on, as the
parties, a county and a municipality ask for them.  Measured as `benchmarks.pages` does it, on the database that
`benchmarks.load` fills (here, when that was not done before): 357 municipalities with 24 months of made-up answers.
Exits 4 when a page is above the target, the index and map of pressure above theirs, or queries depend on the page.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import pages
from benchmarks._report import keep
from benchmarks.load import FOLDER, fill, surroundings

PRESSURE_MS = 300.0
"""Issue 9's own target for the index and the map."""
PRESSURE = ("pressure, index and map", "pressure, one municipality", "pressure of a county")
PERSONS, REQUESTS = 20_000, 24
"""As many as `./run demo` fills in, and so few that twenty pages end within three minutes on a filled database."""
MONTHS = ("2026-03", "2026-02", "2026-01", "2025-12")
USERS = ("leder", "ks", "departement", "fylke", "kommune")


def main() -> int:
    """Fill, measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    arguments(parser)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    args = parser.parse_args()
    found = measured(args, lambda _name: True)
    if found is None:
        return 1
    head, lines = found
    text = f"{head}\n\n{pages.table_of(lines)}"
    sys.stdout.write(f"{text}\n")
    if args.write:
        keep("agreement", text)
    return 4 if slow(lines) else 0


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which database, and how often each page is asked for."""
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the embedded database")
    parser.add_argument("--persons", type=int, default=PERSONS, help="synthetic persons in it")
    parser.add_argument(
        "--requests", type=int, default=REQUESTS, help="requests a page and number of clients"
    )


def measured(args: argparse.Namespace, chosen: Callable[[str], bool]) -> tuple[str, list[pages.Line]] | None:
    """The heading and a line for each chosen page and number of clients; None when the database cannot be filled."""
    surroundings(args.folder)
    if fill(args.persons):
        return None
    system = import_module("bosett_server.access.actor").SYSTEM
    with import_module("bosett_server.access.context").acting(system):
        wanted = [one for one in _pages() if chosen(one.name)]
        persons = import_module("bosett_server.records.models").Person.objects.count()
    sessions = {user: pages.session(user) for user in USERS}
    with pages.service() as port:
        lines = [
            pages.measure(port, page, sessions[page.user], clients, args.requests)
            for page in wanted
            for clients in pages.CLIENTS
        ]
    return pages.heading(persons), lines


def slow(lines: Iterable[pages.Line]) -> list[pages.Line]:
    """Those above their target, and those whose queries grow."""
    return [
        one
        for one in lines
        if one.p95 > (PRESSURE_MS if one.page in PRESSURE else pages.TARGET_SECONDS * 1000)
        or one.queries[1] - one.queries[0] > pages.MAY_DIFFER
    ]


def _pages() -> list[pages.Page]:
    """The pages with ids of what is stored."""
    models = import_module("bosett_server.records.models")
    meetings = _ids(models.ConsultationMeeting)
    published = sorted({one.meeting_id for one in models.ConsultationProtocol.objects.all()})
    raised, given, matters = (
        _ids(models.ConsultationMatter),
        _ids(models.ConsultationAction),
        _ids(models.Matter),
    )
    places = list(models.Municipality.objects.order_by("code").values_list("code", flat=True))[::9]
    room = "/agreement/consultation/"
    return [
        pages.Page("commitments", "ks", ("/agreement/",)),
        pages.Page("commitments year by year", "ks", ("/agreement/years/",)),
        pages.Page("work with the year's report", "departement", ("/agreement/reports/2025/work/",)),
        pages.Page("the year's report", "ks", ("/agreement/reports/2025/",)),
        pages.Page("consultations", "ks", (room,)),
        pages.Page("consultations of a municipality", "kommune", (room,)),
        pages.Page("a meeting", "departement", tuple(f"{room}meetings/{one}/" for one in meetings)),
        pages.Page("a matter raised", "ks", tuple(f"{room}matters/{one}/" for one in raised)),
        pages.Page("an action", "ks", tuple(f"{room}actions/{one}/" for one in given)),
        pages.Page("a protocol", "ks", tuple(f"/protocols/{one}/" for one in published)),
        pages.Page("matters between sectors", "leder", ("/matters/?show=all", "/matters/")),
        pages.Page("a matter between sectors", "leder", tuple(f"/matters/{one}/" for one in matters)),
        pages.Page(PRESSURE[0], "leder", tuple(f"/pressure/?month={one}" for one in MONTHS)),
        pages.Page(PRESSURE[1], "leder", tuple(f"/pressure/{one}/parts/" for one in places)),
        pages.Page(PRESSURE[2], "fylke", tuple(f"/pressure/?month={one}" for one in MONTHS)),
        pages.Page("results: waiting", "ks", ("/followup/",)),
        pages.Page("results: moving on", "ks", ("/followup/moves/",)),
        pages.Page("results: by municipality", "ks", ("/followup/places/", "/followup/places/?county=33")),
        pages.Page("results: one municipality", "ks", tuple(f"/followup/places/{one}/" for one in places)),
        pages.Page("results: programme and work", "ks", ("/followup/work/",)),
    ]  # fmt: skip


def _ids(rows: Any) -> Sequence[int]:
    """The first ids of a table."""
    found = getattr(rows, "objects", rows)
    return list(found.order_by("pk").values_list("pk", flat=True)[:20])


if __name__ == "__main__":
    sys.exit(main())
