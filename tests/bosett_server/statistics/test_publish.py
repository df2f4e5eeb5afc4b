"""Published tables: right where shown, hidden where few, and nobody can work out what is hidden."""

from __future__ import annotations

import csv
import io
import itertools
import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from bosett.statistics import publish
from bosett.statistics.problem import PublishedTable as Withstood
from bosett.statistics.protect import Protected, ProtectedTables
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure, State
from bosett_server.access.actor import PUBLIC, SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions import published_counts
from bosett_server.actions.statistics import publish_tables
from bosett_server.queries.statistics import NOT_BY_COUNTY, WHOLE, published_year
from bosett_server.records.models import AuditEvent, Household, PublishedTable, Settlement, VersionedFigure
from bosett_server.web import middleware
from tests.bosett_server.cast import HERE, THERE
from tests.bosett_server.grants.settled import accepted, settled

DAY_2024 = date(2024, 5, 2)
HIDDEN = Figure.missing(State.SUPPRESSED)


def settle(stage, numbers, **fields):
    """So many persons settled per municipality in 2024."""
    for code, persons in numbers.items():
        if persons:
            settled(stage, DAY_2024, municipality=code, persons=persons, **fields)


def tables(year=2024):
    with acting(PUBLIC):
        return published_year(PUBLIC, year)


def shown(table, measure):
    return {row.code: row.figures[measure] for row in table.rows}


def test_small_numbers_are_hidden_and_sums_are_true(stage):
    settle(stage, {HERE: 12, "3303": 2, "3305": 9, "3310": 0, THERE: 8})
    publish_tables(SYSTEM, year=2024)
    found = tables()
    counts = shown(found["by_municipality"], "settled")
    assert counts["3303"] == HIDDEN
    assert counts["3310"] == Figure.of(0)
    counties = shown(found["by_county"], "settled")
    assert (counties["33"], counties["42"], counties[WHOLE]) == (Figure.of(23), Figure.of(8), Figure.of(31))
    for code, number in {HERE: 12, "3305": 9, THERE: 8}.items():
        assert counts[code] in (Figure.of(number), HIDDEN)


def test_no_hidden_municipality_can_be_narrowed_below_five_by_trying_every_table(stage):
    """By brute force: all whole tables that agree with what is shown; each hidden cell spans at least 5."""
    settle(stage, {HERE: 12, "3303": 2, "3305": 9, "3310": 1})
    publish_tables(SYSTEM, year=2024)
    found = tables()
    counts = shown(found["by_municipality"], "settled")
    county = shown(found["by_county"], "settled")["33"]
    codes = [HERE, "3303", "3305", "3310"]
    hidden = [code for code in codes if counts[code] == HIDDEN]
    left = county.value - sum(counts[code].value for code in codes if counts[code].value is not None)
    fits = [t for t in itertools.product(range(1, left + 1), repeat=len(hidden)) if sum(t) == left]
    assert {"3303", "3310"} <= set(hidden)
    for place in range(len(hidden)):
        values = {table[place] for table in fits}
        assert max(values) - min(values) >= 5


def test_the_difference_of_agreed_and_settled_is_protected_too(stage):
    settle(stage, {HERE: 12, "3305": 20})
    accepted(stage, municipality=HERE, persons=2)
    publish_tables(SYSTEM, year=2024)
    rows = {row.code: row.figures for row in tables()["by_municipality"].rows}
    agreed, done = rows[HERE]["agreed"].value, rows[HERE]["settled"].value
    assert agreed is None or done is None  # 14 and 12 together would tell of the two on their way


def test_of_a_hidden_county_only_zeros_are_shown(stage):
    """Buskerud has 2 + 1: its sum and both parts are hidden; that nobody came elsewhere is no secret."""
    settle(stage, {HERE: 2, "3305": 1, THERE: 30})
    publish_tables(SYSTEM, year=2024)
    found = tables()
    assert shown(found["by_county"], "settled")["33"] == HIDDEN
    counts = shown(found["by_municipality"], "settled")
    assert {code: counts[code] for code in (HERE, "3303", "3305", "3310")} == {
        HERE: HIDDEN, "3303": Figure.of(0), "3305": HIDDEN, "3310": Figure.of(0),
    }  # fmt: skip


def test_a_protected_address_is_in_the_national_sum_only(stage):
    settle(stage, {HERE: 30, THERE: 30})
    settle(stage, {HERE: 6}, protection="strengt_fortrolig")
    publish_tables(SYSTEM, year=2024)
    found = tables()
    counties = shown(found["by_county"], "settled")
    assert counties[WHOLE] == Figure.of(66)
    assert counties["33"] in (Figure.of(30), HIDDEN)
    assert counties[NOT_BY_COUNTY] in (Figure.of(6), HIDDEN)
    assert shown(found["by_municipality"], "settled")[HERE] in (Figure.of(30), HIDDEN)


