"""The look in a real browser: axe, keyboard, 320 px, strict policy, no script."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from .site import served

pytestmark = pytest.mark.browser
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OPEN_EVERYTHING = "for (const one of document.querySelectorAll('details:not([data-menu])')) one.open = true"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as where:
        yield where


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=os.environ["BOSETT_CHROMIUM"], args=FLAGS)
        yield program
        program.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    one = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    one.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    one.on("pageerror", lambda error: said.append(str(error)))
    yield one
    one.close()
    assert said == []


def opened(page: Page, address: str, width: int = 1280) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address, wait_until="networkidle")
    return page


@pytest.mark.parametrize(
    "path",
    [
        "/page?lang=nb",
        "/page?lang=nn&scheme=dark&density=compact",
        "/look/shortcuts?lang=en&scheme=dark",
        "/sources?lang=nb",
        "/accessibility?lang=nn&scheme=dark",
        "/household?lang=nb",
        "/household?lang=ar",
    ],
)
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, address: str, path: str, width: int
) -> None:
    opened(page, address + path, width)
    page.evaluate(OPEN_EVERYTHING)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_the_error_summary_takes_focus_and_leads_to_its_field(page: Page, address: str) -> None:
    opened(page, address + "/page")
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_persons"


def test_rows_are_walked_selected_and_counted_with_keys(page: Page, address: str) -> None:
    opened(page, address + "/page")
    assert page.is_hidden("[data-bulk-bar]")
    page.evaluate("document.activeElement.blur()")
    for key in "jjxkx":
        page.keyboard.press(key)
    assert page.locator("tbody input:checked").count() == 2
    assert page.inner_text("[data-bulk-count]") == "2"
    assert "H-1041" in page.inner_text("tr[data-current-row]")


def test_keys_are_letters_while_somebody_writes(page: Page, address: str) -> None:
    opened(page, address + "/page")
    page.focus("#id_note")
    page.keyboard.type("j/x?")
    assert page.input_value("#id_note") == "j/x?"
    assert page.locator("tr[data-current-row]").count() == 0


def test_shortcuts_can_be_turned_off(page: Page, address: str) -> None:
    opened(page, address + "/page?shortcuts=off")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert page.locator("tr[data-current-row]").count() == 0
    assert page.url.endswith("/page?shortcuts=off")


def test_the_question_mark_opens_the_list_of_shortcuts(page: Page, address: str) -> None:
    opened(page, address + "/page")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_url("**/look/shortcuts")


def test_the_map_is_one_stop_and_every_municipality_is_reached_with_arrows(page: Page, address: str) -> None:
    opened(page, address + "/page")
    assert page.locator("a[data-cell][tabindex='0']").count() == 1
    page.focus("a[data-cell][tabindex='0']")
    reached = page.evaluate(
        """() => {
          const seen = new Set(), left = [document.activeElement];
          while (left.length) {
            const cell = left.pop();
            if (seen.has(cell)) continue;
            seen.add(cell);
            for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
              cell.focus();
              cell.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
              left.push(document.activeElement);
            }
          }
          return seen.size;
        }"""
    )
    assert reached == 357


@pytest.mark.parametrize("typed", ["nesse", "unj"])
def test_a_typed_name_jumps_to_the_municipality_by_any_of_its_names(
    page: Page, address: str, typed: str
) -> None:
    opened(page, address + "/page")
    page.focus("a[data-cell][tabindex='0']")
    page.keyboard.type(typed)
    assert page.evaluate("document.activeElement.dataset.name") == "Unjárga - Nesseby"
    assert page.inner_text("[data-hexmap-name]").startswith("Unjárga - Nesseby: ")
    assert page.locator("tr[data-current-row]").count() == 0


def test_a_menu_closes_on_escape_and_gives_focus_back(page: Page, address: str) -> None:
    opened(page, address + "/page")
    page.click("details[data-menu] > summary")
    page.focus("button[name=scheme][value=dark]")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('details[data-menu]').open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_undo_waits_while_it_is_in_use_and_goes_when_its_time_is_over(page: Page, address: str) -> None:
    page.clock.install()
    page.goto(address + "/page")
    page.focus("[data-undo] button")
    page.clock.run_for(30_000)
    assert page.locator("[data-undo]").count() == 1
    page.evaluate("document.activeElement.blur()")
    page.clock.run_for(11_000)
    assert page.locator("[data-undo]").count() == 0


def test_every_stop_of_the_tab_key_can_be_seen(page: Page, address: str) -> None:
    opened(page, address + "/page")
    page.evaluate("document.activeElement.blur()")
    page.mouse.click(3, 300)
    unseen, stops = [], 0
    while stops < 150:
        page.keyboard.press("Tab")
        name, shown = page.evaluate(
            """() => { const at = document.activeElement, look = getComputedStyle(at);
              const rings = look.outlineStyle !== "none" || Boolean(at.querySelector?.(".hexagon"));
              return [at.tagName + " " + (at.id || at.textContent.trim().slice(0, 30)), rings]; }"""
        )
        if name.startswith("BODY"):
            break
        stops += 1
        unseen += [] if shown else [name]
    assert stops > 50
    assert unseen == []


def test_sami_letters_come_from_the_bundled_font(page: Page, address: str) -> None:
    opened(page, address + "/page")
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    letters = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "#sami-letters"})
    fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": letters["nodeId"]})["fonts"]
    assert {(font["familyName"], font["isCustomFont"]) for font in fonts} == {("Inter", True)}


def test_the_frame_and_the_list_work_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/page")
    page.click("details[data-menu] > summary")
    assert page.is_visible("button[name=scheme][value=dark]")
    assert page.is_visible("button[name=do]")
    page.check("tbody tr:first-child input")
    assert page.is_hidden("[data-select-all]")
    context.close()
