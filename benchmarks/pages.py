"""Server time of the pages people use all day, at 100,000 persons: `./run bench pages`.

The service runs as `bosett serve` runs it (two processes) on the embedded database that
`benchmarks.load` fills (here, when that was not done before); the read-log row is written as always.
Each page is asked for with many different filters, words and ids, first by one client and then by eight at
once without a pause, after a warm-up.  Prints a table, and with `--write` puts it into docs/benchmarks.md.
Exits 4 when a page is above the target, or its number of queries depends on more than the few parts that
are read only when there is something to look up.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from benchmarks._report import commit, keep
from benchmarks.load import DAY, FOLDER, PERSONS, fill, surroundings
from bosett import __version__

TARGET_SECONDS = 0.150
CLIENTS = (1, 8)
MAY_DIFFER = 3
"""Queries: names of places when there are wishes, a county's municipalities, the places in a list."""
ROOT = Path(__file__).resolve().parents[1]
FILTERS = (
    "stage=ready&waited=90", "stage=ready&wished=33", "group=minors", "need=kindergarten&stage=in_reception",
    "came_back=30", "stage=all&need=hospital_near", "track=resettlement", "wished=4601&sort=-waiting",
    "stage=ready&sort=persons", "stage=coming&sort=date",
)  # fmt: skip
WORDS = ("tro", "kar", "sol", "be", "kompass", "SYN-H01", "nord", "an", "blid s", "2026")


@dataclass(frozen=True)
class Page:
    """A page and the user who asks for it; `addresses` are asked for in turn."""

    name: str
    user: str
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """One answer: seconds in the server, seconds at the client, queries."""

    server: float
    wall: float
    queries: int


@dataclass(frozen=True)
class Line:
    """One line of the table, in milliseconds."""

    page: str
    clients: int
    requests: int
    p50: float
    p95: float
    wall_p95: float
    queries: tuple[int, int]


def main() -> int:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the embedded database")
    parser.add_argument("--requests", type=int, default=160, help="requests a page and number of clients")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    args = parser.parse_args()
    surroundings(args.folder)
    if fill(PERSONS):
        return 1
    pages, cookies, persons = _prepare()
    with service() as port:
        lines = [measure(port, page, cookies[page.user], clients, args.requests)
                 for page in pages for clients in CLIENTS]  # fmt: skip
    table = table_of(lines)
    sys.stdout.write(f"{heading(persons)}\n\n{table}\n")
    if args.write:
        keep("pages", f"{heading(persons)}\n\n{table}")
    slow = [line for line in lines if line.p95 > TARGET_SECONDS * 1000]
    growing = [line for line in lines if line.queries[1] - line.queries[0] > MAY_DIFFER]
    return 4 if slow or growing else 0


def _prepare() -> tuple[list[Page], dict[str, str], int]:
    """The pages with addresses drawn from what is stored, a session for each user, and how many persons."""
    records = import_module("bosett_server.records.models")
    acting = import_module("bosett_server.access.context").acting
    system = import_module("bosett_server.access.actor").SYSTEM
    draw = random.Random(2026)
    with acting(system):
        shown = (
            records.Household.objects.filter(protection="none").order_by("id").values_list("id", flat=True)
        )
        homes = draw.sample(list(shown), 40)
        places = draw.sample(
            list(records.Municipality.objects.order_by("code").values_list("code", flat=True)), 40
        )
        persons = records.Person.objects.count()
    users = ("saksbehandler", "kommune")
    return _pages(homes, places), {name: session(name) for name in users}, persons


def _pages(homes: Sequence[object], places: Sequence[str]) -> list[Page]:
    imdi, town = "saksbehandler", "kommune"
    return [
        Page("list", imdi, ("/households/", "/households/?sort=reference", "/households/?sort=-persons")),
        Page("filtered list", imdi, tuple(f"/households/?{cut}" for cut in FILTERS)),
        Page("list, deep page", imdi, tuple(_deep_pages())),
        Page("list of a municipality", town, ("/households/", "/households/?stage=all")),
        Page("household", imdi, tuple(f"/households/{one}/" for one in homes)),
        Page("household in a list", imdi, tuple(f"/households/{one}/?stage=all&sort=waiting" for one in homes)),
        Page("search", imdi, tuple(f"/search/?q={word.replace(' ', '+')}" for word in WORDS)),
        Page("search of a municipality", town, tuple(f"/search/?q={word.replace(' ', '+')}" for word in WORDS)),
        Page("municipality", imdi, tuple(f"/municipalities/{code}/" for code in places)),
        Page("municipalities", imdi, ("/municipalities/", "/municipalities/?county=56", "/municipalities/?q=nes")),
        Page("requests and answers", imdi, ("/requests/2026/", "/requests/2026/?state=awaiting")),
        Page("reception", imdi, ("/reception/",)),
    ]  # fmt: skip


