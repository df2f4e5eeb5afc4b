"""Every page: no axe findings, no sideways scroll at 320 px, a keyboard is enough, no error behind a link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Best-practice wishes that the design system's own components break (kept here so that they are seen).
KNOWN = {"aria-allowed-role", "presentation-role-conflict"}
FEWEST_KINDS = 25


def by_user(pages: dict[str, tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    rows = sorted((user, kind, path) for kind, (user, path) in pages.items())
    for user, group in groupby(rows, key=lambda row: row[0]):
        yield user, [(kind, path) for _, kind, path in group]


def findings(page: Page) -> list[str]:
    result = Axe().run(page, options=RULES)
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:120]}"
        for found in result.response["violations"]
        if found["id"] not in KNOWN
    ]


def test_the_crawl_reaches_every_room(pages):
    assert len(pages) >= FEWEST_KINDS, sorted(pages)


@pytest.mark.parametrize(("scheme", "language"), [("light", "nb"), ("dark", "nn")])
def test_axe_finds_nothing_on_any_page(site: Site, pages, scheme, language):
    wrong = defaultdict(list)
    for user, rows in by_user(pages):
        with site.visit(user, scheme=scheme, language=language) as page:
            for kind, path in rows:
                page.goto(site.address + path)
                wrong[f"{kind} {path}"] += findings(page)
    assert {where: what for where, what in wrong.items() if what} == {}


def test_no_page_scrolls_sideways_at_320_pixels(site: Site, pages):
    wide = {}
    for user, rows in by_user(pages):
        with site.visit(user, width=320) as page:
            for kind, path in rows:
                page.goto(site.address + path)
                width = page.evaluate("document.documentElement.scrollWidth")
                if width > 320:
                    wide[f"{kind} {path}"] = width
    assert wide == {}


def test_every_page_can_be_walked_with_the_keyboard(site: Site, pages):
    """Tab reaches every link, button and field in turn, shows where it is, and comes round again."""
    wrong = {}
    for user, rows in by_user(pages):
        with site.visit(user) as page:
            for kind, path in rows:
                page.goto(site.address + path)
                told = walk(page)
                if told:
                    wrong[f"{kind} {path}"] = told
    assert wrong == {}


AT_MOST_STOPS = 400
REACHED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  at.dataset.walked = '1';
  return {name: at.outerHTML.slice(0, 90), shown, seen: box.width > 0 && box.height > 0};
}"""
LEFT = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({checkVisibilityCSS: true}) && !e.dataset.walked
    && !(e.type === 'radio'))
  .map(e => e.outerHTML.slice(0, 90))"""


def walk(page: Page) -> list[str]:
    """What the keyboard could not reach, or reached without showing it."""
    wrong = []
    for _ in range(AT_MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(REACHED)
        if stop is None:
            break
        if not stop["shown"]:
            wrong.append(f"focus not shown: {stop['name']}")
    left = page.evaluate(LEFT)
    return (wrong + [f"not reached: {one}" for one in left])[:5]
