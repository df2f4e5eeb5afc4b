"""The letters of a round: what each will say, how far the work has come, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bosett.decisions.mid_year import AnswerAfter
from bosett.outputs.anmodning_letter import LetterFacts
from bosett.outputs.changed_request import StandingVote
from bosett.outputs.paper import Language
from bosett.registry import LanguageDecision
from bosett.rules import Parameters
from bosett.terms.errors import NoRuleInForce
from bosett.terms.figure import State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.distribution_versions import Version, versions, what_follows
from bosett_server.queries.request_reasons import line_reasons
from bosett_server.records.models import LetterJob, Municipality, Round, RoundLetter, RoundLine

UNUSED_PLACES = "grants/unused_places/per_place"


@dataclass(frozen=True)
class JobView:
    """How far the letters of a round have come."""

    state: str
    done: int
    total: int
    asked_at: datetime
    ended_at: datetime | None
    fault: str

    @property
    def running(self) -> bool:
        """Whether there is more to wait for."""
        return self.state not in ("done", "failed")


@dataclass(frozen=True)
class LetterView:
    """One municipality's letter without its content."""

    municipality: str
    name: str
    language: str
    title: str
    file_name: str
    case_number: str
    dated: date
    size_bytes: int
    sha256: str
    carrier: str
    outcome: str
    reference: str
    outcome_at: datetime | None


def letter_job(actor: Actor, round_id: int) -> JobView | None:
    """The work on a round's letters; None when nobody has asked for them."""
    row = LetterJob.objects.filter(round_id=round_id).first()
    return JobView(row.state, row.done, row.total, row.asked_at, row.ended_at, row.fault) if row else None


def letters(actor: Actor, round_id: int, *, after: str = "", size: int = 0) -> list[LetterView]:
    """The letters of a round in sight, in order of code; one query."""
    found = RoundLetter.objects.filter(round_id=round_id).select_related("municipality").defer("content")
    if actor.role is Role.COUNTY:
        found = found.filter(municipality__county_id=actor.county)
    if after:
        found = found.filter(municipality_id__gt=after)
    ordered = found.order_by("municipality_id")
    return [
        LetterView(
            row.municipality_id, row.municipality.name, row.language, row.title, row.file_name, row.case_number,
            row.dated, row.size_bytes, row.sha256, row.carrier, row.outcome, row.reference, row.outcome_at,
        )
        for row in (ordered[:size] if size else ordered)
    ]  # fmt: skip


def own_letter(actor: Actor, municipality: str, year: int) -> tuple[int, str] | None:
    """Round number and title of the newest letter to a municipality in sight; None without any."""
    rows = RoundLetter.objects.filter(municipality_id=municipality, round__year=year).order_by(
        "-round__number"
    )
    found = rows.values_list("round__number", "title").first()
    return (int(found[0]), str(found[1])) if found else None


def letter_content(actor: Actor, round_id: int, municipality: str) -> tuple[str, bytes]:
    """File name and bytes of one letter; NotInSight when it is another's."""
    row = RoundLetter.objects.filter(round_id=round_id, municipality_id=municipality).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row.file_name, bytes(row.content)


def letter_facts(row: Round, case_number: str, exercise: bool) -> list[LetterFacts]:
    """What each letter of a sent round says, in order of code: to those asked, and to those not asked.

    A later round writes only to those whose number it changed.
    """
    found = {one.round: one for one in versions(row.year)}
    here = found[row.pk]
    sent_on = here.sent_on
    lines = {line.municipality_id: line for line in RoundLine.objects.filter(round=row)}
    places = Municipality.objects.filter(code__in=here.changed).order_by("code")
    after: dict[str, AnswerAfter] = (
        {one.municipality: one for one in what_follows(here).answers} if here.before else {}
    )
    total = sum(here.asked.values())
    paid = unused_places_paid(sent_on)
    return [
        _facts(
            row,
            here,
            place,
            lines.get(place.code),
            case_number,
            total,
            paid,
            exercise,
            _standing(after.get(place.code)),
        )
        for place in places
    ]


def _standing(after: AnswerAfter | None) -> StandingVote | None:
    """The vedtak that the letter must speak of."""
    if after is None or after.voted is None:
        return None
    return StandingVote(after.voted, after.counted, after.ask_again)


def unused_places_paid(on: date) -> bool | None:
    """Whether a scheme pays for voted places that are not used on a day; None when none is known."""
    try:
        return Parameters.shipped().lookup(UNUSED_PLACES, on).whole > 0
    except NoRuleInForce:
        return None


def _facts(
    row: Round,
    here: Version,
    place: Municipality,
    line: RoundLine | None,
    case_number: str,
    total: int,
    paid: bool | None,
    exercise: bool,
    standing: StandingVote | None,
) -> LetterFacts:
    form: Language = "nn" if place.language_decision == LanguageDecision.NYNORSK.value else "nb"
    asked = here.asked.get(place.code)
    former = here.before.get(place.code)
    minors = here.minors.get(place.code, {})
    return LetterFacts(
        municipality=MunicipalityCode(place.code),
        name=place.name,
        language=form,
        year=row.year,
        asked=asked,
        sent_on=here.sent_on,
        deadline=row.answer_due_on,
        case_number=case_number,
        em_under15=minors.get(Group.EM_UNDER15.value) if asked else None,
        em_15_17=minors.get(Group.EM_15_17.value) if asked else None,
        reasons=line_reasons(row, line, form) if asked and line is not None else (),
        former_asked=former,
        standing=standing,
        need=row.need.value if row.need.state == State.NUMBER else None,
        sent_in_all=total,
        unused_places_paid=paid,
        exercise=exercise,
    )
