"""The demo's round after the first: a draft is put before counties and KS, and the first round has its letters.

Everything is synthetic and says so where it shows: the words of counties are made up, and each letter is an exercise.
"""

from __future__ import annotations

from datetime import date, timedelta

from bosett.decisions.before_sending import Heard
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.actions.distribution import DraftCriteria, adjust_line, draft_round
from bosett_server.actions.distribution_hearings import open_hearings, record_hearing
from bosett_server.actions.round_letters import deliver_letter_part, write_letter_part
from bosett_server.records.models import (
    Hearing,
    LetterJob,
    RoleGrant,
    Round,
    RoundLine,
    User,
    VersionedFigure,
)

LEAD, COUNTY = "leder", "fylke"
CASE = "SYN-26/104"
SMALLEST = 3_000
WORDS = (
    "Oppdiktet uttalelse: Fylkeskommunen støtter fordelingen.",
    "Oppdiktet uttalelse: Fylkeskommunen støtter fordelingen, men peker på at det er lite ledig undervisning om våren.",
    "Oppdiktet uttalelse: Den største kommunen bør få ti færre til boligene er ferdige i august.",
)
"""The last one recommends another number."""
BY_HAND = "Oppdiktet: kommunen åpner et akuttmottak samme måned"


def load_demo_hearing(year: int) -> None:
    """A second round of the year is drafted and in hearing, and the first round's letters are written and carried."""
    with acting(SYSTEM):
        lead = Actor(Role.IMDI_LEAD, user_id=User.objects.get(username=LEAD).pk, name="Demo")
        first = Round.objects.get(year=year, number=1)
    _letters(first)
    today = clock.today()
    draft = draft_round(
        lead, year=year, answer_due_on=today + timedelta(days=60),
        criteria=DraftCriteria(population_percent=70, size_minimum=SMALLEST, extra_only=True),
    )  # fmt: skip
    _one_by_hand(lead, draft)
    open_hearings(lead, round=draft, due_on=today + timedelta(days=14))
    _heard(lead, draft, today)


def _letters(row: Round) -> None:
    """Every letter of the published round, as the worker writes and carries them."""
    with acting(SYSTEM):
        Round.objects.filter(pk=row.pk).update(criteria=row.criteria | {"case_number": CASE})
        total = VersionedFigure.objects.filter(what="asked", round=row, group="all").count()
        LetterJob.objects.create(round=row, state="waiting", total=total, asked_at=clock.now())
    for part in (write_letter_part, deliver_letter_part):
        while part(SYSTEM, round=row.pk):
            continue


def _one_by_hand(lead: Actor, draft: int) -> None:
    with acting(lead):
        line = RoundLine.objects.filter(round_id=draft).order_by("-asked", "municipality_id")[1]
    adjust_line(
        lead,
        round=draft,
        municipality=line.municipality_id,
        asked=line.asked - line.asked // 10,
        reason=BY_HAND,
    )


def _heard(lead: Actor, draft: int, today: date) -> None:
    """Every second county has answered in a letter; the demo's own county and KS have not, so that they can."""
    with acting(SYSTEM):
        own = RoleGrant.objects.filter(user__username=COUNTY, ends_on__isnull=True).values_list("county_id")
        asked = list(
            Hearing.objects.filter(round_id=draft, heard=Heard.COUNTY.value)
            .exclude(body__in=own)
            .order_by("body")
        )
    for place, row in enumerate(asked[::2]):
        words = WORDS[place % len(WORDS)]
        largest = max(row.proposal, key=lambda code: row.proposal[code])
        other = {largest: max(0, row.proposal[largest] - 10)} if words == WORDS[-1] else {}
        record_hearing(lead, hearing=row.pk, answered_on=today, comment=words, recommended=other)
