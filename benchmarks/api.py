"""Calls a second and time of the API with a token, at 100,000 persons: `./run bench api`.

The service runs as `bosett serve` runs it (two processes of four threads) on the embedded database that
`benchmarks.load` fills.  Every call checks the token's signature, opens a transaction with row-level
security and writes the row of the read log.  One client, then eight that ask again at once.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from benchmarks import pages
from benchmarks._report import keep
from benchmarks.load import FOLDER, PERSONS, fill, surroundings

CLIENTS = (1, 8)
USER = "saksbehandler"
HEAD = "| call | clients | calls | calls a second | p50 ms | p95 ms | p95 at the client ms | queries |"
RULE = "|---|--:|--:|--:|--:|--:|--:|--:|"


@dataclass(frozen=True)
class Measured:
    """What one call took; milliseconds."""

    call: str
    clients: int
    calls: int
    a_second: float
    p50: float
    p95: float
    wall_p95: float
    queries: tuple[int, int]

    def row(self) -> str:
        """A line of the table."""
        low, high = self.queries
        return (
            f"| {self.call} | {self.clients} | {self.calls} | {self.a_second:.0f} | {self.p50:.0f} | {self.p95:.0f}"
            f" | {self.wall_p95:.0f} | {low if low == high else f'{low}–{high}'} |"
        )


def main() -> int:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the embedded database")
    parser.add_argument("--persons", type=int, default=PERSONS, help="synthetic persons, when it is empty")
    parser.add_argument("--calls", type=int, default=400, help="calls of each kind and number of clients")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    args = parser.parse_args()
    surroundings(args.folder)
    if fill(args.persons):
        return 1
    kinds, persons = _kinds()
    with pages.service() as port:
        found = [
            _measure(port, name, kinds[name], clients, args.calls) for name in kinds for clients in CLIENTS
        ]
    table = "\n".join([pages.heading(persons), "", HEAD, RULE, *(one.row() for one in found)])
    sys.stdout.write(table + "\n")
    if args.write:
        keep("api", table)
    return 4 if any(one.p95 > pages.TARGET_SECONDS * 1000 for one in found) else 0


def _kinds() -> tuple[dict[str, tuple[str, ...]], int]:
    """The list call and one household, with addresses drawn from what is stored; and how many persons."""
    records = import_module("bosett_server.records.models")
    acting = import_module("bosett_server.access.context").acting
    with acting(import_module("bosett_server.access.actor").SYSTEM):
        shown = (
            records.Household.objects.filter(protection="none").order_by("id").values_list("id", flat=True)
        )
        homes = random.Random(2026).sample(list(shown), 40)
        persons = records.Person.objects.count()
    lists = ("", "?stage=ready", "?sort=reference", "?track=resettlement")
    return {
        "households, 100 a page": tuple(f"/api/v1/households{cut}" for cut in lists),
        "households, 20 a page": ("/api/v1/households?limit=20",),
        "one household": tuple(f"/api/v1/households/{one}" for one in homes),
    }, persons


def _token() -> str:
    """A fresh token: it lives two minutes."""
    settings = import_module("django.conf").settings
    command = import_module("bosett_server.commands.demo_token")
    machines = import_module("bosett_server.actions.demo_machines")
    system = import_module("bosett_server.access.actor").SYSTEM
    number = machines.let_machine_in(system, username=USER)
    key = command.demo_key(Path(settings.BOSETT_TOKEN_KEYS))
    return str(command.signed(key, number, "bosett:read", 120))


def _measure(port: int, name: str, addresses: Sequence[str], clients: int, calls: int) -> Measured:
    """Make `calls` in all, shared by the clients, after everybody has warmed up."""
    token, answers, errors = _token(), list[pages.Answer](), list[BaseException]()
    together = threading.Barrier(clients + 1)

    def client(number: int) -> None:
        try:
            ask = _asker(port, token)
            for step in range(max(10, 24 // clients)):
                ask(addresses[(number + step) % len(addresses)])
            together.wait(timeout=120)
            for step in range(calls // clients):
                answers.append(ask(addresses[(number * 7 + step) % len(addresses)]))
        except BaseException as error:
            errors.append(error)
            together.abort()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    together.wait(timeout=120)
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    seconds = time.perf_counter() - began
    line = pages.line(name, clients, answers)
    return Measured(
        name, clients, len(answers), len(answers) / seconds, line.p50, line.p95, line.wall_p95, line.queries
    )


def _asker(port: int, token: str) -> Callable[[str], pages.Answer]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(address: str) -> pages.Answer:
        began = time.perf_counter()
        connection.request("GET", address, headers={"Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        body = response.read()
        wall = time.perf_counter() - began
        if response.status != 200 or not json.loads(body):
            raise RuntimeError(f"{address} answered {response.status}")
        told = response.headers
        return pages.Answer(float(told["X-Bench-Seconds"]), wall, int(told["X-Bench-Queries"]))

    return ask


if __name__ == "__main__":
    sys.exit(main())
