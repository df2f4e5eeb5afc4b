"""The demo's first run: proposals for those who are ready, one choice that stands, one score table to look at."""

from __future__ import annotations

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.actions.demo_scores import load_demo_scores
from bosett_server.actions.placement_choices import choose_placement
from bosett_server.actions.placement_hosts import offer_home, state_priorities
from bosett_server.actions.placement_work import run_placement
from bosett_server.queries.homes import home_line
from bosett_server.queries.placement_hosts import can_be_offered
from bosett_server.records.models import Home, Municipality, Proposal, RoleGrant, User

ROWS, PLACES = 12, 6
SEED = 2026


def load_demo_placement(year: int) -> int | None:
    """The run's number; None in a demo so small that nobody is ready or nobody has room."""
    with acting(SYSTEM):
        users = dict(
            User.objects.filter(username__in=["saksbehandler", "leder"]).values_list("username", "pk")
        )
    caseworker = Actor(Role.IMDI_CASEWORKER, user_id=users["saksbehandler"])
    _host()
    try:
        run = run_placement(caseworker, year=year, homes=True, priorities=True)
    except Refused as refusal:
        if refusal.code not in {"nobody_to_place", "no_places_anywhere"}:
            raise
        return None
    _choose(caseworker, run, year)
    _score_table(Actor(Role.IMDI_LEAD, user_id=users["leder"]), run)
    return run


def _host() -> None:
    """The demo's municipality offers the homes it has free, and says what it can best receive."""
    with acting(SYSTEM):
        grant = RoleGrant.objects.select_related("user").get(user__username="kommune", ends_on__isnull=True)
        here = str(grant.municipality_id)
        homes = list(
            Home.objects.filter(municipality_id=here, synthetic=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
    municipality = frozenset({here})
    host = Actor(Role.MUNICIPALITY_COORDINATOR, user_id=grant.user_id, municipalities=municipality)
    for home in homes:
        with acting(host):
            free = can_be_offered(home_line(host, here, home).home, clock.today())
        if free:
            offer_home(host, municipality=here, home=home)
    state_priorities(host, municipality=here, criteria=["wished_to_come", "household_of_2_3"])


def _choose(actor: Actor, run: int, year: int) -> None:
    """A household is kept away from where it was proposed, for another need."""
    with acting(actor):
        proposals = Proposal.objects.filter(run_id=run, municipality__isnull=False, easy=False).order_by("id")
        found = proposals.filter(household__link="", household__group="all").first()
    if found is not None and found.municipality_id is not None:
        choose_placement(
            actor, household=str(found.household_id), year=year, kind="not_there",
            municipality=found.municipality_id, reason_code="other_need",
        )  # fmt: skip


def _score_table(actor: Actor, run: int) -> None:
    """A small table that nothing uses: whoever looks sees what was measured, and whom it lacks."""
    with acting(actor):
        rows = Proposal.objects.filter(run_id=run).order_by("id")
        references = list(rows.values_list("household__reference", flat=True)[:ROWS])
        codes = list(Municipality.objects.order_by("code").values_list("code", flat=True)[:PLACES])
    load_demo_scores(actor, references, codes, SEED)
