"""Nobody who sees no persons can tell who fewer than five settled persons are: what they get is the same whoever it is.

Tried by changing the persons, and their number from one to four, and asking again for every page, file and call.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.grants import compute_year
from bosett_server.queries import grant_frames
from bosett_server.records.models import Person
from tests.bosett_server.cast import HERE
from tests.bosett_server.grants.settled import settled
from tests.bosett_server.grants.test_pages import call, get

WITHOUT_PERSONS = ["ks", "county"]
PAGES = [
    f"/grants/frames/{HERE}/", f"/grants/frames/{HERE}/?year=2026&own=10&growth=3", f"/grants/frames/{HERE}/?year=2025",
    f"/grants/payments/{HERE}/", "/grants/payments/", "/grants/rates/",
]  # fmt: skip
FILES = [f"/grants/frames/{HERE}/frame.xlsx", "/grants/payments/file.csv", "/grants/rates/file.csv"]
CHANGES: list[dict[str, object]] = [
    {"unaccompanied_minor": True, "birth_date": date(2012, 5, 1), "single_adult": False},
    {"birth_date": date(1950, 5, 1)},
    {"birth_date": date(2022, 5, 1), "single_adult": False},
    {"basis": "asylum", "single_adult": True},
    {"left_on": date(2025, 12, 1)},
]
PAID = Path(__file__).parents[3] / "docs" / "methods"


def seen(stage, monkeypatch, role) -> list[object]:
    """All that the role can read of the municipality's money, without what differs from request to request."""
    grant_frames.forget_frames()
    told: list[object] = []
    for address in PAGES:
        answer = get(stage, role, address)
        page = answer.content.decode()
        told.append((answer.status_code, re.sub(r"(?i)(csrf|request_key|nonce)[^>]*", "", page)))
    for address in FILES:
        content = get(stage, role, address).content
        book = zipfile.ZipFile(io.BytesIO(content)) if content.startswith(b"PK") else None
        told.append({name: book.read(name) for name in book.namelist()} if book else content)
    told.append(call(stage, monkeypatch, role, "get", f"frames/{HERE}").json())
    told.append(call(stage, monkeypatch, role, "get", f"paid/{HERE}").json())
    told.append(call(stage, monkeypatch, role, "get", "sums/2025").status_code)
    return told


@pytest.mark.parametrize("role", WITHOUT_PERSONS)
def test_whoever_the_four_are_the_pages_files_and_calls_are_the_same(stage, monkeypatch, role):
    people = settled(stage, date(2025, 5, 10), persons=4)
    compute_year(SYSTEM, year=2025)
    first = seen(stage, monkeypatch, role)
    for change in CHANGES:
        with acting(SYSTEM):
            Person.objects.filter(pk=people[0].pk).update(**change)
        compute_year(SYSTEM, year=2025)
        assert seen(stage, monkeypatch, role) == first, change


@pytest.mark.parametrize("role", WITHOUT_PERSONS)
def test_one_two_three_and_four_are_told_alike(stage, monkeypatch, role):
    settled(stage, date(2025, 5, 10), persons=1)
    first = seen(stage, monkeypatch, role)
    for day in (date(2025, 6, 10), date(2025, 7, 2), date(2024, 3, 1)):
        settled(stage, day, persons=1)
        assert seen(stage, monkeypatch, role) == first, day


def test_the_fifth_is_told_so_that_the_test_above_would_notice(stage, monkeypatch):
    settled(stage, date(2025, 5, 10), persons=4)
    four = seen(stage, monkeypatch, "ks")
    settled(stage, date(2025, 6, 10), persons=1)
    assert seen(stage, monkeypatch, "ks") != four


@pytest.mark.parametrize("name", ["grants-paid.md", "grants-paid.nb.md", "grants-paid.nn.md"])
def test_no_page_of_the_repository_says_anything_of_fewer_than_five_municipalities(name):
    unsaid = ("not said", "hidden by", "ikke sagt", "skjult av", "ikkje sagt")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (PAID / name).read_text(encoding="utf-8").splitlines()
        if line.startswith("| 20")
    ]
    reasons = [row for row in rows if len(row) == 5]
    assert reasons
    for _year, scheme, why, municipalities, _nok in reasons:
        assert int(municipalities) >= 5 or why.startswith(unsaid), (scheme, why)
