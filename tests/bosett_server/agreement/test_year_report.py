"""The year's report: generated from facts, written by people, approved by each party, published, opened again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from bosett.terms.errors import Refused
from bosett_server.access.actor import PUBLIC, SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions import year_report as steps
from bosett_server.actions.year_report import (
    approve_year_report,
    begin_year_report,
    publish_year_report,
    regenerate_year_report,
    reopen_year_report,
    write_report_section,
)
from bosett_server.queries.year_report import published_report, published_reports, versions, work
from bosett_server.records.models import (
    AuditEvent,
    Notice,
    ReportGeneration,
    ReportStep,
    ReportText,
    VersionedFigure,
    YearReport,
)
from tests.bosett_server.agreement.reports import (
    ABOUT,
    NB,
    NN,
    PARTIES,
    approved,
    begun,
    of_party,
    published,
    seen,
    write,
)
from tests.bosett_server.cast import DAY, NOW, World, world


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


def refused(code: str):
    return pytest.raises(Refused, match=code)


def a_need_is_told(persons: int = 13_500) -> None:
    """A fact about 2025 that was not there: 13,500 is made up."""
    with acting(SYSTEM):
        VersionedFigure.objects.create(
            what="need", year=ABOUT, group="all", state="number", value=persons,
            valid_from=date(2025, 6, 1), recorded_at=NOW, source="Departementet",
        )  # fmt: skip


def verbs() -> list[str]:
    with acting(SYSTEM):
        return list(
            AuditEvent.objects.filter(object_type="year_report").order_by("id").values_list("verb", flat=True)
        )


def test_it_is_generated_from_the_stored_facts_in_both_forms(stage):
    begun(stage)
    told = seen(stage)
    # IMDi's register: 12,640 asked for, 12,919 voted; the government: 12,596 settled.
    words = {code: " ".join(told.part(code).stands["nb"].lines()) for code in ("asked", "voted", "settled")}
    for code, number in (("asked", "12 640"), ("voted", "12 919"), ("settled", "12 596")):
        assert number in words[code].replace("\u00a0", " ")
    assert "Busetjinga" in told.part("settled").stands["nn"].title
    assert (told.state, told.parties, told.missing) == ("draft", PARTIES, PARTIES)


@pytest.mark.parametrize(
    ("year", "code"),
    [(2026, "report_year_not_over"), (2015, "report_year_without_agreement"), (ABOUT, "report_exists")],
)
def test_a_year_that_is_not_over_has_no_agreement_or_has_its_report_is_refused(stage, year, code):
    begun(stage)
    with refused(code):
        begin_year_report(stage["imdi_lead"], year=year)


def test_somebodys_own_words_stand_in_both_forms_and_every_version_is_kept(stage):
    begun(stage)
    assert write(stage["ks"]) == 1
    assert write(of_party(stage, "JD"), on=1, nb="Nytt.", nn="Nytt òg.") == 2
    assert seen(stage).part("need").stands["nn"].words == ("Nytt òg.",)
    with acting(stage["ks"]):
        told = [(one.number, one.party, one.words["nb"]) for one in versions(stage["ks"], ABOUT, "need")]
    assert told == [(2, "JD", "Nytt."), (1, "KS", NB)]


def test_words_that_were_taken_back_give_the_generated_ones(stage):
    begun(stage)
    generated = seen(stage).part("need").stands["nb"].words
    write(stage["ks"])
    write(stage["ks"], on=1, nb=" ", nn="")
    assert seen(stage).part("need").stands["nb"].words == generated


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"nn": ""}, "report_text_in_one_form"),
        ({"section": "sources"}, "report_section_unknown"),
        ({"section": "nothing"}, "report_section_unknown"),
        ({"nb": "x" * 6001}, "report_text_too_long"),
        ({"on": 1}, "report_section_changed"),
        ({"nb": "", "nn": ""}, "report_text_is_the_same"),
    ],
)
def test_what_cannot_be_a_section_is_refused_and_nothing_is_stored(stage, told, code):
    begun(stage)
    with refused(code):
        write(stage["ks"], **told)
    with acting(SYSTEM):
        assert not ReportText.objects.exists()
    assert seen(stage).revision == 1


def test_of_two_who_write_at_once_the_second_is_told_and_the_first_words_stand(stage):
    begun(stage)
    write(stage["ks"])
    with refused("report_section_changed"):
        write(of_party(stage, "AID"), on=0, nb="Annet.", nn="Anna.")
    assert seen(stage).part("need").stands["nb"].words == (NB,)


def test_new_facts_never_overwrite_what_a_person_wrote_and_it_shows_what_changed(stage):
    begun(stage)
    write(stage["ks"])
    a_need_is_told()
    # The need, the table of years and the commitments that are held against the need.
    assert regenerate_year_report(stage["imdi_lead"], year=ABOUT) >= 2
    told = seen(stage)
    part = told.part("need")
    assert part.stands["nb"].words == (NB,)
    assert part.behind
    assert "13 500" in part.generated["nb"].words[0].replace("\u00a0", " ")
    (need,) = [one for one in told.changed["nn"] if one.code == "need"]
    assert any("13 500" in line.replace("\u00a0", " ") for line in need.come)
    assert need.gone
    assert not told.part("time").behind


def test_the_same_facts_make_no_new_generation(stage):
    begun(stage)
    with refused("report_nothing_changed"):
        regenerate_year_report(stage["imdi_lead"], year=ABOUT)
    with acting(SYSTEM):
        assert ReportGeneration.objects.count() == 1


def test_it_is_published_when_every_party_has_approved_the_same_words(stage):
    begun(stage)
    approved(stage, "AID", "JD", "BFD", "KS")
    with refused("report_not_approved") as told:
        publish_year_report(stage["imdi_lead"], year=ABOUT)
    assert told.value.facts["parties"] == "KDD"
    approved(stage, "KDD")
    publish_year_report(stage["imdi_lead"], year=ABOUT)
    with acting(PUBLIC):
        (one,) = published_reports()
    assert (one.year, [party for party, _ in one.approved]) == (ABOUT, list(PARTIES))


def test_an_approval_is_of_the_words_that_were_read_and_lapses_with_them(stage):
    begun(stage)
    approved(stage, "AID")
    write(stage["ks"])
    assert seen(stage).missing == PARTIES
    with acting(stage["ministry"]):
        assert Notice.objects.filter(code="report_approval_lapsed").exists()
    with refused("report_revision_changed"):
        approve_year_report(stage["ks"], year=ABOUT, revision=1)


def test_a_party_approves_once_and_only_one_that_signed(stage):
    begun(stage)
    approved(stage, "KS")
    with refused("report_approved_already"):
        approved(stage, "KS")
    # The ministry of knowledge signed the agreement of 2018-21, and not that of 2022-25.
    for step in (lambda: approved(stage, "KD"), lambda: write(of_party(stage, "KD"))):
        with refused("report_party_not_in_agreement"):
            step()


def test_what_is_published_stands_until_it_is_opened_again_with_a_reason(stage):
    published(stage)
    for step in (
        lambda: write(stage["ks"], on=1, nb="Annet.", nn="Anna."),
        lambda: approved(stage, "KS"),
        lambda: regenerate_year_report(stage["imdi_lead"], year=ABOUT),
        lambda: publish_year_report(stage["imdi_lead"], year=ABOUT),
    ):
        with refused("report_is_published"):
            step()
    with refused("report_reason_missing"):
        reopen_year_report(stage["ks"], year=ABOUT, reason="  ")
    reopen_year_report(stage["ks"], year=ABOUT, reason="Tallet for vedtatte plasser var feil.")
    with refused("report_not_published"):
        reopen_year_report(stage["ks"], year=ABOUT, reason="Igjen")
    write(stage["ks"], on=1, nb="Rettet.", nn="Retta.")
    with acting(PUBLIC):
        assert published_report(ABOUT).sections["nb"][0].words == (NB,)
    approved(stage)
    publish_year_report(stage["imdi_lead"], year=ABOUT)
    with acting(PUBLIC):
        assert published_report(ABOUT).sections["nb"][0].words == ("Rettet.",)
        assert published_report(ABOUT).reason == "Tallet for vedtatte plasser var feil."
        assert published_report(ABOUT, 1).sections["nn"][0].words == (NN,)


@pytest.mark.parametrize("role", ["imdi_caseworker", "municipality_decider", "county", "nav", "public"])
def test_who_does_not_write_it_sees_no_draft_in_the_database_either(stage, role):
    begun(stage)
    write(stage["ks"])
    with acting(stage[role]):
        for table in (YearReport, ReportGeneration, ReportText, ReportStep):
            assert not table.objects.exists()
        with pytest.raises(NotInSight):
            work(stage[role], ABOUT)


@pytest.mark.parametrize("role", ["imdi_lead", "ministry", "ks"])
def test_nobody_writes_in_the_name_of_another_party(stage, role):
    begun(stage)
    with acting(SYSTEM):
        report = YearReport.objects.get()
    other = "KS" if role != "ks" else "AID"
    with acting(stage[role]), pytest.raises(DatabaseError), transaction.atomic():
        ReportStep.objects.create(report=report, step="approved", revision=1, party=other, at=NOW)


def test_imdi_keeps_the_paper_and_approves_nothing(stage):
    begun(stage)
    with pytest.raises(NotPermitted):
        approve_year_report(stage["imdi_lead"], year=ABOUT, revision=1)
    with acting(SYSTEM):
        report = YearReport.objects.get()
    with acting(stage["imdi_lead"]), pytest.raises(DatabaseError), transaction.atomic():
        ReportStep.objects.create(report=report, step="approved", revision=1, party="IMDi", at=NOW)


def test_what_was_written_is_never_changed(stage):
    begun(stage)
    write(stage["ks"])
    for role in ("system", "ks", "imdi_lead"):
        with acting(stage[role]):
            assert ReportText.objects.update(nb="Annet") == 0
            assert ReportText.objects.all().delete()[0] == 0
    assert seen(stage).part("need").stands["nb"].words == (NB,)


@pytest.mark.parametrize("role", ["municipality_coordinator", "county", "imdi_caseworker", "udi_reception"])
def test_only_the_parties_and_their_secretariat_take_steps(stage, role):
    begun(stage)
    for step in (
        lambda actor: begin_year_report(actor, year=2024),
        lambda actor: regenerate_year_report(actor, year=ABOUT),
        lambda actor: write_report_section(actor, year=ABOUT, section="need", nb=NB, nn=NN, on_number=0),
        lambda actor: approve_year_report(actor, year=ABOUT, revision=1),
        lambda actor: publish_year_report(actor, year=ABOUT),
        lambda actor: reopen_year_report(actor, year=ABOUT, reason="Feil"),
    ):
        with pytest.raises(NotPermitted):
            step(stage[role])


def test_every_step_is_in_the_log(stage):
    published(stage)
    reopen_year_report(stage["ks"], year=ABOUT, reason="Feil")
    a_need_is_told()
    regenerate_year_report(stage["imdi_lead"], year=ABOUT)
    assert verbs() == [
        "begin_year_report", "write_report_section", *["approve_year_report"] * 5, "publish_year_report",
        "reopen_year_report", "regenerate_year_report",
    ]  # fmt: skip


def test_a_step_that_fails_on_its_way_leaves_nothing(stage, monkeypatch):
    begun(stage)
    monkeypatch.setattr(steps, "_step", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("no")))
    with pytest.raises(RuntimeError):
        write(stage["ks"])
    monkeypatch.undo()
    assert (seen(stage).revision, seen(stage).part("need").written) == (1, None)
