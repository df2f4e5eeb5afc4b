"""The grid as people use it: keys, a block from a spreadsheet, a page left too early; and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


def opened(page: Page, address: str, year: int) -> str:
    """The grid of a year of the coordinator's own municipality; gives its address."""
    page.goto(f"{address}/planner/")
    grid = page.url.rsplit("/", 2)[0] + f"/{year}/resources/"
    page.goto(grid)
    return grid


def here(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


def test_arrow_keys_and_enter_move_and_escape_takes_back(site):
    with site.visit("kommune") as page:
        opened(page, site.address, 2028)
        page.focus("#cell-housing-1")
        moved = []
        for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "Enter", "Shift+Enter"):
            page.keyboard.press(key)
            moved.append(here(page))
        assert moved == ["school-1", "school-2", "housing-2", "housing-1", "school-1", "housing-1"]
        page.keyboard.type("12")
        page.keyboard.press("Escape")
        assert page.input_value("#cell-housing-1") == ""


def test_a_block_is_pasted_kept_when_the_page_is_left_and_forgotten_once_saved(site):
    with site.visit("kommune") as page:
        page.on("dialog", lambda dialog: dialog.accept())
        grid = opened(page, site.address, 2029)
        page.focus("#cell-housing-1")
        page.evaluate(PASTE, "1\t2\t3\n4\t5\t6\n")
        assert [page.input_value(f"#cell-{name}") for name in ("housing-1", "housing-3", "school-3")] == [
            "1",
            "3",
            "6",
        ]
        page.goto(f"{site.address}/inbox/")
        page.goto(grid)
        assert page.input_value("#cell-school-3") == ""
        page.click("[data-grid-restore]")
        assert page.input_value("#cell-school-3") == "6"
        page.click("form.grid-form .form__buttons button[value='save']")
        page.wait_for_url("**/2029/")
        page.goto(grid)
        assert page.input_value("#cell-school-3") == "6"
        assert page.locator("[data-grid-draft]").is_hidden()


def test_leaving_with_something_typed_warns(site):
    with site.visit("kommune") as page:
        warned = []
        page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
        opened(page, site.address, 2030)
        page.focus("#cell-housing-1")
        page.keyboard.type("7")
        page.goto(f"{site.address}/inbox/")
        assert warned == ["beforeunload"]
