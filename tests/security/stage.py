"""The stage of the role matrix: one object of each kind, each in sight of those whom it should be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.grants.claim import Claim
from bosett.scenario.workbench import Dials, Start, try_out
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.actions.distribution import DraftCriteria, draft_round
from bosett_server.actions.expenditure_scenarios import make_expenditure_scenario
from bosett_server.actions.figure_imports import check_import
from bosett_server.actions.grant_claims import record_claim
from bosett_server.actions.grant_rates import apply_rate_table, check_rate_table
from bosett_server.actions.homes import HomeFacts, hold_home, register_home
from bosett_server.actions.import_apply import apply_import
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.person_imports import check_person_import
from bosett_server.actions.placement_hosts import offer_home
from bosett_server.actions.placement_work import run_placement
from bosett_server.actions.planner import add_commitment
from bosett_server.actions.scenario import save_scenario
from bosett_server.actions.statistics import publish_tables
from bosett_server.actions.step import _notify
from bosett_server.actions.week_capacity import save_weeks
from bosett_server.queries.household_history import household_history
from bosett_server.queries.statistics_public import public_figures
from bosett_server.records.models import (
    Assignment,
    CentreProcess,
    CentreStep,
    Contract,
    Enquiry,
    GrantLine,
    Household,
    HouseholdRequest,
    NamedAccess,
    Notice,
    Observation,
    OpenedPlace,
    Person,
    PlacementChoice,
    PlacementScores,
    Proposal,
    RoleGrant,
    SavedView,
    SelfSettlement,
    Stay,
    VersionedFigure,
)
from bosett_server.web.statistics.open.dumps import data_sets
from tests.bosett_server.cast import DAY, HERE, NOW, YEAR, World, household, vedtak, world
from tests.bosett_server.distribution.scenes import everybody
from tests.bosett_server.expenditure.scenes import closed
from tests.bosett_server.imports.files import assigned, bulk
from tests.security.consultation_stage import consultation_of_all
from tests.security.matter_stage import matter_between_all
from tests.security.report_stage import report_of_a_year
from tests.security.round_stage import round_samples


@dataclass
class Stage:
    """The world and what stands in it; `samples` are ids by kind, `own` those that differ by role."""

    world: World
    samples: dict[str, Any] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)

    def sample(self, kind: str, role: str) -> Any:
        """The object of this kind that the role should see, if anybody sees one."""
        return self.own.get(role, {}).get(kind, self.samples[kind])


def set_stage(settings: Any) -> Stage:
    """Everything in place on the demo's day."""
    settings.BOSETT_TODAY = DAY
    where = world()
    for group, number in (("all", 60), ("em_under15", 5)):
        vedtak(HERE, number, group=group)
    stage = Stage(where)
    _people(stage)
    _numbers(stage)
    _imported(stage)
    _mapped(stage)
    _planned(stage)
    _habits(stage)
    matter_between_all(stage)
    report_of_a_year(stage)
    consultation_of_all(stage)
    return stage


