"""`python -m tests.browser.screenshots`: the pictures of the README and of docs/screenshots, taken anew.

Every person in them is synthetic.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django
from playwright.sync_api import Page

if TYPE_CHECKING:
    from tests.browser.test_tour import Tour

from bosett.registry import Registry
from tests.browser.site import CLONE, Site, running_site

FOLDER = CLONE / "docs" / "screenshots"
CHROMIUM = os.environ.get("BOSETT_CHROMIUM", "/usr/bin/chromium")


@dataclass(frozen=True)
class Picture:
    """One picture: who looks, in which language and scheme, where, and how much of the page."""

    name: str
    user: str
    path: str
    language: str = "nb"
    scheme: str = "light"
    height: int = 860

    @property
    def file(self) -> Path:
        """Named for what it shows and how."""
        return FOLDER / f"{self.name}-{self.language}-{self.scheme}.png"


def pictures(card: str, household: str, place: str) -> list[Picture]:
    """All but the household's own page, which needs a code."""
    return [
        Picture("start", "saksbehandler", "/", scheme="dark"),
        Picture("start", "leder", "/", language="nn"),
        Picture("proposals", "saksbehandler", "/proposals/?show=hard", height=960),
        Picture("household", "saksbehandler", household, language="nn", scheme="dark", height=1000),
        Picture("card", "kommune", card, height=800),
        Picture("requests", "leder", "/requests/2026/", height=800),
        Picture("municipality", "kommune", place, language="nn", height=1000),
        Picture("statistics", "", "/statistics/", height=1000),
    ]


def main() -> None:
    """Walk the tour until the card is out, and take each picture."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bosett_server.settings")
    django.setup()
    from tests.browser import test_tour as steps  # needs Django
    from tests.browser.walker import Walker

    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder) / "state", CHROMIUM) as site:
        tour = steps.Tour(Walker(site))
        for step in (steps.vedtak, steps.register, steps.interview, steps.ready, steps.proposal):
            step(tour)
        with site.visit("kommune") as page:
            page.goto(f"{site.address}/cards/")
            card = page.locator("main a[href^='/cards/']").last.get_attribute("href") or ""
        place = f"/municipalities/{Registry.shipped().by_name(tour.municipality).code}/"
        for one in pictures(card, tour.file.removeprefix(site.address), place):
            take(site, one)
        steps.accept_by_keyboard(tour)
        code_of(tour)
        for language in ("nb", "ar"):
            own_page(site, tour.code, language)
            code_of(tour)


def take(site: Site, one: Picture) -> None:
    """One page as the user sees it."""
    with site.visit(one.user, language=one.language, scheme=one.scheme) as page:
        page.set_viewport_size({"width": 1280, "height": one.height})
        page.goto(site.address + one.path)
        keep(page, one.file)


def own_page(site: Site, code: str, language: str) -> None:
    """The household's page by its code, in a language it has chosen."""
    from tests.browser.test_tour import PERSONS

    with site.visit() as page:
        page.set_viewport_size({"width": 900, "height": 1150})
        page.goto(f"{site.address}/code/")
        page.locator(f'button[name="language"][value="{language}"]').click()
        page.locator("#id_code").fill(code)
        page.locator("#id_birth_date").fill(PERSONS[0][1])
        page.locator("form.own-form button").click()
        page.wait_for_load_state()
        keep(page, FOLDER / f"own-page-{language}-light.png")


def code_of(tour: Tour) -> None:
    """A fresh code: each opens the page once."""
    with tour.walk.as_user("mottak") as page:
        page.goto(f"{tour.file}code/")
        tour.walk.press("Make a code for the household")
        tour.code = page.locator(".own-sheet__code").inner_text()


def keep(page: Page, file: Path) -> None:
    """As a picture."""
    page.screenshot(path=str(file))
    print(f"{file.relative_to(CLONE)}  {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
