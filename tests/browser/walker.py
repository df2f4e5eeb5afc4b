"""A person who follows the guided tour: presses what the pages call by name, in bokmål."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils import translation
from playwright.sync_api import Locator, Page

from tests.browser.site import Site


def norwegian(words: str, *, plural: int | None = None, context: str = "", **facts: object) -> str:
    """What the pages say in bokmål for words of the program."""
    with translation.override("nb"):
        if plural is not None:
            one, many = words.split("|")
            found = translation.ngettext(one, many, plural)
        else:
            found = translation.pgettext(context, words) if context else translation.gettext(words)
    return found % facts if facts else found


@dataclass
class Walker:
    """Remembers every name it was led by, so that the written tour can be compared with it."""

    site: Site
    names: list[str] = field(default_factory=list)
    _page: Page | None = None

    @property
    def page(self) -> Page:
        """The window in use."""
        if self._page is None:
            raise RuntimeError("nobody is logged in")
        return self._page

    @contextmanager
    def as_user(self, user: str, *, width: int = 1280) -> Iterator[Page]:
        """A window of this user's own."""
        self.names.append(user)
        with self.site.visit(user, width=width) as page:
            self._page = page
            yield page
            self._page = None

    def say(self, words: str, **facts: object) -> str:
        """The words in bokmål, remembered."""
        found = norwegian(words, **facts)  # type: ignore[arg-type]
        self.names.append(found)
        return found

    def press(self, words: str, **facts: object) -> None:
        """A button."""
        self._follow(self.page.get_by_role("button", name=self.say(words, **facts), exact=True))

    def open(self, words: str, **facts: object) -> None:
        """A link."""
        self._follow(self.page.get_by_role("link", name=self.say(words, **facts), exact=True))

    def open_number(self, words: str, **facts: object) -> int:
        """A tile: a number with words under it, which is a link to what it counts.  Gives the number."""
        link = self.page.get_by_role("link").filter(has_text=self.say(words, **facts)).first
        number = whole(link.inner_text())
        self._follow(link)
        return number

    def write(self, words: str, text: str, **facts: object) -> None:
        """A field with a label."""
        self._field(words, **facts).fill(text)

    def choose(self, words: str, option: str, **facts: object) -> None:
        """An option of a list."""
        self._field(words, **facts).select_option(label=option)

    def tick(self, words: str, **facts: object) -> None:
        """A box, or one of several."""
        self._field(words, **facts).check()

    def reads(self, words: str, **facts: object) -> None:
        """The page says it."""
        told = self.say(words, **facts)
        assert told in spaced(self.page.locator("main").inner_text()), f"{told!r} on {self.page.url}"

    def _field(self, words: str, **facts: object) -> Locator:
        """By its label, which says of some fields that they need not be filled in."""
        label = re.compile(f"^{re.escape(self.say(words, **facts))}( \\(.*\\))?$")
        return self.page.locator("main").get_by_label(label).first

    def _follow(self, what: Locator) -> None:
        what.first.click()
        self.page.wait_for_load_state()
        problem = self.page.locator(".error-summary, [role=alert]")
        assert problem.count() == 0, f"{self.page.url}: {problem.first.inner_text()}"


def whole(text: str) -> int:
    """The first whole number in a text; thousands may be parted by a thin space."""
    found = re.search(r"\d[\d\u00a0\u2009\u202f ]*", text)
    assert found, text
    return int(re.sub(r"\D", "", found[0]))


def spaced(text: str) -> str:
    """Any white space as one space."""
    return " ".join(text.split())