def test_two_protected_persons_do_not_show_as_a_difference(stage):
    settle(stage, {HERE: 30, THERE: 30})
    settle(stage, {HERE: 2}, protection="fortrolig")
    publish_tables(SYSTEM, year=2024)
    counties = shown(tables()["by_county"], "settled")
    assert counties[NOT_BY_COUNTY] == HIDDEN
    assert HIDDEN in (counties["33"], counties["42"], counties[WHOLE])


def test_a_table_that_would_reveal_somebody_is_not_published(stage, monkeypatch):
    settle(stage, {HERE: 12, "3303": 2, "3305": 9})

    def careless(tables, *, earlier, threshold, width):
        bare = [
            Protected(Withstood(one.dimensions, {
                key: None if 0 < count < threshold else count for key, count in one.cells.items()
            }, one.name), frozenset())
            for one in tables
        ]  # fmt: skip
        return ProtectedTables(tuple(bare), fewest=False)

    monkeypatch.setattr(publish, "protect_tables", careless)
    with pytest.raises(Refused) as refused:
        publish_tables(SYSTEM, year=2024)
    assert refused.value.code == "table_would_reveal"
    with acting(SYSTEM):
        assert PublishedTable.objects.count() == 0


def test_the_funnel_names_what_is_not_stored_and_what_is_awaited(stage):
    publish_tables(SYSTEM, year=2026)
    publish_tables(SYSTEM, year=2024)
    row = tables(2026)["funnel"].row(WHOLE)
    assert (row.figures["need"], row.figures["asked"]) == (Figure.of(110), Figure.of(110))
    assert (row.figures["voted"], row.unanswered) == (Figure.missing(State.AWAITING), 2)
    places = shown(tables(2026)["by_municipality"], "voted")
    assert (places[HERE], places["3303"]) == (Figure.missing(State.AWAITING), Figure.missing(State.NOT_ASKED))
    assert tables(2024)["funnel"].row(WHOLE).figures["asked"] == Figure.missing(State.NOT_STORED)


def test_counties_and_municipalities_are_protected_together(stage):
    """By brute force over both tables: whatever both can be, each hidden municipality spans at least 5."""
    settle(stage, {HERE: 12, "3303": 2, "3305": 9, "3310": 7, THERE: 6})
    publish_tables(SYSTEM, year=2024)
    found = tables()
    counts, county = shown(found["by_municipality"], "settled"), shown(found["by_county"], "settled")
    codes = [HERE, "3303", "3305", "3310", THERE]
    low_high = [
        (one.value,) if one.value is not None else range(1, 45) for one in (counts[code] for code in codes)
    ]
    fits = [
        one for one in itertools.product(*low_high)
        if county["33"].value in (None, sum(one[:4])) and county["42"].value in (None, one[4])
        and county[WHOLE].value in (None, sum(one))
    ]  # fmt: skip
    assert counts["3303"] == HIDDEN
    for place, code in enumerate(codes):
        if counts[code] == HIDDEN:
            assert max(one[place] for one in fits) - min(one[place] for one in fits) >= 5


def test_a_later_publication_does_not_open_an_earlier_one(stage):
    """Kongsberg's 2 were hidden with company; 30 more settle in Lillesand, and the company stays hidden."""
    settle(stage, {HERE: 12, "3303": 2, "3305": 9, THERE: 8})
    publish_tables(SYSTEM, year=2024)
    before = shown(tables()["by_municipality"], "settled")
    settle(stage, {THERE: 30})
    publish_tables(SYSTEM, year=2024)
    after = shown(tables()["by_municipality"], "settled")
    buskerud = [HERE, "3303", "3305", "3310"]
    hidden_before = {code for code in buskerud if before[code] == HIDDEN}
    assert "3303" in hidden_before
    assert len(hidden_before) > 1
    assert {code for code in buskerud if after[code] == HIDDEN} == hidden_before
    assert after[THERE] == Figure.of(38)


def test_each_publication_is_protected_against_every_one_before_it(stage, monkeypatch):
    given = []

    def seen(tables, on, earlier=()):
        given.append(len(earlier))
        return linked(tables, on, earlier)

    linked = published_counts.publish_linked
    monkeypatch.setattr(published_counts, "publish_linked", seen)
    for persons in (9, 0, 12):
        settle(stage, {HERE: persons})
        publish_tables(SYSTEM, year=2024)
    assert given == [0, 2, 2]  # the second changed nothing and is told once


