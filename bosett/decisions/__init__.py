"""The State's request (anmodning) and the municipality's answer (vedtak): states and what may follow."""

from bosett.decisions.anmodning import Anmodning, Round
from bosett.decisions.answer import answer_allowed, record
from bosett.decisions.change import approve, change, change_allowed, effect_of_new_anmodning
from bosett.decisions.gap import gap, national_gap, over_by
from bosett.decisions.reservation import Reservation, ReservationCode
from bosett.decisions.result import AnswerState, Effect, Gap, GapTable
from bosett.decisions.vedtak import Answer, AnswerKind, Standing, Vedtak

__all__ = [
    "Anmodning",
    "Answer",
    "AnswerKind",
    "AnswerState",
    "Effect",
    "Gap",
    "GapTable",
    "Reservation",
    "ReservationCode",
    "Round",
    "Standing",
    "Vedtak",
    "answer_allowed",
    "approve",
    "change",
    "change_allowed",
    "effect_of_new_anmodning",
    "gap",
    "national_gap",
    "over_by",
    "record",
]
