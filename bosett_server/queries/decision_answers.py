"""What comes with the answers of a year: reasons, offers of more, conditions, and places asked, voted and used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett.decisions import Reservation, ReservationCode, Round
from bosett.decisions.places_used import PlacesView, places_used
from bosett.decisions.supplement import ReasonTable, Shortage, Supplement, count_reasons
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.queries.decisions import reservations, round_of, vedtak_by_municipality
from bosett_server.records.models import AnswerDetail, Municipality, Quota, VersionedFigure

FOLLOW_UP = frozenset({Role.IMDI_LEAD, Role.IMDI_CASEWORKER, Role.KS, Role.MINISTRY, Role.SYSTEM})


def sees_detail(actor: Actor, municipality: str) -> bool:
    """Whether reasons, case and minutes of the municipality's answer are in sight, as row-level security has it.

    For IMDi, KS, the ministry, the county of the municipality and the municipality itself.
    """
    if actor.role is Role.COUNTY:
        return bool(actor.county) and municipality.startswith(actor.county)
    return actor.role in FOLLOW_UP or municipality in actor.municipalities


@dataclass(frozen=True)
class AnswerRow:
    """One municipality's newest answer with what came beside it.

    Parameters
    ----------
    in_sight
        Whether the reader sees what came beside the number; without it reasons, case and minutes are empty.
    """

    code: str
    name: str
    in_sight: bool
    asked: int | None
    voted: int | None
    awaiting: bool
    meeting_on: date | None
    agenda_on: date | None
    case_number: str
    minutes: str
    reasons: tuple[Shortage, ...]
    can_take_more: int | None
    it_takes: tuple[Shortage, ...]
    reservations: tuple[Reservation, ...]

    @property
    def says_something(self) -> bool:
        """Whether anything stands beside the number, or in its place."""
        beside = (self.agenda_on, self.case_number, self.minutes, self.reasons, self.reservations)
        return self.awaiting or self.can_take_more is not None or any(beside)

    @property
    def breaks_rule(self) -> bool:
        """Whether a condition is outside IMDi's rule for the answer."""
        return any(not one.allowed for one in self.reservations)


@dataclass(frozen=True)
class Answers:
    """The answers of a year in sight of the reader.

    Parameters
    ----------
    conditions
        (code, municipalities, whether IMDi's rule allows it), the most common first.
    reasons_in_sight
        Whether the reader sees every row's reasons; if not, those of `reasons` and `could_take` are not all.
    could_take
        Persons that municipalities say they could take on top, by what that would take; a municipality
        that names two counts in both.
    """

    year: int
    rows: tuple[AnswerRow, ...]
    reasons: ReasonTable
    reasons_in_sight: bool
    conditions: tuple[tuple[ReservationCode, int, bool], ...]
    could_take: tuple[tuple[Shortage, int], ...]
    places: PlacesView


def answers_of(actor: Actor, year: int) -> Answers:
    """Everything beside the numbers; seven queries whatever the number of municipalities."""
    own = actor.county if actor.role is Role.COUNTY else ""
    round_ = _within(round_of(year) or Round(year, ()), own)
    given = {code: one for code, one in vedtak_by_municipality(year).items() if code.startswith(own)}
    figures = VersionedFigure.objects.filter(
        what="voted", year=year, group=Group.ALL, municipality__isnull=False, superseded_at__isnull=True,
        municipality__code__startswith=own,
    )  # fmt: skip
    details = {one.figure_id: one for one in AnswerDetail.objects.filter(figure__in=figures)}
    names = dict(Municipality.objects.values_list("code", "name"))
    rows = [
        _row(one, names, details.get(one.pk), round_, in_sight=sees_detail(actor, one.municipality_id or ""))
        for one in figures.order_by("municipality_id")
    ]
    supplements = [
        Supplement(
            MunicipalityCode(one.code),
            year,
            frozenset(one.reasons),
            one.can_take_more,
            frozenset(one.it_takes),
        )
        for one in rows
    ]
    settled, assigned = _used(year, own)
    return Answers(
        year=year,
        rows=tuple(rows),
        reasons=count_reasons(round_, given.values(), supplements),
        reasons_in_sight=all(one.in_sight for one in rows),
        conditions=_conditions(rows),
        could_take=_could_take(rows),
        places=places_used(round_, given.values(), settled, assigned),
    )


def detail_of(figure: int) -> AnswerDetail | None:
    """What came with one version of an answer."""
    return AnswerDetail.objects.filter(figure_id=figure).first()


def _within(round_: Round, county: str) -> Round:
    return Round(round_.year, tuple(one for one in round_.requests if one.municipality.startswith(county)))


def _row(
    figure: VersionedFigure,
    names: Mapping[str, str],
    detail: AnswerDetail | None,
    round_: Round,
    *,
    in_sight: bool,
) -> AnswerRow:
    code = figure.municipality_id or ""
    return AnswerRow(
        code=code,
        name=names[code],
        in_sight=in_sight,
        asked=round_.asked(MunicipalityCode(code)),
        voted=figure.value,
        awaiting=figure.state == "awaiting",
        meeting_on=figure.meeting_on,
        agenda_on=detail.agenda_on if detail else None,
        case_number=detail.case_number if detail else "",
        minutes=detail.minutes if detail else "",
        reasons=tuple(Shortage(one) for one in detail.reasons) if detail else (),
        can_take_more=figure.can_take_more,
        it_takes=tuple(Shortage(one) for one in detail.it_takes) if detail else (),
        reservations=reservations(figure.reservations),
    )


def _used(year: int, county: str) -> tuple[dict[MunicipalityCode, int], dict[MunicipalityCode, int]]:
    """Settled, and assigned but not settled; both are known for every municipality, sealed places left out."""
    rows = Quota.objects.filter(year=year, group=Group.ALL, municipality__code__startswith=county)
    known = Municipality.objects.filter(code__startswith=county).values_list("code", flat=True)
    settled = {MunicipalityCode(code): 0 for code in known}
    assigned = dict(settled)
    for row in rows:
        code = MunicipalityCode(row.municipality_id)
        settled[code] = row.settled
        assigned[code] = max(0, row.assigned - row.settled)
    return settled, assigned


def _conditions(rows: list[AnswerRow]) -> tuple[tuple[ReservationCode, int, bool], ...]:
    counts = Counter(one.code for row in rows for one in row.reservations)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((code, count, Reservation(code, _number(code)).allowed) for code, count in ordered)


def _number(code: ReservationCode) -> int | None:
    return 0 if code is ReservationCode.UP_TO else None


def _could_take(rows: list[AnswerRow]) -> tuple[tuple[Shortage, int], ...]:
    counts: Counter[Shortage] = Counter()
    for row in rows:
        for one in row.it_takes:
            counts[one] += row.can_take_more or 0
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
