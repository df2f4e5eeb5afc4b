"""What every step's page has: the household beside the form, the way back to its file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bosett_server.access.request import Request
from bosett_server.queries.household_head import HouseholdHead, household_head
from bosett_server.web.step_form import StepPage
from bosett_server.words.household_codes import TONES, language_word, word


def head_of(request: Request, household: UUID, why: str) -> HouseholdHead:
    """The household of the page; the reading is logged."""
    return household_head(request.actor, str(household), why)


def words_of(head: HouseholdHead) -> dict[str, Any]:
    """The household's codes in the reader's language."""
    return {
        "stage": word("stage", head.stage),
        "tone": TONES.get(head.stage, "neutral"),
        "track": word("track", head.track),
        "group": word("group", head.group),
        "language": language_word(head.language),
        "recheck": [word("recheck", code) for code in head.recheck],
    }


def step_page(
    head: HouseholdHead,
    title: str,
    lead: str,
    button: str,
    *,
    template: str = "steps/step.html",
    warning: str = "",
    danger: bool = False,
    between: tuple[str, str] | tuple[()] = (),
    **context: Any,
) -> StepPage:
    """The words round the form; `between` is one more crumb."""
    crumbs = (_("Households"), "/households/", head.reference, head.url, *between)
    back = between[1] if between else head.url
    shown = {"head": head, "words": words_of(head), **context}
    return StepPage(title, lead, button, back, crumbs, warning, danger, template, shown)
