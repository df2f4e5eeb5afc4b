"""A new user's first minutes: a fresh clone, an empty home, `./run demo` until it answers, and a second start.

`python -m benchmarks.fresh_clone` (or `./run bench fresh_clone`) prints the seconds of both starts and
checks that the open figures are the same after the second.  Needs git and the package registries.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLONE = Path(__file__).parents[1]
FIRST_SECONDS, SECOND_SECONDS = 180, 15
KEPT = ("PATH", "LANG", "TERM")
NETWORK = ("PIP_", "NPM_", "npm_", "NODE_EXTRA", "SSL_", "HTTP", "http", "NO_PROXY", "no_proxy")


def main() -> int:
    """Both starts within their limits: 0; else 4."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=20_000)
    persons = parser.parse_args().persons
    with tempfile.TemporaryDirectory(prefix="bosett-new-user-") as folder:
        home, clone = Path(folder) / "home", Path(folder) / "clone"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(CLONE), str(clone)], check=True)
        first, stored = start(clone, home, persons)
        second, again = start(clone, home, persons)
    print(
        f"| start | seconds | limit |\n|---|--:|--:|\n| first, from nothing | {first:.0f} | {FIRST_SECONDS} |"
    )
    print(f"| second | {second:.1f} | {SECOND_SECONDS} |")
    print(f"The open figures fill {stored} bytes after the first start and {again} after the second.")
    kept = bool(stored) and stored == again
    return 0 if first <= FIRST_SECONDS and second <= SECOND_SECONDS and kept else 4


def start(clone: Path, home: Path, persons: int) -> tuple[float, int]:
    """Seconds until the first page is served, and how large the open figures are then."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    began = time.monotonic()
    with demo(clone, home, port, persons):
        wait_for(address)
        seconds = time.monotonic() - began
        with urllib.request.urlopen(f"{address}/statistics/") as page:
            return seconds, len(page.read())


@contextmanager
def demo(clone: Path, home: Path, port: int, persons: int) -> Iterator[None]:
    """`./run demo` as a new user runs it, ended as a user ends it."""
    own = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith(NETWORK)}
    command = ["./run", "demo", "--port", str(port), "--persons", str(persons)]
    running = subprocess.Popen(command, cwd=clone, env=own | {"HOME": str(home)}, stdout=sys.stderr)
    try:
        yield
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)


def wait_for(address: str) -> None:
    """Until the page answers; gives up after ten minutes."""
    for _ in range(3000):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer")


def free_port() -> int:
    """A port of the loopback address that nobody uses."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
