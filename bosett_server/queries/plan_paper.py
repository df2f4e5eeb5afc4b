"""What a case paper for the council is made of: alternatives with money, the years before, sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bosett.decisions.homes import Home, free_by_size
from bosett.decisions.planner import Alternative, CapacityAnswer, Resource, alternative
from bosett.grants.frame_result import Frame
from bosett.outputs.case_facts import CasePaperFacts, EarlierYear
from bosett.outputs.paper import Language, say
from bosett.terms.source import Source
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.queries.grant_frames import FrameAsk, frame_shown
from bosett_server.queries.homes import homes_of_place
from bosett_server.queries.known import Known
from bosett_server.queries.planner import PlanAnswer, plan_answer
from bosett_server.queries.request_reasons import request_reasons
from bosett_server.queries.statistics_public import public_figures
from bosett_server.records.models import Round, VersionedFigure

EARLIER_YEARS = 6
Money = tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class Asked:
    """What the State asks of the municipality; `persons` None when it is not asked for a number."""

    persons: int | None
    em_under15: int | None
    em_15_17: int | None
    due_on: date | None


@dataclass(frozen=True)
class PlanChoices:
    """The alternatives beside one another; which grant rates are missing, and whether one is assumed."""

    answer: PlanAnswer
    asked: Asked
    alternatives: tuple[Alternative, ...]
    missing_rates: tuple[str, ...]
    rates_assumed: bool


def asked_of(municipality: str, year: int) -> Asked:
    """The request in force; two queries."""
    rows = VersionedFigure.objects.filter(
        what="asked", municipality_id=municipality, year=year, superseded_at__isnull=True, state="number"
    )
    found = {row.group: row.value for row in rows}
    sent = Round.objects.filter(year=year, state="sent").order_by("-number").first()
    return Asked(
        found.get("all"), found.get("em_under15"), found.get("em_15_17"), sent.answer_due_on if sent else None
    )


def plan_choices(actor: Actor, municipality: str, year: int) -> PlanChoices:
    """0, what fits, what is asked and the municipality's own number.  Raises NotInSight."""
    answer = plan_answer(actor, municipality, year)
    asked = asked_of(municipality, year)
    sheet = answer.sheet
    told = (0, answer.total, asked.persons, sheet.own_number, sheet.recommended)
    numbers = sorted({one for one in told if one is not None})
    money, missing, assumed = _money(actor, municipality, year, numbers)
    found = tuple(
        replace(
            alternative(max(0, one - answer.taken), sheet.months, answer.plans, money[one] if one else ()),
            persons=one,
        )
        for one in numbers
    )
    return PlanChoices(answer, asked, found, missing, assumed)


def _money(
    actor: Actor, municipality: str, year: int, numbers: Iterable[int]
) -> tuple[dict[int, Money], tuple[str, ...], bool]:
    """Kroner a year beside answering 0, from the grants' own frames; a year without a rate has None."""
    frames: dict[int, Frame] = {}
    for number in numbers:
        if number not in frames:
            shown = frame_shown(actor, FrameAsk(municipality, year, own=number))
            frames |= {one.number: one.frame for one in shown.alternatives}
    nothing = frames[0]
    missing = {rule for one in frames.values() for rule in one.missing}
    assumed = any(line.assumed for one in frames.values() for line in one.lines)
    return (
        {number: _beside(frame, nothing) for number, frame in frames.items()}, tuple(sorted(missing)), assumed
    )  # fmt: skip


def _beside(frame: Frame, nothing: Frame) -> Money:
    pairs = zip(frame.years, nothing.years, strict=True)
    return tuple(
        (
            with_.year,
            None if with_.nok is None or none.nok is None else round(with_.nok.likely - none.nok.likely),
        )
        for with_, none in pairs
    )


def paper_language(answer: PlanAnswer) -> Language:
    """As chosen, else the municipality's own form; a neutral one gets bokmål until somebody chooses."""
    chosen = answer.sheet.paper_language
    if chosen in ("nb", "nn"):
        return "nn" if chosen == "nn" else "nb"
    return "nn" if answer.sheet.language == "nynorsk" else "nb"


def case_paper_facts(actor: Actor, municipality: str, year: int, language: Language) -> CasePaperFacts | None:
    """Everything the paper says; None when the municipality is not asked for a number, so there is no case."""
    choices = plan_choices(actor, municipality, year)
    answer, asked, today = choices.answer, choices.asked, clock.today()
    if asked.persons is None or asked.due_on is None:
        return None
    sheet = answer.sheet
    nothing = CapacityAnswer((), None, tuple(Resource))
    return CasePaperFacts(
        name=sheet.name, language=language, year=year, day=today, asked=asked.persons, deadline=asked.due_on,
        capacity=answer.capacity or nothing, alternatives=choices.alternatives,
        em_under15=asked.em_under15, em_15_17=asked.em_15_17,
        case_number=sheet.case_number, meeting_on=sheet.meeting_on,
        history=_history(actor, municipality, year),
        free_homes=free_by_size(_homes(actor, municipality), today), sources=_sources(year, language),
        reasons=request_reasons(municipality, year, language),
        persons_a_bedroom=sheet.bedrooms.persons, bedrooms_chosen=sheet.bedrooms.own is not None,
        taken=answer.taken, commitments=answer.commitments, gains=answer.gains,
        own_number=sheet.own_number, recommended=sheet.recommended,
        own_texts={key: text for key, text in sheet.texts.items() if text.strip()}, rates_assumed=choices.rates_assumed,
        exercise=sheet.synthetic,
    )  # fmt: skip


def _homes(actor: Actor, municipality: str) -> list[Home]:
    return [one.home for one in homes_of_place(actor, municipality)]


def _history(actor: Actor, municipality: str, year: int) -> tuple[EarlierYear, ...]:
    """The years before, as published; a year of which nothing is published is left out."""
    today = clock.today()
    figures = public_figures(actor, Known(today, today))
    held = {what: figures.municipal(what).get(municipality, {}) for what in ("asked", "voted", "settled")}
    years = sorted({one for of in held.values() for one in of if year - EARLIER_YEARS <= one < year})
    return tuple(
        EarlierYear(one, *(_whole(held[what].get(one)) for what in ("asked", "voted", "settled")))
        for one in years
    )


def _whole(cell: object) -> int | None:
    value = getattr(cell, "value", None)
    return None if value is None else int(value)


def _sources(year: int, language: Language) -> tuple[Source, ...]:
    told = (
        say(language, f"IMDi, anmodning om bosetting i {year}", f"IMDi, oppmoding om busetjing i {year}"),
        say(language, "IMDi, anmodning, vedtak og bosetting", "IMDi, oppmoding, vedtak og busetjing"),
    )
    own = say(
        language,
        "Kommunens egne tall for kapasitet, ført inn i Bosett, og registeret over bosetting der",
        "Kommunen sine eigne tal for kapasitet, førte inn i Bosett, og registeret over busetjing der",
    )
    return (*(Source(one, "", "https://www.imdi.no/") for one in told), Source(own))
