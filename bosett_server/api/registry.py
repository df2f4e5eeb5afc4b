"""Municipalities over the API: the list, and one as of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Router, Schema

from bosett.terms.figure import Figure
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.api.frame import PROBLEMS, Page, YearWanted, endpoint
from bosett_server.queries.known import Known
from bosett_server.queries.places import PlacesLeft
from bosett_server.queries.registry import MunicipalityRow, Profile, matching, municipalities, profile

router = Router()


class FigureOut(Schema):
    """A number or the state that says why there is none."""

    value: int | None
    state: str


class PlacesOut(Schema):
    """What is allowed, taken and left; `left` and `over_by` as of now."""

    group: str
    vedtak: FigureOut
    opened: int
    assigned: int
    settled: int
    left: int
    over_by: int


class MunicipalityOut(Schema):
    """One municipality of the list."""

    code: str
    name: str
    names: dict[str, str]
    county: str
    language_form: str
    centrality: int
    kostra_group: int
    inhabitants: FigureOut
    asked: FigureOut
    voted: FigureOut
    voted_modelled: bool
    places: PlacesOut | None


class ChangeOut(Schema):
    """From a day, the area of one code had another code or name."""

    day: date
    old_code: str
    old_name: str
    new_code: str
    new_name: str


class ProfileOut(Schema):
    """Everything about one municipality; `places` is empty for an earlier day than today."""

    code: str
    name: str
    names: dict[str, str]
    county: str
    language_form: str
    centrality: int
    kostra_group: int
    year: int
    known: date
    answer_due_on: date | None
    asked: dict[str, FigureOut]
    voted: dict[str, FigureOut]
    inhabitants: dict[int, FigureOut]
    changes: list[ChangeOut]
    places: list[PlacesOut]


@router.get("/municipalities", response={200: Page[MunicipalityOut], **PROBLEMS})
@endpoint(Permission.MUNICIPALITY_VIEW)
def list_municipalities(
    request: Request, year: YearWanted = None, county: str = "", q: str = "", known: date | None = None
) -> Page[MunicipalityOut]:
    """The municipalities in sight by name, or those that a search finds."""
    rows = municipalities(request.actor, year or clock.today().year, _known(known))
    return Page[MunicipalityOut](items=[_row(row) for row in matching(rows, q, county)])


@router.get("/municipalities/{code}", response={200: ProfileOut, **PROBLEMS})
@endpoint(Permission.MUNICIPALITY_VIEW)
def get_municipality(
    request: Request, code: str, year: YearWanted = None, known: date | None = None
) -> ProfileOut:
    """One municipality in a year, as of a day."""
    return _profile(profile(request.actor, code, year or clock.today().year, _known(known)))


def _known(day: date | None) -> Known:
    today = clock.today()
    return Known(min(day or today, today), today)


def _figure(figure: Figure) -> FigureOut:
    return FigureOut(value=figure.value, state=figure.state.value)


def _groups(figures: dict[Group, Figure]) -> dict[str, FigureOut]:
    return {group.value: _figure(figure) for group, figure in figures.items()}


def _places(row: PlacesLeft) -> PlacesOut:
    return PlacesOut(
        group=row.group, vedtak=_figure(row.vedtak), opened=row.opened, assigned=row.assigned,
        settled=row.settled, left=row.left, over_by=row.over_by,
    )  # fmt: skip


def _row(row: MunicipalityRow) -> MunicipalityOut:
    return MunicipalityOut(
        **_facts_of(row),
        inhabitants=_figure(row.population),
        asked=_figure(row.line.asked),
        voted=_figure(row.line.voted),
        voted_modelled=row.line.modelled,
        places=_places(row.places) if row.places else None,
    )


def _facts_of(row: MunicipalityRow | Profile) -> dict[str, Any]:
    facts = row.facts
    return {
        "code": facts.code, "name": facts.official_name, "county": facts.county_code,
        "names": {"no": facts.name} | {one.language.value: one.text for one in facts.other_names},
        "language_form": facts.language.value, "centrality": facts.centrality,
        "kostra_group": facts.kostra_group,
    }  # fmt: skip


def _profile(found: Profile) -> ProfileOut:
    return ProfileOut(
        **_facts_of(found),
        year=found.year,
        known=found.known.day,
        answer_due_on=found.request.answer_due_on,
        asked=_groups(found.request.asked),
        voted=_groups(found.request.voted),
        inhabitants={year: _figure(figure) for year, figure in found.population},
        changes=[
            ChangeOut(
                day=one.day, old_code=one.old.code, old_name=one.old.name, new_code=one.new.code,
                new_name=one.new.name,
            )
            for one in found.changes
        ],
        places=[_places(row) for row in found.places or ()],
    )  # fmt: skip
