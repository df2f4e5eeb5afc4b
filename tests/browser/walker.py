"""A person who follows the guided tour: presses what the pages call by name, in bokmål."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils import translation
from playwright.sync_api import Locator, Page

from tests.browser.site import Site

MOST_TABS = 120


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
    _keyboard: bool = False

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

    def named(self, words: str) -> str:
        """Words that are written as the pages show them."""
        self.names.append(words)
        return words

    def press(self, words: str, **facts: object) -> None:
        """A button."""
        self.follow(self.page.get_by_role("button", name=self.say(words, **facts), exact=True))

    def press_any(self, words: list[str]) -> None:
        """The first of these buttons that is there: the page has one or the other."""
        for name in [self.say(one) for one in words]:
            button = self.page.get_by_role("button", name=name, exact=True)
            if button.count():
                self.follow(button)
                return
        raise AssertionError(f"none of {words} on {self.page.url}")

    def open(self, words: str, **facts: object) -> None:
        """A link."""
        self.follow(self.page.get_by_role("link", name=self.say(words, **facts), exact=True))

    def open_named(self, words: str) -> None:
        """A link, named as it is shown."""
        self.named(words)
        self.follow_named(words)

    def follow_named(self, words: str) -> None:
        """A link in the page with these words in its name, which no tour can know before."""
        self.follow(self.page.locator("main").get_by_role("link", name=words))

    def open_number(self, words: str, **facts: object) -> int:
        """A tile: a number with words under it, which is a link to what it counts.  Gives the number."""
        link = self.page.get_by_role("link").filter(has_text=self.say(words, **facts)).first
        number = whole(link.inner_text())
        self.follow(link)
        return number

    def search(self, text: str) -> None:
        """The search box on every page."""
        box = self.page.get_by_role("searchbox")
        box.fill(text)
        box.press("Enter")
        self.page.wait_for_load_state()

    def write(self, words: str, text: str, **facts: object) -> None:
        """A field with a label."""
        self._write(self._field(self.say(words, **facts)), text)

    def write_named(self, label: str, text: str) -> None:
        """A field, its label as it is shown."""
        self._write(self._field(self.named(label)), text)

    def choose(self, words: str, option: str, **facts: object) -> None:
        """An option of a list."""
        self._field(self.say(words, **facts)).select_option(label=option)

    def choose_place_of_tie(self, municipality: str) -> None:
        """Close family, in this municipality."""
        self._field(self.say("Tie %(number)s", number=1)).select_option(index=1)
        self.choose("Municipality of tie %(number)s", municipality, number=1)

    def tick(self, words: str, **facts: object) -> None:
        """A box, or one of several."""
        self._field(self.say(words, **facts)).check()

    def tick_named(self, label: str) -> None:
        """A box, its label as it is shown."""
        self._field(self.named(label)).check()

    def reads(self, words: str, **facts: object) -> None:
        """The page says it."""
        told = self.say(words, **facts)
        assert told in spaced(self.page.locator("main").inner_text()), f"{told!r} on {self.page.url}"

    @contextmanager
    def keyboard_only(self) -> Iterator[None]:
        """Until the end, nothing is clicked: Tab goes there, Enter takes the step, letters are typed."""
        self._keyboard = True
        try:
            yield
        finally:
            self._keyboard = False

    def follow(self, what: Locator) -> None:
        """Press it and wait for the page that comes; a page that refuses is a failure."""
        if self._keyboard:
            self._tab_to(what.first)
            self.page.keyboard.press("Enter")
            self.page.wait_for_timeout(200)
        else:
            what.first.click()
        self.page.wait_for_load_state()
        refused = self.page.locator("[data-error-summary], main [role=alert]")
        assert refused.count() == 0, f"{self.page.url}: {refused.first.inner_text()}"

    def _write(self, field: Locator, text: str) -> None:
        if not self._keyboard:
            field.fill(text)
            return
        self._tab_to(field)
        if field.get_attribute("type") == "date":
            # As the browser's own language writes a date.
            year, month, day = text.split("-")
            order = self.page.evaluate(
                "new Intl.DateTimeFormat(navigator.language).formatToParts().map(p => p.type)"
            )
            text = "".join({"year": year, "month": month, "day": day}.get(part, "") for part in order)
        else:
            self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def _tab_to(self, what: Locator) -> None:
        what.wait_for()
        for _ in range(MOST_TABS):
            if what.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {what} on {self.page.url}")

    def _field(self, told: str) -> Locator:
        """By its label, which says of some fields that they need not be filled in."""
        label = re.compile(f"^{re.escape(told)}( \\(.*\\))?$")
        return self.page.locator("main").get_by_label(label).first


def whole(text: str) -> int:
    """The first whole number in a text; thousands may be parted by a thin space."""
    found = re.search(r"\d[\d\u00a0\u2009\u202f ]*", text)
    assert found, text
    return int(re.sub(r"\D", "", found[0]))


def spaced(text: str) -> str:
    """Any white space as one space."""
    return " ".join(text.split())
