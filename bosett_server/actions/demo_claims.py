"""Made-up claims for the demo, each taken by the steps that people take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bosett.grants.claim import Claim
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.grant_claims import apply_claim, record_claim
from bosett_server.actions.grant_decisions import decide_claim, extend_claim
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Centre, GrantClaim, RoleGrant, Settlement

PERSONS = 6
COSTS_NOK = (1_900_000, 840_000, 365_000)


@action(Permission.DEMO_LOAD)
def load_demo_claims(actor: Actor) -> Done[int]:
    """The demo's municipality has claims in every state, for synthetic persons and with made-up numbers."""
    if GrantClaim.objects.exists():
        return Done(0, ("demo", "claims"))
    municipality, imdi, udi = _who("kommune"), _who("saksbehandler"), _who("udi")
    (place,) = municipality.municipalities
    people = list(
        Settlement.objects.filter(
            municipality_id=place, person__household__protection="none", person__left_on__isnull=True
        )
        .exclude(person__basis="family")
        .order_by("-settled_on", "person_id")
        .values_list("person_id", "settled_on")[:PERSONS]
    )
    made = _for_persons(municipality, imdi, place, [(str(one), day) for one, day in people])
    made += _for_the_municipality(municipality, imdi, place)
    host = Centre.objects.filter(announced_on__isnull=False).order_by("municipality_id").first()
    if host is not None:
        # Recorded by UDI for the host municipality; somebody else there decides.
        claim = Claim("new", "host_place", 2016, host.municipality_id, place_type="ordinary", places=60)
        record_claim(udi, claim=claim, apply=True)
        made += 1
    return Done(made, ("demo", "claims"), {"claims": made})


def _who(username: str) -> Actor:
    """A demo user as the service lets it in."""
    grant = (
        RoleGrant.objects.select_related("user")
        .filter(user__username=username, ends_on=None)
        .order_by("id")[0]
    )
    places = frozenset({grant.municipality_id} if grant.municipality_id else ())
    return Actor(
        Role(grant.role), user_id=grant.user_id, name=grant.user.get_full_name(), municipalities=places
    )


def _for_persons(municipality: Actor, imdi: Actor, place: str, people: Sequence[tuple[str, date]]) -> int:
    """A draft, one applied for, one granted, one refused, as far as there are persons."""
    today = clock.today()
    for number, (person, settled) in enumerate(people):
        one = Claim(
            "new",
            "special_1",
            settled.year,
            place,
            person,
            1,
            by_agreement=True,
            arose_before_settlement=True,
        )
        if number % 2:
            one = replace(one, scheme="special_2", cost_nok=COSTS_NOK[number % len(COSTS_NOK)])
        made = record_claim(municipality, claim=one)
        if number == 0:
            continue
        row = GrantClaim.objects.get(pk=made)
        if row.due_on and row.due_on < today:
            extend_claim(imdi, claim=made, until=today, asked_on=row.due_on)
        apply_claim(municipality, claim=made)
        if number in (2, 3):
            decide_claim(imdi, claim=made, granted=True)
        elif number == 4:
            decide_claim(imdi, claim=made, granted=False, reason="not_documented")
    return len(people)


def _for_the_municipality(municipality: Actor, imdi: Actor, place: str) -> int:
    base = record_claim(
        municipality, claim=Claim("new", "norwegian_base", 2024, place, persons=12), apply=True
    )
    decide_claim(imdi, claim=base, granted=True)
    record_claim(municipality, claim=Claim("new", "norwegian_base", 2026, place, persons=14), apply=True)
    return 2