def test_a_newer_publication_is_shown_and_the_older_is_kept(stage):
    publish_tables(SYSTEM, year=2024)
    settle(stage, {HERE: 12})
    publish_tables(stage["imdi_lead"], year=2024)
    assert tables()["funnel"].row(WHOLE).figures["settled"] == Figure.of(12)
    with acting(PUBLIC):
        assert PublishedTable.objects.filter(name="funnel-2024").count() == 2


def test_only_the_lead_and_the_system_publish_and_it_is_logged(stage):
    for role in sorted(set(stage.actors) - {"imdi_lead", "system"}):
        with pytest.raises(NotPermitted):
            publish_tables(stage[role], year=2024)
    publish_tables(stage["imdi_lead"], year=2024)
    with acting(stage["auditor"]):
        event = AuditEvent.objects.get(verb="publish_tables", outcome="done")
    assert (event.object_id, event.facts["tables"]) == ("2024", 3)


@pytest.mark.parametrize("year", [2010, 2101])
def test_a_year_outside_the_tables_is_refused(stage, year):
    with pytest.raises(Refused, match="publish_year_out_of_range"):
        publish_tables(SYSTEM, year=year)


def test_when_the_log_fails_nothing_is_published(stage, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        publish_tables(SYSTEM, year=2024)
    with acting(PUBLIC):
        assert PublishedTable.objects.count() == 0


def test_the_public_reads_the_tables_and_nothing_raw(stage):
    settle(stage, {HERE: 12})
    publish_tables(SYSTEM, year=2024)
    with acting(PUBLIC):
        assert PublishedTable.objects.count() == 3
        assert [m.objects.count() for m in (Household, Settlement, VersionedFigure)] == [0, 0, 0]


def test_anybody_opens_the_page_without_logging_in(stage):
    assert "No tables are published yet" in english(Client(), "/statistics/")
    settle(stage, {HERE: 12, "3303": 2, "3305": 9})
    publish_tables(SYSTEM, year=2024)
    shown_page = english(Client(), "/statistics/")
    for told in ("Settlement of refugees in 2024", "Counts of synthetic persons", "protected", "By county"):
        assert told in shown_page


def english(client, address):
    client.cookies["language"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_row_of_a_file_carries_its_marks(stage):
    settle(stage, {HERE: 12, "3303": 2, "3305": 9})
    publish_tables(SYSTEM, year=2024)
    answer = Client().get("/statistics/by_municipality-2024.csv")
    rows = {
        (row["code"], row["measure"]): row for row in csv.DictReader(io.StringIO(answer.content.decode()))
    }
    small = rows["3303", "settled"]
    assert (small["persons"], small["state"], small["synthetic"], small["smallest_shown"]) == (
        "", "suppressed", "1", "5",
    )  # fmt: skip
    assert rows[HERE, "asked"]["state"] == "not_stored"
    told = json.loads(Client().get("/statistics/funnel-2024.json").content)
    assert (told["synthetic"], told["smallest_shown"]) == (True, 5)
    assert Client().get("/statistics/by_county-2024.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize("name", ["by_county-1999.csv", "households-2024.csv", "by_county-2024.exe"])
def test_a_file_that_is_none_is_not_found(stage, name):
    publish_tables(SYSTEM, year=2024)
    assert Client().get(f"/statistics/{name}").status_code == 404


def test_the_lead_publishes_from_the_page(stage):
    client = Client()
    client.force_login(stage.users["imdi_lead"])
    assert client.post("/statistics/publish/", {"year": "2024", "request_key": "k"}).status_code == 302
    assert tables()["by_county"].year == 2024
    client.force_login(stage.users["ks"])
    assert client.post("/statistics/publish/", {"year": "2024"}).status_code == 403


def test_the_tables_over_the_api_need_no_token_and_publishing_does(stage, monkeypatch):
    settle(stage, {HERE: 12})
    publish_tables(SYSTEM, year=2024)
    listed = Client().get("/api/v1/statistics/tables").json()["items"]
    assert [one["name"] for one in listed] == ["funnel-2024", "by_county-2024", "by_municipality-2024"]
    table = Client().get("/api/v1/statistics/tables/funnel-2024").json()
    assert table["rows"][0]["figures"]["settled"] == {"persons": 12, "state": "number"}
    assert Client().get("/api/v1/statistics/tables/none-2024").status_code == 404
    assert Client().post("/api/v1/statistics/years/2024").status_code == 401
    monkeypatch.setattr(middleware, "_api_actor", lambda _r: replace(stage["imdi_lead"], channel="api"))
    done = Client().post("/api/v1/statistics/years/2024", headers={"Authorization": "Bearer x"})
    assert done.json()["tables"][0] == "funnel-2024"
