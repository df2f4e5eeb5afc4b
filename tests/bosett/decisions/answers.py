"""A made-up round of 2026 with three municipalities, and answers to it."""

from __future__ import annotations

from datetime import date

from bosett.decisions import Anmodning, Answer, AnswerKind, Round
from bosett.decisions.reservation import Reservation
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

SENT = date(2025, 10, 31)
DEADLINE = date(2026, 2, 10)
TODAY = date(2026, 2, 1)
VALDALEN = MunicipalityCode("4299")
FJELLVIK = MunicipalityCode("4298")
STRANDA_OY = MunicipalityCode("1899")


def request(municipality: MunicipalityCode, group: Group, asked: int | None) -> Anmodning:
    figure = Figure.missing(State.NOT_ASKED) if asked is None else Figure.of(asked)
    return Anmodning(2026, municipality, group, figure, Figure.missing(State.NOT_STORED), SENT, DEADLINE)


ROUND = Round(
    2026,
    (
        request(VALDALEN, Group.ALL, 30),
        request(VALDALEN, Group.EM_15_17, 5),
        request(FJELLVIK, Group.ALL, 20),
        request(STRANDA_OY, Group.ALL, None),
    ),
)


def number(
    persons: int,
    municipality: MunicipalityCode = VALDALEN,
    reservations: tuple[Reservation, ...] = (),
    decided_on: date | None = date(2026, 1, 20),
    **minors: int,
) -> Answer:
    numbers = {Group.ALL: persons} | {Group(name): count for name, count in minors.items()}
    return Answer(municipality, 2026, AnswerKind.NUMBER, numbers, reservations, decided_on)


def zero(municipality: MunicipalityCode = VALDALEN) -> Answer:
    return Answer(municipality, 2026, AnswerKind.ZERO, decided_on=date(2026, 1, 20))


def awaiting(meeting_on: date | None = date(2026, 3, 5), municipality: MunicipalityCode = VALDALEN) -> Answer:
    return Answer(municipality, 2026, AnswerKind.AWAITING, meeting_on=meeting_on)
