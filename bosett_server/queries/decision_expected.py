"""Expected answers: sums for the country and its counties, and a municipality's own; nobody else's is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bosett.decisions.expected import ExpectedVotes, SumOutlook, expected_votes, request_for
from bosett.decisions.vote_history import PastAnswer
from bosett.rules import Parameters
from bosett.sources.vote_figures import shipped_panel
from bosett.terms.errors import NoAnswer
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.queries.distribution import asked_in_force
from bosett_server.queries.forecast import need_in_force
from bosett_server.queries.round_letters import unused_places_paid
from bosett_server.records.models import County, VersionedFigure

FEWEST = "statistics/smallest_shown"
MOST_OF_A_SUM = 2
"""One municipality is asked for at most one in so many of a sum's persons; ours, assumed."""
SEE_BUFFERS = (Role.IMDI_LEAD, Role.IMDI_CASEWORKER, Role.KS)
SURENESS = (0.5, 0.8, 0.9, 0.95)


Summed = tuple[tuple[str, ...], list[str]]
"""Counties, and their municipalities."""


@dataclass(frozen=True)
class Outlook:
    """The sum of the coming answers of several municipalities.

    Parameters
    ----------
    codes
        The counties; more than one where a county alone would show what one council is expected to do.
    p05, p50, p95
        Persons.
    voted
        What is voted and approved so far, beside it.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    municipalities: int
    asked: int
    p05: float
    p50: float
    p95: float
    voted: int


@dataclass(frozen=True)
class Buffer:
    """How much must be asked for so that the need is reached this surely."""

    sureness: float
    request: int | None
    above_need: int | None


@dataclass(frozen=True)
class Expected:
    """Expected answers of a year in sight of the reader.

    Parameters
    ----------
    sure_of_need
        Probability that the votes reach the need, 0 to 1; None without a need.
    own
        (municipality, asked, quantiles p05 to p95) of the reader's own municipalities only.
    unused_places_paid
        Whether a scheme pays for voted places that are not used; None when none is known.
    """

    year: int
    learned_from: tuple[int, ...]
    country: Outlook | None
    counties: tuple[Outlook, ...]
    need: int | None
    sure_of_need: float | None
    buffers: tuple[Buffer, ...]
    own: tuple[tuple[str, int, tuple[float, ...]], ...]
    unused_places_paid: bool | None


def expected(actor: Actor, year: int) -> Expected:
    """What the councils may answer to the requests in force; learned from earlier years only.  Four queries.

    A municipality sees the national sum and its own; a county the country and its own county; nobody
    sees what a council is expected to do but that municipality itself.
    """
    asked = _asked(year)
    found = _learned(year, tuple(sorted(asked.items())), _own_years(year)) if asked else None
    need = need_in_force(year)
    persons = need.value if need else None
    paid = unused_places_paid(clock.today())
    if found is None:
        return Expected(year, (), None, (), persons, None, (), (), paid)
    voted = _voted(year)
    counties = _counties(found, voted)
    if actor.role is Role.COUNTY:
        counties = tuple(one for one in counties if actor.county in one.codes)
    elif actor.municipalities:
        counties = ()
    whole = found.outlook()
    return Expected(
        year=year,
        learned_from=found.like.years,
        country=_outlook((), (), found, [vote.municipality for vote in found.votes], whole, voted),
        counties=counties,
        need=persons,
        sure_of_need=whole.probability_at_least(persons) if persons else None,
        buffers=_buffers(found, persons) if persons and actor.role in SEE_BUFFERS else (),
        own=tuple(
            (vote.municipality, vote.asked, vote.quantiles)
            for vote in found.votes
            if vote.municipality in actor.municipalities
        ),
        unused_places_paid=paid,
    )  # fmt: skip


def _asked(year: int) -> dict[str, int]:
    return {
        code: row.value
        for (code, group), row in asked_in_force(year).items()
        if group == Group.ALL and row.value
    }


def _own_years(year: int) -> tuple[PastAnswer, ...]:
    """Earlier years that were answered here and are not among the published; approved vedtak only."""
    published = {one.year for one in shipped_panel() if one.voted is not None}
    rows = VersionedFigure.objects.filter(
        year__lt=year, group=Group.ALL, municipality__isnull=False, superseded_at__isnull=True,
        what__in=["asked", "voted"],
    ).values_list("municipality_id", "year", "what", "value", "approved_at")  # fmt: skip
    found: dict[tuple[str, int], dict[str, int]] = {}
    for code, of, what, value, approved in rows:
        if of not in published and value is not None and (what == "asked" or approved):
            found.setdefault((code or "", of), {})[what] = value
    return tuple(
        PastAnswer(code, of, asked=told.get("asked"), voted=told.get("voted"))
        for (code, of), told in sorted(found.items())
    )


@lru_cache(maxsize=8)
def _learned(
    year: int, asked: tuple[tuple[str, int], ...], here: tuple[PastAnswer, ...]
) -> ExpectedVotes | None:
    taken = {(one.municipality, one.year) for one in here}
    published = [one for one in shipped_panel() if (one.municipality, one.year) not in taken]
    try:
        return expected_votes([*published, *here], dict(asked), year)
    except NoAnswer:
        return None


def _voted(year: int) -> dict[str, int]:
    rows = VersionedFigure.objects.filter(
        what="voted", year=year, group=Group.ALL, municipality__isnull=False, superseded_at__isnull=True,
        approved_at__isnull=False, value__isnull=False,
    )  # fmt: skip
    return {code or "": value or 0 for code, value in rows.values_list("municipality_id", "value")}


def _counties(found: ExpectedVotes, voted: Mapping[str, int]) -> tuple[Outlook, ...]:
    """One outlook a county, or of several, so that no sum tells what one council is expected to do.

    A county with few municipalities, or where one is most of what is asked, is summed with the next.  The sums
    have no municipality in common, so that subtracting them from one another or from the country gives only
    sums of such sums.
    """
    fewest = Parameters.shipped().lookup(FEWEST, clock.today()).whole
    names = dict(County.objects.values_list("code", "name"))
    asked = {vote.municipality: vote.asked for vote in found.votes}
    by_county: dict[str, list[str]] = {}
    for vote in found.votes:
        by_county.setdefault(vote.municipality[:2], []).append(vote.municipality)
    groups: list[Summed] = []
    waiting: Summed = ((), [])
    for county, codes in sorted(by_county.items()):
        waiting = ((*waiting[0], county), [*waiting[1], *codes])
        if len(codes) >= fewest and _tells_of_none(waiting[1], asked, fewest):
            groups.append(waiting)
            waiting = ((), [])
    while waiting[1]:
        last = groups.pop() if groups else ((), [])
        waiting = ((*last[0], *waiting[0]), [*last[1], *waiting[1]])
        if not groups or _tells_of_none(waiting[1], asked, fewest):
            groups.append(waiting)
            break
    return tuple(
        _outlook(
            counties, tuple(names.get(c, c) for c in counties), found, codes, found.outlook_of(codes), voted
        )
        for counties, codes in groups
    )


def _tells_of_none(codes: Sequence[str], asked: Mapping[str, int], fewest: int) -> bool:
    persons = [asked[code] for code in codes]
    return len(persons) >= fewest and max(persons) * MOST_OF_A_SUM <= sum(persons)


def _outlook(
    counties: tuple[str, ...],
    names: tuple[str, ...],
    found: ExpectedVotes,
    codes: Sequence[str],
    outlook: SumOutlook,
    voted: Mapping[str, int],
) -> Outlook:
    wanted = set(codes)
    return Outlook(
        codes=counties,
        names=names,
        municipalities=len(wanted),
        asked=sum(vote.asked for vote in found.votes if vote.municipality in wanted),
        p05=outlook.quantile(0.05),
        p50=outlook.quantile(0.5),
        p95=outlook.quantile(0.95),
        voted=sum(persons for code, persons in voted.items() if code in wanted),
    )


def _buffers(found: ExpectedVotes, need: int) -> tuple[Buffer, ...]:
    told = []
    for sureness in SURENESS:
        try:
            request: int | None = request_for(found, need, sureness)
        except NoAnswer:
            request = None
        told.append(Buffer(sureness, request, None if request is None else max(0, request - need)))
    return tuple(told)
