"""A municipality tells once a month how hard its housing and services are pressed, sector by sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett.agreement.pressure import STEPS, Sector
from bosett.agreement.pressure_reasons import REASONS
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.queries.pressure import months_open
from bosett_server.queries.pressure_answers import MONTHS_OPEN
from bosett_server.records.models import Pulse


@dataclass(frozen=True)
class SectorAnswer:
    """A step from 1 (no pressure) to 5 (nothing more can be taken), and coded reasons."""

    step: int
    reasons: tuple[str, ...] = ()


Answers = Mapping[Sector, SectorAnswer]


@action(Permission.PULSE_ANSWER)
def answer_pulse(
    actor: Actor, *, municipality: str, month: date, answers: Answers, version: int = 0
) -> Done[int]:
    """The month's answer; sectors left out are not answered, which is not the same as no pressure.

    Parameters
    ----------
    version
        0 for the first answer of the month; to change it, the version that was read.

    Gives the new version.  Raises Refused: `pulse_empty`, `pulse_step_wrong`, `pulse_reason_wrong`,
    `pulse_month_closed`, `pulse_answered`, `somebody_changed_it_meanwhile`.
    """
    if municipality not in actor.municipalities:
        raise NotInSight("not_in_sight")
    _check(month, answers)
    row = Pulse.objects.select_for_update().filter(municipality_id=municipality, month=month).first()
    if row is not None and version == 0:
        raise Refused("pulse_answered")
    if version != (row.version if row else 0):
        raise Refused("somebody_changed_it_meanwhile")
    row = row or Pulse(municipality_id=municipality, month=month, version=0)
    row.answers = {
        sector.value: {"step": one.step, "reasons": list(one.reasons)} for sector, one in answers.items()
    }
    row.answered_at, row.answered_by_id, row.modelled = clock.now(), actor.user_id, False
    row.version += 1
    row.save()
    facts = {"month": month.isoformat(), "sectors": len(answers)}
    return Done(row.version, about=("municipality", municipality), facts=facts)


def _check(month: date, answers: Answers) -> None:
    if month not in months_open(clock.today()):
        raise Refused("pulse_month_closed", {"months": MONTHS_OPEN})
    if not answers:
        raise Refused("pulse_empty")
    for sector, one in answers.items():
        if not 1 <= one.step <= STEPS:
            raise Refused("pulse_step_wrong", {"most": STEPS})
        if any(reason not in REASONS[sector] for reason in one.reasons):
            raise Refused("pulse_reason_wrong")
