"""Made-up facts for papers: three municipalities that are bound by different things."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from typing import Any

import pypdf

from bosett.decisions.planner import Resource, ResourcePlan, alternative, how_many_fit
from bosett.outputs.anmodning_letter import LetterFacts
from bosett.outputs.assignment_decision import AssignmentDecision
from bosett.outputs.case_facts import CasePaperFacts, EarlierYear
from bosett.outputs.paper import Language
from bosett.terms.days import Month
from bosett.terms.municipality import MunicipalityCode
from bosett.terms.source import Source

MONTHS = tuple(Month(2026, number) for number in range(3, 13))
MONEY = ((2026, 5_000_000), (2027, 4_000_000), (2028, None), (2029, None), (2030, None))


def plan(resource: Resource, free: int, per: str, committed: int = 0) -> ResourcePlan:
    return ResourcePlan(
        resource,
        Fraction(per),
        dict.fromkeys(MONTHS, Fraction(free)),
        dict.fromkeys(MONTHS, Fraction(committed)),
    )


PLANS = {
    "homes": (plan(Resource.HOUSING, 18, "1", 4), plan(Resource.SCHOOL, 20, "1/3")),
    "school": (plan(Resource.HOUSING, 60, "1"), plan(Resource.SCHOOL, 7, "1/3", 2)),
    "nothing": (plan(Resource.HOUSING, 6, "1", 6), plan(Resource.SCHOOL, 20, "1/3")),
}


def letter(
    code: str = "4299", language: Language = "nb", asked: int | None = 30, **more: object
) -> LetterFacts:
    return LetterFacts(
        MunicipalityCode(code),
        "Valdalen",
        language,
        2026,
        asked,
        date(2025, 10, 31),
        date(2026, 2, 10),
        f"2025/{code}",
        **more,  # type: ignore[arg-type]
    )


def case_facts(bound: str = "homes", language: Language = "nb") -> CasePaperFacts:
    plans = PLANS[bound]
    found = how_many_fit(MONTHS, plans)
    numbers = sorted({30, found.total, 0})
    return CasePaperFacts(
        name="Valdalen",
        language=language,
        year=2026,
        day=date(2026, 1, 12),
        asked=30,
        em_15_17=2,
        deadline=date(2026, 2, 10),
        meeting_on=date(2026, 2, 5),
        case_number="2026/17",
        capacity=found,
        alternatives=tuple(
            alternative(persons, MONTHS, plans, MONEY if persons else ()) for persons in numbers
        ),
        reasons=("Folketallet gir 21,4 personer." if language == "nb" else "Folketalet gir 21,4 personar.",),
        history=(EarlierYear(2024, 40, 30, 29), EarlierYear(2025, 25, None, None)),
        free_homes={2: 3, 4: 1},
        persons_a_bedroom=2,
        sources=(Source("IMDi, anmodning 2026", "", "https://www.imdi.no/"),),
    )


def decision(**told: Any) -> AssignmentDecision:
    """An assignment that nobody has answered yet, in nynorsk."""
    facts: dict[str, Any] = {
        "number": "12", "language": "nn", "case_number": "2026/99", "restriction": "its paragraph",
        "municipality": "Valdalen", "household": "H-4711", "persons": 1, "year": 2026,
        "decided_on": date(2026, 3, 2), "decided_by": "Test Saksbehandlar", "reasons": ("Skule med plass",),
        "other_reason": ("Nær familie bur i nærleiken",), "proposed": True, "self_settled": False,
        "answer": "Ventar på svar", "answered_on": None,
    }  # fmt: skip
    return AssignmentDecision(**facts | told)


def pdf_text(content: bytes) -> str:
    """The words of a PDF, one blank between them."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())
