"""docs/tour.md, room by room: each page opens for its user and says what the table says it does."""

from __future__ import annotations

import re

import pytest

from tests.browser.site import CLONE, Site

pytestmark = pytest.mark.browser
ROW = re.compile(
    r"^\| (?:`(?P<user>\w+)`|nobody) \| `(?P<address>/[^`]*)` \| .* \| (?P<quoted>.*) \|$", re.MULTILINE
)
TABLE = (CLONE / "docs" / "tour.md").read_text("utf-8").split("## Room by room")[1]


def rows() -> list[tuple[str, str, list[str]]]:
    """User, address, words, by user."""
    found = [
        (row["user"] or "", row["address"], re.findall("«(.+?)»", row["quoted"]))
        for row in ROW.finditer(TABLE)
    ]
    return sorted(found)


def test_every_line_of_the_table_is_read():
    lines = [line for line in TABLE.splitlines() if line.startswith("|")][2:]
    assert len(rows()) == len(lines) >= 20
    assert all(words for _, _, words in rows())


@pytest.mark.parametrize("user", sorted({user for user, _, _ in rows()}))
def test_each_page_of_the_room_by_room_tour_says_what_the_table_says(site: Site, user: str):
    with site.visit(user) as page:
        for _, address, words in (row for row in rows() if row[0] == user):
            answer = page.goto(f"{site.address}{address}")
            assert answer is not None
            assert answer.status == 200, address
            told = page.locator("body").inner_text()
            assert [one for one in words if one not in told] == [], address
