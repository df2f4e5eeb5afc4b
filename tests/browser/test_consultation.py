"""A whole consultation clicked through as its users would, and nobody else reads what a party has not shared."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pypdf
import pytest
from playwright.sync_api import Page

from tests.browser.site import Site
from tests.browser.walker import Walker, norwegian, spaced

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TODAY, DUE = "2026-03-16", "2026-04-30"
ROOM = "/agreement/consultation/"
MATTER, ACTION = "Barnehageplass før familien kommer", "Kartlegg ledige barnehageplasser"
SHARED, SECRET = "Kommunene må få vite om barna fire uker før.", "Kladdkvist"
DECIDED, CAME_OF_IT = "Partene vil vite hvor barnehageplassene mangler.", "41 kommuner mangler plasser."


@dataclass
class Course:
    """What one step of the consultation tells the next."""

    walk: Walker
    matter: str = ""
    meeting: str = ""
    action: str = ""
    papers: str = ""


def test_a_consultation_from_a_limit_crossed_to_an_action_seen_as_done(site: Site) -> None:
    course = Course(Walker(site))
    a_limit_is_crossed(course)
    a_municipality_raises_a_matter(course)
    ks_supports_it_and_says_something(course)
    the_ministry_calls_and_makes_the_papers(course)
    nobody_else_reads_the_draft(course)
    the_meeting_is_held(course)
    ks_does_it(course)
    the_public_reads_the_protocol(course)
    the_next_papers_show_it(course)


def a_limit_is_crossed(course: Course) -> None:
    """The request rose by 3,000 of 13,000 in March: above a tenth."""
    walk = course.walk
    with walk.as_user("departement") as page:
        page.goto(f"{walk.site.address}/agreement/")
        promised = page.locator("#predictable_frames")
        assert "23,1" in promised.inner_text()
        assert "I fare" in promised.inner_text()


def a_municipality_raises_a_matter(course: Course) -> None:
    walk = course.walk
    with walk.as_user("kommune") as page:
        page.goto(f"{walk.site.address}/agreement/")
        walk.open("Consultations")
        walk.open("Raise a matter")
        walk.write("What it is about, in one line", MATTER)
        walk.write("What you want to take up, and why", "Familier venter fordi barnehagen er full.")
        walk.choose("Commitment it is about", "Forutsigbare rammer for dem som stiller opp")
        walk.press("Raise the matter")
        course.matter = page.url


def ks_supports_it_and_says_something(course: Course) -> None:
    walk = course.walk
    with walk.as_user("ks") as page:
        page.goto(f"{walk.site.address}{ROOM}")
        walk.follow_named(MATTER)
        walk.open("Support the matter")
        walk.press("Support it")
        walk.open("Write the position")
        walk.write("Text", SHARED)
        walk.press("Store it for your own party")
        walk.press("Share with the other parties")
        walk.open("Write the proposal")
        walk.write("Text", f"{SECRET}: vi kan godta to uker.")
        walk.press("Store it for your own party")
        assert SECRET in page.locator("main").inner_text()


def the_ministry_calls_and_makes_the_papers(course: Course) -> None:
    walk = course.walk
    with walk.as_user("departement") as page:
        call(walk, page, "Konsultasjon om barnehage", "06:00", "07:00")
        course.meeting = page.url
        walk.open("Make the agenda")
        walk.press("Make the agenda")
        taken_up = spaced(page.locator("main ol").first.inner_text())
        assert norwegian("Crossed a limit") in taken_up
        assert MATTER in taken_up
        walk.press("Make the papers")
        told = papers(page)
        assert (MATTER in told, SHARED in told, SECRET in told) == (True, True, False)


def call(walk: Walker, page: Page, title: str, begins: str, ends: str) -> None:
    """A meeting today; the caller's own party and KS."""
    page.goto(f"{walk.site.address}{ROOM}")
    walk.open("Call a meeting")
    walk.choose("Kind of meeting", norwegian("Consultation meeting"))
    walk.write("Title", title)
    walk.write("Day", TODAY)
    walk.write("Begins", begins)
    walk.write("Ends", ends)
    for party in ("Justis- og beredskapsdepartementet", "Barne- og familiedepartementet",
                  "Kommunal- og distriktsdepartementet"):  # fmt: skip
        page.get_by_label(party).uncheck()
    walk.press("Call the meeting")


