"""One look at each page in each dress: what axe, the reader, a narrow window and the keyboard find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.site import Site
from tests.browser.walker import spaced

DRESSES = (("light", "nb"), ("dark", "nn"))
EVERYTHING = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# The second dress has the same elements; what can differ is colour and language.
COLOUR_AND_LANGUAGE = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "html-has-lang", "html-lang-valid", "valid-lang"],
    }
}
# Best-practice wishes that the design system's own components break (kept here so that they are seen).
KNOWN = {"aria-allowed-role", "presentation-role-conflict"}
# What is marked as English (the titles of English sources) may be English.
TEXTS = """() => {
  for (const e of document.querySelectorAll('main [lang=en]')) e.remove();
  const found = [document.title, document.body.innerText];
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    found.push(e.getAttribute('aria-label') || '', e.getAttribute('title') || '', e.getAttribute('placeholder') || '');
  return found.join('\\n');
}"""
DRESSED = "[document.documentElement.dataset.colorScheme, document.documentElement.lang]"


@dataclass
class Look:
    """What was found on one page in one dress."""

    where: str
    scheme: str
    language: str
    headings: int
    dressed: list[str]
    axe: list[str] = field(default_factory=list)
    narrow: int = 0
    keyboard: list[str] = field(default_factory=list)
    text: str = ""


def looks_at(site: Site, pages: dict[str, tuple[str, str]]) -> list[Look]:
    """Every page in both dresses."""
    found = []
    for scheme, language in DRESSES:
        for user, rows in by_user(pages):
            with site.visit(user, scheme=scheme, language=language) as page:
                for kind, path in rows:
                    page.goto(site.address + path)
                    found.append(look(page, f"{kind} {path}", scheme, language))
    return found


def look(page: Page, where: str, scheme: str, language: str) -> Look:
    """The page as it stands; the first dress is looked at all round."""
    told = Look(where, scheme, language, page.locator("h1").count(), page.evaluate(DRESSED))
    first = (scheme, language) == DRESSES[0]
    told.axe = findings(page, EVERYTHING if first else COLOUR_AND_LANGUAGE)
    if first:
        told.keyboard = walk(page)
        page.set_viewport_size({"width": 320, "height": 900})
        told.narrow = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 1280, "height": 900})
    told.text = spaced(page.evaluate(TEXTS))
    return told


def by_user(pages: dict[str, tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """User -> (kind, address) of what is looked at as that user."""
    rows = sorted((user, kind, path) for kind, (user, path) in pages.items())
    for user, group in groupby(rows, key=lambda row: row[0]):
        yield user, [(kind, path) for _, kind, path in group]


def findings(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe says, one line for each rule that is broken."""
    result = Axe().run(page, options=rules)
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:120]}"
        for found in result.response["violations"]
        if found["id"] not in KNOWN
    ]


AT_MOST_STOPS = 400
REACHED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const again = !!at.dataset.walked, style = getComputedStyle(at);
  // A cell of the map is ringed by a line of the drawing, since an outline would be a square.
  const ringed = !!at.closest('[data-hexmap]')?.querySelector('[data-here][d]:not([d=""])');
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const shown = outlined || style.boxShadow !== 'none' || ringed;
  at.dataset.walked = '1';
  return {name: at.outerHTML.slice(0, 90), shown, again};
}"""
LEFT = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({checkVisibilityCSS: true}) && !e.dataset.walked
    && !(e.type === 'radio'))
  .map(e => e.outerHTML.slice(0, 90))"""


def walk(page: Page) -> list[str]:
    """What Tab could not reach, or reached without showing it.  A very long list is walked at its beginning."""
    wrong = []
    for _ in range(AT_MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(REACHED)
        if stop is None:
            return (wrong + [f"not reached: {one}" for one in page.evaluate(LEFT)])[:5]
        # Inside a field of several parts (a date) Tab stops more than once; the first says where one is.
        if not stop["shown"] and not stop["again"]:
            wrong.append(f"focus not shown: {stop['name']}")
    return wrong[:5]
