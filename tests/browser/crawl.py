"""Every page a role can reach by its own links, one address for each kind of page."""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

AT_MOST = 200
# One page of a kind shows what all of them show, but a household shows other steps at other stages.
PER_KIND = {"followup-file": 5, "placement-proposal": 2, "placement-offers": 2}
# Also links inside a drawing, whose `href` is an object.
HREFS = """all => all.filter(a => !a.hasAttribute('download'))
  .map(a => new URL(a.getAttribute('href'), document.baseURI).href)"""
LEFT_OUT = ("/logout", "/static/", "/api/")
FILES = ("/statistics/map/picture/", "/statistics/map/frames/", "/data/catalog")


def kind_of(path: str) -> str:
    """The name of the page behind an address; empty when it is none of ours."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def reachable(page: Page, address: str) -> dict[str, str]:
    """Kind of page -> the first address found, breadth first from the start page.

    Raises
    ------
    AssertionError
        If a link leads to an error.
    """
    waiting, tried, found = deque(["/"]), {"/"}, {}
    opened: dict[str, int] = {}
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        assert kind, f"a link to {path}, which is no page"
        if opened.get(kind, 0) >= PER_KIND.get(kind, 1) or sum(opened.values()) >= AT_MOST:
            continue
        opened[kind] = opened.get(kind, 0) + 1
        answer = page.goto(address + path)
        assert answer is not None, path
        assert answer.status < 400, f"{path} answered {answer.status}"
        found.setdefault(kind, path)
        for link in _links(page, address):
            if link not in tried:
                tried.add(link)
                waiting.append(link)
    return found


def _links(page: Page, address: str) -> list[str]:
    hrefs: list[str] = page.eval_on_selector_all("a[href]", HREFS)
    own = [href.removeprefix(address).split("#")[0] for href in hrefs if href.startswith(address + "/")]
    pages = [path for path in own if not path.startswith(LEFT_OUT) and not _is_file(path)]
    return list(dict.fromkeys(pages))


def _is_file(path: str) -> bool:
    last = urlsplit(path).path.rsplit("/", 1)[-1]
    if path.startswith(FILES) or "as=" in urlsplit(path).query:
        return True
    return "." in last or "format=" in path or "download" in path or "export" in path