def papers(page: Page) -> str:
    """What the newest bokmål PDF of the meeting says."""
    link = page.locator("a[href*='papers/'][href*='.pdf'][href*='language=nb']").last
    address = str(link.evaluate("one => one.href"))
    return pdf_words(page.request.get(address).body())


def pdf_words(body: bytes) -> str:
    return spaced(" ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(body)).pages))


def nobody_else_reads_the_draft(course: Course) -> None:
    walk = course.walk
    number = course.matter.rstrip("/").rsplit("/", 1)[-1]
    tried = [
        course.matter, course.meeting, f"{course.matter}proposal/", f"{course.matter}text/",
        *(f"{walk.site.address}{one}" for one in (
            ROOM, f"{ROOM}actions.csv", f"{ROOM}actions.xlsx", f"/search/?q={SECRET}", "/inbox/", "/agreement/", "/",
            "/protocols/", f"/api/v1/consultation-matters/{number}", "/api/v1/consultation-matters",
        )),
    ]  # fmt: skip
    for user in ("departement", "jd", "leder", "kommune", "fylke", ""):
        with walk.as_user(user) as page:
            for address in tried:
                told = page.request.get(address).text()
                assert SECRET not in re.sub(rf"(q=|q%3D|value=\"|[“«]){SECRET}", "", told), (
                    f"{user}: {address}"
                )


def the_meeting_is_held(course: Course) -> None:
    walk = course.walk
    with walk.as_user("departement") as page:
        page.goto(course.meeting)
        walk.press("The meeting is held")
        walk.open("Write down a decision")
        walk.choose("Matter", MATTER)
        walk.write("What was decided", DECIDED)
        walk.press("Store it")
        walk.open("Give an action")
        walk.choose("Matter", MATTER)
        walk.write("What is to be done", ACTION)
        walk.choose("Who does it", "KS – Kommunesektorens organisasjon")
        walk.write("Done by", DUE)
        walk.press("Give the action")
        walk.open("Write the minutes")
        walk.write("Text", "Internt: partene var uenige om fristen.")
        walk.press("Store the minutes")
        walk.open("Write the protocol")
        walk.write("Text", "Partene drøftet barnehageplasser.")
        walk.press("Store the protocol")
        walk.press("Approve for my party")
    with walk.as_user("ks") as page:
        page.goto(course.meeting)
        walk.press("Approve for my party")
        walk.press("Publish the protocol")
        walk.open("The protocol that is open to everybody")
        course.papers = page.url


def ks_does_it(course: Course) -> None:
    walk = course.walk
    with walk.as_user("ks") as page:
        page.goto(f"{walk.site.address}/inbox/")
        assert ACTION not in page.locator("main").inner_text()  # a notice holds no text of a matter
        page.goto(f"{walk.site.address}{ROOM}")
        walk.follow_named(ACTION)
        walk.write("Done on", TODAY)
        walk.write("What came of it", CAME_OF_IT)
        walk.press("It is done")
        assert CAME_OF_IT in page.locator("main").inner_text()


def the_public_reads_the_protocol(course: Course) -> None:
    with course.walk.as_user("") as page:
        page.goto(f"{course.walk.site.address}/protocols/")
        course.walk.follow_named("Konsultasjon om barnehage")
        told = page.locator("main").inner_text()
        assert page.url == course.papers
        assert (DECIDED in told, ACTION in told, "uenige" in told) == (True, True, False)


def the_next_papers_show_it(course: Course) -> None:
    walk = course.walk
    with walk.as_user("departement") as page:
        call(walk, page, "Neste konsultasjon om barnehage", "18:00", "19:00")
        walk.open("Make the agenda")
        walk.press("Make the agenda")
        done = page.locator("main ol li").filter(has_text=ACTION)
        assert norwegian("Done") in spaced(done.inner_text())
        walk.press("Make the papers")
        told = papers(page)
        assert (ACTION in told, CAME_OF_IT in told, SECRET in told) == (True, True, False)
