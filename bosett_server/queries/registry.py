"""Everything about one municipality as of a day, and the list of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from bosett.registry import County, Municipality, Registry
from bosett.registry.municipality import CodeChange
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.coming import Coming, coming
from bosett_server.queries.decision_lines import Line
from bosett_server.queries.decision_overview import overview
from bosett_server.queries.decisions import Version, history
from bosett_server.queries.grants import NATIONAL, SchemeSum, ground_not_stored, scheme_sums
from bosett_server.queries.known import Known
from bosett_server.queries.places import PlacesLeft, places_left
from bosett_server.records.models import Centre, Round

FIRST_YEAR = 2011
OWN_COUNTY = frozenset({Role.COUNTY, Role.STATSFORVALTER})
GRANT_YEARS = 3


@dataclass(frozen=True)
class CentreHere:
    """An announced reception centre in the municipality; `places` open on the day."""

    name: str
    kind: str
    opens_on: date
    closes_on: date | None
    places: int
    synthetic: bool


@dataclass(frozen=True)
class Request:
    """What the municipality is asked for and what it has answered, by group, as of a day.

    Parameters
    ----------
    in_force
        The newest approved vedtak for all persons, or None; `recorded` the newest one written down
        after it that nobody has approved.
    """

    sent: bool
    answer_due_on: date | None
    asked: dict[Group, Figure]
    voted: dict[Group, Figure]
    in_force: Version | None
    recorded: Version | None
    versions: tuple[tuple[str, Version], ...]


@dataclass(frozen=True)
class Profile:
    """One municipality; money, places and people only where the reader may see them (else None)."""

    facts: Municipality
    county: County
    year: int
    known: Known
    population: tuple[tuple[int, Figure], ...]
    changes: tuple[CodeChange, ...]
    before: Municipality | None
    after: Municipality | None
    request: Request
    places: tuple[PlacesLeft, ...] | None
    centres: tuple[CentreHere, ...]
    coming: Coming | None
    grants: tuple[SchemeSum, ...] | None
    without_ground: int


@dataclass(frozen=True)
class MunicipalityRow:
    """One municipality in the list; `left` is None when nothing is approved or opened."""

    facts: Municipality
    county: County
    population: Figure
    line: Line
    places: PlacesLeft | None


def profile(actor: Actor, code: str, year: int, known: Known) -> Profile:
    """Everything about one municipality; a constant number of queries.  Raises NotInSight."""
    registry = Registry.shipped()
    listed = in_sight(actor)
    codes = [one.code for one in listed]
    if code not in codes:
        raise NotInSight("not_in_sight")
    here = codes.index(code)  # type: ignore[arg-type]
    facts = listed[here]
    last = known.today.year
    money = _may_see_money(actor, code)
    return Profile(
        facts=facts,
        county=registry.county(facts.county_code),
        year=year,
        known=known,
        population=tuple((one, registry.population(code, one)) for one in range(FIRST_YEAR, last + 1)),
        changes=_changes(registry, code),
        before=listed[here - 1] if here else None,
        after=listed[here + 1] if here + 1 < len(listed) else None,
        request=_request(actor, code, year, known),
        places=tuple(places_left(actor, year, code)) if known.is_today else None,
        centres=_centres(code, known.day),
        coming=coming(actor, code, known.today) if known.is_today else None,
        grants=tuple(scheme_sums(actor, range(year - GRANT_YEARS + 1, year + 1), code)) if money else None,
        without_ground=ground_not_stored(actor, year, code).get(code, 0) if money else 0,
    )


def municipalities(actor: Actor, year: int, known: Known) -> list[MunicipalityRow]:
    """Every municipality in sight, by name; seven queries whatever the number."""
    registry = Registry.shipped()
    lines = {line.code: line for line in overview(actor, year, known).lines}
    left = (
        {row.municipality: row for row in places_left(actor, year, group=Group.ALL)} if known.is_today else {}
    )
    counties = {one.code: one for one in registry.counties()}
    return [
        MunicipalityRow(
            one,
            counties[one.county_code],
            registry.population(one.code, known.today.year),
            lines[one.code],
            left.get(one.code),
        )
        for one in in_sight(actor)
        if one.code in lines
    ]


def matching(rows: Sequence[MunicipalityRow], search: str = "", county: str = "") -> list[MunicipalityRow]:
    """The rows of a county whose code or any name holds the text, the best first; no text finds all."""
    by_code = {str(row.facts.code): row for row in rows if county in ("", row.county.code)}
    if not search.strip():
        return list(by_code.values())
    found = Registry.shipped().search(search)
    return [by_code[one.code] for one in found if one.code in by_code]


def in_sight(actor: Actor) -> Sequence[Municipality]:
    """The municipalities whose page the reader may open, by name: a county's own, for others all."""
    found = sorted(Registry.shipped().all_municipalities, key=lambda one: one.sort_key)
    if actor.role in OWN_COUNTY:
        return [one for one in found if one.county_code == actor.county]
    return found


