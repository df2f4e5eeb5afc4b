"""A commitment and its findings in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bosett.agreement import Fact, Finding, Held
from bosett.registry import Agreements
from bosett.rules import Certainty
from bosett.rules.parameters import Parameters
from bosett.rules.value import DatedValue
from bosett.terms.errors import NoRuleInForce
from bosett.terms.label import Label
from bosett_server.web.look.numbers import number
from bosett_server.words.agreement import (
    BODIES,
    CERTAINTIES,
    COMMITMENTS,
    FIGURES,
    MEASURES,
    MISSING,
    VERDICTS,
)

ON_ANSWERS = {"enough_places", "no_placement_above"}


@dataclass(frozen=True)
class Measured:
    """One indicator with its verdict in words."""

    measure: Any
    verdict: Any
    tone: str
    figures: list[tuple[Any, str]]
    missing: list[str]
    limits: list[tuple[str, bool]]
    evidence: list[str]
    modelled: bool


@dataclass(frozen=True)
class Shown:
    """One commitment with what measures it."""

    code: str
    title: Any
    text: str
    source: Any
    certainty: Any
    verdict: Any
    tone: str
    parties: list[str]
    through: list[Any]
    measured: list[Measured]


def shown(one: Held, *, modelled: bool) -> Shown:
    """The commitment as the page tells it; `modelled` when a vedtak it rests on comes out of a model."""
    verdict, tone = VERDICTS[one.verdict]
    parties = Agreements.shipped()
    return Shown(
        code=one.commitment.code,
        title=COMMITMENTS[one.commitment.code],
        text=in_reader_language(one.commitment.text),
        source=one.commitment.source,
        certainty=CERTAINTIES[one.commitment.certainty],
        verdict=verdict,
        tone=tone,
        parties=[in_reader_language(parties.party(code).name) for code in one.commitment.parties],
        through=[BODIES[code] for code in one.commitment.through],
        measured=[_measured(told, modelled=modelled) for told in one.findings],
    )


def _measured(told: Finding, *, modelled: bool) -> Measured:
    verdict, tone = VERDICTS[told.verdict]
    return Measured(
        measure=MEASURES[told.indicator],
        verdict=verdict,
        tone=tone,
        figures=[(FIGURES[code], _told(value, code)) for code, value in told.figures],
        missing=[missing_words(code) for code in told.missing],
        limits=[(_limit(path, value), value.certainty is Certainty.ASSUMED) for path, value in told.limits],
        evidence=[_fact(one) for one in told.evidence],
        modelled=modelled and told.indicator in ON_ANSWERS and not told.missing,
    )


def missing_words(code: str) -> str:
    """What is missing: a figure, a limit, a mapping of a year."""
    if "/" in code:
        return _("the limit: %(label)s") % {"label": _label_of(code)}
    if code.startswith("mapped_"):
        return _("a published mapping of %(year)s") % {"year": code.removeprefix("mapped_")}
    return str(MISSING.get(code) or FIGURES[code])


def _limit(path: str, value: DatedValue) -> str:
    return _("The limit: %(label)s, %(value)s") % {"label": _label_of(path), "value": _told(value.value)}


def _told(value: int | Decimal, code: str = "") -> str:
    """Grouped, with the decimals it is stored with; a year is no amount."""
    if code == "last_mapped_year":
        return str(value)
    return number(value, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else number(value)


def _label_of(path: str) -> str:
    try:
        return in_reader_language(Parameters.shipped().get(path).label)
    except NoRuleInForce:
        return path


def _fact(one: Fact) -> str:
    what = FIGURES.get(one.what) or FIGURES.get(f"{one.what}_percent") or MISSING.get(one.what)
    return _("%(what)s %(year)s: %(value)s (%(on)s, %(source)s)") % {
        "what": what, "year": one.year, "value": _told(one.value), "on": one.on, "source": one.source.title
    }  # fmt: skip


def in_reader_language(label: Label) -> str:
    """Bokmål where the label has no text in the reader's language."""
    language = (get_language() or "nb")[:2]
    return label.in_language(language if language in {"en", "nb", "nn"} else "nb")
