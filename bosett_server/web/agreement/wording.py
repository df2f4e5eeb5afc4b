"""A commitment and its findings in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bosett.agreement import Fact, Finding, Held, Verdict
from bosett.agreement.names import fact_name, limit_name, missing_in_words, name, source_name
from bosett.registry import Agreements
from bosett.rules import Certainty
from bosett.rules.value import DatedValue
from bosett.terms.label import Label
from bosett_server.web.look.numbers import number
from bosett_server.words.agreement import CERTAINTIES

ON_ANSWERS = {"enough_places", "no_placement_above"}
TONES: dict[Verdict, str] = {
    Verdict.KEPT: "success",
    Verdict.AT_RISK: "warning",
    Verdict.NOT_KEPT: "danger",
    Verdict.CANNOT_BE_SAID: "neutral",
}


SIGNS: dict[Verdict, str] = {
    Verdict.KEPT: "\u2713",
    Verdict.AT_RISK: "!",
    Verdict.NOT_KEPT: "\u2715",
    Verdict.CANNOT_BE_SAID: "?",
}
"""What tells the states apart without colour, where there is room for one sign."""


@dataclass(frozen=True)
class Measured:
    """One indicator with its verdict in words."""

    measure: str
    verdict: str
    tone: str
    figures: list[tuple[str, str]]
    missing: list[str]
    limits: list[tuple[str, bool]]
    evidence: list[str]
    modelled: bool


@dataclass(frozen=True)
class Shown:
    """One commitment with what measures it."""

    code: str
    title: str
    text: str
    source: Any
    certainty: Any
    verdict: str
    tone: str
    parties: list[str]
    through: list[str]
    measured: list[Measured]


def shown(one: Held, *, modelled: bool) -> Shown:
    """The commitment as the page tells it; `modelled` when a vedtak it rests on comes out of a model."""
    parties = Agreements.shipped()
    return Shown(
        code=one.commitment.code,
        title=in_reader_language(name("commitment", one.commitment.code)),
        text=in_reader_language(one.commitment.text),
        source=one.commitment.source,
        certainty=CERTAINTIES[one.commitment.certainty],
        verdict=in_reader_language(name("verdict", one.verdict)),
        tone=TONES[one.verdict],
        parties=[in_reader_language(parties.party(code).name) for code in one.commitment.parties],
        through=[in_reader_language(name("body", code)) for code in one.commitment.through],
        measured=[_measured(told, modelled=modelled) for told in one.findings],
    )


def _measured(told: Finding, *, modelled: bool) -> Measured:
    return Measured(
        measure=in_reader_language(name("indicator", told.indicator)),
        verdict=in_reader_language(name("verdict", told.verdict)),
        tone=TONES[told.verdict],
        figures=[
            (in_reader_language(name("figure", code)), _told(value, code)) for code, value in told.figures
        ],
        missing=[missing_in_words(code, reader_language()) for code in told.missing],
        limits=[(_limit(path, value), value.certainty is Certainty.ASSUMED) for path, value in told.limits],
        evidence=[_fact(one) for one in told.evidence],
        modelled=modelled and told.indicator in ON_ANSWERS and not told.missing,
    )


def _limit(path: str, value: DatedValue) -> str:
    label = in_reader_language(limit_name(path))
    return _("The limit: %(label)s, %(value)s") % {"label": label, "value": _told(value.value)}


def _told(value: int | Decimal, code: str = "") -> str:
    """Grouped, with the decimals it is stored with; a year is no amount."""
    if code == "last_mapped_year":
        return str(value)
    return number(value, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else number(value)


def _fact(one: Fact) -> str:
    what, source = in_reader_language(fact_name(one.what)), in_reader_language(source_name(one.source.title))
    return f"{what} {one.year}: {_told(one.value)} ({one.on}, {source})"


def reader_language() -> str:
    """The reader's language among those that labels are written in; bokmål for others."""
    language = (get_language() or "nb")[:2]
    return language if language in {"en", "nb", "nn"} else "nb"


def in_reader_language(label: Label) -> str:
    """Bokmål where the label has no text in the reader's language."""
    return label.in_language(reader_language())