def _may_see_money(actor: Actor, code: str) -> bool:
    return actor.may(Permission.GRANT_VIEW) and (actor.role in NATIONAL or code in actor.municipalities)


def _changes(registry: Registry, code: str) -> tuple[CodeChange, ...]:
    """Every change of code or name that led to the municipality of today, newest first."""
    codes, found = {code}, []
    for change in reversed(registry.history.changes):
        if change.new.code in codes:
            found.append(change)
            codes.add(change.old.code)
    return tuple(found)


def _request(actor: Actor, code: str, year: int, known: Known) -> Request:
    sent = Round.objects.filter(year=year, state="sent", sent_at__lt=known.until).order_by("-number").first()
    asked = history(actor, code, year, "asked", known)
    answers = history(actor, code, year, "voted", known)
    approved = [one for one in answers if one.approved_at is not None and one.approved_at < known.until]
    in_force = _newest(approved)
    newest = _newest(answers)
    waiting = newest is not None and newest is not in_force and newest.figure.state is State.NUMBER
    return Request(
        sent=sent is not None,
        answer_due_on=sent.answer_due_on if sent else None,
        asked={group: _held(asked, group, State.NOT_ASKED if sent else State.UNKNOWN) for group in Group},
        voted=_voted(asked, answers, approved, sent is not None),
        in_force=in_force,
        recorded=newest if waiting else None,
        versions=tuple([("asked", one) for one in asked] + [("voted", one) for one in answers]),
    )


def _newest(versions: Sequence[Version]) -> Version | None:
    return next((one for one in versions if one.group is Group.ALL), None)


def _held(versions: Sequence[Version], group: Group, otherwise: State) -> Figure:
    return next((one.figure for one in versions if one.group is group), Figure.missing(otherwise))


def _voted(
    asked: Sequence[Version], answers: Sequence[Version], approved: Sequence[Version], sent: bool
) -> dict[Group, Figure]:
    """The vedtak in force; without one: awaiting when asked or recorded, else not asked."""
    found = {}
    for group in Group:
        request = _held(asked, group, State.NOT_ASKED if sent else State.UNKNOWN)
        awaited = request.value is not None or any(one.group is group for one in answers)
        found[group] = _held(approved, group, State.AWAITING if awaited else request.state)
    return found


def _centres(code: str, day: date) -> tuple[CentreHere, ...]:
    """Announced and not closed on the day, with the places open then; one query."""
    starts = Q(places__starts_on__lte=day) & (Q(places__ends_on__isnull=True) | Q(places__ends_on__gt=day))
    rows = (
        Centre.objects.filter(municipality_id=code, announced_on__lte=day)
        .filter(Q(closes_on__isnull=True) | Q(closes_on__gt=day))
        .annotate(open_places=Sum("places__count", filter=starts))
        .order_by("name")
    )
    return tuple(
        CentreHere(one.name, one.kind, one.opens_on, one.closes_on, one.open_places or 0, one.synthetic)
        for one in rows
    )
