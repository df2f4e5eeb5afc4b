"""One demo and one browser for all browser tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.browser.crawl import reachable
from tests.browser.looks import Look, looks_at
from tests.browser.site import USERS, Site, running_site


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    state = tmp_path_factory.mktemp("site") / "state"
    with running_site(state, os.environ["BOSETT_CHROMIUM"]) as found:
        yield found


@pytest.fixture(scope="package")
def proposals(site: Site) -> None:
    """A run of the placement, so that there are proposals to look at."""
    with site.visit("saksbehandler") as page:
        page.goto(f"{site.address}/proposals/")
        page.locator("form[action^='/proposals/run/'] button").click()
        page.wait_for_load_state()


@pytest.fixture(scope="package")
def pages(site: Site, proposals: None) -> dict[str, tuple[str, str]]:
    """Kind of page -> (user, address): everything that anybody can reach by links, each kind once per start page."""
    found: dict[str, tuple[str, str]] = {}
    for user in ["", *USERS]:
        with site.visit(user) as page:
            for kind, path in reachable(page, site.address).items():
                found.setdefault(f"{kind} ({user or 'public'})" if kind == "start" else kind, (user, path))
    return found


@pytest.fixture(scope="package")
def looks(site: Site, pages: dict[str, tuple[str, str]]) -> list[Look]:
    """Every page, looked at in light bokmål and in dark nynorsk."""
    return looks_at(site, pages)
