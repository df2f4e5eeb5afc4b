"""The verdicts that an agenda is built from, and the facts behind one matter."""

from __future__ import annotations

from datetime import date

from bosett.agreement import Held, held
from bosett.agreement.consultation import Verdicts
from bosett.agreement.problem import Verdict
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett_server.access.actor import Actor
from bosett_server.queries.agreement import evidence
from bosett_server.queries.known import Known


def found(actor: Actor, day: date, today: date) -> tuple[Held, ...]:
    """Every commitment of the agreement of a day, in the day's year; none where no agreement is stored."""
    try:
        return tuple(held(evidence(actor, day.year, Known(day, today)).book, day, day.year))
    except (BadInput, NoRuleInForce):
        return ()


def found_of(actor: Actor, commitment: str, today: date) -> Held | None:
    """What is found of one commitment today; None when today's agreement does not have it."""
    return next((one for one in found(actor, today, today) if one.commitment.code == commitment), None)


def stored(verdicts: Verdicts) -> dict[str, str]:
    """Verdicts as a row keeps them."""
    return {f"{commitment}/{indicator}": one.value for (commitment, indicator), one in verdicts.items()}


def kept(values: dict[str, str]) -> Verdicts:
    """Verdicts that a row has kept."""
    told = {}
    for key, value in values.items():
        commitment, _, indicator = key.partition("/")
        told[commitment, indicator] = Verdict(value)
    return told