def _people(stage: Stage) -> None:
    where, samples = stage.world, stage.samples
    assigned, offered, ready, minor, asking, told = (
        household(where), household(where), household(where),
        household(where, persons=1, group="em_under15"), household(where),
        household(where, stage="interviewed"),
    )  # fmt: skip
    coordinator, caseworker = where.users["municipality_coordinator"], where.users["imdi_caseworker"]
    with acting(SYSTEM):
        Person.objects.filter(household=minor).update(birth_date=date(2013, 5, 1), unaccompanied_minor=True)
        for one in (assigned, offered, ready, minor, asking, told):
            Stay.objects.create(household=one, centre=where.centre, arrived_on=date(2025, 9, 1))
        accepted = _assignment(where, assigned, "accepted")
        card = _assignment(where, offered, "offered")
        Household.objects.filter(pk=assigned.pk).update(
            stage="date_agreed", planned_settlement_on=date(2026, 4, 1)
        )
        enquiry = Enquiry.objects.create(
            assignment=card, question_code="other", question="?", asked_by=coordinator, asked_at=NOW
        )
        settling = SelfSettlement.objects.create(
            household=asking, municipality_id=HERE, lease_from=date(2026, 5, 1), registered_by=caseworker,
            registered_at=NOW, card={"persons": 2},
        )  # fmt: skip
        opened = OpenedPlace.objects.create(
            municipality_id=HERE, year=YEAR, places=2, opened_on=DAY, opened_by=coordinator, reason="housing"
        )
        person = Person.objects.filter(household=assigned).order_by("id").first()
        samples |= {
            "household": str(assigned.pk), "ready": str(ready.pk), "interviewed": str(told.pk),
            "reference": assigned.reference, "person": str(person.pk), "assignment": accepted.pk, "card": card.pk,
            "enquiry": enquiry.pk, "self_settlement": settling.pk,
            "opened": opened.pk, "minor": str(minor.pk),
        }  # fmt: skip
        line = GrantLine.objects.create(
            person=person, municipality_id=HERE, year=YEAR, scheme="integration", grant_year=1, share="1",
            rate_nok=1, amount_nok=1, rule="test", status="calculated", library_version="0",
            input_sha256="0" * 64, computed_at=NOW,
            explanation={"facts": [], "settled_on": "2026-03-01", "moved_on": []},
        )  # fmt: skip
        samples["line"] = line.pk
    stage.samples |= {"request": _request(assigned), "reassessment": _request(assigned, "reassessment")}
    with acting(where["imdi_lead"]):
        Household.objects.filter(pk=assigned.pk).update(language="ar")
        stage.samples |= {
            "change": household_history(where["imdi_lead"], assigned.pk)[1][0].id,
            "fact": "language",
        }
    with acting(SYSTEM):
        sealed = household(where, protection="strengt_fortrolig")
        named = NamedAccess.objects.create(
            user=caseworker, household=sealed, starts_on=date(2026, 1, 1), granted_by=where.users["imdi_lead"]
        )
        grant = RoleGrant.objects.get(user=where.users["nav"])
    samples |= {"sealed": str(sealed.pk), "named": named.pk, "grant": grant.pk}
    samples["run"] = run_placement(where["imdi_caseworker"], year=YEAR)
    with acting(SYSTEM):
        samples["proposal"] = Proposal.objects.get(household=ready).pk
    with acting(where["imdi_caseworker"]):
        samples["choice"] = PlacementChoice.objects.create(
            household=ready,
            kind="not_there",
            municipality_id=HERE,
            reason_code="other_need",
            made_at=NOW,
            made_by=where.users["imdi_caseworker"],
        ).pk
    with acting(where["imdi_lead"]):
        samples["scores"] = PlacementScores.objects.create(
            name="x",
            file_name="x.csv",
            sha256="0" * 64,
            content=b"x",
            loaded_at=NOW,
            loaded_by=where.users["imdi_lead"],
            counts={
                "rows": 1,
                "ready_covered": 0,
                "ready_lacking": 0,
                "municipalities": 1,
                "municipalities_unknown": 0,
            },
        ).pk
    stage.own["bufetat"] = {"household": str(minor.pk), "request": _request(minor)}


def _request(home: Household, kind: str = "correction") -> int:
    with acting(Actor(Role.HOUSEHOLD, household_id=str(home.pk))):
        return HouseholdRequest.objects.create(
            household=home,
            kind=kind,
            subject="name",
            text="x",
            asked_as="household",
            asked_at=NOW,
            answer_due_on=DAY,
        ).pk


def _assignment(where: World, home: Household, state: str) -> Assignment:
    return Assignment.objects.create(
        household=home, municipality_id=HERE, year=YEAR, group=home.group, persons=home.persons_count,
        state=state, track=home.track, decided_by=where.users["imdi_caseworker"], decided_at=NOW,
        answer_due_on=date(2026, 4, 1), card={"persons": home.persons_count, "needs": []}, version=1,
    )  # fmt: skip


def _numbers(stage: Stage) -> None:
    with acting(SYSTEM):
        VersionedFigure.objects.create(
            what="need", year=YEAR + 1, value=10, valid_from=DAY, recorded_at=NOW, source="test"
        )
        contract = Contract.objects.create(
            centre=stage.world.centre, price_per_place_day_nok=Decimal(500), notice_days=90,
            starts_on=date(2025, 1, 1),
        )  # fmt: skip
        process = CentreProcess.objects.create(
            centre=stage.world.centre, municipality_id=HERE, direction="closing", name=stage.world.centre.name,
            kind="ordinary", planned_on=date(2026, 9, 1), answer_days=30, informed_on=DAY,
        )  # fmt: skip
        for step in ("planned", "informed"):
            CentreStep.objects.create(
                process=process, step=step, on=DAY, told="mayor", document="2026/1", recorded_at=NOW
            )
        stage.samples |= {"process": process.pk, "step": "consulted"}
    everybody(stage.world)
    draft = draft_round(
        stage.world["imdi_lead"], year=YEAR + 1, criteria=DraftCriteria(), answer_due_on=date(2027, 2, 10)
    )
    around, own = round_samples(stage.world, draft)
    stage.samples |= around
    for role, found in own.items():
        stage.own.setdefault(role, {}).update(found)
    stage.samples |= {
        "year": YEAR, "draft_year": YEAR + 1, "draft": draft, "round": stage.world.round.pk, "round_number": 1,
        "code": HERE, "municipality": HERE, "county": HERE[:2],
        "centre": stage.world.centre.pk, "contract": contract.pk,
        "user": stage.world.users["nav"].pk, "interview_part": "wishes", "event": "birth",
    }  # fmt: skip


