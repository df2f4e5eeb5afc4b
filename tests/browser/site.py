"""A whole demo of its own for the browser, on a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CLONE = Path(__file__).parents[2]
PERSONS = 4000
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
USERS = [
    "saksbehandler", "leder", "udi", "bufetat", "mottak", "kommune", "vedtak", "fylke", "ks", "departement",
    "nav", "husbanken", "statsforvalter", "revisor", "admin",
]  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A running demo and a browser to look at it with."""

    address: str
    browser: Browser

    @contextmanager
    def visit(
        self, user: str = "", *, language: str = "nb", width: int = 1280, scheme: str = "light"
    ) -> Iterator[Page]:
        """A fresh window, logged in as a demo user when one is named."""
        context = self.browser.new_context(viewport={"width": width, "height": 900})
        try:
            context.add_cookies(
                [
                    {"name": "language", "value": language, "url": self.address},
                    {"name": "look_scheme", "value": scheme, "url": self.address},
                ]
            )
            page = context.new_page()
            if user:
                log_in(page, self.address, user)
            yield page
        finally:
            _close(context)


def log_in(page: Page, address: str, user: str) -> None:
    """Through the demo's own login page."""
    page.goto(f"{address}/login")
    page.locator(f'button[value="{user}"]').click()
    page.wait_for_load_state()


@contextmanager
def running_site(state: Path, chromium: str) -> Iterator[Site]:
    """Start the demo as a user would, wait until it answers, and end it."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {"BOSETT_DATA_DIR": str(state), "PYTHONPATH": str(CLONE)}
    environment.pop("DATABASE_URL", None)
    log = (state.parent / "demo.log").open("wb")
    command = [
        sys.executable,
        "-m",
        "bosett_server.commands",
        "demo",
        "--port",
        str(port),
        "--persons",
        str(PERSONS),
    ]
    with subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=CLONE) as demo:
        try:
            _wait_for(address, demo, Path(log.name))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                yield Site(address, browser)
                browser.close()
        finally:
            demo.terminate()
            demo.wait(timeout=60)
            log.close()


def _wait_for(address: str, demo: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if demo.poll() is not None:
            raise RuntimeError(f"the demo ended: {log.read_text(errors='replace')[-2000:]}")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address on loopback
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"the demo did not answer: {log.read_text(errors='replace')[-2000:]}")


def _close(context: BrowserContext) -> None:
    context.close()
