"""What takes more than a moment says so while one waits."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Route

WATCH = """() => {
  const bar = document.querySelector("[data-busy]");
  new MutationObserver(() => {
    if (!bar.hidden) sessionStorage.setItem("busy", bar.innerText.trim());
  }).observe(bar, { attributes: true, childList: true, subtree: true });
}"""
"""Keeps what the bar said, for after the answer has taken its page away."""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_step_that_takes_seconds_says_that_it_works_until_the_answer_comes(site, proposals):
    def slow(route: Route) -> None:
        if route.request.method == "POST":
            time.sleep(1.5)
        route.continue_()

    with site.visit("saksbehandler") as page:
        page.goto(f"{site.address}/proposals/")
        assert page.locator("[data-busy]").is_hidden()
        page.evaluate(WATCH)
        page.route("**/proposals/run/**", slow)
        page.locator("form[action^='/proposals/run/'] button").click()
        page.wait_for_url("**/proposals/?year=*")
        assert page.evaluate("sessionStorage.getItem('busy')") not in {None, ""}
        assert page.locator("[data-busy]").is_hidden()
