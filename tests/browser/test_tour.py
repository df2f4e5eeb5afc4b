"""The guided tour of the README, walked: one household from the register to settled, paid for, counted and logged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.site import CLONE, Site
from tests.browser.walker import Walker, spaced, whole

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PERSONS = [("Olena", "1991-05-04", "Kvinne"), ("Danylo", "2017-09-12", "Mann")]
FAMILY = "Omvisning"
TODAY, HELD, ARRIVED, PERMIT = "2026-03-16", "2026-03-04", "2026-02-02", "2026-03-02"


@dataclass
class Tour:
    """What one step of the tour tells the next."""

    walk: Walker
    municipality: str = ""
    centre: str = ""
    reference: str = ""
    file: str = ""
    settled_before: int = 0
    card: str = ""
    code: str = ""


def test_the_tour_of_the_readme_takes_a_household_all_the_way(site: Site):
    tour = Tour(Walker(site))
    need_and_round(tour)
    vedtak(tour)
    register(tour)
    interview(tour)
    ready(tour)
    proposal(tour)
    easy_ones(tour)
    accept_by_keyboard(tour)
    own_page(tour)
    settle(tour)
    money(tour)
    figures(tour)
    log(tour)
    led_by = set(tour.walk.names)
    assert {
        name for name in tour_names(CLONE / "README.md") if not any(is_called(one, name) for one in led_by)
    } == set()


def need_and_round(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("leder") as page:
        assert walk.open_number("persons need a place this year") == 16_000
        walk.reads("The division of part of the need is unknown")
        walk.open("Request and vedtak")
        assert "13 000" in spaced(page.locator("main").inner_text())
        tour.settled_before = settled_in_funnel(walk)


def vedtak(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("vedtak") as page:
        tour.municipality = place(walk)
        more = (
            whole(page.get_by_role("link").filter(has_text=walk.say("places in your vedtak")).inner_text())
            + 10
        )
        walk.open_number("persons you are asked to settle this year")
        walk.open_named("Vedtaket med vilkår")
        walk.tick("A number")
        walk.write("Persons in all", str(more))
        walk.write("Day of the vedtak", "2026-03-12")
        walk.write("Source", "Sak 12/26")
        walk.press("Record the answer")
        walk.press("Approve the vedtak of %(persons)s persons", persons=more)
        walk.reads("Approved and in force")


def register(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("mottak"):
        tour.centre = place(walk)
    with walk.as_user("udi") as page:
        walk.open("Reception")
        walk.open("Register a household")
        walk.tick_named("Kollektiv beskyttelse")
        walk.choose("Language", "ukrainsk")
        homes = walk.page.locator("#id_centre_id option").all_inner_texts()
        walk.choose("Centre", next(home for home in homes if home.startswith(f"{tour.centre} (")))
        walk.write("Came to the centre on", ARRIVED)
        walk.write("Permit granted on", PERMIT)
        walk.press("Continue")
        for number, (name, born, sex) in enumerate(PERSONS):
            if number:
                walk.press("Add another person")
            walk.write("Given name", name)
            walk.write("Family name", FAMILY)
            walk.write("Birth date", born)
            walk.tick_named(sex)
            walk.choose("Citizenship", "Ukraina")
            walk.choose("Basis of the permit or application", "Kollektiv beskyttelse")
            walk.press("Add the person")
        walk.press("Register the household")
        tour.reference, tour.file = page.locator("h1").inner_text().split()[-1], page.url


def interview(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("mottak"):
        walk.open_number("households waiting for their settlement interview")
        walk.follow_named(tour.reference)
        walk.open("Record the settlement interview")
        walk.open("Begin the interview")
        walk.write("The interview is held on", HELD)
        walk.tick_named("Tolk på telefon")
        walk.press("Save and continue")
        walk.choose("Wish number %(number)s", tour.municipality, number=1)
        walk.press("Save and continue")
        walk.choose_place_of_tie(tour.municipality)
        walk.press("Save and continue")
        walk.tick("Yes")
        walk.press("Save and continue")
        walk.write(
            "What is best for the children?",
            "Danylo vil bo nær onkelen sin, og begynne på skolen med en gang.",
        )
        walk.press("Save and continue")
        walk.press("Save and continue")
        walk.press("The interview is held")


def ready(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("saksbehandler"):
        walk.search(tour.reference)
        walk.follow_named(tour.reference)
        walk.open("Mark as ready")
        walk.press("Mark as ready")


def proposal(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("saksbehandler") as page:
        walk.open_number("proposals that need you")
        walk.press_any(["Propose for all ready households", "Run again"])
        walk.search(tour.reference)
        walk.follow_named(tour.reference)
        walk.open("Open the proposal")
        walk.reads("Why not the others")
        walk.open("Offer to another municipality")
        options = page.locator("#id_municipality option").all_inner_texts()
        walk.choose("Municipality", next(one for one in options if one.startswith(f"{tour.municipality} (")))
        walk.press("See what it costs")
        assert "csrf" not in page.url
        walk.write("In a few words", "Onkelen bor der, og kommunen har plass i skolen.")
        walk.press("Offer to this municipality")


def easy_ones(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("saksbehandler") as page:
        easy = walk.open_number("proposals that can be accepted as they are")
        assert easy > 1
        walk.follow(page.get_by_role("link").filter(has_text=walk.say("can be accepted as they are")))
        walk.press("Offer %(counter)s household to its municipality|Offer %(counter)s households to their"
                   " municipalities", plural=easy, counter=easy)  # fmt: skip
        page.goto(site_start(walk))
        assert walk.open_number("proposals that can be accepted as they are") == 0


def accept_by_keyboard(tour: Tour) -> None:
    """Nothing but Tab, Enter and digits."""
    walk = tour.walk
    with walk.as_user("kommune") as page, walk.keyboard_only():
        walk.follow(page.get_by_role("link").filter(has_text=walk.say("households to answer")))
        walk.follow(page.locator("main a[href^='/cards/']").filter(has_text=re.compile(r"\d: 2 ")).last)
        tour.card = page.url.rstrip("/").rsplit("/", 1)[-1]
        assert FAMILY not in page.content()
        walk.press("Accept the household")
        walk.open("Open your households")
        walk.follow_named(tour.reference)
        assert FAMILY in page.content()
        walk.open("Agree on the settlement date")
        walk.write("Settlement date", TODAY)
        walk.press("Agree on the date")


def own_page(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("mottak") as page:
        page.goto(tour.file)
        walk.open("Print the code for the household's own page")
        walk.press("Make a code for the household")
        tour.code = page.locator(".own-sheet__code").inner_text()
    with walk.as_user("") as page:
        page.goto(f"{walk.site.address}/code/")
        enter_code(walk, tour.code)
        said = spaced(page.locator("main").inner_text())
        assert tour.municipality in said
        assert "Onkelen bor der" in said
    with walk.as_user("") as page:
        page.goto(f"{walk.site.address}/code/")
        enter_code(walk, tour.code)
        assert page.url.endswith("/code/"), "a code opens the page once"


def settle(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("kommune") as page, walk.keyboard_only():
        page.goto(tour.file)
        walk.open("Record that they are settled")
        walk.write("Arrived on", TODAY)
        walk.press("Record as settled")


def money(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("kommune") as page:
        walk.open("Economy")
        walk.follow(page.locator("main a[href*='/2026/?scheme=integration']"))
        said = spaced(page.locator("main").inner_text())
        assert walk.say("no known rate", context="grant status") in said
        assert "2026" in said


def figures(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("leder"):
        walk.open("Request and vedtak")
        assert settled_in_funnel(walk) == tour.settled_before + len(PERSONS)


OF_HOUSEHOLD = [
    "register_household", "hold_interview", "mark_ready", "agree_settlement_date", "print_code", "use_code", "settle",
]  # fmt: skip
OF_CARD = ["decide_assignment", "accept_assignment"]


def log(tour: Tour) -> None:
    walk = tour.walk
    with walk.as_user("revisor") as page:
        walk.open_number("events in the log since yesterday")
        assert logged(walk, tour.file.rstrip("/").rsplit("/", 1)[-1], OF_HOUSEHOLD) == OF_HOUSEHOLD
        assert FAMILY not in page.content()
        assert logged(walk, tour.card, OF_CARD) == OF_CARD


def logged(walk: Walker, what: str, steps: list[str]) -> list[str]:
    """Which of these steps the log has about one thing, in the order they were taken, each once."""
    walk.write("Which one", what)
    walk.press("Show")
    done = walk.page.locator("main tbody tr td:nth-of-type(2)").all_inner_texts()
    return list(dict.fromkeys(verb.strip() for verb in reversed(done) if verb.strip() in steps))


def place(walk: Walker) -> str:
    """Where the user works, as the first page says."""
    lead = walk.page.locator("h1 ~ p").first.inner_text()
    return lead.split(". ")[0]


def site_start(walk: Walker) -> str:
    return f"{walk.site.address}/"


def settled_in_funnel(walk: Walker) -> int:
    said = spaced(walk.page.locator("main").inner_text())
    found = re.search(r"Bosatt ([\d ]+)", said)
    assert found, said[:400]
    return whole(found[1])


def enter_code(walk: Walker, code: str) -> None:
    walk.write_named("Kode", code)
    walk.write_named("Fødselsdato", PERSONS[0][1])
    walk.page.get_by_role("button", name=walk.named("Åpne siden")).click()
    walk.page.wait_for_load_state()


def tour_names(text: Path) -> set[str]:
    """Everything that the tour quotes: between « and »."""
    part = text.read_text("utf-8").split("<!-- tour -->")[1].split("<!-- end of tour -->")[0]
    return set(re.findall("«([^»]+)»", part))


def is_called(shown: str, written: str) -> bool:
    """Whether the page's words are the tour's, where "…" stands for a number."""
    return re.fullmatch(r"[\d ]+".join(map(re.escape, written.split("…"))), shown) is not None
