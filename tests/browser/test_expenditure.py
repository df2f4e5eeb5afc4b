"""Filling in the mapping of expenditure in a real browser: nothing typed is lost when it is closed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.site import FLAGS, Site, log_in


def questionnaire(page: Page, site: Site) -> str:
    """The address of the demo municipality's open answer."""
    page.goto(f"{site.address}/expenditure/")
    found = page.locator("a[href*='/answers/']").first.get_attribute("href")
    assert found is not None
    return site.address + found


def test_what_is_typed_is_there_again_after_the_browser_is_killed(site: Site, tmp_path) -> None:
    own = site.browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=os.environ["BOSETT_CHROMIUM"], args=FLAGS
    )
    page = own.new_page()
    log_in(page, site.address, "kommune")
    page.goto(questionnaire(page, site))
    with page.expect_response(
        lambda one: "/save/" in one.url and "ungdomsklubb" in (one.request.post_data or "")
    ):
        page.locator("#amount-culture").fill("1 234 567")
        page.locator("#explanation-culture").fill("Ny ungdomsklubb i år")
    killed = started_with(str(tmp_path))
    for one in killed:
        os.kill(one, signal.SIGKILL)
    assert killed
    with site.visit("kommune") as page:
        page.goto(questionnaire(page, site))
        assert page.locator("#amount-culture").input_value() == "1 234 567"
        assert page.locator("#explanation-culture").input_value() == "Ny ungdomsklubb i år"


def test_the_last_letters_are_kept_when_the_page_is_left_at_once(site: Site) -> None:
    with site.visit("kommune") as page:
        page.goto(questionnaire(page, site))
        page.locator("#amount-interpreter").fill("765 432")
        page.goto(f"{site.address}/expenditure/")
        # The letters are on their way when the page is left: they arrive, on a busy machine a little later.
        for _ in range(40):
            page.goto(questionnaire(page, site))
            if page.locator("#amount-interpreter").input_value():
                break
            page.wait_for_timeout(250)
        assert page.locator("#amount-interpreter").input_value() == "765 432"


def test_a_share_over_100_is_told_while_it_is_typed_and_is_kept(site: Site) -> None:
    with site.visit("kommune") as page:
        page.goto(questionnaire(page, site))
        page.locator("#share-health").fill("120")
        page.locator("#whole-health").fill("5000")
        page.locator("#flags-health li", has_text="100 prosent").wait_for()
        page.reload()
        assert page.locator("#share-health").input_value() == "120"
        page.locator("#share-health").fill("")
        page.locator("#whole-health").fill("")
        page.locator("#flags-health li", has_text="100 prosent").wait_for(state="detached")


def test_without_script_the_button_saves(site: Site) -> None:
    context = site.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, site.address, "kommune")
    where = questionnaire(page, site)
    page.goto(where)
    page.locator("#amount-substance_use").fill("43 210")
    page.locator('button[value="save"]').click()
    page.goto(where)
    assert page.locator("#amount-substance_use").input_value() == "43 210"
    context.close()


def started_with(mark: str) -> list[int]:
    """Ids of the processes that were started with this folder in their command."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            command = (one / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended meanwhile
        if mark.encode() in command and b"chrom" in command:
            found.append(int(one.name))
    return found