def _mapped(stage: Stage) -> None:
    """A closed round of the mapping of expenditure, and a scenario of each party that it has not shared."""
    stage.samples |= {"mapping": closed(stage.world), "paper": "docx"}
    for role in ("ks", "ministry"):
        made = make_expenditure_scenario(
            stage.world[role], round_id=stage.samples["mapping"], name=role, target_percent=Decimal(100)
        )
        stage.own.setdefault(role, {})["scenario_id"] = stage.samples["scenario_id"] = made
    stage.own.setdefault("imdi_lead", {})["scenario_id"] = stage.own["ministry"]["scenario_id"]


def with_an_ended_code() -> Incoming:
    """Two years of our municipality, and a row under a code that had ended: a defect to show."""
    told = [(2022, HERE, 9), (2023, HERE, 12), (2021, "0602", 7)]
    return bulk(*[f"Personer;{year};{place};;Faktisk bosetting;{persons}" for year, place, persons in told])


def _imported(stage: Stage) -> None:
    """A file of figures that is brought in, and an export of another register that is checked."""
    lead = stage.world["imdi_lead"]
    batch = check_import(lead, kind="imdi_bulk", file=with_an_ended_code(), whole=True)
    apply_import(lead, batch=batch)
    with acting(SYSTEM):
        stage.samples["published"] = Observation.objects.get(place=HERE, year=2023).pk
    figures = public_figures(stage.world["public"])
    stage.samples["data_set"] = next(iter(data_sets(figures))).ident
    register = check_person_import(
        stage.world["imdi_caseworker"],
        kind="assignments",
        file=assigned(("900012345678", HERE, "2026-03-01")),
    )
    # A host municipality's claim: of the agencies UDI pays it, and IMDi sees it too.
    places = Claim("new", "host_place", YEAR, HERE, place_type="ordinary", places=20)
    stage.samples |= {
        "claim": record_claim(stage.world["municipality_coordinator"], claim=places, apply=True),
        "scheme": "host_place",
    }
    table = Incoming("rates.csv", b"rule,from,amount_nok\ngrants/integration/year3,2026-01-01,90000\n")
    rates = check_rate_table(lead, file=table, title="Letter of rates", published=DAY)
    apply_rate_table(lead, table=rates)
    stage.samples["rate_table"] = rates
    stage.samples |= {
        "import": batch, "import_kind": "template", "register": register, "register_kind": "assignments",
    }  # fmt: skip


def _planned(stage: Stage) -> None:
    """A home with somebody who moves in later, a promise, and a week."""
    coordinator = stage.world["municipality_coordinator"]
    home = register_home(coordinator, municipality=HERE, home=HomeFacts("Storgata 1", 2, DAY))
    hold = hold_home(coordinator, municipality=HERE, home_id=home, household="", starts_on=date(2026, 5, 1))
    promise = add_commitment(
        coordinator,
        municipality=HERE,
        year=YEAR,
        kind=CommitmentKind.FAMILY,
        persons=2,
        month=5,
        told_by=ToldBy.UDI,
    )
    save_weeks(coordinator, municipality=HERE, version=0, weeks={date(2026, 3, 23): {1: 1}})
    free = register_home(coordinator, municipality=HERE, home=HomeFacts("Storgata 3", 1, DAY))
    offer = offer_home(coordinator, municipality=HERE, home=free)
    stage.samples |= {"home_id": home, "hold": hold, "commitment": promise, "home_offer": offer}


def _habits(stage: Stage) -> None:
    """Published tables; a notice and a kept filter for everybody who works here."""
    (stage.samples["name"], *_) = publish_tables(SYSTEM, year=YEAR)
    with acting(SYSTEM):
        told = [
            Notice(code="card_to_answer", to_role=role, to_user=user, url="/", facts={}, created_at=NOW)
            for role, user in stage.world.users.items()
        ]
        _notify(told)
        for role, user in stage.world.users.items():
            notice = Notice.objects.get(to_user=user)
            stage.own.setdefault(role, {})["notice"] = notice.pk
            stage.samples["notice"] = notice.pk
    for role, user in stage.world.users.items():
        with acting(stage.world[role]):
            kept = SavedView.objects.create(
                name="test", page="households", query="stage=ready", owner=user, created_at=NOW
            )
        stage.own[role]["view"] = kept.pk
        stage.samples["view"] = kept.pk
    _scenarios(stage)


def _scenarios(stage: Stage) -> None:
    """A kept comparison for everybody who plans: it is its owner's alone."""
    dials = Dials(weeks=13)
    tried = try_out(Start({"asylum": 10}, {"asylum": 10}, {"ordinary": 50}, (5.0,)), dials, draws=250)
    for role in ("imdi_caseworker", "imdi_lead", "udi_reception", "ks", "ministry"):
        number = save_scenario(stage.world[role], name="test", dials=dials, tried=tried)
        stage.own[role]["scenario"] = number
        stage.samples["scenario"] = number


STAFF = [role.value for role in Role if role not in {
    Role.HOUSEHOLD, Role.REPRESENTATIVE, Role.PUBLIC, Role.SYSTEM}]  # fmt: skip
