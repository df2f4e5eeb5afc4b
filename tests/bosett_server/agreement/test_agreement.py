"""The agreement: what is known, what is not, and each commitment's indicator from stored facts."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.agreement import Verdict, held
from bosett_server.access.context import acting
from bosett_server.queries.agreement import evidence
from bosett_server.queries.known import Known
from bosett_server.records.models import Assignment
from tests.bosett_server.cast import DAY, HERE, THERE, YEAR, World, household, vedtak, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def verdicts(stage: World, role: str = "ks", day: date = DAY) -> dict[str, Verdict]:
    with acting(stage[role]):
        stored = evidence(stage[role], YEAR, Known(day, DAY))
    found = held(stored.book, day, YEAR)
    return {told.indicator: told.verdict for one in found for told in one.findings}


def page(client, stage: World, role: str = "ks", query: str = "", language: str = "en") -> str:
    client.force_login(stage.users[role])
    client.cookies["language"] = language
    return client.get(f"/agreement/{query}").content.decode()


def test_places_are_at_risk_while_an_answer_is_open_and_not_kept_when_all_have_answered(stage):
    vedtak(HERE, 60)
    assert verdicts(stage)["enough_places"] is Verdict.AT_RISK
    vedtak(THERE, 49)
    assert verdicts(stage)["enough_places"] is Verdict.NOT_KEPT
    vedtak(THERE, 50)
    assert verdicts(stage)["enough_places"] is Verdict.KEPT


def test_before_any_vedtak_it_cannot_be_said_whether_there_are_places_enough(stage, client):
    assert verdicts(stage)["enough_places"] is Verdict.CANNOT_BE_SAID
    assert "It cannot be said; missing: Voted places." in page(client, stage)


def test_a_mapping_that_no_source_tells_of_is_named_as_missing(stage, client):
    assert verdicts(stage)["regular_mapping"] is Verdict.CANNOT_BE_SAID
    assert "a published mapping of 2025" in page(client, stage)


def test_an_earlier_year_is_told_from_the_published_figures(stage, client):
    told = page(client, stage, query="?known=2018-12-31")
    assert "Everybody is settled in line with the need" in told
    assert "IMDi, årsrapport for busetting 2018" in told


def test_a_year_without_an_agreement_says_so(stage, client):
    assert "No agreement is stored for 2015." in page(client, stage, query="?year=2015")


def test_a_cut_below_what_is_assigned_breaks_voluntariness(stage):
    vedtak(HERE, 5)
    home = household(stage, persons=4)
    with acting(stage["imdi_caseworker"]):
        Assignment.objects.create(
            household=home, municipality_id=HERE, year=YEAR, group="all", persons=4, track="asylum",
            decided_by=stage.users["imdi_caseworker"], decided_at=stage.round.sent_at,
            answer_due_on=DAY,
        )  # fmt: skip
    assert verdicts(stage)["no_placement_above"] is Verdict.KEPT
    vedtak(HERE, 3)
    assert verdicts(stage)["no_placement_above"] is Verdict.NOT_KEPT


def test_waiting_times_are_counted_for_those_who_see_no_household_and_for_today_only(stage):
    household(stage)  # ready since 10 January: 65 days
    with acting(stage["ks"]):
        now = evidence(stage["ks"], YEAR, Known(DAY, DAY)).book
        then = evidence(stage["ks"], YEAR, Known(date(2026, 3, 1), DAY)).book
    waiting, long = (
        now.newest(what, YEAR, DAY) for what in ("households_ready", "households_ready_over_180_days")
    )
    assert (waiting and waiting.value, long and long.value) == (1, 0)
    assert then.newest("households_ready", YEAR, DAY) is None


@pytest.mark.parametrize(
    "role", ["ks", "ministry", "county", "municipality_decider", "statsforvalter", "nav"]
)
def test_every_party_reads_the_same(stage, role):
    vedtak(HERE, 60)
    assert verdicts(stage, role) == verdicts(stage, "imdi_lead")


def test_who_is_no_party_has_no_page(stage, client):
    for role in ("centre", "auditor", "admin"):
        client.force_login(stage.users[role])
        assert client.get("/agreement/").status_code == 403


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["2026–29", "The full text. Only the government's news page was available.", "our assumption"],
        ),
        ("nb", ["2018–21", "Hele teksten. Bare regjeringens nyhetssak var tilgjengelig.", "vår antakelse"]),
        (
            "nn",
            [
                "2016–17",
                "Heile teksten. Berre nyheitssaka til regjeringa var tilgjengeleg.",
                "vår føresetnad",
            ],
        ),
    ],
)
def test_each_agreement_says_what_is_known_and_what_is_not_in_the_readers_language(
    stage, client, language, words
):
    shown = page(client, stage, language=language).replace("&#x27;", "'")
    assert all(one in shown for one in words)