def _deep_pages() -> Iterator[str]:
    """Pages from the middle of the whole register."""
    keyset = import_module("bosett_server.queries.keyset")
    middle = "80000000-0000-0000-0000-000000000000"
    for year in (2025, 2024, 2023):
        place = keyset.Place(date(year, 6, 1).isoformat(), middle).text()
        yield f"/households/?stage=all&sort=waiting&page={place}"


def session(user: str) -> str:
    """A logged-in session of a demo user."""
    client = import_module("django.test").Client()
    models = import_module("bosett_server.records.models")
    client.force_login(models.User.objects.get(username=user))
    return str(client.cookies["sessionid"].value)


@contextmanager
def service() -> Iterator[int]:
    """The timed service on a free port of the loopback address, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    threads = import_module("bosett_server.commands.serve").THREADS
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "2",
               "--threads", str(threads),
               "--timeout", "120", "--keep-alive", "60", "--bind", f"127.0.0.1:{port}", "--log-level", "error",
               "benchmarks._timed_service:application"]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        if server.poll() is not None:
            raise RuntimeError(f"the service ended with {server.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the service did not start within 30 seconds")


def measure(port: int, page: Page, session: str, clients: int, requests: int) -> Line:
    """Ask `requests` times in all, shared by the clients, after everybody has warmed up."""
    answers: list[Answer] = []
    errors: list[BaseException] = []
    together = threading.Barrier(clients)

    def client(number: int) -> None:
        try:
            ask = _asker(port, session)
            for step in range(max(10, 24 // clients)):
                ask(page.addresses[(number + step) % len(page.addresses)])
            together.wait(timeout=120)
            for step in range(requests // clients):
                answers.append(ask(page.addresses[(number * 7 + step) % len(page.addresses)]))
        except BaseException as error:
            errors.append(error)
            together.abort()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return line(page.name, clients, answers)


def _asker(port: int, session: str) -> Callable[[str], Answer]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={session}; language=nb", "Accept": "text/html"}

    def ask(address: str) -> Answer:
        began = time.perf_counter()
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        response.read()
        wall = time.perf_counter() - began
        if response.status != 200:
            raise RuntimeError(f"{address} answered {response.status}")
        return Answer(
            float(response.headers["X-Bench-Seconds"]), wall, int(response.headers["X-Bench-Queries"])
        )

    return ask


def line(name: str, clients: int, answers: list[Answer]) -> Line:
    server = sorted(answer.server for answer in answers)
    wall = sorted(answer.wall for answer in answers)
    queries = [answer.queries for answer in answers]
    return Line(name, clients, len(answers), _share(server, 0.5), _share(server, 0.95), _share(wall, 0.95),
                (min(queries), max(queries)))  # fmt: skip


def _share(ordered: list[float], share: float) -> float:
    """The value that this share of the answers does not exceed, in milliseconds."""
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table_of(lines: list[Line]) -> str:
    """The lines as a table in Markdown."""
    head = "| page | clients | requests | p50 ms | p95 ms | p95 at the client ms | queries |"
    rule = "|---|--:|--:|--:|--:|--:|--:|"
    rows = [
        f"| {one.page} | {one.clients} | {one.requests} | {one.p50:.0f} | {one.p95:.0f} | {one.wall_p95:.0f} |"
        f" {one.queries[0] if one.queries[0] == one.queries[1] else f'{one.queries[0]}–{one.queries[1]}'} |"
        for one in lines
    ]
    return "\n".join([head, rule, *rows])


def heading(persons: int) -> str:
    cores = os.cpu_count() or 0
    load = os.getloadavg()[0]
    return (
        f"{persons} synthetic persons, day {DAY}; version {__version__}, commit {commit()};"
        f" Python {platform.python_version()}, {cores} cores, load of the machine before and during {load:.1f};"
        f" target p95 {TARGET_SECONDS * 1000:.0f} ms in the server."
    )


if __name__ == "__main__":
    sys.exit(main())
