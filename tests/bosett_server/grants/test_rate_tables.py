"""Loading an official table of rates: allowed, refused by name, logged, rolled back, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from bosett.outputs.tables import write_table
from bosett.terms.errors import NoRuleInForce, Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions import grant_rates
from bosett_server.actions.grant_rates import apply_rate_table, check_rate_table, undo_rate_table
from bosett_server.actions.grants import compute_year
from bosett_server.actions.import_files import Incoming
from bosett_server.queries.grant_known import sums_known_on
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import LoadedRate, RateTable
from tests.bosett_server.cast import DAY, HERE
from tests.bosett_server.grants.settled import events, lines, settled

YEAR_3 = "grants/integration/year3"
LETTER = date(2026, 2, 1)


def csv(*rows: str, head: str = "rule,from,amount_nok") -> Incoming:
    return Incoming("rates.csv", "\n".join([head, *rows, ""]).encode())


GOOD = csv(f"{YEAR_3},2026-01-01,70000")


def loaded(stage, file=GOOD) -> int:
    return check_rate_table(stage["imdi_lead"], file=file, title="Letter of rates", published=LETTER)


def known(rule=YEAR_3, day=DAY):
    with acting(SYSTEM):
        return rates_in_force().lookup(rule, day).whole


def test_a_table_that_is_only_looked_at_changes_no_rate(stage):
    loaded(stage)
    with pytest.raises(NoRuleInForce):
        known()


def test_an_applied_table_counts_and_one_taken_back_counts_no_more(stage):
    number = loaded(stage)
    assert apply_rate_table(stage["imdi_lead"], table=number) == [2026]
    assert known() == 70_000
    assert undo_rate_table(stage["imdi_lead"], table=number) == [2026]
    with pytest.raises(NoRuleInForce):
        known()
    assert [one.object_id for one in events(stage, "undo_rate_table")] == [str(number)]
    assert len(events(stage, "check_rate_table")) == len(events(stage, "apply_rate_table")) == 1


@pytest.mark.parametrize(
    ("file", "title", "code"),
    [
        (csv(f"{YEAR_3},2026-01-01,70000.5"), "Letter", "rate_is_a_fraction"),
        (csv(f"{YEAR_3},2026-01-01,1", f"{YEAR_3},2028-01-01,2"), "Letter", "rates_have_a_gap"),
        (csv(f"{YEAR_3},2026-01-01,1", f"{YEAR_3},2026-01-01,2"), "Letter", "rates_overlap"),
        (GOOD, " ", "rate_has_no_source"),
        (csv("grants/no/such,2026-01-01,5"), "Letter", "rate_table_wrong"),
        (csv("grants/integration/year1_single_adult,2024-01-01,241100"), "Letter", "rate_table_changes_nothing"),
        (Incoming("rates.pdf", b"x"), "Letter", "file_type_not_read"),
        (Incoming("rates.csv", b""), "Letter", "file_is_empty"),
    ],
)  # fmt: skip
def test_a_table_that_is_wrong_is_refused_by_name_and_leaves_nothing(stage, file, title, code):
    with pytest.raises(Refused) as refused:
        check_rate_table(stage["imdi_lead"], file=file, title=title, published=LETTER)
    assert refused.value.code == code
    with acting(SYSTEM):
        assert not RateTable.objects.exists()
        assert not LoadedRate.objects.exists()
    assert not events(stage, "check_rate_table") or events(stage, "check_rate_table")[0].outcome == "refused"


def test_one_wrong_row_among_right_ones_loads_none(stage):
    with pytest.raises(Refused):
        loaded(stage, csv(f"{YEAR_3},2026-01-01,70000", "grants/integration/year4,2026-01-01,1.5"))
    with acting(SYSTEM):
        assert not LoadedRate.objects.exists()


def test_a_check_that_fails_half_way_keeps_neither_table_nor_rates(stage, monkeypatch):
    monkeypatch.setattr(grant_rates, "Done", lambda *_told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loaded(stage)
    with acting(SYSTEM):
        assert not RateTable.objects.exists()
        assert not LoadedRate.objects.exists()


@pytest.mark.parametrize("step", [apply_rate_table, undo_rate_table])
def test_an_applying_or_undoing_that_fails_half_way_changes_no_rate(stage, monkeypatch, step):
    number = loaded(stage)
    if step is undo_rate_table:
        apply_rate_table(stage["imdi_lead"], table=number)
    with acting(SYSTEM):
        before = RateTable.objects.values().get(pk=number)
    monkeypatch.setattr(grant_rates, "Done", lambda *_told: 1 / 0)  # after the row is stored
    with pytest.raises(ZeroDivisionError):
        step(stage["imdi_lead"], table=number)
    monkeypatch.undo()
    with acting(SYSTEM):
        assert RateTable.objects.values().get(pk=number) == before
    if step is undo_rate_table:
        assert known() == 70_000
    else:
        with pytest.raises(NoRuleInForce):
            known()
    assert events(stage, step.__name__) == []


def test_a_day_of_publication_to_come_is_refused(stage):
    with pytest.raises(Refused, match="published_in_the_future"):
        check_rate_table(stage["imdi_lead"], file=GOOD, title="Letter", published=date(2026, 12, 24))


@pytest.mark.parametrize("role", ["imdi_caseworker", "municipality_coordinator", "ministry", "public"])
def test_only_the_lead_loads_rates(stage, role):
    with pytest.raises(NotPermitted):
        check_rate_table(stage[role], file=GOOD, title="Letter", published=LETTER)


def test_a_table_is_applied_and_taken_back_once(stage):
    lead, number = stage["imdi_lead"], loaded(stage)
    with pytest.raises(Refused, match="rate_table_moved_on"):
        undo_rate_table(lead, table=number)
    apply_rate_table(lead, table=number)
    with pytest.raises(Refused, match="rate_table_moved_on"):
        apply_rate_table(lead, table=number)


def test_the_same_file_does_not_count_twice(stage):
    first, second = loaded(stage), loaded(stage)
    apply_rate_table(stage["imdi_lead"], table=first)
    with pytest.raises(Refused, match="rate_table_applied_already"):
        apply_rate_table(stage["imdi_lead"], table=second)


def test_a_loaded_rate_is_changed_by_nobody_and_a_table_only_goes_forward(stage):
    number = loaded(stage)
    with acting(stage["imdi_lead"]):
        assert LoadedRate.objects.filter(table=number).update(amount_nok=1) == 0
        with pytest.raises(DatabaseError, match="rate_table_moved_on"), transaction.atomic():
            RateTable.objects.filter(pk=number).update(title="Another")


def test_an_xlsx_is_read_as_a_csv_is(stage):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rates.xlsx"
        write_table(path, ("rule", "from", "amount_nok"), [(YEAR_3, date(2026, 1, 1), 70_000)])
        file = Incoming("rates.xlsx", path.read_bytes())
    apply_rate_table(stage["imdi_lead"], table=loaded(stage, file))
    assert known() == 70_000


def test_lines_follow_a_loaded_rate_when_the_year_is_computed_again_and_the_earlier_line_is_kept(stage):
    (person,) = settled(stage, date(2024, 1, 15), persons=1)
    compute_year(SYSTEM, year=2026)
    assert [one.amount_nok for one in lines(person, 2026)] == [None]  # year 3, which no source gives
    apply_rate_table(stage["imdi_lead"], table=loaded(stage))
    compute_year(stage["imdi_lead"], year=2026)
    assert [one.amount_nok for one in lines(person, 2026)] == [70_000]
    assert [one.amount_nok for one in lines(person, 2026, standing=False)] == [None]
    assert lines(person, 2026)[0].source["title"] == "Letter of rates"


def test_the_day_before_a_rate_was_published_its_lines_have_no_amount(stage):
    settled(stage, date(2024, 1, 15), persons=2)
    apply_rate_table(stage["imdi_lead"], table=loaded(stage))
    coordinator = stage["municipality_coordinator"]
    with acting(coordinator):
        (before,) = sums_known_on(coordinator, HERE, 2026, date(2026, 1, 31))
        (after,) = sums_known_on(coordinator, HERE, 2026, LETTER)
    assert (before.then_nok, before.now_nok, before.missing_then) == (None, 140_000, (YEAR_3,))
    assert (after.then_nok, after.difference_nok) == (140_000, 0)


def test_the_pages_take_a_table_from_the_form_to_counting_and_back(stage):
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(stage.users["imdi_lead"])
    sent = {
        "file": SimpleUploadedFile("rates.csv", GOOD.content), "title": "Letter of rates",
        "published": "2026-02-01", "request_key": "k1",
    }  # fmt: skip
    address = client.post("/grants/rates/new/", sent)["Location"]
    assert "This is what the table would change" in client.get(address).content.decode()
    assert client.post(f"{address}apply/", {"request_key": "k2"}).status_code == 302
    page = client.get("/grants/rates/").content.decode()
    assert "NOK\xa070,000" in page
    assert "NOK\xa070,000" not in client.get("/grants/rates/?known=2026-01-31").content.decode()
    assert client.post(f"{address}undo/", {"request_key": "k3"}).status_code == 302
    assert "NOK\xa070,000" not in client.get("/grants/rates/").content.decode()


def test_a_wrong_file_is_told_beside_the_field(stage):
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(stage.users["imdi_lead"])
    wrong = SimpleUploadedFile("rates.csv", csv(f"{YEAR_3},2026-01-01,1.5").content)
    answer = client.post("/grants/rates/new/", {"file": wrong, "title": "x", "published": "2026-02-01"})
    assert answer.status_code == 409
    assert "A rate is in whole kroner" in answer.content.decode()


def test_a_table_that_is_not_applied_is_seen_by_the_lead_only(stage):
    number = loaded(stage)
    client = Client()
    assert client.get(f"/grants/rates/{number}/").status_code == 404
    apply_rate_table(stage["imdi_lead"], table=number)
    assert client.get(f"/grants/rates/{number}/").status_code == 200
