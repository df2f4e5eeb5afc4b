"""The demo's later life: made-up moves of synthetic persons, and matters between sectors, marked as synthetic."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bosett.agreement.handover import Ask
from bosett.agreement.pressure import Sector
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.records.models import HandOver, Matter, Move, Municipality, RoleGrant, Settlement, User

MOVED = 0.16
"""Share of the settled households that move on in the demo; ours, for show."""
SOONEST, LATEST = 60, 700
MATTERS = (
    (Sector.HOUSING, Ask.CAPACITY, "municipality", "husbanken", "offered", 16,
     "Kommunen trenger startlån til fire boliger før sommeren."),
    (Sector.HEALTH, Ask.TOGETHER, "municipality", "statsforvalter", "accepted", 9,
     "Fastlegelistene er fulle. Vi ber om et felles møte."),
    (Sector.NORWEGIAN, Ask.SERVICE, "county", "municipality", "offered", 4,
     "Fylkeskommunen har ledige plasser i norskopplæringen fra april."),
    (Sector.NAV, Ask.FOLLOW_UP, "municipality", "nav", "refused", 21,
     "Hvem følger opp arbeidspraksis etter introduksjonsprogrammet?"),
    (Sector.INTERPRETERS, Ask.INFORMATION, "imdi", "municipality", "offered", 2,
     "Hvilke språk mangler dere tolk i denne våren?"),
)  # fmt: skip
"""(sector, what is asked, who has it, who is asked, the answer, days ago, words)."""


@action(Permission.DEMO_LOAD)
def load_demo_followup(actor: Actor, *, seed: int) -> Done[int]:
    """Some of the synthetic households have moved on; matters lie with sectors and wait for others; gives the moves."""
    if Move.objects.exists() or Matter.objects.exists():
        return Done(0, ("demo", "followup"))
    moves = _moves(Random(seed))  # noqa: S311 - made-up moves, no secret
    Move.objects.bulk_create(moves, batch_size=2000)
    _matters()
    return Done(len(moves), ("demo", "followup"), {"moves": len(moves), "matters": len(MATTERS)})


def _moves(draw: Random) -> list[Move]:
    """Whole households, some way from where they were settled, never before they were or after today."""
    codes = list(Municipality.objects.order_by("code").values_list("code", "centrality"))
    weights = [8 - (centrality or 6) for _, centrality in codes]
    signer = User.objects.get(username="kommune").pk
    homes: dict[str, list[tuple[str, str, date]]] = {}
    rows = Settlement.objects.filter(person__household__protection="none", person__synthetic=True)
    for person, home, place, day in rows.order_by("pk").values_list(
        "person_id", "person__household_id", "municipality_id", "settled_on"
    ):
        homes.setdefault(str(home), []).append((str(person), place, day))
    found = []
    for members in homes.values():
        goes, days = draw.random() < MOVED, draw.randint(SOONEST, LATEST)
        to = draw.choices([code for code, _ in codes], weights)[0]
        for person_id, place, day in members:
            moved_on = day + timedelta(days=days)
            if goes and moved_on <= clock.today() and to != place:
                found.append(
                    Move(
                        person_id=person_id, from_municipality_id=place, to_municipality_id=to, moved_on=moved_on,
                        recorded_by_id=signer, recorded_at=clock.now(),
                    )
                )  # fmt: skip
    return found


def _matters() -> None:
    home = RoleGrant.objects.get(user__username="kommune", municipality__isnull=False).municipality_id or ""
    desks = {
        "municipality": f"municipality:{home}", "county": f"county:{home[:2]}",
        "statsforvalter": f"statsforvalter:{home[:2]}",
    }  # fmt: skip
    for sector, ask, holder, asked, answer, days, words in MATTERS:
        at = clock.now() - timedelta(days=days)
        has, gets = desks.get(holder, holder), desks.get(asked, asked)
        row = Matter.objects.create(
            sector=sector.value, ask=ask.value, municipality_id=home, words=words, opened_at=at, held_since=at,
            opened_desk=has, holder=has, desks=[has], synthetic=True,
        )  # fmt: skip
        step = HandOver.objects.create(matter=row, from_desk=has, to_desk=gets, offered_at=at)
        if answer != "offered":
            step.state, step.answered_at = answer, at + timedelta(days=1)
            step.reason = "not_our_task" if answer == "refused" else ""
            step.save(update_fields=["state", "answered_at", "reason"])
