"""The versions of a year's request: what each round asked for, and what it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from bosett.decisions import Anmodning
from bosett.decisions import Round as LibraryRound
from bosett.decisions.mid_year import AfterChange, RoundChange, change_round
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from bosett_server.queries.decisions import vedtak_by_municipality
from bosett_server.records.models import Round, VersionedFigure


class Vote(NamedTuple):
    """A number as it was recorded; `superseded_at` None while it stands."""

    municipality: MunicipalityCode
    decided_on: date
    value: int | None
    recorded_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True)
class Version:
    """One sent round of a year.

    Parameters
    ----------
    asked, before
        Municipality -> persons in force from this round, and from the one before; not asked is left out.
    minors
        Municipality -> group -> persons in force from this round.
    changed
        Codes whose number this round set anew.
    earlier
        The year's rounds before this one, first to last.
    """

    round: int
    year: int
    number: int
    sent_at: datetime
    answer_due_on: date
    need: int | None
    criteria: Mapping[str, object]
    source: str
    asked: Mapping[str, int]
    before: Mapping[str, int]
    minors: Mapping[str, Mapping[str, int]]
    changed: frozenset[str]
    earlier: tuple[Version, ...] = ()

    @property
    def sent_on(self) -> date:
        """The day, in Norway."""
        return timezone.localdate(self.sent_at)

    @property
    def persons(self) -> int:
        """Persons asked for in all."""
        return sum(self.asked.values())

    @property
    def persons_before(self) -> int:
        """Persons asked for until then."""
        return sum(self.before.values())

    @property
    def policy(self) -> AfterChange:
        """What the State does with answers to the former requests."""
        return AfterChange(str(self.criteria.get("after_change") or AfterChange.KEEP.value))


def versions(year: int) -> list[Version]:
    """Every sent round of the year, first to last; two queries."""
    rows = Round.objects.filter(year=year, state="sent").select_related("need").order_by("number")
    figures: dict[int | None, list[VersionedFigure]] = defaultdict(list)
    for figure in VersionedFigure.objects.filter(
        what="asked", year=year, municipality__isnull=False
    ).order_by("id"):
        figures[figure.round_id].append(figure)
    asked: dict[str, int] = {}
    minors: dict[str, dict[str, int]] = {}
    found: list[Version] = []
    for row in rows:
        before, changed = dict(asked), set()
        for figure in figures[row.pk]:
            code = figure.municipality_id or ""
            _put(asked if figure.group == Group.ALL else minors.setdefault(code, {}), figure)
            changed.add(code)
        found.append(
            Version(
                row.pk, row.year, row.number, _sent(row), row.answer_due_on, row.need.value, row.criteria,
                row.source, dict(asked), before, {code: dict(told) for code, told in minors.items()},
                frozenset(changed), tuple(found),
            )
        )  # fmt: skip
    return found


def what_follows(version: Version) -> RoundChange:
    """What follows from the round for the answers as they stand now, by the policy it was sent with.

    A vedtak made and recorded after the round was sent is an answer to it: it counts in full.
    """
    codes = {*version.asked, *version.before}
    answers = [one for code, one in vedtak_by_municipality(version.year).items() if code in codes]
    votes = _votes(version.year)
    return change_round(
        _library(version, version.before), _library(version, version.asked), answers, version.policy,
        _answers_to(version, votes), _voted_on(version, votes),
    )  # fmt: skip


def _votes(year: int) -> list[Vote]:
    """Every number that a council has decided for the year, also those that another took the place of."""
    rows = VersionedFigure.objects.filter(
        what="voted", year=year, group=Group.ALL, state=State.NUMBER.value, municipality__isnull=False
    )
    return [
        Vote(
            MunicipalityCode(one.municipality_id or ""),
            one.valid_from,
            one.value,
            one.recorded_at,
            one.superseded_at,
        )
        for one in rows
    ]


def _answers_to(version: Version, votes: Iterable[Vote]) -> frozenset[MunicipalityCode]:
    """Municipalities whose vedtak was made on the new request; one told again since with something beside it is not."""
    since: set[tuple[MunicipalityCode, date, int | None]] = set()
    before = set(since)
    for one in votes:
        if one.decided_on < version.sent_on:
            continue
        if one.recorded_at <= version.sent_at:
            before.add((one.municipality, one.decided_on, one.value))
        elif one.superseded_at is None:
            since.add((one.municipality, one.decided_on, one.value))
    return frozenset(code for code, *_ in since - before)


def _voted_on(version: Version, votes: Collection[Vote]) -> dict[MunicipalityCode, int]:
    """Persons of the request that each vedtak was made on: the last one sent before it."""
    found: dict[MunicipalityCode, int] = {}
    for place, one in enumerate(version.earlier):
        codes = _answers_to(one, votes) if place else map(MunicipalityCode, one.asked)
        found |= {code: one.asked[code] for code in codes if code in one.asked}
    return found


def _put(kept: dict[str, int], figure: VersionedFigure) -> None:
    key = (figure.municipality_id or "") if figure.group == Group.ALL else figure.group
    if figure.value is None:
        kept.pop(key, None)
    else:
        kept[key] = figure.value


def _sent(row: Round) -> datetime:
    if row.sent_at is None:
        raise ValueError(f"round {row.pk} is sent and has no time")
    return row.sent_at


def _library(version: Version, asked: Mapping[str, int]) -> LibraryRound:
    day = version.sent_on
    return LibraryRound(
        version.year,
        tuple(
            Anmodning(
                version.year, MunicipalityCode(code), Group.ALL, Figure.of(persons),
                Figure.missing(State.NOT_STORED), day, max(day, version.answer_due_on),
            )
            for code, persons in sorted(asked.items())
        ),
    )  # fmt: skip
