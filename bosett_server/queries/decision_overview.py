"""Asked, voted, agreed, settled for every municipality, its county and the country, as of a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bosett.terms.figure import Figure, State
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.queries.decision_lines import FilterState, Line, lines_of
from bosett_server.queries.known import Known
from bosett_server.records.models import Round


@dataclass(frozen=True)
class Sums:
    """A county or the country: sums over numbers only, and how many municipalities stand in each state.

    `asked_answered` is asked of those with a vedtak in force, `asked_open` of those without.
    """

    code: str
    name: str
    asked: Figure
    asked_answered: int
    asked_open: int
    voted: Figure
    short: int
    above: int
    recorded: int
    agreed: Figure
    settled: Figure
    modelled: bool
    states: dict[FilterState, int]

    @property
    def municipalities(self) -> int:
        """How many municipalities are counted, in whatever state."""
        return sum(self.states.values())


@dataclass(frozen=True)
class Overview:
    """The year as of a day; `lines` are those the reader may see, `country` counts all."""

    year: int
    known: Known
    sent_at: datetime | None
    answer_due_on: date | None
    source: str
    lines: tuple[Line, ...]
    counties: tuple[Sums, ...]
    country: Sums


def overview(actor: Actor, year: int, known: Known) -> Overview:
    """Every municipality's request and answer in a year as of a day; five queries whatever the number."""
    sent = Round.objects.filter(year=year, state="sent", sent_at__lt=known.until).order_by("-number").first()
    lines = lines_of(year, known, asked=sent is not None)
    by_county: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_county[line.county].append(line)
    counties = [_sums(code, rows[0].county_name, rows) for code, rows in sorted(by_county.items())]
    own = actor.county if actor.role is Role.COUNTY else ""
    return Overview(
        year=year,
        known=known,
        sent_at=sent.sent_at if sent else None,
        answer_due_on=sent.answer_due_on if sent else None,
        source=sent.source if sent else "",
        lines=tuple(line for line in lines if not own or line.county == own),
        counties=tuple(one for one in counties if not own or one.code == own),
        country=_sums("", "", lines),
    )


def years_with_round(actor: Actor) -> list[int]:
    """The years with a round in sight, newest first."""
    return sorted(set(Round.objects.values_list("year", flat=True)), reverse=True)


def _sums(code: str, name: str, lines: Iterable[Line]) -> Sums:
    listed = list(lines)
    answered = [line for line in listed if line.asked.value is not None and line.voted.value is not None]
    gaps = [line.gap or 0 for line in answered]
    asked_answered = sum(line.asked.value or 0 for line in answered)
    asked = _total(line.asked for line in listed)
    return Sums(
        code=code,
        name=name,
        asked=Figure.missing(State.NOT_ASKED) if asked is None else Figure.of(asked),
        asked_answered=asked_answered,
        asked_open=(asked or 0) - asked_answered,
        voted=_sum_or(State.AWAITING, (line.voted for line in listed)),
        short=sum(-gap for gap in gaps if gap < 0),
        above=sum(gap for gap in gaps if gap > 0),
        recorded=sum(line.recorded.value or 0 for line in listed if line.recorded is not None),
        agreed=_sum_or(listed[0].agreed.state if listed else State.UNKNOWN, (line.agreed for line in listed)),
        settled=_sum_or(State.UNKNOWN, (line.settled for line in listed)),
        modelled=any(line.modelled for line in listed),
        states=dict(Counter(line.state for line in listed)),
    )


def _total(figures: Iterable[Figure]) -> int | None:
    numbers = [one.value for one in figures if one.value is not None]
    return sum(numbers) if numbers else None


def _sum_or(otherwise: State, figures: Iterable[Figure]) -> Figure:
    total = _total(figures)
    state = State.UNKNOWN if otherwise is State.NUMBER else otherwise
    return Figure.missing(state) if total is None else Figure.of(total)
